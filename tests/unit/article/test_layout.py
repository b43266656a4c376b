from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.article.layout import (
    Line,
    close_spacing,
    ends_sentence,
    repair,
    split_page_paragraphs,
    split_plain_paragraphs,
)
from bot.project import PROJECT_ROOT

SEED = (PROJECT_ROOT / "seeds/000_d0bb78783c343212.txt").read_text(encoding="utf-8").split("\n")

any_text = st.text(
    st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from("细胞治疗去年，。！？；：“”（）—…·- \t　0123456789ABTcar"),
    ),
    max_size=60,
)


def lines(*texts: str, first: int = 1) -> list[Line]:
    """Lines with these texts, numbered from `first`."""
    return [Line(number, text) for number, text in enumerate(texts, start=first)]


def seed(first: int, last: int) -> list[Line]:
    """These lines of the seed."""
    return lines(*SEED[first - 1 : last], first=first)


def packed(text: str) -> str:
    """Without white space."""
    return "".join(text.split())


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (1, 1, "深耕细胞治疗领域30多年，张毅说，自"),
        (
            25,
            27,
            "地采用脊髓鞘内注射技术，是全球首次实施Treg细胞的鞘内给药，能直接将Treg细胞输",
        ),
        (
            103,
            104,
            "间长等难题，张毅带领团队做了大量研究。去年，张毅作为研究者发起了一项“靶向CD19",
        ),
        (114, 114, "2024年10月，由河南省医学科学院"),
        (152, 153, "持多项创新临床研究，并牵头制定了CAR-T细胞治疗专家共识，提高了我国免疫治疗"),
        (
            250,
            259,
            (
                "苏联作家尼古拉·奥斯特洛夫斯基的《钢铁是怎样炼成的》里面有这样一句话：“一个人的"
                "一生应该是这样度过的：当他回首往事的时候，不会因为虚度年华而悔恨，也不会因为"
                "碌碌无为而羞耻”。张毅把这句话奉为人生信条。"
            ),
        ),
        (273, 273, "京医科大学人民医院学习和工作期"),
    ],
)
def test_repairs_the_lines_of_the_seed(first: int, last: int, expected: str) -> None:
    """Wrapped, letter-spaced and hyphenated lines of the page read as they were written."""
    assert expected == repair(seed(first, last)).text


@given(st.lists(any_text, max_size=8), st.booleans())
def test_changes_nothing_but_white_space(texts: list[str], justified: bool) -> None:
    """Whatever the lines hold, every character that is not white space is kept, in order."""
    repaired = repair(lines(*texts), justified=justified)

    assert packed("".join(texts)) == packed(repaired.text)


@given(st.lists(any_text, max_size=8))
def test_knows_the_line_of_every_character(texts: list[str]) -> None:
    """Each character that is not white space is credited to the line it came from."""
    repaired = repair(lines(*texts))

    by_line = dict.fromkeys(range(1, len(texts) + 1), "")
    for character, number in zip(repaired.text, repaired.lines, strict=True):
        by_line[number] += character
    assert [packed(text) for text in texts] == [packed(by_line[n]) for n in sorted(by_line)]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("CAR-", "T细胞", "CAR-T细胞"),
        ("CAR", "-T", "CAR-T"),
        ("stem", "cell", "stem cell"),
        ("去", "年", "去年"),
        ("靶向CD", "19的", "靶向CD19的"),
        ("在 2024", "年", "在2024年"),
        ("细胞因子12", "34种", "细胞因子1234种"),
        ("in May,", "2024", "in May, 2024"),
    ],
)
def test_joins_words_and_numbers_over_a_line_break(before: str, after: str, expected: str) -> None:
    """Latin words keep a space between them, and nothing is torn or glued otherwise."""
    assert expected == repair(lines(before, after)).text


def test_closes_letter_spacing_and_keeps_the_writers_spaces() -> None:
    """A letter-spaced line is always closed; a space round a Latin word only off a page."""
    assert "苏联作家尼古拉·奥斯" == close_spacing("苏 联 作 家 尼 古 拉·奥 斯", justified=False)
    assert "使用 Python 编程" == close_spacing(" 使用 Python  编程", justified=False)
    assert "使用Python编程" == close_spacing("使用 Python 编程", justified=True)
    assert "a stem cell" == close_spacing("a  stem   cell", justified=True)


def test_a_blank_line_of_a_page_ends_a_paragraph_only_after_a_sentence() -> None:
    """Elsewhere it is a column break; a named line begins a paragraph without one."""
    page = lines("细胞治", "", "疗好。", "", "另一段。", "又一段。")

    assert [[1, 3], [5], [6]] == [
        [line.number for line in paragraph]
        for paragraph in split_page_paragraphs(page, frozenset({6}))
    ]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("张三是", "李四的老师。"), [[1, 2]]),
        (("张三来了。", "李四走了。"), [[1], [2]]),
        (("前半句，", "", "后半句。"), [[1], [3]]),
        (("早年经历", "张三一九八一年从一个小村庄走出来，到省城的大学学习医学。"), [[1], [2]]),
        (("", "", "一段。", ""), [[3]]),
    ],
)
def test_plain_text_paragraphs(texts: tuple[str, ...], expected: list[list[int]]) -> None:
    """A blank line, a whole sentence and a heading end a paragraph; a cut line is a wrap."""
    assert expected == [
        [line.number for line in paragraph] for paragraph in split_plain_paragraphs(lines(*texts))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("好。", True), ("好。”", True), ("好……", True), ("好，", False), ("好", False), ("", False)],
)
def test_knows_the_end_of_a_sentence(text: str, expected: bool) -> None:
    """Closing quotation marks belong to the end."""
    assert expected is ends_sentence(text)
