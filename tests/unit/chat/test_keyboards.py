from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.article.topics import Topic, Topics
from bot.chat.callback_data import MAX_BYTES, Action
from bot.chat.keyboards import (
    PER_ROW,
    columns,
    fitting_topics,
    page_buttons,
    reply_keyboard,
    topic_buttons,
)
from bot.locales import catalog

ZH = catalog("zh")
TOPICS = Topics(
    tuple(
        Topic(f"t{number}", f"话题{number}", f"Topic {number}", (), (number,), number % 2 == 0)
        for number in range(12)
    )
)


@given(st.lists(st.text(min_size=1, max_size=40), max_size=20))
def test_rows_hold_at_most_three_and_keep_the_order(names: list[str]) -> None:
    """Long labels get a row to themselves rather than being cut off by the app."""
    topics = [Topic(f"t{index}", name, name, (), ()) for index, name in enumerate(names)]
    markup = topic_buttons(topics, ZH, Action.OPEN, 1)
    rows = markup.inline_keyboard if markup else ()
    assert names == [button.text for row in rows for button in row]
    assert all(len(row) <= PER_ROW for row in rows)
    assert all(len(row) * max(columns(b.text) for b in row) <= 36 for row in rows if len(row) > 1)


def test_an_answer_offers_what_fits_it_filled_up_to_two() -> None:
    """At most three of those found, at least two with the most asked ones."""
    found = TOPICS.all[:5]
    ids = [[topic.id for topic in fitting_topics(found[:n], TOPICS)] for n in (0, 1, 2, 5)]
    assert [["t0", "t2"], ["t0", "t2"], ["t0", "t1"], ["t0", "t1", "t2"]] == ids


def test_a_text_without_topics_has_no_keyboards() -> None:
    """Another article may come without them."""
    none = Topics(())
    offered = topic_buttons(fitting_topics((), none), ZH, Action.OPEN, 1)
    assert (None, None) == (offered, reply_keyboard(none, ZH))


def test_the_reply_keyboard_speaks_the_readers_language() -> None:
    """English readers get the topics' English names, and six at most."""
    markup = reply_keyboard(TOPICS, catalog("en"))
    assert markup is not None
    labels = [button.text for row in markup.keyboard for button in row]
    assert [f"Topic {number}" for number in range(0, 12, 2)] == labels


def test_arrows_lead_only_where_there_is_a_page() -> None:
    """First, middle, last, only."""
    labels = [
        [b.text for b in page_buttons(TOPICS.all[0], page, pages, ZH, 1).inline_keyboard[0]]
        for page, pages in ((0, 5), (2, 5), (4, 5), (0, 1))
    ]
    assert [["1/5", "▶"], ["◀", "3/5", "▶"], ["◀", "5/5"], ["全部话题"]] == labels


@given(st.integers(0, 2**63 - 1), st.integers(1, 9999))
def test_buttons_fit_for_every_asker(asker: int, pages: int) -> None:
    """Also for the longest ids."""
    topic = Topic("t" * 32, "名", "name", (), ())
    rows = page_buttons(topic, pages // 2, pages, ZH, asker).inline_keyboard
    assert all(len(str(b.callback_data).encode()) <= MAX_BYTES for row in rows for b in row)
