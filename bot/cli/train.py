"""`train`: fit the learned weights; for development."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def train(
    context: typer.Context,
    files: Annotated[
        list[Path], typer.Argument(help="Sets of questions with their articles, as JSON lines.")
    ],
    golden: Annotated[
        list[Path], typer.Option(help="Questions about the project's article; their dev split.")
    ],
    output: Annotated[Path | None, typer.Option(help="The folder to write to; data.")] = None,
    limit: Annotated[int, typer.Option(help="At most so many articles of each set; 0 is all.")] = 0,
) -> None:
    """Fit the reader, its confidence, the question bank and the highlighter; write the weights.

    Takes some ten minutes on one core, nearly all of it to encode the sets.
    """
    from itertools import islice

    from rich.console import Console
    from rich.progress import track

    from bot.bootstrap import build_analyzer
    from bot.errors import BotError
    from bot.evaluation.dataset import read_examples
    from bot.project import PROJECT_ROOT
    from bot.retrieval.encoder import load_encoder
    from bot.retrieval.highlighter import HIGHLIGHTER_FILE, save_span_weights
    from bot.retrieval.index import load_index
    from bot.retrieval.weights import WEIGHTS_FILE, save_weights
    from bot.settings import load_settings
    from bot.training.examples import materials
    from bot.training.fit import Fit
    from bot.training.spans import answering_quotes, fit_spans, mark_quotes

    settings = load_settings(context.obj)
    analyzer, encoder = build_analyzer(settings), load_encoder()
    console = Console(stderr=True)
    every = []
    for path in files:
        found = materials(read_examples(path), analyzer, encoder)
        articles = list(islice(found, limit) if limit else found)
        for material in track(articles, description=path.name, console=console):
            material.prepare()
        every += articles
    if not every:
        raise BotError("there are no questions to learn from")
    index = load_index(PROJECT_ROOT, settings.data_path)
    asked = [each for path in golden for each in read_examples(path) if each.split == "dev"]
    weights = Fit(every, index, asked, analyzer, encoder).weights()
    marked = list(mark_quotes(answering_quotes(every, weights), analyzer))
    folder = output or settings.data_path
    save_weights(weights, folder / WEIGHTS_FILE.name)
    save_span_weights(fit_spans(marked), folder / HIGHLIGHTER_FILE.name)
    print(
        f"{sum(len(each.asked) for each in every)} questions read, {len(marked)} answers marked; "
        f"{WEIGHTS_FILE.name} and {HIGHLIGHTER_FILE.name} written"
    )
