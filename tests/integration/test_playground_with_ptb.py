"""python-telegram-bot, as it is, against the playground over HTTP."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputMediaPhoto,
    InputTextMessageContent,
    MessageEntity,
    ReactionTypeEmoji,
    ReplyKeyboardMarkup,
    Update,
)
from telegram.constants import ChatAction, ChatMemberStatus
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    ChosenInlineResultHandler,
    CommandHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.playground import PlaygroundServer, World
from bot.playground.photos import plain_png

BUTTONS = InlineKeyboardMarkup([[InlineKeyboardButton("再来", callback_data="v1:again")]])


async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Quote what was said, with a button."""
    message = update.effective_message
    assert message is not None
    text = message.text or message.caption or ""
    await message.reply_chat_action(ChatAction.TYPING)
    await message.reply_text(
        f"{text}\n出处",
        entities=[MessageEntity(MessageEntity.EXPANDABLE_BLOCKQUOTE, 0, len(text))],
        reply_markup=BUTTONS,
        do_quote=True,
    )


async def again(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Answer a pressed button and change its message."""
    query = update.callback_query
    assert query is not None
    await query.answer("好的")
    await query.edit_message_text("改过了")


def article(number: int) -> InlineQueryResultArticle:
    """A quotation to be sent, with a button."""
    entities = [MessageEntity(MessageEntity.BLOCKQUOTE, 0, 2)]
    content = InputTextMessageContent(f"引文{number}", entities=entities)
    return InlineQueryResultArticle(str(number), "题", content, reply_markup=BUTTONS)


async def offer(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Offer 60 results by python-telegram-bot's own pages."""
    assert update.inline_query is not None
    await update.inline_query.answer(
        [article(number) for number in range(60)],
        auto_pagination=True,
        button=InlineQueryResultsButton("私聊", start_parameter="ask"),
    )


async def visit(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Answer where the bot was called as a guest."""
    assert update.guest_message is not None
    await update.guest_message.answer_guest_query(article(1))


async def start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Say what the deep link carried."""
    assert update.message is not None
    await update.message.reply_text(f"payload: {(context.args or ['-'])[0]}")


async def chosen(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Change the message that was sent by way of the bot."""
    assert update.chosen_inline_result is not None
    inline_id = update.chosen_inline_result.inline_message_id
    await context.bot.edit_message_text("已发出", inline_message_id=inline_id, reply_markup=BUTTONS)


def build(world: World, url: str) -> Application[Any, Any, Any, Any, Any, Any]:
    """Return the echo bot."""
    application = ApplicationBuilder().token(world.token).base_url(f"{url}/bot").build()
    application.add_handler(MessageHandler(filters.UpdateType.GUEST_MESSAGE, visit))
    application.add_handler(InlineQueryHandler(offer))
    application.add_handler(ChosenInlineResultHandler(chosen))
    application.add_handler(CommandHandler("start", start))
    application.add_handler(MessageHandler(filters.TEXT | filters.CAPTION, echo))
    application.add_handler(CallbackQueryHandler(again))
    return application


@asynccontextmanager
async def polling(world: World) -> AsyncIterator[PlaygroundServer]:
    """Run the echo bot by long polling."""
    async with PlaygroundServer(world, port=0) as server:
        application = build(world, server.url)
        async with application:
            await application.start()
            assert application.updater is not None
            await application.updater.start_polling(allowed_updates=Update.ALL_TYPES)
            yield server
            await application.updater.stop()
            await application.stop()


@asynccontextmanager
async def plain_bot(world: World) -> AsyncIterator[Bot]:
    """A bot that nobody polls for."""
    async with (
        PlaygroundServer(world, port=0) as server,
        Bot(
            world.token, base_url=f"{server.url}/bot", base_file_url=f"{server.url}/file/bot"
        ) as bot,
    ):
        yield bot


async def test_answers_presses_and_edits() -> None:
    """A question is answered, a button pressed and answered, the message edited in place."""
    world = World()
    async with polling(world):
        asked = world.send_text("渐冻症")
        answer = await world.wait_for_bot_message(after=asked)
        assert ["渐冻症"] == answer.quotes()
        assert answer.reply_to is asked
        query_id = world.press(answer, text="再来")
        assert "好的" == (await world.wait_for_callback_answer(query_id)).text
        await world.wait_for(lambda: answer.edit_date)
        assert ("改过了", []) == (answer.text, answer.inline_keyboard)
        edited = world.edit_text(asked.message_id, "渐冻症？")
        assert edited is asked
        again_ = await world.wait_for_bot_message(after=answer)
        assert ["渐冻症？"] == again_.quotes()


async def test_answers_in_the_group_when_meant() -> None:
    """A mention, a caption and a reply are answered, chatter is not."""
    world = World()
    group = world.group.id
    async with polling(world):
        world.send_text("天气不错", chat_id=group)
        asked = world.send_text("@quoting_bot 渐冻症", chat_id=group, user_id=1003)
        answer = await world.wait_for_bot_message(after=asked)
        assert answer.reply_to is asked
        picture = world.send_caption("@quoting_bot 看图", chat_id=group, user_id=1002)
        assert (await world.wait_for_bot_message(after=picture)).reply_to is picture
        reply = world.send_text("然后呢", chat_id=group, reply_to=answer)
        assert (await world.wait_for_bot_message(after=reply)).reply_to is reply
        assert 3 == sum(message.from_bot for message in world.messages(group))


async def test_inline_results_come_in_pages_and_are_edited_after_sending() -> None:
    """Pages follow each other by offset; a sent result is changed, and pressed, by its own id."""
    world = World()
    async with polling(world):
        first = await world.wait_for_inline_answer(world.inline_query("渐冻症"))
        assert (50, "1") == (len(first.results), first.next_offset)
        assert {"text": "私聊", "start_parameter": "ask"} == first.button
        rest = await world.wait_for_inline_answer(
            world.inline_query("渐冻症", offset=first.next_offset, chat_type="supergroup")
        )
        assert (10, "") == (len(rest.results), rest.next_offset)
        message = world.choose_inline_result(rest, "59", chat_id=world.friend_chat.id)
        assert (["引文"], 1001) == (message.quotes(), message.sender.id)
        await world.wait_for(lambda: message.text == "已发出")
        query_id = world.press(message, text="再来")
        assert "好的" == (await world.wait_for_callback_answer(query_id)).text
        await world.wait_for(lambda: message.text == "改过了")


async def test_is_called_as_a_guest() -> None:
    """A mention in a chat without the bot is answered there, and its button works."""
    world = World()
    async with polling(world):
        world.send_guest("天气不错")
        asked = world.send_guest("@quoting_bot 渐冻症", user_id=1004)
        answer = await world.wait_for_bot_message(after=asked)
        assert (["引文"], asked) == (answer.quotes(), answer.reply_to)
        query_id = world.press(answer, text="再来", user_id=1001)
        assert "好的" == (await world.wait_for_callback_answer(query_id)).text
        await world.wait_for(lambda: answer.text == "改过了")
        assert 3 == len(world.messages(world.friend_chat.id))


async def test_deep_links() -> None:
    """The payload of a deep link is the command's argument."""
    world = World()
    async with polling(world):
        for payload, said in (("t_a-1", "payload: t_a-1"), ("", "payload: -")):
            followed = world.start(payload, user_id=1003)
            assert said == (await world.wait_for_bot_message(after=followed)).text


async def test_photos_go_up_once_and_again_by_id() -> None:
    """An upload gives an id that sends it again, is fetched byte for byte, edited, replaced."""
    world = World()
    card, timeline = plain_png(800, 600), plain_png(600, 900)
    entities = [MessageEntity(MessageEntity.BLOCKQUOTE, 0, 2)]
    async with plain_bot(world) as bot:
        sent = await bot.send_photo(
            1001, card, caption="引文", caption_entities=entities, reply_markup=BUTTONS
        )
        largest = sent.photo[-1]
        assert (800, 600, tuple(entities)) == (
            largest.width,
            largest.height,
            sent.caption_entities,
        )
        again = await bot.send_photo(world.group.id, largest.file_id)
        assert largest == again.photo[-1]
        file = await bot.get_file(largest.file_id)
        assert card == bytes(await file.download_as_bytearray())
        edited = await sent.edit_caption("改过的说明")
        assert ("改过的说明", sent.photo) == (edited.caption, edited.photo)  # type: ignore[union-attr]  # not an inline message
        replaced = await sent.edit_media(InputMediaPhoto(timeline, caption="时间线"))
        assert 900 == replaced.photo[-1].height  # type: ignore[union-attr]  # as above
        with pytest.raises(BadRequest, match="Image_process_failed"):
            await bot.send_photo(1001, b"not a picture")
        await bot.set_message_reaction(1001, sent.message_id, ReactionTypeEmoji("👍"))
        assert [{"type": "emoji", "emoji": "👍"}] == world.messages()[0].reactions


async def test_everything_the_bot_asks_is_understood() -> None:
    """Objects that python-telegram-bot builds of the answers hold what the world holds."""
    world = World()
    async with plain_bot(world) as bot:
        assert ("quoting_bot", False) == (bot.username, bot.can_read_all_group_messages)
        chat = await bot.get_chat(world.group.id)
        assert ("supergroup", "读报小组") == (chat.type, chat.title)
        assert "小林" == (await bot.get_chat(1001)).first_name
        member = await bot.get_chat_member(world.group.id, 1002)
        assert ChatMemberStatus.ADMINISTRATOR == member.status
        assert [1002] == [a.user.id for a in await bot.get_chat_administrators(world.group.id)]
        world.membership.set_bot_status("restricted")
        own = await bot.get_chat_member(world.group.id, world.bot.id)
        assert ChatMemberStatus.RESTRICTED == own.status
        with pytest.raises(BadRequest, match="Not enough rights"):
            await bot.send_message(world.group.id, "a")
        scope = BotCommandScopeAllPrivateChats()
        await bot.set_my_commands([BotCommand("topics", "话题")], scope=scope, language_code="zh")
        commands = await bot.get_my_commands(scope=scope, language_code="zh")
        assert ["topics"] == [command.command for command in commands]
        await bot.set_my_description("读报", "zh")
        assert "读报" == (await bot.get_my_description("zh")).description
        keyboard = ReplyKeyboardMarkup([["细胞治疗"]], is_persistent=True, resize_keyboard=True)
        await bot.send_message(1001, "选", reply_markup=keyboard)
        assert world.private_chat().reply_keyboard is not None
        updates = await bot.get_updates()
        assert ["restricted"] == [
            update.my_chat_member.new_chat_member.status
            for update in updates
            if update.my_chat_member
        ]


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, BadRequest),
        (401, InvalidToken),
        (403, Forbidden),
        (404, InvalidToken),
        (409, Conflict),
        (429, RetryAfter),
        (500, NetworkError),
        (502, NetworkError),
    ],
)
# RetryAfter warns that its seconds will be a timedelta one day.
@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
async def test_faults_are_the_right_exceptions(status: int, error: type[TelegramError]) -> None:
    """Each status raises the exception python-telegram-bot keeps for it."""
    world = World()
    async with plain_bot(world) as bot:
        world.faults.next("sendMessage", status=status, retry_after=2)
        with pytest.raises(error) as caught:
            await bot.send_message(1001, "a")
        assert error is type(caught.value)
        assert "a" == (await bot.send_message(1001, "a")).text


async def test_a_dropped_connection_is_a_network_error() -> None:
    """A connection that breaks is a NetworkError, and the next call works."""
    world = World()
    async with plain_bot(world) as bot:
        world.faults.drop("sendMessage")
        with pytest.raises(NetworkError):
            await bot.send_message(1001, "a")
        assert "a" == (await bot.send_message(1001, "a")).text


async def test_polling_survives_faults() -> None:
    """After a conflict, a broken gateway and a dropped poll, the bot still answers."""
    world = World()
    async with polling(world):
        world.faults.next("getUpdates", status=502)
        world.faults.drop("getUpdates")
        first = world.send_text("一")
        assert (await world.wait_for_bot_message(after=first, timeout=10)).quotes() == ["一"]


async def test_webhook_delivery() -> None:
    """Updates are posted in order with the secret, and again until they are accepted."""
    world = World()
    seen: list[tuple[str, str]] = []
    refusals = 2

    async def hook(request: Request) -> Response:
        nonlocal refusals
        update = await request.json()
        text = update["message"]["text"]
        seen.append((text, request.headers["X-Telegram-Bot-Api-Secret-Token"]))
        if refusals:
            refusals -= 1
            return Response(status_code=500)
        return Response()

    app = Starlette(routes=[Route("/hook", hook, methods=["POST"])])
    config = uvicorn.Config(app, port=0, log_config=None, lifespan="off")
    receiver = uvicorn.Server(config)
    serving = asyncio.create_task(receiver.serve())
    while not receiver.started:  # noqa: ASYNC110  # uvicorn has a flag for this and no event
        await asyncio.sleep(0.01)
    port = receiver.servers[0].sockets[0].getsockname()[1]
    async with plain_bot(world) as bot:
        await bot.set_webhook(f"http://127.0.0.1:{port}/hook", secret_token="s3cret")  # noqa: S106
        for text in ("一", "二", "三"):
            world.send_text(text)
        await world.wait_for(lambda: not len(world.updates))
        assert [(text, "s3cret") for text in ("一", "一", "一", "二", "三")] == seen
        info = await bot.get_webhook_info()
        assert "Wrong response from the webhook: 500 Internal Server Error" == (
            info.last_error_message
        )
        with pytest.raises(Conflict):
            await bot.get_updates()
        await bot.delete_webhook()
        assert [] == json.loads(world.updates.batch(100))
    receiver.should_exit = True
    await serving
