from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.conversations import MOST_PREVIOUS, SECONDS, Conversations, Exchange
from bot.storage.records import KeptExchange


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """The time, in seconds."""
        return self.now


def _exchange(question: str = "问", asker: int = 7, answer_id: str = "a") -> Exchange:
    return Exchange(question, (), answer_id, asker)


def test_an_exchange_is_found_by_message_by_answer_and_as_the_last_of_its_chat() -> None:
    """Until something newer is asked there."""
    kept = Conversations(10, Clock())
    one, two = _exchange("一", answer_id="a"), _exchange("二", answer_id="b")
    kept.put((1, 1), one)
    kept.put((1, 2), two)
    assert (one, two, two, one) == (
        kept.get((1, 1)),
        kept.get((1, 2)),
        kept.latest(1),
        kept.answered("a"),
    )
    assert kept.latest(2) is None


def test_nothing_is_remembered_past_half_an_hour() -> None:
    """Not hidden, but gone."""
    clock = Clock()
    kept = Conversations(10, clock)
    kept.put((1, 1), _exchange())
    clock.now += SECONDS
    assert kept.get((1, 1)) is not None
    clock.now += 1
    assert (None, None, None) == (kept.latest(1), kept.get((1, 1)), kept.answered("a"))
    assert 0 == len(kept)


def test_a_chat_can_be_forgotten_whole_or_for_one_asker() -> None:
    """Other chats, and other askers, keep theirs."""
    kept = Conversations(10, Clock())
    for number, asker in enumerate([7, 8, 7]):
        kept.put((1, number), _exchange(asker=asker, answer_id=str(number)))
    kept.put((2, 0), _exchange(answer_id="other"))
    kept.forget(1, asker=7)
    assert (2, 8) == (len(kept), getattr(kept.latest(1), "asker", None))
    kept.forget(1)
    assert (1, None) == (len(kept), kept.latest(1))


def test_a_message_that_shows_another_answer_stands_for_that_one() -> None:
    """The id of the old answer is forgotten with it."""
    kept = Conversations(10, Clock())
    kept.put((1, 1), _exchange("一", answer_id="a"))
    kept.put((1, 1), _exchange("二", answer_id="b"))
    assert (1, None) == (len(kept), kept.answered("a"))
    kept.forget_message((1, 1))
    assert 0 == len(kept)


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5), st.integers(0, 900)), max_size=60),
    st.integers(0, 5),
)
def test_it_never_holds_more_or_longer_than_it_may(
    puts: list[tuple[int, int, int]], limit: int
) -> None:
    """Whatever is asked where and when."""
    clock = Clock()
    kept = Conversations(limit, clock)
    for chat, message, seconds in puts:
        clock.now += seconds
        kept.put((chat, message), _exchange(answer_id=f"{chat}.{message}"))
        assert len(kept) <= limit
        latest = kept.latest(chat)
        assert latest is None if limit == 0 else latest is not None


def test_a_history_grows_to_its_limit_and_leaves_out_what_was_asked_back() -> None:
    """Oldest first; a question that was not understood explains none."""
    asked = Exchange("末", tuple("一二三四五"), "a", 7)
    back = Exchange("它呢", ("一",), "a", 7, settled=False)
    assert (("三", "四", "五", "末"), ("一",)) == (asked.history, back.history)
    assert MOST_PREVIOUS == len(asked.history)


def test_what_is_recalled_is_as_old_as_it_was() -> None:
    """It takes the place of what was remembered of the chat; a clock on the wall that was set back
    makes nothing last longer.
    """
    clock = Clock()
    kept = Conversations(10, clock)
    kept.put((1, 1), _exchange("旧", answer_id="old"))
    kept.put((2, 1), _exchange("别处", answer_id="other"))
    now = time.time()
    old, new = _exchange("一", answer_id="a"), _exchange("二", answer_id="b")
    kept.replace_chat(
        1,
        [
            KeptExchange((1, 2), now - SECONDS - 1, _exchange("太久")),
            KeptExchange((1, 3), now - SECONDS / 2, old),
            KeptExchange((1, 4), now + SECONDS, new),
        ],
    )
    assert (None, None, new, old) == (
        kept.get((1, 1)),
        kept.get((1, 2)),
        kept.latest(1),
        kept.answered("a"),
    )
    clock.now += SECONDS / 2 + 1
    assert (None, new, True) == (kept.get((1, 3)), kept.get((1, 4)), kept.latest(2) is not None)
    clock.now += SECONDS / 2
    assert (None, None) == (kept.get((1, 4)), kept.latest(2))


def test_one_asker_can_be_forgotten_everywhere() -> None:
    """In every chat."""
    kept = Conversations(10, Clock())
    for chat in (1, 2):
        kept.put((chat, 1), _exchange(asker=7))
        kept.put((chat, 2), _exchange(asker=8))
    kept.forget_asker(7)
    assert [8, 8] == [getattr(kept.latest(chat), "asker", None) for chat in (1, 2)]
    assert 2 == len(kept)
