"""`train-care`: fit the detector of distress; for development."""

from __future__ import annotations

import typer

_IN_PINYIN = 1_200
# Of what is found in the end, so little may be passed over without asking for its vector.
_PASSED_OVER = 0.003


def train_care(context: typer.Context) -> None:
    """Fit the detector of distress on data/training; write data/distress.json.

    Prints what five-fold cross-validation reaches, by words alone and with sentence vectors. Some
    ten minutes.
    """
    import numpy as np
    from rich.console import Console
    from rich.progress import track

    from bot.care.distress import DISTRESS_FILE, normalised, save_weights
    from bot.errors import BotError
    from bot.evaluation.dataset import read_examples
    from bot.project import PROJECT_ROOT
    from bot.retrieval.encoder import load_encoder
    from bot.retrieval.index import load_sources
    from bot.settings import load_settings
    from bot.training.distress import (
        MOST_ALARMS,
        MOST_ALARMS_BY_WORDS,
        NONE,
        choose_threshold,
        fit_vectors,
        fit_words,
        in_pinyin,
        judge_unseen,
        ordinary_questions,
        put_together,
        read_messages,
        report,
    )

    encoder = load_encoder()
    if encoder is None:
        raise BotError("there is no sentence encoder on this machine")
    settings = load_settings(context.obj)
    folder = settings.data_path / "training"
    sources = load_sources(PROJECT_ROOT, settings.data_path)
    authored = read_messages(folder / "care.tsv")
    golden = [
        each.question
        for path in sorted((PROJECT_ROOT / "tests" / "golden").glob("*.jsonl"))
        for each in read_examples(path)
        if each.split == "dev"
    ]
    article = sources.article
    golden += [article.text[span.start : span.end] for span in article.sentences]
    messages = [
        *authored,
        *ordinary_questions(sources.facts, sources.gaps, golden, authored),
        *put_together(folder / "care_phrases.toml"),
        *in_pinyin(authored, _IN_PINYIN),
    ]
    console = Console(stderr=True)
    texts = [normalised(message.text) for message in messages]
    vectors = np.concatenate(
        [encoder.encode_questions([text]) for text in track(texts, console=console)]
    )
    judged = judge_unseen(messages, vectors)
    by_words, with_vectors = [one for one, _ in judged], [other for _, other in judged]
    threshold = choose_threshold(by_words, MOST_ALARMS_BY_WORDS)
    mixed = choose_threshold(with_vectors, MOST_ALARMS)
    found = sorted(
        one.probability
        for one, other in judged
        if other.message.label != NONE and other.probability >= mixed
    )
    doubt = round(max(1e-4, found[int(_PASSED_OVER * len(found))]), 4)
    weights = fit_vectors(fit_words(messages), messages, vectors).model_copy(
        update={
            "threshold": round(threshold, 4),
            "mixed_threshold": round(mixed, 4),
            "doubt": doubt,
        }
    )
    save_weights(weights, DISTRESS_FILE)
    ordinary = [one.probability >= doubt for one in by_words if not one.message.authored]
    print(f"by words      {report(by_words, threshold)}")
    print(f"with vectors  {report(with_vectors, mixed)}")
    print(f"a vector is asked for by {sum(ordinary) / len(ordinary):.1%} of ordinary questions")
