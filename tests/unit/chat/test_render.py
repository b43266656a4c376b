from __future__ import annotations

import dataclasses
import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import MessageEntity

from bot.article.model import Article, Kind, Lines, Locator, Metadata, Span
from bot.article.quote import Quote, make_quote
from bot.article.topics import Topic, Topics, topic_quotes
from bot.chat.links import Links
from bot.chat.render import place_line, render_answer, render_page, render_quote
from bot.chat.richtext import MAX_CAPTION_UNITS, MAX_ENTITIES, MAX_UNITS, Rendered, utf16_length
from bot.locales import LANGUAGES, Catalog, catalog
from bot.retrieval.answer import Answer, Correction, Reason, TimeWord

PUBLISHED = datetime.date(2025, 4, 10)
FACTS = Metadata("seeds/a.txt", title="让中国细胞治疗“闪耀”世界", published=PUBLISHED)
BARE = Metadata("seeds/a.txt")
ZH = catalog("zh-hans")


def _locator(section: str | None = "从0到1", kind: Kind = Kind.BODY, last: int = 332) -> Locator:
    return Locator(section, True, 9, 2, kind, "seeds/a.txt", Lines(317, last))


def _answer(
    quotes: tuple[Quote, ...] = (),
    reason: Reason | None = None,
    time_words: tuple[TimeWord, ...] = (),
    related: tuple[Quote, ...] = (),
) -> Answer:
    return Answer("id", "q", quotes, quotes, related, (), 0.5, reason, time_words, None)


def _units(text: str, entity: MessageEntity) -> str:
    """The part of `text` that an entity covers, as Telegram's apps cut it."""
    raw = text.encode("utf-16-le")
    return raw[2 * entity.offset : 2 * (entity.offset + entity.length)].decode("utf-16-le")


WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("😀𠮷🧬"),
    min_size=1,
    max_size=200,
)
LANGUAGE = st.sampled_from([catalog(code) for code in LANGUAGES])


@st.composite
def quotes(draw: st.DrawFn) -> Quote:
    """A quote of any text, with highlights in order and apart."""
    text = draw(WORDS)
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=40, unique=True)))
    marks = [Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    kind = draw(st.sampled_from(Kind))
    section = draw(st.none() | st.text(max_size=300))
    return Quote(text, Span(0, len(text)), _locator(section, kind), tuple(marks))


METADATA = st.builds(
    Metadata,
    source=st.just("s"),
    title=st.none() | st.text(max_size=5000),
    published=st.just(PUBLISHED),
)


def _check_limits(rendered: Rendered) -> None:
    assert utf16_length(rendered.text) <= MAX_UNITS
    assert len(rendered.entities) <= MAX_ENTITIES
    assert utf16_length(rendered.text) == len(rendered.text.encode("utf-16-le", "replace")) // 2


@given(st.lists(quotes(), min_size=1, max_size=3), METADATA, LANGUAGE)
def test_entities_cover_exactly_the_quotes_and_their_highlights(
    shown: list[Quote], facts: Metadata, sentences: Catalog
) -> None:
    """Whatever characters there are, the offsets are right in UTF-16 units."""
    rendered = render_answer(_answer(tuple(shown)), facts, sentences)
    _check_limits(rendered)
    blocks = [each for each in rendered.entities if each.type != MessageEntity.BOLD]
    bolds = [each for each in rendered.entities if each.type == MessageEntity.BOLD]
    marked = [quote.text[m.start : m.end] for quote in shown for m in quote.highlights]
    assert [quote.text for quote in shown] == [_units(rendered.text, each) for each in blocks]
    assert marked[: len(bolds)] == [_units(rendered.text, each) for each in bolds]


@given(st.lists(quotes(), max_size=40), METADATA, LANGUAGE)
def test_no_message_is_ever_too_long(
    shown: list[Quote], facts: Metadata, sentences: Catalog
) -> None:
    """However much there is to say, whole quotes are left out, none is cut."""
    rendered = render_answer(_answer((), Reason.UNSURE, (), tuple(shown)), facts, sentences)
    _check_limits(rendered)
    blocks = [each for each in rendered.entities if each.type != MessageEntity.BOLD]
    expected = [quote.text for quote in shown][: len(blocks)]
    assert expected == [_units(rendered.text, each) for each in blocks]


@given(st.text(max_size=300), st.lists(quotes(), min_size=1, max_size=5), METADATA, LANGUAGE)
def test_a_page_holds_one_quote_and_fits(
    name: str, shown: list[Quote], facts: Metadata, sentences: Catalog
) -> None:
    """Topic pages keep the same limits."""
    topic = Topic("t", name, name, (), (1,))
    rendered = render_page(topic, shown, len(shown) - 1, facts, sentences)
    _check_limits(rendered)
    blocks = [each for each in rendered.entities if each.type != MessageEntity.BOLD]
    assert [shown[-1].text] == [_units(rendered.text, each) for each in blocks]


def test_quotes_past_300_characters_are_expandable() -> None:
    """The first 300 characters of quoted text are in full view, what goes past them folds."""
    long = Quote("字" * 160, Span(0, 160), _locator())
    kinds = [
        [str(each.type) for each in render_answer(_answer((long,) * n), FACTS, ZH).entities]
        for n in (1, 2, 3)
    ]
    plain, folded = "blockquote", "expandable_blockquote"
    assert [[plain], [plain, folded], [plain, folded, folded]] == kinds


def test_the_place_names_title_section_paragraph_and_lines() -> None:
    """The whole line, as readers see it."""
    expected = "——《让中国细胞治疗“闪耀”世界》· 从0到1 · 第2段（原文第317—332行）"
    assert expected == place_line(_locator(), FACTS, ZH)


def test_the_place_leaves_out_what_is_not_known() -> None:
    """No title, no section: paragraph of the whole text, a single line."""
    assert "——第9段（原文第317行）" == place_line(_locator(None, last=317), BARE, ZH)


def test_the_place_names_what_is_no_paragraph() -> None:
    """Titles, bylines, signatures, captions and credits are called what they are."""
    named = [place_line(_locator(None, kind), BARE, ZH) for kind in (Kind.TITLE, Kind.CAPTION)]
    assert ["——标题（原文第317—332行）", "——图片说明（原文第317—332行）"] == named


def test_time_words_are_explained_in_the_readers_language() -> None:
    """After the quotes, outside of them; a year has no thousands separator."""
    words = (TimeWord("今年", PUBLISHED, 2025), TimeWord("目前", PUBLISHED, None))
    quote = Quote("今年目前", Span(0, 4), _locator())
    said = [
        render_answer(_answer((quote,), None, words), FACTS, catalog(code)).text.split("\n\n")[-1]
        for code in ("zh", "en")
    ]
    chinese = "文中“今年”指2025年，文中“目前”指见报时，见报日期2025-04-10"
    english = (
        "“今年” in the text means 2025, “目前” in the text means the time of printing, "
        "printed on 2025-04-10"
    )
    assert [chinese, english] == said


def test_every_reason_has_its_sentence() -> None:
    """In every language, and an answer without quotes is just that sentence."""
    said = [
        render_answer(_answer((), reason), FACTS, catalog(code)).text
        for reason in Reason
        for code in LANGUAGES
    ]
    assert len(Reason) * len(LANGUAGES) == len(set(said))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_quote_is_a_caption_and_every_topic_a_page(
    article: Article, topics: Topics, language: str
) -> None:
    """Whole, with place and link, within a picture's caption and a message."""
    links = Links("a_bot_with_a_name_of_32_letters_")
    for topic in topics.all:
        shown = topic_quotes(article, topic)
        for page in range(len(shown)):
            rendered = render_page(topic, shown, page, article.metadata, catalog(language), links)
            _check_limits(rendered)
            assert shown[page].text in rendered.text
    for span in article.sentences:
        quote = make_quote(article, span)
        caption = render_quote(quote, article.metadata, catalog(language), links, MAX_CAPTION_UNITS)
        assert caption.text.startswith(quote.text)
        assert utf16_length(caption.text) <= MAX_CAPTION_UNITS


def _reading(**fields: Any) -> str:  # noqa: ANN401 - any fields of an answer
    return render_answer(dataclasses.replace(_answer(), **fields), FACTS, ZH).text


def test_how_the_question_was_read_stands_first() -> None:
    """What was searched for in the place of what was written, each once, a few at most."""
    words = (Correction("a", "渐冻症"), Correction("b", "渐冻症"), Correction("c", "Treg"))
    text = _reading(corrections=words, reason=Reason.UNSURE)
    assert ["按“渐冻症”“Treg”查找", "文中没有直接回答，最相关的原文是："] == text.splitlines()
    many = tuple(Correction(str(n), "字" * 50 + str(n)) for n in range(50))
    assert len(_reading(corrections=many, reason=Reason.UNSURE).splitlines()[0]) < 120


def test_words_that_never_occur_are_named() -> None:
    """So that the reader knows what to put otherwise."""
    text = _reading(reason=Reason.NOT_IN_ARTICLE, missing=("微信号",))
    assert "文中没有出现“微信号”。换个问法，或者看看这些话题：" == text


def test_a_question_that_cannot_be_resolved_is_asked_back() -> None:
    """With choices where there are some, openly where there are none."""
    texts = [_reading(reason=Reason.UNRESOLVED, choices=choices) for choices in (("甲？",), ())]
    assert ["你指的是哪一个？", "我不确定你指的是"] == [text[:8] for text in texts]
