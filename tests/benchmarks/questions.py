"""What the benchmarks ask: the golden questions."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import cycle, islice

from bot.evaluation.dataset import Example, read_examples
from bot.project import PROJECT_ROOT

_SEED = 20250410


def golden(split: str = "") -> list[Example]:
    """The golden questions of one split, or all; answerable, unanswerable and follow-up ones."""
    files = sorted((PROJECT_ROOT / "tests" / "golden").glob("*.jsonl"))
    examples = [example for path in files for example in read_examples(path)]
    return [example for example in examples if split in ("", example.split)]


def mixed(count: int) -> Iterator[str]:
    """`count` questions of the development split in one shuffled order, round and round."""
    questions = [example.question for example in golden("dev")]
    random.Random(_SEED).shuffle(questions)  # noqa: S311 - an order, not a secret
    return islice(cycle(questions), count)
