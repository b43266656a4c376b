"""`train-reader`: train the reader; for development, with the packages of the `train` group."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def train_reader(
    context: typer.Context,
    sets: Annotated[
        list[Path], typer.Argument(help="Open sets of questions with their articles, JSON lines.")
    ],
    checkpoint: Annotated[Path, typer.Option(help="The checkpoint to write and to resume from.")],
    written: Annotated[
        list[Path] | None, typer.Option(help="Questions about articles of the sets, JSON lines.")
    ] = None,
    held: Annotated[
        Path | None, typer.Option(help="A JSON list of article ids that are kept out.")
    ] = None,
    dev: Annotated[
        list[Path] | None, typer.Option(help="Sets to look at now and then, never to learn from.")
    ] = None,
    start: Annotated[Path | None, typer.Option(help="A checkpoint to begin from.")] = None,
    output: Annotated[
        Path | None, typer.Option(help="The folder to write the model to; data/reader.")
    ] = None,
    minutes: Annotated[float, typer.Option(help="How long to train, in minutes.", min=0.1)] = 90,
    threads: Annotated[int, typer.Option(help="Processor threads.", min=1)] = 1,
    resume: Annotated[bool, typer.Option("--resume", help="Go on from the checkpoint.")] = False,
) -> None:
    """Train the reader from the pretrained encoder and write it in the form that the bot reads."""
    import logging

    from bot.bootstrap import build_analyzer
    from bot.errors import BotError
    from bot.settings import load_settings

    try:
        from bot.training.reader.run import Run, train
        from bot.training.reader.trainer import Plan
    except ModuleNotFoundError as error:
        raise BotError(
            f"{error.name} is needed to train: install the packages of the group train in"
            " pyproject.toml"
        ) from error

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    settings = load_settings(context.obj)
    folder = output or settings.data_path / "reader"
    run = Run(
        sets=sets,
        written=written or [],
        held=held,
        dev=dev or [],
        vocabulary=settings.data_path / "reader" / "pieces.json",
        start=start,
        checkpoint=checkpoint,
        plan=Plan(minutes=minutes),
        threads=threads,
    )
    train(run, build_analyzer(settings), folder, resume=resume)
