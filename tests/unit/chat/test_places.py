from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.article.model import Article, Span
from bot.chat.places import MOST_SPANS, pack_spans, quote_at, quotes_at, seal, unpack_spans

SPANS = st.builds(
    lambda start, length: Span(start, start + length),
    st.integers(0, 2**24 - 1),
    st.integers(1, 2**12 - 1),
)


@given(st.lists(SPANS, min_size=1, max_size=MOST_SPANS))
def test_what_is_packed_is_unpacked_the_same(spans: list[Span]) -> None:
    """Six safe characters a span, so that five fit into a button's key."""
    packed = pack_spans(spans)
    assert (tuple(spans), 6 * len(spans)) == (unpack_spans(packed), len(packed))
    assert packed.replace("-", "").replace("_", "").isalnum()


@given(st.text())
def test_anything_at_all_is_either_spans_or_nothing(text: str) -> None:
    """Forged places never raise, and what is taken for spans would be packed the same way."""
    spans = unpack_spans(text)
    assert spans is None or text == pack_spans(spans)


@pytest.mark.parametrize("span", [Span(5, 5), Span(2**24, 2**24 + 1), Span(0, 2**12)])
def test_a_place_that_would_be_misread_is_never_made(span: Span) -> None:
    """Nothing empty, nothing too far or too long."""
    with pytest.raises(ValueError, match=r"nothing stands|no room"):
        pack_spans([span])


@given(st.text(), st.text())
def test_a_seal_tells_texts_apart(one: str, other: str) -> None:
    """Six characters; equal texts have equal ones."""
    assert 6 == len(seal(one))
    assert (one == other) == (seal(one) == seal(other))


def test_where_no_quote_can_be_there_is_none(article: Article) -> None:
    """Outside the text, over two paragraphs, padded, too long."""
    first, second = article.paragraphs[0].span, article.paragraphs[1].span
    wrong = [
        Span(10**6, 10**6 + 5),
        Span(first.start, second.end),
        Span(first.start, first.end + 1),
        Span(0, 1000),
    ]
    assert [None] * 4 == [quote_at(article, span) for span in wrong]
    assert quotes_at(article, [first, wrong[0]]) is None
