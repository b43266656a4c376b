"""Is an update what Telegram says an update is? PTB takes any value for any field."""

from __future__ import annotations

from telegram import Chat, Message, MessageEntity, Update, User


def is_sound(update: Update) -> bool:
    """Whether all that handlers and PTB itself rely on has the type it should."""
    query, press = update.inline_query, update.callback_query
    messages = (update.message, update.edited_message, update.guest_message)
    if press is not None:
        pressed = press.message
        # One that is too old has nothing but a chat.
        if pressed is not None and not (
            _message(pressed) if isinstance(pressed, Message) else _chat(pressed.chat)
        ):
            return False
    chat, user = update.effective_chat, update.effective_user
    return (
        # Of kinds without a handler too: PTB keeps books by these ids.
        (chat is None or _chat(chat))
        and (user is None or _user(user))
        and all(message is None or _message(message) for message in messages)
        and (press is None or (_user(press.from_user) and isinstance(press.id, str)))
        and (press is None or _texts(press.data))
        and (
            query is None
            or (
                _user(query.from_user)
                and all(isinstance(text, str) for text in (query.id, query.query, query.offset))
            )
        )
    )


def _message(message: object) -> bool:
    if not isinstance(message, Message):
        return False
    reply = message.reply_to_message
    return (
        _chat(message.chat)
        and type(message.message_id) is int
        and _numbers(message.message_thread_id)
        and (message.from_user is None or _user(message.from_user))
        and (message.sender_chat is None or _chat(message.sender_chat))
        and _texts(message.text, message.caption, message.guest_query_id)
        and all(_entity(entity) for entity in (*message.entities, *message.caption_entities))
        and (reply is None or _message(reply))
    )


def _chat(chat: object) -> bool:
    return isinstance(chat, Chat) and type(chat.id) is int and isinstance(chat.type, str)


def _user(user: object) -> bool:
    return (
        isinstance(user, User)
        and type(user.id) is int
        and _texts(user.first_name, user.username, user.language_code)
    )


def _entity(entity: MessageEntity) -> bool:
    return (
        _texts(entity.type)
        and type(entity.offset) is int
        and type(entity.length) is int
        and (entity.user is None or _user(entity.user))
    )


def _texts(*values: object) -> bool:
    return all(value is None or isinstance(value, str) for value in values)


def _numbers(*values: object) -> bool:
    return all(value is None or type(value) is int for value in values)
