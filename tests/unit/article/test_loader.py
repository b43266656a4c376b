from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.article.loader import article_from_text, decode, load_article, load_layout
from bot.article.model import Article, Kind, Lines
from bot.errors import ArticleError
from bot.project import PROJECT_ROOT

SEED_SHA256 = "deb33e16d6ea37ced35dd136e92ea1850f7585bcaa3e2381ff48b9429e0fa2ce"


def packed(text: str) -> str:
    """Without white space."""
    return "".join(text.split())


def text_of(article: Article, number: int) -> str:
    """The text of the paragraph with this number."""
    span = article.paragraphs[number - 1].span
    return article.text[span.start : span.end]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of seeds/ and data/ to damage."""
    for folder in ("seeds", "data"):
        shutil.copytree(
            PROJECT_ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("cache")
        )
    return tmp_path


def load(root: Path) -> Article:
    """The article of the project in `root`."""
    return load_article(root, load_layout(root / "data/article.toml"))


def replace(path: Path, old: str, new: str) -> None:
    """Change the first `old` in a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_seed_is_the_one_that_came(article: Article) -> None:
    """seeds/ holds the source byte for byte."""
    content = (PROJECT_ROOT / article.metadata.source).read_bytes()
    assert SEED_SHA256 == hashlib.sha256(content).hexdigest()


def test_the_text_is_the_seed_in_reading_order(article: Article) -> None:
    """Every character of the seed is there once, but for the doubled heading."""
    source = (PROJECT_ROOT / article.metadata.source).read_text(encoding="utf-8")
    lines = source.split("\n")
    order = [
        *range(358, 360), 361, *range(304, 311), "向最强者学习", *range(266, 303),
        *range(313, 357), *range(1, 204), *range(205, 249), *range(250, 264),
        "熠熠星光。", *range(367, 458), 363, 365, 459, 312,
    ]  # fmt: skip
    pieces = [lines[each - 1] if isinstance(each, int) else each for each in order]

    assert packed("".join(pieces)) == packed(article.text)
    assert sorted(packed(source).replace("向最强者学习向最强者学习", "向最强者学习")) == sorted(
        packed(article.text)
    )


def test_sections_and_where_their_headings_come_from(article: Article) -> None:
    """One heading is printed, one is the online edition's, the others are editorial."""
    assert [
        "标题", "导语", "向最强者学习", "从0到1", "站在前沿", "攻克实体肿瘤", "实验室与转化",
        "初衷与治学", "甘为人梯", "人生信条", "学生张超奇的话", "学生李苗苗的话", "图片",
    ] == [section.heading for section in article.sections]  # fmt: skip
    assert {"向最强者学习", "从0到1"} == {
        section.heading for section in article.sections if not section.editorial
    }
    printed = [section for section in article.sections if section.heading_span is not None]
    assert ["向最强者学习"] == [
        article.text[section.heading_span.start : section.heading_span.end]
        for section in printed
        if section.heading_span
    ]


def test_paragraphs_that_begin_without_a_blank_line(article: Article) -> None:
    """Lines 85, 169, 279, 305, 306 and 394 each begin a paragraph."""
    firsts = {article.lines_of(paragraph.span).first for paragraph in article.paragraphs}
    assert {85, 169, 279, 305, 306, 394} <= firsts


def test_blank_lines_inside_a_sentence_do_not_break_it(article: Article) -> None:
    """The column breaks after lines 25, 39, 133 and 254 vanish."""
    for piece in (
        "是全球首次实施Treg细胞的鞘内给药",
        "我国有细胞治疗领域科学家入选",
        "该团队利用自主研发的多项CAR-T细胞治疗新技术",
        "里面有这样一句话：“一个人的一生",
    ):
        assert piece in article.text


def test_every_sentence_knows_its_lines(article: Article) -> None:
    """The source lines of a sentence hold all its words, and no fewer lines would."""
    source = (PROJECT_ROOT / article.metadata.source).read_text(encoding="utf-8").split("\n")
    for sentence in article.sentences:
        lines = article.lines_of(sentence)
        said = packed(article.text[sentence.start : sentence.end])
        assert said in packed("".join(source[lines.first - 1 : lines.last]))
        if lines.first < lines.last:
            assert said not in packed("".join(source[lines.first : lines.last]))
            assert said not in packed("".join(source[lines.first - 1 : lines.last - 1]))


def test_kinds_of_furniture(article: Article) -> None:
    """Title, byline, signatures, captions and credit are told from the prose."""
    of_kind = {
        kind: [text_of(article, p.number) for p in article.paragraphs if p.kind is kind]
        for kind in (Kind.TITLE, Kind.BYLINE, Kind.SIGNATURE, Kind.CAPTION, Kind.CREDIT)
    }
    assert {
        Kind.TITLE: [
            "让中国细胞治疗“闪耀”世界",
            "——记郑大一附院首席科学家、生物细胞治疗中心主任张毅",
        ],
        Kind.BYLINE: ["本报记者常娟"],
        Kind.SIGNATURE: [
            "——中国医学科学院肿瘤医院、国家癌症中心胸外科主治医师张超奇",
            "——郑州大学公共卫生学院在读博士研究生李苗苗",
        ],
        Kind.CAPTION: ["查房", "带教", "张毅"],
        Kind.CREDIT: ["（图片由许冬冬提供）"],
    } == of_kind


def test_locates_only_what_is_inside_one_paragraph(article: Article) -> None:
    """A span over a paragraph's edge has no place."""
    one, other = article.paragraphs[6].span, article.paragraphs[7].span
    place = article.locate(one)

    assert place is not None
    assert ("向最强者学习", False, 7, 1, Lines(266, 278)) == (
        place.section, place.editorial, place.paragraph, place.paragraph_in_section, place.lines
    )  # fmt: skip
    assert article.locate(type(one)(one.start, other.end)) is None


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("lines = [313, 356]", "lines = [313, 355]", "line 356 is not used"),
        ("lines = [313, 356]", "lines = [312, 356]", "line 312 is used twice"),
        ("lines = [363, 363]", "lines = [9999, 9999]", "has 462 lines, not 9999"),
        ("occurrence = 2", "occurrence = 3", "line 264 has no “向最强者学习” (3)"),
        ('kind = "lead"', 'kind = "poem"', "article.toml: section.1.blocks.0.kind"),
        ("published = 2025-04-10", 'published = "soon"', "article.toml: published"),
        ('author = "常娟"', "author =", "article.toml:"),
        ('author = "常娟"', 'autor = "常娟"', "article.toml:"),
    ],
)
def test_refuses_an_unsound_layout(project: Path, old: str, new: str, message: str) -> None:
    """The editor is told which line or field is wrong."""
    replace(project / "data/article.toml", old, new)

    with pytest.raises(ArticleError) as caught:
        load(project)

    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_refuses_a_changed_source(project: Path) -> None:
    """A layout is for one source only."""
    replace(project / "seeds/000_d0bb78783c343212.txt", "张毅", "李毅")

    with pytest.raises(ArticleError, match="sha256"):
        load(project)


def test_refuses_a_missing_source(project: Path) -> None:
    """The message names the file."""
    (project / "seeds/000_d0bb78783c343212.txt").unlink()

    with pytest.raises(ArticleError, match=r"000_d0bb78783c343212\.txt: No such file"):
        load(project)


@given(st.text(st.sampled_from("细胞。\n \r，ab12"), min_size=1, max_size=120))
def test_plain_text_keeps_every_character(text: str) -> None:
    """A plain text becomes an article that equals it in all but white space."""
    if not any(character.isalnum() for character in text):
        with pytest.raises(ArticleError):
            article_from_text(text)
        return

    article = article_from_text(text)

    assert packed(text) == packed(article.text)
    assert [None] == [section.heading for section in article.sections]


def test_plain_text_lines_and_wraps() -> None:
    """A wrapped sentence is one sentence, and knows both its lines."""
    article = article_from_text("第一段话。\n\n张毅从南\n阳走出来。他学医。\n", "a.txt")

    assert ["第一段话。", "张毅从南阳走出来。", "他学医。"] == [
        article.text[span.start : span.end] for span in article.sentences
    ]
    assert [Lines(1, 1), Lines(3, 4), Lines(4, 4)] == [
        article.lines_of(span) for span in article.sentences
    ]


def test_decodes_utf8_only() -> None:
    """A byte order mark is taken off; other encodings are refused by name."""
    assert "好" == decode("\ufeff好".encode(), "a.txt")
    with pytest.raises(ArticleError, match=r"a\.txt: not a UTF-8 text"):
        decode("好".encode("gb18030"), "a.txt")
