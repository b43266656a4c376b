from __future__ import annotations

import numpy as np

from bot.retrieval.analysis import Analyzer
from bot.retrieval.answerability import Answerability, digest_of, kernel, nearest_decides
from bot.retrieval.question_bank import bank_questions
from bot.training.ridge import answering_weights
from tests.unit.retrieval.test_question_bank import FACTS, GAPS, bank, read


def test_weights_are_kept_as_bytes() -> None:
    """Each within half a step of what it was."""
    weights = np.array([0.5, -1.27, 0.003])
    kept = Answerability.of(["一", "二", "三"], weights)

    assert np.abs(kept.values - weights).max() <= kept.step / 2
    assert kept == Answerability.model_validate_json(kept.model_dump_json())


def test_the_digest_is_that_of_the_questions_in_their_order() -> None:
    """Weights for another bank are known as such."""
    assert digest_of(["一", "二"]) == digest_of(["一", "二"])
    assert 3 == len({digest_of(["一", "二"]), digest_of(["二", "一"]), digest_of(["一二"])})


def test_nearness_counts_words_and_vectors() -> None:
    """The same question is nearest; vectors are heard beside the words."""
    alike = np.array([1.0, 0.5, 0.0])
    by_words = kernel(alike, None)
    by_both = kernel(alike, np.array([0.0, 1.0, 0.0]))

    assert by_words[0] > by_words[1] > by_words[2]
    assert by_both[1] > by_both[0] > by_both[2]


def test_without_weights_the_nearest_question_decides() -> None:
    """The first two are answered, the third is not."""
    assert nearest_decides(np.array([0.1, 0.9, 0.2]), 2) > 0.5
    assert nearest_decides(np.array([0.1, 0.2, 0.9]), 2) < -0.5
    assert 0.0 == nearest_decides(np.zeros(0), 0)


def test_what_was_learned_is_used_for_its_own_bank_only(analyzer: Analyzer) -> None:
    """The regression has learned each question's side; a changed bank does without it."""
    learned = answering_weights(bank(analyzer), semantic=False)
    questions = bank_questions(FACTS, GAPS)
    fitting = bank(analyzer, answerability=Answerability.of(questions, learned))
    other = bank(analyzer, answerability=Answerability.of([*questions, "新"], np.ones(5)))
    asked = {each: read(analyzer, each) for each in ("长江有多长", "长江有几种鱼")}

    sides = [fitting.match([text], asked[text]).answerable for text in asked]
    assert sides[0] > 0.5 > -0.5 > sides[1]
    assert [other.match([text], asked[text]).answerable for text in asked] == [
        bank(analyzer).match([text], asked[text]).answerable for text in asked
    ]
