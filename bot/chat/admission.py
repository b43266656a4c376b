"""Whether a question is answered: limits hold in groups, and their admins are apart."""

from __future__ import annotations

from telegram import Message
from telegram.constants import ChatType

from bot.chat.context import ChatContext
from bot.chat.limits import Admission
from bot.chat.readers import asker_of
from bot.chat.replies import Reply, send
from bot.chat.richtext import Rendered


async def admitted(context: ChatContext, message: Message) -> bool:
    """Whether a question is to be answered; where it is not, its reader hears of that once."""
    limits, chat_id = context.services.asking, message.chat.id
    if message.chat.type == ChatType.PRIVATE:
        return True
    if await context.services.admins.wrote(message, context.bot, known=True):
        return True
    admission = await limits.admit(chat_id, asker_of(message))
    if admission is Admission.ADMITTED:
        return True
    # Only now, so that most questions need no call more.
    if await context.services.admins.wrote(message, context.bot):
        return True
    notices = {Admission.USER_TOLD: "limit-user", Admission.GROUP_TOLD: "limit-group"}
    if admission in notices:
        say = context.catalog_of(message.from_user)
        await send(context, message, Reply(Rendered(say(notices[admission]))))
    return False
