"""`eval`: how good the answers are on evaluation sets."""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.table import Table

    from bot.evaluation.figures import Figures


def evaluate(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="Sets of questions, as JSON lines.")],
    split: Annotated[
        str, typer.Option(help="Only the questions of this split, such as dev or heldout.")
    ] = "",
    baseline: Annotated[
        bool, typer.Option("--baseline", help="A column of plain jieba and BM25Okapi beside it.")
    ] = False,
    foreign: Annotated[
        int,
        typer.Option(help="Ask so many questions of every article of two others too.", min=0),
    ] = 2,
    without_bank: Annotated[
        bool, typer.Option("--without-bank", help="The own article without its question bank.")
    ] = False,
    misses: Annotated[
        bool, typer.Option("--misses", help="List the questions that went wrong.")
    ] = False,
) -> None:
    """Print the figures of evaluation sets, whole and by kind of question."""
    from rich.console import Console

    from bot.bootstrap import build_analyzer, build_quoter, text_quoter
    from bot.cli.progress import with_progress
    from bot.errors import BotError
    from bot.evaluation.baseline import Baseline
    from bot.evaluation.confidence import judge_confidence
    from bot.evaluation.dataset import read_examples
    from bot.evaluation.figures import summarise
    from bot.evaluation.foreign import ask_wrong_articles
    from bot.evaluation.run import ask_all
    from bot.retrieval import Quoter
    from bot.settings import load_settings

    settings = load_settings(context.obj)

    @cache
    def own() -> Quoter:
        quoter = build_quoter(settings, with_bank=not without_bank)
        quoter.prepare_vectors(with_progress, on_all_cores=True)
        return quoter

    def over(text: str) -> Quoter:
        return text_quoter(text, "text", settings)

    analyzer = build_analyzer(settings)
    console = Console(width=None if Console().is_terminal else 200)
    for path in files:
        examples = [each for each in read_examples(path) if not split or each.split == split]
        if not examples:
            raise BotError(f"{path}: no questions{f' in the split {split}' if split else ''}")
        outcomes = list(
            ask_all(
                examples,
                own=own,
                over=over,
                baseline=(lambda text: Baseline(text, analyzer)) if baseline else None,
            )
        )
        table = _table(f"{path.name} {split}".strip(), baseline=baseline)
        _add_row(table, "all", len(outcomes), summarise(outcomes))
        kinds = sorted({outcome.example.kind for outcome in outcomes})
        for kind in kinds if len(kinds) > 1 else ():
            part = [outcome for outcome in outcomes if outcome.example.kind == kind]
            _add_row(table, kind, len(part), summarise(part))
        console.print(table)
        worth = judge_confidence(outcomes)
        print(
            f"confidence: AUROC {_number(worth.auroc, 3)}, wrong among the surest 80 %"
            f" {_number(100 * worth.risk, 1)} %, calibration error {_number(worth.calibration, 3)}"
        )
        if foreign and (wrong := ask_wrong_articles(examples, over, foreign)):
            for name, refusals in zip(("a random", "the nearest"), wrong, strict=True):
                print(
                    f"asked of {name} other article: AUROC {refusals.auroc:.4f}, "
                    f"refused {refusals.refused}, good ones refused {refusals.lost}, "
                    f"accuracy {refusals.accuracy}"
                )
        for outcome in outcomes if misses else ():
            if outcome.went_wrong:
                first = outcome.answer.candidates[0].text if outcome.answer.candidates else "-"
                rank = outcome.rank or "-"
                print(
                    f"{outcome.example.kind}\t{outcome.example.question}\t"
                    f"{outcome.answer.confidence:.2f}\trank {rank}\t{first}"
                )


def _table(title: str, *, baseline: bool) -> Table:
    from rich.table import Table

    table = Table(title=title, title_justify="left")
    headings = ["kind", "n", "Hit@1", "Hit@3", "MRR@5", "answered right", "refused", "mark F1"]
    headings += ["mark EM", "length", "ms", *(["baseline Hit@1"] if baseline else ())]
    for heading in headings:
        table.add_column(heading, justify="left" if heading == "kind" else "right")
    return table


def _add_row(table: Table, kind: str, count: int, figures: Figures) -> None:
    cells = [
        kind,
        str(count),
        str(figures.hit_1),
        str(figures.hit_3),
        _number(figures.mrr, 3),
        str(figures.right),
        str(figures.refused),
        _number(100 * figures.mark_f1, 1),
        _number(100 * figures.mark_exact.value, 1),
        _number(figures.length, 0),
        _number(figures.milliseconds, 2),
        str(figures.baseline),
    ]
    table.add_row(*cells[: len(table.columns)])


def _number(value: float, digits: int) -> str:
    return "-" if math.isnan(value) else f"{value:.{digits}f}"
