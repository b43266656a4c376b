from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.article.model import Article
from bot.article.quote import make_quote
from bot.article.topics import Topic, Topics, topic_quotes
from bot.chat.links import (
    HOME,
    HomeTarget,
    Links,
    PlaceTarget,
    TopicTarget,
    place_payload,
    read_payload,
    topic_payload,
)

PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


def test_every_quote_has_a_link_that_leads_back_to_it(article: Article, topics: Topics) -> None:
    """Each sentence, and each quote of each topic: short, safe, and found again."""
    quotes = [make_quote(article, span) for span in article.sentences]
    quotes += [quote for topic in topics.all for quote in topic_quotes(article, topic)]
    for quote in quotes:
        payload = place_payload(quote)
        target = read_payload(payload)
        assert PAYLOAD.fullmatch(payload)
        assert isinstance(target, PlaceTarget)
        assert quote == target.find(article)


def test_every_topic_has_a_link(topics: Topics) -> None:
    """Short, safe, and read as that topic."""
    for topic in topics.all:
        payload = topic_payload(topic)
        assert PAYLOAD.fullmatch(payload)
        assert TopicTarget(topic.id) == read_payload(payload)


def test_a_tampered_or_moved_place_is_not_found(article: Article) -> None:
    """Each changed character of a link leads nowhere, and so does text that moved."""
    payload = place_payload(make_quote(article, article.sentences[40]))
    for at in range(2, len(payload)):
        changed = payload[:at] + ("A" if payload[at] != "A" else "B") + payload[at + 1 :]
        target = read_payload(changed)
        assert target is None or (isinstance(target, PlaceTarget) and not target.find(article))


@given(st.text() | st.from_regex(r"1[hpt][A-Za-z0-9_-]{0,70}", fullmatch=True))
def test_anything_at_all_is_read_or_refused(payload: str) -> None:
    """Forged payloads never raise."""
    target = read_payload(payload)
    kinds = (HomeTarget, TopicTarget, PlaceTarget)
    assert target is None or isinstance(target, kinds)
    assert target is None or PAYLOAD.fullmatch(payload)


@pytest.mark.parametrize("payload", ["", "0tals", "2tals", "1t", "1hx", "1p", "1pAAAAAA", "1xals"])
def test_stale_and_forged_payloads_open_nothing(payload: str) -> None:
    """Another version, a missing part, an unknown kind."""
    assert read_payload(payload) is None


def test_a_link_names_the_bot_and_the_payload() -> None:
    """As Telegram's apps open it."""
    assert "https://t.me/quoting_bot?start=1h" == Links("quoting_bot").to(HOME)


@pytest.mark.parametrize("topic_id", ["", "a" * 63, "a.b", "主题"])
def test_a_topic_that_no_link_can_carry_is_refused(topic_id: str) -> None:
    """Better no link than one that opens something else."""
    with pytest.raises(ValueError, match="no link can carry"):
        topic_payload(Topic(topic_id, "n", "n", (), ()))
