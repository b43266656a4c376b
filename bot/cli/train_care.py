"""`train-care`: fit what tells distress, the medical line and messages to somebody else; for
development.
"""

from __future__ import annotations

from collections.abc import Callable

import typer

_IN_PINYIN = 1_200
# Of the bank's questions and of those about other articles so many are learned from.
_BANK = 2_000
_OTHERS = 3_000


def train_care(context: typer.Context) -> None:
    """Fit the models of care on data/training; write data/distress.json, medical.json and
    addressed.json.

    Prints what five-fold cross-validation reaches: of distress by words alone and with sentence
    vectors, of the others together with the rules. Some five minutes.
    """
    import numpy as np
    from rich.console import Console
    from rich.progress import track

    from bot.care.addressed import ADDRESSED_FILE, Addressee
    from bot.care.distress import DISTRESS_FILE
    from bot.care.linear import LinearModel, normalised, probability_of
    from bot.care.medical import MEDICAL_FILE, Medicine
    from bot.errors import BotError
    from bot.evaluation.dataset import read_examples
    from bot.project import PROJECT_ROOT
    from bot.retrieval.analysis import clean, fold
    from bot.retrieval.encoder import Vectors, load_encoder
    from bot.retrieval.index import load_sources
    from bot.settings import load_settings
    from bot.training import linear
    from bot.training.distress import (
        LABELS,
        MOST_ALARMS,
        MOST_ALARMS_BY_WORDS,
        NONE,
        choose_threshold,
        fit,
        in_pinyin,
        judge_unseen,
        put_together,
        report,
    )
    from bot.training.linear import (
        ADDRESSED,
        MEDICAL,
        NO,
        YES,
        Message,
        Task,
        Told,
        read_messages,
        read_questions,
        sample,
    )

    encoder = load_encoder()
    if encoder is None:
        raise BotError("there is no sentence encoder on this machine")
    settings = load_settings(context.obj)
    folder = settings.data_path / "training"
    sources = load_sources(PROJECT_ROOT, settings.data_path)
    authored = read_messages(folder / "care.tsv", LABELS)
    golden = [
        each.question
        for path in sorted((PROJECT_ROOT / "tests" / "golden").glob("*.jsonl"))
        for each in read_examples(path)
        if each.split == "dev"
    ]
    article = sources.article
    entries = (
        *(fact.questions for fact in sources.facts),
        *(gap.questions for gap in sources.gaps),
    )
    bank = [question for questions in entries for question in questions]
    asked = [
        *golden,
        *(article.text[span.start : span.end] for span in article.sentences),
        *sample(bank, _BANK),
    ]
    others = read_questions(sorted(folder.glob("*.jsonl")), _OTHERS)

    def ordinary(texts: list[str], label: str, known: list[Message]) -> list[Message]:
        labelled = {normalised(message.text) for message in known}
        return [
            Message(text, label, authored=False)
            for text in dict.fromkeys(texts)
            if normalised(text) not in labelled
        ]

    console = Console(stderr=True)
    vectors: dict[str, Vectors] = {}

    def encoded(messages: list[Message]) -> Vectors:
        texts = [normalised(message.text) for message in messages]
        for text in track([text for text in texts if text not in vectors], console=console):
            vectors[text] = encoder.encode_questions([text])[0]
        return np.array([vectors[text] for text in texts])

    def fitted(messages: list[Message], rule: Callable[[str], bool], task: Task) -> LinearModel:
        """A model of one class; prints what it reaches together with the rule."""
        vectors = encoded(messages)
        unseen = list(linear.odds_unseen(messages, (NO, YES), vectors, task.strength, task.mix))
        by_rule = [rule(message.text) for message, _, _ in unseen]
        told, mixed = (
            [
                Told(message, ruled, probability_of(odds[at]))
                for ruled, (message, *odds) in zip(by_rule, unseen, strict=True)
            ]
            for at in (0, 1)
        )
        words, both = linear.lowest(told, task.holds), linear.lowest(mixed, task.holds)
        doubt = linear.choose_doubt(
            [
                one.probability
                for one, other in zip(told, mixed, strict=True)
                if other.message.label == YES and other.probability >= both.threshold
            ]
        )
        print(f"{task.name}, by words: {words}")
        print(f"{task.name}, with vectors: {both}; a vector is asked for from {doubt}")
        model = linear.fit_words(messages, (NO, YES))
        model = linear.fit_vectors(model, messages, (NO, YES), vectors, task.strength, task.mix)
        return model.model_copy(
            update={
                "threshold": words.threshold,
                "mixed_threshold": both.threshold,
                "doubt": doubt,
            }
        )

    # Nobody writes to a doctor in a question about an article.
    addressee = Addressee(article, sources.glossary, fold)
    written = read_messages(folder / "addressed.tsv", (NO, YES))
    messages = [*written, *ordinary([*asked, *others], NO, written)]
    fitted(messages, lambda text: addressee.opens_with_salutation(clean(text)), ADDRESSED).save(
        ADDRESSED_FILE
    )
    chat = [message.text for message in written if message.label == NO]

    # What the lexicon says of questions about this article is right.
    medicine = Medicine(sources.glossary)

    def names_medicine(text: str) -> bool:
        return medicine.names_medicine(fold(clean(text)))

    written = read_messages(folder / "medical.tsv", (NO, YES))
    chat += [message.text for message in written if message.label == NO]
    messages = list(written)
    for label in (NO, YES):
        alike = [text for text in [*asked, *others] if names_medicine(text) == (label == YES)]
        messages += ordinary(alike, label, written)
    fitted(messages, names_medicine, MEDICAL).save(MEDICAL_FILE)

    messages = [
        *authored,
        *ordinary([*asked, *others, *chat], NONE, authored),
        *put_together(folder / "care_phrases.toml"),
        *in_pinyin(authored, _IN_PINYIN),
    ]
    sentences = encoded(messages)
    judged = judge_unseen(messages, sentences)
    by_words, with_vectors = [one for one, _ in judged], [other for _, other in judged]
    threshold = choose_threshold(by_words, MOST_ALARMS_BY_WORDS)
    least = choose_threshold(with_vectors, MOST_ALARMS)
    doubt = linear.choose_doubt(
        [
            one.probability
            for one, other in judged
            if other.message.label != NONE and other.probability >= least
        ]
    )
    thresholds = {"threshold": threshold, "mixed_threshold": least, "doubt": doubt}
    fit(messages, sentences).model_copy(update=thresholds).save(DISTRESS_FILE)
    print(f"distress, by words: {report(by_words, threshold)}")
    print(f"distress, with vectors: {report(with_vectors, least)}")
    doubtful = [one.probability >= doubt for one in by_words if not one.message.authored]
    print(f"a vector is asked for by {sum(doubtful) / len(doubtful):.1%} of ordinary questions")
