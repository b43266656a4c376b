from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.retrieval.analysis import Analyzer, clean, fold, grams


@given(st.text(max_size=200))
def test_folding_keeps_every_offset(text: str) -> None:
    """However odd the text, its folded form is exactly as long."""
    assert len(text) == len(fold(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("漸凍症", "渐冻症"),
        ("ＣＡＲ－Ｔ", "car-t"),
        ("２０２４年", "2024年"),
        ("臨床研究", "临床研究"),
    ],
)
def test_folds_width_case_and_characters(one: str, other: str) -> None:
    """Two spellings of one thing are equal once folded."""
    assert fold(other) == fold(one)


@given(st.text(max_size=200))
def test_cleaning_is_idempotent_and_leaves_one_visible_line(text: str) -> None:
    """What is clean stays as it is, on one line, without invisible characters."""
    cleaned = clean(text)

    assert cleaned == clean(cleaned)
    assert all(character.isprintable() for character in cleaned)


def test_cleans_what_hides_in_a_message() -> None:
    """Zero-width, direction and control characters vanish; full width is narrowed."""
    assert "张毅是谁?CAR-T" == clean("张\u200b毅\u202e是\u0000谁？ＣＡＲ-T\u2066")
    assert "a b" == clean(" a\n\t　b ")


def test_tokens_know_their_places(analyzer: Analyzer) -> None:
    """Each token's offsets cut its own text out of the question."""
    text = "張毅的ＣＡＲ-T細胞，2024年。"
    tokens = analyzer.tokens(text)

    assert [fold(text[token.start : token.end]) for token in tokens] == [t.term for t in tokens]
    assert {"car", "t", "细胞"} <= {token.term for token in tokens}


def test_grams_hold_characters_pairs_and_joined_words() -> None:
    """Single characters and pairs stand beside words, and CAR-T beside cart."""
    assert ["cart", "细", "胞", "细胞"] == grams("CAR-T细胞")


def test_rarity_tells_common_words_from_unknown_ones(analyzer: Analyzer) -> None:
    """的 is worth next to nothing, a word no dictionary has everything."""
    assert analyzer.rarity("的") < analyzer.rarity("国家") < analyzer.rarity("患者") < 1
    assert 1.0 == analyzer.rarity("没有这个词的")


def test_the_cache_is_the_bots_own(tmp_path: Path) -> None:
    """The compiled dictionary is written where it is told to, and read from there again."""
    Analyzer(tmp_path / "cache").warm_up()
    first = (tmp_path / "cache/jieba.cache").stat().st_mtime_ns

    Analyzer(tmp_path / "cache").warm_up()

    assert first == (tmp_path / "cache/jieba.cache").stat().st_mtime_ns


def test_works_without_a_cache(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A folder that cannot be made costs one line and a slower start, no more."""
    (tmp_path / "file").write_text("")
    with caplog.at_level(logging.WARNING):
        analyzer = Analyzer(tmp_path / "file/cache")
        assert ["细胞"] == [token.term for token in analyzer.tokens("细胞")]
    assert 1 == len(caplog.records)


def test_importing_loads_no_dictionary() -> None:
    """The library is imported only when a word is first cut."""
    code = "import sys, bot.retrieval; print('jieba' in sys.modules)"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert "False" == result.stdout.strip()
