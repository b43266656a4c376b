from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.retrieval.remembered import Remembered


def test_forgets_what_was_not_used_for_longest() -> None:
    """A use keeps a value; the others go first."""
    remembered: Remembered[str, int] = Remembered(2)
    remembered.put("a", 1)
    remembered.put("b", 2)
    remembered.get("a")
    remembered.put("c", 3)

    assert (1, None, 3) == (remembered.get("a"), remembered.get("b"), remembered.get("c"))


@given(st.lists(st.tuples(st.integers(), st.integers())), st.integers(1, 5))
def test_it_never_holds_more_than_its_limit(pairs: list[tuple[int, int]], limit: int) -> None:
    """And always holds the newest."""
    remembered: Remembered[int, int] = Remembered(limit)
    for key, value in pairs:
        remembered.put(key, value)
        assert value == remembered.get(key)
        assert len(remembered) <= limit
