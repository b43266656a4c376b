"""What stands beside a quoted text and is no part of it: a source line, links, emoji."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.article.model import Metadata, Span
from bot.retrieval.analysis import fold

_LONGEST = 240
_LINK = re.compile(r"(?<![A-Za-z0-9])(?:https?://|www\.|t\.me/)[!-~]+", re.IGNORECASE)
# Pictures only: numbers in circles and characters in squares say something. What joins and tints
# pictures goes with them.
_EMOJI = re.compile(
    "(?:[\u231a-\u23ff\u25aa-\u25fe\u2600-\u2775\u2794-\u27bf\u2b05-\u2b55"
    "\U0001f1e6-\U0001f1ff\U0001f300-\U0001f64f\U0001f680-\U0001f6ff\U0001f7e0-\U0001f7eb"
    "\U0001f90c-\U0001faff][\ufe0e\ufe0f\u200d\U0001f3fb-\U0001f3ff]*)+"
)
_QUOTED_LINE = re.compile(r"^[ \t]*>+", re.MULTILINE)
_BEGIN = re.compile(
    r"(?:^|(?<=[\n。！？!?”’」』…]))[ \t]*"
    r"(?:[—–―~～-]+|[（(【\[]|(?=(?:来源|出处|摘自|摘编自|转自|原载|source|from|via)[ :：]))"
)
_LABELS = (
    "来源 出处 摘自 摘编自 转自 原载 原文链接 原文 链接 本报记者 记者 作者 报道 日期 文 "
    "标题 署名 落款 图片说明 图片来源 source from via"
).split()
_PLACES = (
    r"第\d{1,4}段",
    r"第\d{1,5}(?:[—–-]+\d{1,5})?行",
    r"paragraph \d{1,4}",
    r"source lines? \d{1,5}(?:[–—-]\d{1,5})?",
)


def beside(text: str) -> tuple[Span, ...]:
    """The links, the emoji and the > before quoted lines, in order."""
    found: list[Span] = []
    for pattern in (_LINK, _EMOJI, _QUOTED_LINE):
        found.extend(Span(*match.span()) for match in pattern.finditer(text))
    return tuple(sorted(found))


class SourceLine:
    """Recognises the line that says where a text is from: ——《标题》医药卫生报 2025-04-10.

    It has nothing in it but the article's own title, names, date and headings, the names of
    places, and a label; a line that says anything else is part of what is to be checked.
    """

    def __init__(self, metadata: Metadata, headings: Iterable[str]) -> None:
        names = (metadata.title, metadata.publication, metadata.author)
        words = [*filter(None, names), *headings, *_LABELS]
        words.sort(key=len, reverse=True)
        items = [re.escape(fold(word)) for word in words]
        if metadata.published is not None:
            year, month, day = metadata.published.timetuple()[:3]
            items.insert(0, rf"{year}(?:年|[-/.])0?{month}(?:月|[-/.])0?{day}日?(?!\d)")
        items[:0] = _PLACES
        self._rest = re.compile(rf"(?:{'|'.join(items)}|[^\w%‰])*+$")
        self._named = re.compile("|".join(items))

    def find(self, text: str) -> Span | None:
        """Where it stands at the end of `text`; None where there is none."""
        # A line is recognised by its place, so only the end is read.
        offset = max(0, len(text) - _LONGEST)
        tail = fold(text[offset:])
        for begin in self._begins(tail):
            if self._rest.match(tail, begin) and self._named.search(tail, begin):
                return Span(begin + offset, len(text))
        return None

    def _begins(self, tail: str) -> Iterator[int]:
        for match in _BEGIN.finditer(tail):
            yield match.start()
