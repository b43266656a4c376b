"""Deep links: `t.me/<bot>?start=...` opens a topic, or a quote in its paragraph.

A payload is at most 64 of `[A-Za-z0-9_-]`. Its first character is the version of the format,
the second says what it opens. A place carries a seal of the words that stood there, so that a
link from before the article's text moved, or one that was tampered with, opens nothing wrong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.article.model import Article, Span
from bot.article.quote import Quote
from bot.article.topics import Topic
from bot.chat.places import (
    SEAL_CHARACTERS,
    SPAN_CHARACTERS,
    pack_spans,
    quote_at,
    seal,
    unpack_spans,
)

MAX_PAYLOAD = 64
"""Telegram's limit on what follows `?start=`."""

VERSION = "1"
HOME = f"{VERSION}h"
"""Opens the bot's welcome."""

_PAYLOAD = re.compile(rf"{VERSION}([hpt])([A-Za-z0-9_-]{{0,{MAX_PAYLOAD - 2}}})")


@dataclass(frozen=True, slots=True)
class TopicTarget:
    """Opens a topic."""

    topic_id: str


@dataclass(frozen=True, slots=True)
class PlaceTarget:
    """Opens a quote in its paragraph; `seal` is that of the words it was made for."""

    span: Span
    seal: str

    def find(self, article: Article) -> Quote | None:
        """The quote, or None where other words stand now, or never stood these."""
        quote = quote_at(article, self.span)
        return quote if quote is not None and seal(quote.text) == self.seal else None


class HomeTarget:
    """Opens the welcome."""


Target = HomeTarget | TopicTarget | PlaceTarget


def topic_payload(topic: Topic) -> str:
    """The payload that opens `topic`.

    Raises:
        ValueError: its id is longer, or of other characters, than a link carries.
    """
    payload = f"{VERSION}t{topic.id}"
    if read_payload(payload) != TopicTarget(topic.id):
        raise ValueError(f"no link can carry the topic {topic.id!r}")
    return payload


def place_payload(quote: Quote) -> str:
    """The payload that opens `quote` in its paragraph."""
    return f"{VERSION}p{pack_spans([quote.span])}{seal(quote.text)}"


def read_payload(payload: str) -> Target | None:
    """What a payload opens, or None where it is of another version or was made by nobody."""
    found = _PAYLOAD.fullmatch(payload)
    if found is None:
        return None
    kind, body = found.groups()
    if kind == "h":
        return None if body else HomeTarget()
    if kind == "t":
        return TopicTarget(body) if body else None
    spans = unpack_spans(body[:SPAN_CHARACTERS])
    if spans is None or len(body) != SPAN_CHARACTERS + SEAL_CHARACTERS:
        return None
    return PlaceTarget(spans[0], body[SPAN_CHARACTERS:])


@dataclass(frozen=True, slots=True)
class Links:
    """Makes the addresses of one bot."""

    username: str

    def to(self, payload: str) -> str:
        """The address that starts the bot with `payload`."""
        return f"https://t.me/{self.username}?start={payload}"

    def to_quote(self, quote: Quote) -> str:
        """The address that opens `quote` in its paragraph."""
        return self.to(place_payload(quote))
