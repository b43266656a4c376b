"""What a reader's question asks: its words, and the kind of thing that would answer it."""

from __future__ import annotations

import enum
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.article.model import Span
from bot.retrieval.analysis import Analyzer, Token, clean, fold

# Words that ask, and say nothing of what is asked about.
# Words that ask, and say nothing of what is asked about.
_ASKING = re.compile(
    "什么时候|什么|啥时候|啥|何时|何处|何地|为什么|为何|为啥|怎么样|怎么|咋|怎样|如何|哪里|哪儿|哪一?[年月天日个位些种款次]|几[年月日号]"
    "|哪|谁|多少|几|请问|是不是|有没有|是否|能不能|可不可以|一下|吗|呢|么"
)
_STOP_WORDS = frozenset(
    """
    的 了 是 在 有 和 与 及 吧 啊 呀 这 那 它 他 她 们 他们 我 我们 你 你们 您 也 都 就 被 把
    为 以 于 而 或 对 中 上 下 里 来 去 到 从 给 让 还 又 很 个 年 人 会 能 要 想 可以 时候 名
    名字 叫 称为 属于 主要 以及 告诉 知道 介绍 说说 说 讲讲 文章 文中
    the a an of is was are were in on at to and or for by with what who whom whose when where which
    why how did does do has have had many much it its he his she her they their this that about
    """.split()
)


_LIST = re.compile(
    "哪些|哪几|哪两|有几(?=[个位家].*?分别)|都(?:有|是|去过|得过|拿过|获过|在)?(?:谁|什么|哪)|分别|列[出举一]|所有的"
    "|\\b(?:list|which \\w+s|what are)\\b",
    re.IGNORECASE,
)


def asks_for_list(text: str) -> bool:
    """Whether a clean question asks for several things at once."""
    return _LIST.search(text) is not None


class Sought(enum.StrEnum):
    """The kind of thing that would answer."""

    TIME = "time"
    NUMBER = "number"
    PERSON = "person"
    PLACE = "place"
    CAUSE = "cause"


_SOUGHT = (
    (
        Sought.TIME,
        re.compile(
            "什么时候|啥时候|何时|哪一?[年月天日]|几[年月日号]|时间|日期|年份|多久|哪个?世纪"
            "|when|what year"
        ),
    ),
    (Sought.NUMBER, re.compile("多少|几|多[大高长远重]|百分之|how many|how much")),
    (Sought.PERSON, re.compile("谁|哪位|什么人|哪个?人|who")),
    (
        Sought.PLACE,
        re.compile("哪里|哪儿|何处|何地|什么地方|哪一?个?(?:国|省|市|县|城|地|家)|位于|where"),
    ),
    (Sought.CAUSE, re.compile("为什么|为何|原因|为啥|why")),
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question as the core reads it.

    `text` is one clean line; `bare` is it folded and without its asking words, as long as the
    folded one; `asked` is where in it the asking word stands (the end, where there is none);
    `terms` are what is looked up (see `Analyzer.terms`); `words` are
    the words that carry what is asked about; `sought` is empty where nothing in
    particular is sought.
    """

    text: str
    bare: str
    asked: Span
    terms: tuple[str, ...]
    words: tuple[Token, ...]
    sought: tuple[Sought, ...]


def read_question(question: str, analyzer: Analyzer, context: Sequence[Token] = ()) -> Question:
    """Read a reader's message; `context` are words of an earlier one to look up beside its own."""
    text = clean(question)
    folded = fold(text)
    sought = tuple(kind for kind, pattern in _SOUGHT if pattern.search(folded))
    if Sought.TIME in sought:
        # 几月几号 asks for a date, not for a number.
        sought = tuple(kind for kind in sought if kind is not Sought.NUMBER)
    asking = _ASKING.search(folded)
    return Question(
        text=text,
        bare=_without_asking(text),
        asked=Span(*asking.span()) if asking else Span(len(folded), len(folded)),
        terms=tuple(analyzer.terms(" ".join([_without_asking(text), *(w.term for w in context)]))),
        words=(*content_words(text, analyzer), *context),
        sought=sought,
    )


def content_words(text: str, analyzer: Analyzer) -> tuple[Token, ...]:
    """The words of `text` that carry meaning, with their places in it."""
    tokens = analyzer.tokens(_without_asking(text))
    return tuple(token for token in tokens if token.term not in _STOP_WORDS)


def _without_asking(text: str) -> str:
    """`text` folded, its asking words blanked out, exactly as long."""
    return _ASKING.sub(lambda match: " " * len(match.group()), fold(text))
