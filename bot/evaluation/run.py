"""Asks an evaluation set of the core."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator

from bot.evaluation.baseline import Baseline
from bot.evaluation.dataset import Example
from bot.evaluation.figures import Outcome
from bot.retrieval import Quoter


def ask_all(
    examples: Iterable[Example],
    own: Callable[[], Quoter],
    over: Callable[[str], Quoter],
    baseline: Callable[[str], Baseline] | None = None,
) -> Iterator[Outcome]:
    """Ask each example of its article, building a quoter for an article once.

    `own` gives the quoter of the project's article, `over` one over a plain text. Examples of
    one article are expected side by side. With a `baseline` it is asked the same.
    """
    current: tuple[str | None, Quoter] | None = None
    plain: Baseline | None = None
    for example in examples:
        if current is None or current[0] != example.article:
            quoter = own() if example.article is None else over(example.article)
            quoter.warm_up()
            current = (example.article, quoter)
            plain = baseline(quoter.article.text) if baseline else None
        start = time.perf_counter()
        answer = current[1].ask(example.question, example.previous)
        seconds = time.perf_counter() - start
        yield Outcome(example, answer, seconds, plain.first(example.question) if plain else None)
