from __future__ import annotations

from bot.retrieval.remembered import Remembered


def test_forgets_what_was_not_used_for_longest() -> None:
    """A use keeps a value; the others go first."""
    remembered: Remembered[int] = Remembered(2)
    remembered.put("a", 1)
    remembered.put("b", 2)
    remembered.get("a")
    remembered.put("c", 3)

    assert (1, None, 3) == (remembered.get("a"), remembered.get("b"), remembered.get("c"))
