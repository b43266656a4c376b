from __future__ import annotations

from pathlib import Path

import pytest

from bot.article.model import Article, Kind
from bot.article.topics import Topics, load_topics, topic_quotes
from bot.errors import ArticleError

ONE = """
[[topic]]
id = "a"
name = "甲"
name_en = "A"
lines = {lines}
"""


def test_topics_cover_the_whole_article(article: Article, topics: Topics) -> None:
    """Every paragraph is in some topic, and the fifteen named in the plan are there."""
    covered = {number for topic in topics.all for number in topic.paragraphs}

    assert {paragraph.number for paragraph in article.paragraphs} == covered
    assert {
        "细胞治疗是什么", "CAR-T", "渐冻症与Treg", "实体肿瘤", "系统性红斑狼疮", "干细胞新药",
        "中原实验室", "成果转化", "求学之路", "回国创业", "团队与平台", "育人", "科研诚信",
        "人生信条", "学生眼中的他",
    } <= {topic.name for topic in topics.all}  # fmt: skip


def test_a_topics_quotes_are_all_its_text(article: Article, topics: Topics) -> None:
    """Nothing but white space and captions is lost between a topic's paragraphs and quotes."""
    for topic in topics.all:
        told = [
            article.paragraphs[number - 1].span
            for number in topic.paragraphs
            if article.paragraphs[number - 1].kind is not Kind.CAPTION
        ]
        expected = "".join(article.text[span.start : span.end] for span in told)
        assert expected == "".join(quote.text for quote in topic_quotes(article, topic))


def test_finds_the_topics_of_a_paragraph(topics: Topics) -> None:
    """The topic that names a paragraph first comes first."""
    als = topics.get("als")
    assert als is not None

    assert "als" == topics.of_paragraphs(als.paragraphs)[0].id
    assert () == topics.of_paragraphs([9999])
    assert topics.get("nothing") is None


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (ONE.format(lines="[21]"), "the paragraph at line 358 is in no topic"),
        (ONE.format(lines="[264000]"), "a: line 264000 is in no paragraph"),
        (ONE.format(lines="[21]") * 2, "the id a is used twice"),
        (ONE.format(lines="[]"), "topic.0.lines"),
        (ONE.replace('"a"', '"A b"').format(lines="[21]"), "topic.0.id"),
        ("topic = 3", "topic"),
        ("[", "topics.toml"),
    ],
)
def test_refuses_unsound_topics(
    tmp_path: Path, article: Article, content: str, message: str
) -> None:
    """The editor is told which topic is wrong, and how."""
    path = tmp_path / "topics.toml"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(ArticleError) as caught:
        load_topics(path, article)

    assert message in str(caught.value)
