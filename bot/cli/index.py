"""`index`: build data/index.json from seeds/ and data/."""

from __future__ import annotations

import time
from typing import Annotated

import typer


def index(
    context: typer.Context,
    check: Annotated[
        bool,
        typer.Option("--check", help="Write nothing; fail where the index is not up to date."),
    ] = False,
    vectors: Annotated[
        bool,
        typer.Option(
            "--vectors", help="Make the sentence vectors too, once, on all cores: some minutes."
        ),
    ] = False,
) -> None:
    """Build data/index.json from seeds/ and data/."""
    from bot.bootstrap import build_analyzer, build_quoter
    from bot.cli.progress import with_progress
    from bot.errors import IndexFileError
    from bot.project import PROJECT_ROOT
    from bot.retrieval.index import build_index, load_index, save_index
    from bot.retrieval.question_bank import bank_questions
    from bot.retrieval.weights import load_weights
    from bot.settings import load_settings

    settings = load_settings(context.obj)
    start = time.perf_counter()
    built = build_index(PROJECT_ROOT, settings.data_path, build_analyzer(settings), with_progress)
    if check:
        if load_index(PROJECT_ROOT, settings.data_path) != built:
            raise IndexFileError("the index is not up to date; run: python -m bot index")
        print(f"the index is up to date: {built.id}")
        return
    path = save_index(built, settings.data_path)
    article = built.article
    print(
        f"{path.name} {built.id}: {len(article.text)} characters in {len(article.paragraphs)} "
        f"paragraphs and {len(article.sections)} sections, {len(built.passages)} passages, "
        f"{len(built.topics.all)} topics; {time.perf_counter() - start:.1f} s"
    )
    if vectors:
        build_quoter(settings).prepare_vectors(with_progress, on_all_cores=True)
    questions = bank_questions(built.sources.facts, built.sources.gaps)
    if not load_weights().know(questions):
        print(
            "The question bank is not the one that data/reader.json was fitted on: until "
            "`python -m bot train` was run, answers go by its nearest questions alone."
        )
