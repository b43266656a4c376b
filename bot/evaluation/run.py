"""Asks an evaluation set of the core."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator

from bot.evaluation.dataset import Example
from bot.evaluation.figures import Outcome
from bot.retrieval import Quoter


def ask_all(
    examples: Iterable[Example], own: Callable[[], Quoter], over: Callable[[str], Quoter]
) -> Iterator[Outcome]:
    """Ask each example of its article, building a quoter for an article once.

    `own` gives the quoter of the project's article, `over` one over a plain text. Examples of
    one article are expected side by side.
    """
    current: tuple[str | None, Quoter] | None = None
    for example in examples:
        if current is None or current[0] != example.article:
            quoter = own() if example.article is None else over(example.article)
            quoter.warm_up()
            current = (example.article, quoter)
        start = time.perf_counter()
        answer = current[1].ask(example.question, example.previous)
        yield Outcome(example, answer, time.perf_counter() - start)
