from __future__ import annotations

import asyncio
from collections.abc import Hashable

import pytest
from telegram.error import NetworkError, RetryAfter, TelegramError, TimedOut

from bot.chat.errors import NotConnected
from bot.chat.pacing import CHAT_BURST, OVERALL_BURST, Pacer, Rate


@pytest.fixture(autouse=True)
def as_built(monkeypatch: pytest.MonkeyPatch) -> None:
    """As `build_application` has it: without, PTB warns of each 429."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """The time."""
        return self.now


class Telegram:
    """Answers calls with what it was told, and notes when each came."""

    def __init__(self, *errors: TelegramError) -> None:
        self._errors = list(errors)
        self.times: list[float] = []

    async def __call__(self) -> bool:
        """One call."""
        self.times.append(asyncio.get_running_loop().time())
        if self._errors:
            raise self._errors.pop(0)
        return True


def _pacer(*, overall: float = 0, chat: float = 0, group: float = 0, max_retries: int = 2) -> Pacer:
    return Pacer(overall=overall, chat=chat, group=group, max_retries=max_retries)


async def _call(pacer: Pacer, telegram: Telegram, chat: Hashable = 1) -> object:
    data = {} if chat is None else {"chat_id": chat}
    return await pacer.process_request(telegram, (), {}, "sendMessage", data, None)


def test_a_burst_goes_at_once_and_then_one_an_interval() -> None:
    """Each waits until its own turn; after a pause the burst is there again."""
    clock = Clock()
    rate = Rate(0.5, 3, clock)
    assert [0, 0, 0, 0.5, 1.0] == [rate.book("a") for _ in range(5)]
    assert 0 == rate.book("b")
    clock.now += 60
    assert [0, 0, 0, 0.5] == [rate.book("a") for _ in range(4)]


def test_keys_that_are_not_in_use_are_forgotten() -> None:
    """A million chats in a day leave no million entries."""
    clock = Clock()
    rate = Rate(1, 3, clock)
    for number in range(100_000):
        rate.book(number)
        clock.now += 0.1
    assert len(rate) <= 1_001


@pytest.mark.parametrize("times", [1, 2])
async def test_a_call_that_is_put_off_is_repeated(
    times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the time Telegram names, and a little more."""
    monkeypatch.setattr("bot.chat.pacing._MARGIN_SECONDS", 0.05)
    telegram = Telegram(*[RetryAfter(0)] * times)
    assert True is await _call(_pacer(), telegram)
    assert 1 + times == len(telegram.times)


async def test_repeats_end() -> None:
    """The last refusal is passed on."""
    telegram = Telegram(*[RetryAfter(0)] * 9)
    with pytest.raises(RetryAfter):
        await _call(_pacer(max_retries=1), telegram)
    assert 2 == len(telegram.times)


@pytest.mark.parametrize("error", [TimedOut(), NetworkError("broken off"), TimedOut("no answer")])
async def test_a_call_that_may_have_been_carried_out_is_not_repeated(error: TelegramError) -> None:
    """Nobody gets the same answer twice."""
    telegram = Telegram(error)
    with pytest.raises(type(error)):
        await _call(_pacer(), telegram)
    assert 1 == len(telegram.times)


async def test_a_call_without_a_connection_is_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing was sent."""
    monkeypatch.setattr("bot.chat.pacing._FIRST_PAUSE", 0.01)
    telegram = Telegram(NotConnected("refused"), NotConnected("refused"))
    assert True is await _call(_pacer(), telegram)
    assert 3 == len(telegram.times)


async def test_one_chat_that_is_put_off_holds_no_other() -> None:
    """Its own calls wait, the others' do not."""
    pacer = _pacer()
    slow, other, own = Telegram(RetryAfter(1)), Telegram(), Telegram()
    waiting = [asyncio.create_task(_call(pacer, slow, chat=1))]
    await asyncio.sleep(0.01)
    waiting.append(asyncio.create_task(_call(pacer, own, chat=1)))
    await _call(pacer, other, chat=2)
    assert (1, 1, 0) == (len(slow.times), len(other.times), len(own.times))
    await asyncio.gather(*waiting)
    assert own.times[0] - other.times[0] >= 0.9


async def test_many_chats_that_are_put_off_hold_all() -> None:
    """It is the bot as a whole that is too fast."""
    pacer = _pacer()
    slow = [asyncio.create_task(_call(pacer, Telegram(RetryAfter(1)), chat)) for chat in (1, 2, 3)]
    await asyncio.sleep(0.01)
    other = Telegram()
    waiting = asyncio.create_task(_call(pacer, other, chat=4))
    await asyncio.sleep(0.05)
    assert [] == other.times
    await asyncio.gather(waiting, *slow)
    assert 1 == len(other.times)


async def test_limits_count_messages_and_nothing_else() -> None:
    """Answers to presses and inline queries go to no chat, and wait for none."""
    pacer = _pacer(overall=1, chat=1, group=1)
    telegram = Telegram()
    async with asyncio.timeout(1):
        for _ in range(50):
            await _call(pacer, telegram, chat=None)
    assert 50 == len(telegram.times)


@pytest.mark.parametrize(
    ("limits", "chats", "burst"),
    [
        ((20, 0, 0), range(30), OVERALL_BURST),
        ((0, 20, 0), [7] * 30, CHAT_BURST),
        ((0, 0, 5), [-7] * 30, 5),
        ((0, 0, 5), ["@channel"] * 30, 5),
    ],
)
async def test_each_limit_lets_its_burst_through_at_once(
    limits: tuple[float, float, float], chats: list[int], burst: int
) -> None:
    """Overall, to one chat, to one group."""
    pacer, telegram = _pacer(overall=limits[0], chat=limits[1], group=limits[2]), Telegram()
    calls = [asyncio.create_task(_call(pacer, telegram, chat)) for chat in chats]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert burst == len(telegram.times)
    for call in calls:
        call.cancel()
    await asyncio.gather(*calls, return_exceptions=True)


async def test_private_chats_have_no_limit_a_minute() -> None:
    """Only groups do."""
    pacer, telegram = _pacer(group=1), Telegram()
    async with asyncio.timeout(1):
        for _ in range(50):
            await _call(pacer, telegram, chat=7)
    assert 50 == len(telegram.times)
