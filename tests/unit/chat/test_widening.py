from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import MessageEntity

from bot.article.model import Article, Span
from bot.article.quote import Quote, make_quote
from bot.care.care import Care
from bot.chat.links import Links
from bot.chat.render import render_answer
from bot.chat.richtext import MAX_ENTITIES, MAX_UNITS, Rendered, utf16_length
from bot.chat.surroundings import Width
from bot.chat.widening import Widening, blocks_of, highlights_in
from bot.locales import LANGUAGES, catalog
from bot.retrieval.answer import Answer, Correction, Reason, TimeWord

LINKS = Links("quoting_bot")
GAP = catalog()("gap")


def _answer(article: Article, quotes: tuple[Quote, ...], *, sure: bool = True) -> Answer:
    published = article.metadata.published
    words = (TimeWord("今年", published, 2025),) if published else ()
    return Answer(
        id="a" * 12,
        question="q",
        quotes=quotes if sure else (),
        candidates=quotes,
        related=() if sure else quotes,
        topics=(),
        confidence=0.5,
        reason=None if sure else Reason.UNSURE,
        time_words=words,
        note=None,
        corrections=(Correction("建冻症", "渐冻症😀"),),
        selection=True,
        care=Care(medical=True),
    )


def _covered(rendered: Rendered, entity: MessageEntity) -> str:
    units = rendered.text.encode("utf-16-le")
    return units[2 * entity.offset : 2 * (entity.offset + entity.length)].decode("utf-16-le")


@given(st.data())
def test_widening_and_back_gives_the_same_message(article: Article, data: st.DataObject) -> None:
    """Every answer, with all it says round its quotes, comes back as it was; on the way its
    quotes stay marked and its bold words bold, and no limit is passed.
    """
    picked = data.draw(st.lists(st.sampled_from(article.sentences), min_size=1, max_size=5))
    quotes = []
    for span in picked:
        cuts = sorted(data.draw(st.lists(st.integers(span.start, span.end), max_size=4)))
        marks = [Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
        quotes.append(make_quote(article, span, marks))
    language = data.draw(st.sampled_from(LANGUAGES))
    answer = _answer(article, tuple(quotes), sure=data.draw(st.booleans()))
    first = render_answer(answer, article.metadata, catalog(language), LINKS)
    widening = Widening(article, tuple(picked), GAP)
    shown = first
    for width in data.draw(st.lists(st.sampled_from(Width), max_size=4)):
        wide = widening.at(shown, width)
        assert wide is not None
        assert utf16_length(wide.text) <= MAX_UNITS
        assert len(wide.entities) <= MAX_ENTITIES
        marked = [e for e in wide.entities if e.type == MessageEntity.UNDERLINE]
        expected = [quote.text for quote in quotes] if width else []
        assert expected == [_covered(wide, each) for each in marked]
        bold = [_covered(wide, e) for e in wide.entities if e.type == MessageEntity.BOLD]
        assert bold == [_covered(first, e) for e in first.entities if e.type == MessageEntity.BOLD]
        shown = wide
    assert first == widening.at(shown, Width.QUOTE)


def test_a_message_that_shows_something_else_is_left_alone(article: Article) -> None:
    """After a rebuilt index, or with forged data, nothing is guessed."""
    one, two = article.sentences[30], article.sentences[31]
    answer = _answer(article, (make_quote(article, one),))
    shown = render_answer(answer, article.metadata, catalog(), LINKS)
    for spans in [(two,), (one, two), (Span(one.start, one.end - 1),), (Span(10**6, 10**6 + 9),)]:
        assert Widening(article, spans, GAP).at(shown, Width.PARAGRAPH) is None
    assert Widening(article, (one,), GAP).at(Rendered("别的"), Width.PARAGRAPH) is None


def test_what_telegram_found_by_itself_is_not_sent_back(article: Article) -> None:
    """Mentions, hashtags and addresses are found again; only the bot's own marks are kept."""
    span = article.sentences[30]
    answer = _answer(article, (make_quote(article, span),))
    shown = render_answer(answer, article.metadata, catalog(), LINKS)
    found = MessageEntity(MessageEntity.HASHTAG, 0, 2)
    busy = Rendered(shown.text, (found, *shown.entities))
    assert shown == Widening(article, (span,), GAP).at(busy, Width.QUOTE)


@pytest.mark.parametrize("width", [Width.PARAGRAPH, Width.NEIGHBOURS])
def test_a_widened_quote_folds(article: Article, width: Width) -> None:
    """Expandable, so that the chat stays readable."""
    span = article.paragraphs[16].sentences[0]
    answer = _answer(article, (make_quote(article, span),))
    shown = render_answer(answer, article.metadata, catalog(), LINKS)
    wide = Widening(article, (span,), GAP).at(shown, width)
    assert wide is not None
    assert [MessageEntity.EXPANDABLE_BLOCKQUOTE] == [e.type for e in blocks_of(wide.entities)]


def test_the_gap_is_the_same_in_all_languages() -> None:
    """A message one reader got is widened by a press of another."""
    assert 1 == len({catalog(language)("gap") for language in LANGUAGES})


def test_the_words_that_answer_are_read_back_from_a_message(article: Article) -> None:
    """Narrow or wide, for the picture of the quote."""
    span = article.paragraphs[16].sentences[0]
    marks = [Span(span.start, span.start + 8)]
    quote = make_quote(article, span, marks)
    shown = render_answer(_answer(article, (quote,)), article.metadata, catalog(), LINKS)
    wide = Widening(article, (span,), GAP).at(shown, Width.NEIGHBOURS)
    assert wide is not None
    assert (marks, marks, []) == (
        highlights_in(shown, quote),
        highlights_in(wide, quote),
        highlights_in(Rendered("别的"), quote),
    )
