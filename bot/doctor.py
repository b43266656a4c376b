"""Is everything in place? What a bot on Telegram needs, how it stands, and what to do about it."""

from __future__ import annotations

import datetime
import enum
import os
from collections.abc import Iterator
from dataclasses import dataclass

from telegram import Bot, User, WebhookInfo
from telegram.error import InvalidToken, TelegramError

from bot.article.model import Article
from bot.bootstrap import chat_options, vectors_path
from bot.care.helplines import load_helplines
from bot.chat.transport import build_requests
from bot.errors import BotError
from bot.locales import LANGUAGES, catalog
from bot.permissions import folder_refusal, words_of
from bot.pictures import load_timeline
from bot.pictures.fonts import Typeface
from bot.project import PROJECT_ROOT
from bot.retrieval.encoder import load_encoder
from bot.retrieval.index import Index, load_index
from bot.settings import Settings
from bot.storage.sql import check_store

_DRAWN = ("picture-verbatim", "picture-timeline")
_MOST_PENDING = 100


class State(enum.StrEnum):
    """How it stands; `FAIL` would stop a reader."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, how it stands in a few words, and what to do where that is not well."""

    name: str
    state: State
    told: str
    mend: str = ""


async def examine(settings: Settings, webhook_url: str | None = None) -> list[Finding]:
    """All findings, those of Telegram first.

    `webhook_url` is where the bot wants its updates delivered to; None for long polling.
    """
    findings = await _telegram(settings, webhook_url)
    index, finding = _index(settings)
    findings.append(finding)
    findings += _font(index.article if index else None)
    findings.append(_encoder(settings, index))
    findings.append(await _store(settings))
    findings.append(_caches(settings))
    findings.append(_helplines(datetime.datetime.now(datetime.UTC).date()))
    return findings


async def _telegram(settings: Settings, webhook_url: str | None) -> list[Finding]:
    if settings.token is None:
        told = "BOT_TOKEN is empty, so only the playground can be served"
        mend = "put the token from @BotFather into .env"
        return [Finding("token", State.FAIL, told, mend)]
    # PTB's opt-in to its coming API, as for the bot itself.
    os.environ.setdefault("PTB_TIMEDELTA", "1")
    options = chat_options(settings)
    for_updates, for_all_else = build_requests(options)
    bot = Bot(
        settings.token.get_secret_value(),
        base_url=f"{options.api_url}/bot",
        request=for_all_else,
        get_updates_request=for_updates,
    )
    try:
        await bot.initialize()
        info = await bot.get_webhook_info()
        me = bot.bot
    # The errors' own words may hold the token, so none of them is repeated.
    except InvalidToken:
        mend = "copy it again from @BotFather (/mybots), or check BOT_API_URL"
        return [Finding("token", State.FAIL, "Telegram does not know it", mend)]
    except TelegramError as error:
        told = f"{options.api_url} does not answer as it should ({type(error).__name__})"
        mend = "check the network; where Telegram is blocked, set BOT_PROXY_URL"
        return [Finding("telegram", State.FAIL, told, mend)]
    finally:
        await bot.shutdown()
    return [Finding("token", State.OK, f"@{me.username}"), *_modes(me), _webhook(info, webhook_url)]


def _modes(me: User) -> Iterator[Finding]:
    if me.can_join_groups is False:
        mend = "allow groups with /setjoingroups at @BotFather"
        yield Finding("groups", State.WARN, "it cannot be added to groups", mend)
    if me.can_read_all_group_messages:
        told = "off: Telegram shows it all that is said in its groups, more than it needs"
        mend = "/setprivacy at @BotFather, then add it to its groups again"
        yield Finding("privacy mode", State.WARN, told, mend)
    else:
        told = "on: in groups it is asked by mention, reply or /ask"
        yield Finding("privacy mode", State.OK, told)
    if me.supports_inline_queries:
        yield Finding("inline mode", State.OK, "on")
    else:
        told = "off: quotes cannot be offered in other chats"
        yield Finding("inline mode", State.WARN, told, "/setinline at @BotFather")
    if me.supports_guest_queries:
        yield Finding("guest mode", State.OK, "on")
    else:
        told = "off: it cannot be called in chats it is not in"
        yield Finding("guest mode", State.WARN, told, "/mybots, Bot Settings at @BotFather")


def _webhook(info: WebhookInfo, wanted: str | None) -> Finding:
    name = "updates"
    if wanted is None and info.url:
        told = "a webhook is set, so none come by long polling"
        mend = "stop whoever set it, or call deleteWebhook"
        return Finding(name, State.FAIL, told, mend)
    if wanted is not None and info.url != wanted:
        told = "the webhook is not set to this bot's address"
        return Finding(name, State.FAIL, told, "start the bot once, and look again")
    if info.last_error_message:
        told = f"the last delivery failed: {' '.join(info.last_error_message.split())}"
        return Finding(name, State.FAIL, told, "see that the address is reached from outside")
    if info.pending_update_count > _MOST_PENDING:
        told = f"{info.pending_update_count} are waiting"
        return Finding(name, State.WARN, told, "see that the bot is running")
    return Finding(name, State.OK, "long polling" if wanted is None else "by webhook")


def _index(settings: Settings) -> tuple[Index | None, Finding]:
    try:
        index = load_index(PROJECT_ROOT, settings.data_path)
        load_timeline(settings.data_path / "timeline.toml", index.article)
    except BotError as error:
        said, _, mend = str(error).partition("; ")
        mend = mend or "put the files of seeds/ and data/ back as they were"
        return None, Finding("index", State.FAIL, said, mend)
    return index, Finding("index", State.OK, f"{index.id}, matches its sources")


def _font(article: Article | None) -> Iterator[Finding]:
    try:
        typeface = Typeface()
    except BotError as error:
        yield Finding("font", State.FAIL, str(error), "put data/fonts/ back as it was")
        return
    drawn = {word for language in LANGUAGES for key in _DRAWN for word in catalog(language)(key)}
    drawn |= set(article.text if article else "")
    missing = sum(not typeface.has(character) for character in drawn)
    if missing:
        told = f"{missing} characters would be drawn as empty boxes"
        yield Finding("font", State.WARN, told, "make it again: bot/pictures/subset.py says how")
    else:
        yield Finding("font", State.OK, "has every character of the article")


def _helplines(today: datetime.date) -> Finding:
    try:
        helplines = load_helplines()
    except BotError as error:
        return Finding("helplines", State.FAIL, str(error), "put data/helplines.toml back")
    told = f"checked on {helplines.checked.isoformat()}"
    if helplines.is_stale(today):
        mend = "look every number of data/helplines.toml up again, and set its `checked`"
        return Finding("helplines", State.WARN, f"{told}, over twelve months ago", mend)
    return Finding("helplines", State.OK, told)


def _encoder(settings: Settings, index: Index | None) -> Finding:
    if not settings.encoder:
        return Finding("encoder", State.OK, "off by BOT_ENCODER: words only")
    encoder = load_encoder()
    if encoder is None:
        told = "none on this machine: answers are found by words only"
        mend = "nothing, or BOT_ENCODER=false to be told no more"
        return Finding("encoder", State.WARN, told, mend)
    if index is not None and not vectors_path(settings, index).exists():
        told = f"{encoder.name}; the vectors are made at the first start, for some two minutes"
        return Finding("encoder", State.OK, told)
    return Finding("encoder", State.OK, encoder.name)


async def _store(settings: Settings) -> Finding:
    address = settings.store_address
    try:
        await check_store(address)
    except BotError as error:
        # The start's own line, in which the setting stands in front.
        said = str(error).removeprefix("BOT_DATABASE_URL: ")
        told, _, mend = said.partition("; ")
        mend = f"BOT_DATABASE_URL: {mend or 'see that the address is right and the server runs'}"
        return Finding("store", State.FAIL, told, mend)
    if isinstance(address, str):
        return Finding("store", State.OK, "PostgreSQL answers")
    told = f"{address} can be written to"
    return Finding("store", State.OK, told if address.exists() else f"{told}; not made yet")


def _caches(settings: Settings) -> Finding:
    folder = settings.cache_path
    refused = folder_refusal(folder)
    if refused is None:
        return Finding("caches", State.OK, f"{folder} can be written to")
    told = f"{folder} cannot be written to ({words_of(refused)}): each start takes longer"
    mend = "BOT_CACHE_DIR: name a folder that the bot may write to"
    return Finding("caches", State.WARN, told, mend)
