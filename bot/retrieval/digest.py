"""The digest: a few quotes from all over the article, for who asks what it is about."""

from __future__ import annotations

import re

from bot.article.model import Kind, Span
from bot.retrieval.analysis import fold
from bot.retrieval.index import Index

QUOTES = 4

_ASKS = re.compile(
    "总结|概括|概述|概要|摘要|大意|梗概|中心思想|主要(?:讲|说|写|内容|介绍)|(?:讲|说|写)了些?(?:什么|啥)"
    "|介绍(?:一下|下)?(?:这篇|本文|全文|文章|报道)"
    "|summar[iy]|sum up|overview|tl;?dr|what is (?:this|the) "
    "(?:article|report|text|story) about"
)
_TOLD = (Kind.LEAD, Kind.BODY, Kind.TESTIMONY)


def asks_for_digest(question: str) -> bool:
    """Whether a clean question asks for the whole in short.

    李苗苗说了什么 asks for a part: only questions without a name of their own count, which is to
    say short ones, or those that name the text.
    """
    folded = fold(question)
    if not _ASKS.search(folded):
        return False
    return bool(re.search("文章|报道|全文|本文|这篇|article|report|text|story", folded)) or (
        len(folded) <= 6
    )


def digest_spans(index: Index) -> list[Span]:
    """At most `QUOTES` passages, each of another section, in reading order.

    The passages that most questions of the bank are about; without a bank, the longest of each
    section (or paragraph, in a text of one section).
    """
    article = index.article
    best: dict[int, tuple[int, int, Span]] = {}
    for passage in index.passages:
        paragraph = article.paragraphs[passage.paragraph - 1]
        if paragraph.kind not in _TOLD:
            continue
        asked = sum(
            len(fact.questions)
            for fact in index.sources.facts
            for span in fact.spans
            if span.start < passage.span.end and passage.span.start < span.end
        )
        section = article.sections.index(article.section_of(paragraph))
        group = section if len(article.sections) > 1 else paragraph.number
        rank = (asked, len(passage.span), passage.span)
        best[group] = max(best.get(group, rank), rank)
    chosen = sorted(best.values(), reverse=True)[:QUOTES]
    return sorted(span for _, _, span in chosen)
