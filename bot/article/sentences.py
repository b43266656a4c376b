"""Where Chinese sentences end."""

from __future__ import annotations

import re

from bot.article.model import Span

# A full stop of a sentence with the marks that close after it; a Latin full stop counts only
# before a space or at the end, so that 3.5 and U.S. stay whole; ；is not an end.
_END = re.compile(r"(?:[。！？!?]+|…{1,2}|\.(?=\s|$))[”’』」）)》】\"']*")
# …。”张毅说。 The words that say who spoke belong to what was said.
_ATTRIBUTION = re.compile(
    r"[^。！？“”…]{0,24}(?:说|道|表示|介绍|回忆|坦言|指出|认为|强调|告诉记者)[^。！？“”…，]{0,6}[。]"
)
_CLOSING = "”’』」"
# A lone mark left over is no sentence.
_MIN_LENGTH = 2
_CLAUSE_END = re.compile(r"[；;][”’]?|[，,：:、]")


def split_sentences(text: str) -> list[Span]:
    """Spans of the sentences of one paragraph, without the white space round them.

    Every character but white space is in exactly one of them. What is said and the 张毅说 after
    it are one sentence; an ellipsis ends one only at the end of the text or before a new one.
    """
    spans: list[Span] = []
    start = position = 0
    while match := _END.search(text, position):
        position = end = match.end()
        if match.group().startswith("…") and end < len(text) and text[end] in "，、；：":
            continue
        if match.group()[-1] in _CLOSING and (said := _ATTRIBUTION.match(text, end)):
            position = end = said.end()
        if end < len(text) and text[end] in "，、；：）)》":
            continue
        _append(spans, text, start, end, _MIN_LENGTH)
        start = end
    _append(spans, text, start, len(text), _MIN_LENGTH)
    return spans


def split_clauses(text: str, limit: int) -> list[Span]:
    """Cut `text` into pieces of at most `limit` characters.

    Cuts at the last semicolon that fits, else at the last comma, else at the limit.
    """
    pieces: list[Span] = []
    start = 0
    while len(text) - start > limit:
        window = text[start : start + limit]
        ends = [match.end() for match in _CLAUSE_END.finditer(window)]
        strong = [end for end in ends if window[end - 1] in "；;" or window[end - 2 : end] == "；”"]
        best = max((end for end in strong if end >= limit // 3), default=0)
        cut = best or max((end for end in ends if end >= limit // 3), default=limit)
        _append(pieces, text, start, start + cut)
        start += cut
    _append(pieces, text, start, len(text))
    return pieces


def _append(spans: list[Span], text: str, start: int, end: int, least: int = 1) -> None:
    """Add a span without the white space round it; one under `least` joins the span before."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        return
    if spans and end - start < least:
        spans[-1] = Span(spans[-1].start, end)
    else:
        spans.append(Span(start, end))
