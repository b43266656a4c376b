from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.memory import Recent


def test_the_least_recently_used_is_forgotten_first() -> None:
    """A look counts as a use."""
    recent: Recent[str, int] = Recent(2)
    recent.put("a", 1)
    recent.put("b", 2)
    recent.get("a")
    recent.put("c", 3)
    assert (1, None, 3) == (recent.get("a"), recent.get("b"), recent.get("c"))


@given(st.lists(st.tuples(st.integers(), st.integers())), st.integers(1, 5))
def test_it_never_holds_more_than_its_limit(pairs: list[tuple[int, int]], limit: int) -> None:
    """And always holds the newest."""
    recent: Recent[int, int] = Recent(limit)
    for key, value in pairs:
        recent.put(key, value)
        assert value == recent.get(key)
        assert len(recent) <= limit
