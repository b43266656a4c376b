from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.errors import IndexFileError
from bot.project import PROJECT_ROOT
from bot.retrieval.features import LEXICAL, SEMANTIC
from bot.retrieval.index import load_index
from bot.retrieval.question_bank import bank_questions
from bot.retrieval.weights import WEIGHTS_FILE, Network, load_weights, save_weights


def test_the_committed_weights_fit_the_features() -> None:
    """The networks were fitted on the features that are computed, in this order."""
    weights = load_weights()

    assert LEXICAL == weights.lexical.features
    assert (*LEXICAL, *SEMANTIC) == weights.semantic.features
    assert WEIGHTS_FILE.stat().st_size < 100_000


def test_the_committed_weights_fit_the_bank() -> None:
    """Each question of the bank has its weight; an edited bank has none."""
    sources = load_index(PROJECT_ROOT, PROJECT_ROOT / "data").sources
    questions = bank_questions(sources.facts, sources.gaps)

    assert load_weights().know(questions)
    assert not load_weights().know([*questions, "新的问题"])


def test_a_network_is_a_line_and_one_hidden_layer() -> None:
    """The score is the linear part plus the weighted tanh of the hidden units."""
    network = Network(
        mean=(1.0, 0.0),
        scale=(2.0, 1.0),
        linear=(1.0, 0.0),
        hidden=((0.0, 1.0),),
        bias=(0.5,),
        output=(3.0,),
    )
    expected = (5.0 - 1.0) / 2.0 + 3.0 * np.tanh(7.0 + 0.5)

    assert pytest.approx([expected]) == network(np.array([[5.0, 7.0]])).tolist()


def test_saved_weights_are_read_again(tmp_path: Path) -> None:
    """Nothing but the last digits changes on the way through the file."""
    weights = load_weights()
    save_weights(weights, tmp_path / "weights.json")

    assert weights == load_weights(tmp_path / "weights.json")


@pytest.mark.parametrize("content", [None, "", "{}", '{"format": 9}'])
def test_refuses_what_are_no_weights(tmp_path: Path, content: str | None) -> None:
    """A missing or damaged file is one line."""
    path = tmp_path / "weights.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(IndexFileError) as caught:
        load_weights(path)
    assert "\n" not in str(caught.value)
