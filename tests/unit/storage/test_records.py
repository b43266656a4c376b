"""What was asked and answered; the same in every store."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.storage.interfaces import Store
from bot.storage.records import (
    AnswerSent,
    ChatForgotten,
    Day,
    Entry,
    Exchange,
    ExchangeDropped,
    ExchangeMade,
    Fault,
    Forgotten,
    Horizon,
    KeptExchange,
    Outcome,
    QuestionAsked,
    Statistics,
    Vote,
    VoteCast,
)
from bot.storage.sql import SqlStore, open_store

DAY = 86_400.0
NOON = 20_000 * DAY + DAY / 2


def _made(message_id: int, at: float = NOON, *, chat_id: int = 1, asker: int = 7) -> ExchangeMade:
    exchange = Exchange(
        f"问{message_id}\0\ud800", ("前",), f"{message_id:012x}", asker, True, False
    )
    return ExchangeMade(KeptExchange((chat_id, message_id), at, exchange))


def _asked(number: int, at: float = NOON, **changes: Any) -> QuestionAsked:  # noqa: ANN401 - its fields
    asked = QuestionAsked(
        f"{number:032x}", at, 7, Outcome.ANSWERED, ("als", "team"), (1, 2), "zh", f"问{number}"
    )
    return replace(asked, **changes)


async def test_exchanges_are_read_as_they_were_written(store: Store) -> None:
    """Those of one chat, oldest first, whatever characters are in them."""
    one, two, other = _made(1), _made(2, NOON + 1), _made(3, chat_id=2)
    await store.records.write([two, other, one])
    assert [one.kept, two.kept] == await store.records.recent(1, NOON)
    assert [two.kept] == await store.records.recent(1, NOON + 0.5)


async def test_the_last_exchanges_are_read_and_those_asked_for(store: Store) -> None:
    """A busy chat's are not all read; the one that was replied to is."""
    made = [_made(number, NOON + number) for number in range(100)]
    await store.records.write(made)
    kept = await store.records.recent(1, NOON, also=[3, 99, 1000])
    assert [3, *range(50, 100)] == [each.key[1] for each in kept]


async def test_the_last_exchanges_of_all_chats_are_read(store: Store) -> None:
    """As many as were asked for, the oldest first."""
    made = [_made(number, NOON + number, chat_id=number) for number in range(5)]
    await store.records.write(made)
    kept = [each.kept for each in made]
    assert kept[2:] == await store.records.lately(NOON + 1, 3)
    assert kept[1:] == await store.records.lately(NOON + 1, 9)


async def test_of_two_exchanges_of_a_message_the_last_one_counts(store: Store) -> None:
    """In one batch, and in two; one that was dropped is gone, unless it is made again."""
    first = _made(1)
    again = replace(first, kept=replace(first.kept, exchange=Exchange("又", (), "b", 7)))
    await store.records.write([first, again])
    assert [again.kept] == await store.records.recent(1, 0)
    await store.records.write([again, ExchangeDropped((1, 1)), first])
    assert [first.kept] == await store.records.recent(1, 0)
    await store.records.write([again, ExchangeDropped((1, 1))])
    assert [] == await store.records.recent(1, 0)


async def test_a_chat_is_forgotten_whole_or_for_one_asker(store: Store) -> None:
    """What is asked after that is kept."""
    await store.records.write([_made(1), _made(2, asker=8), ChatForgotten(1, 7), _made(3)])
    assert [2, 3] == [kept.key[1] for kept in await store.records.recent(1, 0)]
    await store.records.write([ChatForgotten(1, None)])
    assert [] == await store.records.recent(1, 0)


async def test_an_answer_is_found_by_its_id_and_by_its_question(store: Store) -> None:
    """The last one with that id; not one older than is asked for."""
    old, new = _made(1), _made(2, NOON + 1)
    new = replace(
        new, kept=replace(new.kept, exchange=replace(new.kept.exchange, answer_id=f"{1:012x}"))
    )
    await store.records.write([old, new, AnswerSent((1, 5), 6, NOON), AnswerSent((1, 5), 8, NOON)])
    assert new.kept.exchange == await store.records.answered(f"{1:012x}", NOON)
    assert await store.records.answered(f"{1:012x}", NOON + 2) is None
    assert (8, None) == (
        await store.records.answer_to((1, 5)),
        await store.records.answer_to((1, 6)),
    )


async def test_the_last_vote_of_a_reader_counts(store: Store) -> None:
    """Each reader has one on each answer."""
    bad = Vote("a", 7, False, Fault.INCOMPLETE)
    votes = [Vote("a", 7, True), bad, Vote("a", 8, True)]
    await store.records.write([VoteCast(vote, NOON) for vote in votes])
    assert bad == await store.records.vote_of("a", 7)
    assert votes[2] == await store.records.vote_of("a", 8)
    assert await store.records.vote_of("b", 7) is None


async def test_what_a_user_asked_is_erased_and_counted(store: Store) -> None:
    """Log, exchanges, votes and language; other users' stay."""
    entries: list[Entry] = [
        *(_asked(number) for number in range(3)),
        _asked(9, user_id=8),
        _made(1, chat_id=7),
        _made(2, chat_id=-5),
        _made(3, chat_id=-5, asker=8),
        VoteCast(Vote("a", 7, True), NOON),
        VoteCast(Vote("a", 8, True), NOON),
        AnswerSent((7, 1), 2, NOON),
    ]
    await store.records.write(entries)
    await store.preferences.set_language(7, "en")

    assert Forgotten(3, 2, 1, 1) == await store.records.forget(7)

    assert Forgotten() == await store.records.forget(7)
    assert [3] == [kept.key[1] for kept in await store.records.recent(-5, 0)]
    assert 1 == (await store.records.statistics(0)).asked
    assert await store.records.vote_of("a", 8)
    assert (None, None) == (
        await store.records.answer_to((7, 1)),
        await store.preferences.language_of(7),
    )


async def test_statistics_count_days_topics_what_was_missed_and_votes(store: Store) -> None:
    """The newest day, the most frequent topic and the most missed question first."""
    absent = Outcome.ABSENT
    await store.records.write(
        [
            _asked(1, NOON - DAY),
            _asked(2, user_id=8, topics=("als",)),
            _asked(3, outcome=absent, topics=(), text="天气"),
            _asked(4, NOON + 1, outcome=absent, topics=(), text="彩票"),
            _asked(5, NOON + 2, outcome=Outcome.RELATED, topics=(), text="天气"),
            _asked(6, outcome=Outcome.ASKED_BACK, topics=(), text=None),
            _asked(7, NOON - 9 * DAY),
            VoteCast(Vote("a", 7, True), NOON),
            VoteCast(Vote("b", 7, False), NOON),
            VoteCast(Vote("c", 7, False, Fault.OFF_POINT), NOON),
        ]
    )
    expected = Statistics(
        (
            Day(
                "2024-10-04",
                2,
                {Outcome.ANSWERED: 1, absent: 2, Outcome.RELATED: 1, Outcome.ASKED_BACK: 1},
            ),
            Day("2024-10-03", 1, {Outcome.ANSWERED: 1}),
        ),
        (("als", 2), ("team", 1)),
        (("天气", 2), ("彩票", 1)),
        1,
        2,
        ((Fault.OFF_POINT, 1),),
    )
    assert expected == await store.records.statistics(NOON - 2 * DAY)
    assert (6, 2) == (expected.asked, expected.answered)


async def test_what_is_too_old_is_dropped(store: Store) -> None:
    """Texts before the questions they belong to, which are counted on; unfinished updates never."""
    await store.inbox.put({1: {"update_id": 1}, 2: {"update_id": 2}})
    await store.records.write([], {1})
    await store.records.write(
        [
            _made(1),
            _made(2, NOON + 2),
            AnswerSent((1, 1), 1, NOON),
            _asked(1, outcome=Outcome.ABSENT),
            _asked(2, NOON + 2, outcome=Outcome.ABSENT),
            _asked(3, NOON - DAY),
            VoteCast(Vote("a", 7, True), NOON - DAY),
        ]
    )
    far = 1e12
    await store.records.purge(Horizon(NOON + 1, NOON + 1, far, NOON + 1, NOON - 1))

    assert [2] == [kept.key[1] for kept in await store.records.recent(1, 0)]
    assert await store.records.answer_to((1, 1)) is None
    statistics = await store.records.statistics(0)
    assert (2, (("问2", 1),), 0) == (statistics.asked, statistics.unanswered, statistics.good)
    assert 1 == await store.inbox.unfinished()


async def test_no_user_id_is_in_the_log(database_store: SqlStore, address: str | Path) -> None:
    """Readers are hashed with a salt of the store's own, the same after a restart."""
    user_id = 7_654_321_987
    await database_store.records.write([_asked(1, user_id=user_id)])
    await database_store.close()
    again = await open_store(address)
    await again.records.write([_asked(2, user_id=user_id)])
    assert 1 == (await again.records.statistics(0)).days[0].readers
    assert Forgotten(questions=2) == await again.records.forget(user_id)
    await again.close()
