from __future__ import annotations

from bot.storage.beats import BEAT_SECONDS, LEASE_SECONDS, Watch


class Clock:
    """A clock that stands until it is moved."""

    now = 50.0

    def __call__(self) -> float:
        """The time, in seconds."""
        return self.now


def _watch(clock: Clock, watch: Watch, counts: dict[str, int], seconds: float) -> list[str]:
    """Look at the same counts every other second; who is dead in the end."""
    dead: list[str] = []
    end = clock.now + seconds
    while clock.now < end:
        clock.now += BEAT_SECONDS
        dead = watch.dead(counts)
    return dead


def test_whoever_does_not_count_any_more_is_dead() -> None:
    """Not before the lease is over; whoever counts on lives."""
    clock = Clock()
    watch = Watch(clock)
    assert [] == watch.dead({"a": 1, "b": 1})
    for count in range(int(LEASE_SECONDS / BEAT_SECONDS) - 1):
        clock.now += BEAT_SECONDS
        assert [] == watch.dead({"a": 1, "b": 2 + count})
    clock.now += BEAT_SECONDS
    assert ["a"] == watch.dead({"a": 1, "b": 99})


def test_a_gap_in_looking_proves_nothing() -> None:
    """Whoever slept, or had no database, gives the others their whole lease again."""
    clock = Clock()
    watch = Watch(clock)
    watch.dead({"a": 1})
    clock.now += 10 * LEASE_SECONDS
    assert [] == watch.dead({"a": 1})
    assert [] == _watch(clock, watch, {"a": 1}, LEASE_SECONDS - BEAT_SECONDS)
    assert ["a"] == _watch(clock, watch, {"a": 1}, BEAT_SECONDS)


def test_whoever_came_back_lives() -> None:
    """A name that was gone, or that counts again, begins anew."""
    clock = Clock()
    watch = Watch(clock)
    watch.dead({"a": 1})
    assert ["a"] == _watch(clock, watch, {"a": 1}, LEASE_SECONDS)
    clock.now += 1
    assert [] == watch.dead({"a": 2})
