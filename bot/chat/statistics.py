"""/stats: what readers ask, as a table that fits a phone."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping

from telegram import MessageEntity, Update

from bot.chat.commands import on_unknown_command
from bot.chat.context import ChatContext
from bot.chat.keeping import DAY_SECONDS
from bot.chat.keyboards import columns
from bot.chat.replies import Reply, send
from bot.chat.richtext import Rendered, RichText
from bot.errors import StoreUnavailable
from bot.locales import Catalog
from bot.storage.records import Statistics

WIDTH = 32
"""How wide the table is at most: a Latin letter is one, a Chinese character two."""

DAYS = 30
MOST_DAYS = 366

_MOST_ROWS = 14
_MOST_TOPICS = 8
_MOST_MISSED = 15
_CELLS = (5, 6, 7, 7, 7)


async def on_stats(update: Update, context: ChatContext) -> None:
    """Show an admin what was asked; to everybody else the command is unknown."""
    message = update.message
    if message is None:
        return
    services = context.services
    if message.from_user is None or message.from_user.id not in services.admin_ids:
        if message.chat.type == message.chat.PRIVATE:
            await on_unknown_command(update, context)
        return
    say = context.catalog_of(message.from_user)
    days, keeping = _days(context.args), services.keeping
    try:
        await keeping.journal.flush()
        found = await keeping.store.records.statistics(time.time() - days * DAY_SECONDS)
    except StoreUnavailable:
        await send(context, message, Reply(Rendered(say("stats-unavailable"))))
        return
    names = {topic.id: topic.name for topic in services.quoter.topics.all}
    rich = RichText()
    for line in table(found, names, say, days):
        if not rich.fits(line, "\n"):
            break
        rich.add(f"{line}\n")
    text = rich.build().text.rstrip()
    content = RichText()
    content.add(text, MessageEntity.PRE)
    await send(context, message, Reply(content.build()))


def table(
    statistics: Statistics, topics: Mapping[str, str], say: Catalog, days: int
) -> Iterator[str]:
    """The lines of the statistics of so many days; `topics` are names by id."""
    yield _cut(say("stats-title", days=str(days)))
    if not statistics.asked:
        yield _cut(say("stats-none"))
    else:
        yield from _by_day(statistics, say)
    if statistics.topics:
        yield ""
        yield _cut(say("stats-topics"))
        for topic, count in statistics.topics[:_MOST_TOPICS]:
            yield _row(topics.get(topic, topic), str(count))
    if statistics.unanswered:
        yield ""
        yield _cut(say("stats-missed"))
        for text, count in statistics.unanswered[:_MOST_MISSED]:
            yield _row(text, str(count))
    yield ""
    if statistics.distress:
        yield _row(say("stats-distress"), str(statistics.distress))
    yield _row(say("stats-good"), str(statistics.good))
    yield _row(say("stats-bad"), str(statistics.bad))
    for fault, count in statistics.faults:
        yield _row(f" {say(f'fault-{fault.value}')}", str(count))


def _by_day(statistics: Statistics, say: Catalog) -> Iterator[str]:
    heads = ("day", "asked", "answered", "share", "readers")
    yield _cells(*(say(f"stats-{head}") for head in heads))
    for day in statistics.days[:_MOST_ROWS]:
        share = _share(day.answered, day.asked)
        yield _cells(day.date[5:], str(day.asked), str(day.answered), share, str(day.readers))
    share = _share(statistics.answered, statistics.asked)
    yield _cells(say("stats-all"), str(statistics.asked), str(statistics.answered), share, "")


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}%" if whole else "-"


def _cells(first: str, *others: str) -> str:
    cells = [_left(first, _CELLS[0])]
    cells += [_right(cell, width) for cell, width in zip(others, _CELLS[1:], strict=True)]
    return "".join(cells).rstrip()


def _row(text: str, number: str) -> str:
    return _left(_cut(text, WIDTH - len(number) - 1), WIDTH - len(number)) + number


def _left(text: str, width: int) -> str:
    return text + " " * (width - columns(text))


def _right(text: str, width: int) -> str:
    return " " * (width - columns(text)) + text


def _cut(text: str, width: int = WIDTH) -> str:
    """`text`, with an ellipsis where it is wider."""
    if columns(text) <= width:
        return text
    kept = ""
    for character in text:
        if columns(kept + character) > width - 1:
            break
        kept += character
    return kept + "…"


def _days(arguments: list[str] | None) -> int:
    asked = arguments[0] if arguments else ""
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else DAYS
    return min(max(1, number), MOST_DAYS)
