"""Whether a question seeks advice for somebody's health, which a news report cannot give."""

from __future__ import annotations

import re

from bot.retrieval.analysis import fold

_SOMEBODY = (
    "我|俺|咱|妈|爸|爹|娘|父亲|母亲|爷|奶|外婆|外公|姥|老公|老婆|丈夫|妻子|爱人|孩子"
    "|儿子|女儿|宝宝|家人|亲戚|亲人|朋友|病人|患者|岁"
)
_AILING = (
    "治|药|吃|参加|入组|报名|得了|患|确诊|病|症|疮|瘤|癌|剂量|手术"
    "|化疗|复发|移植|注射|打针|有救|适合"
)
_PATTERNS = (
    re.compile(
        f"(?:{_SOMEBODY}).*(?:{_AILING}).*(?:能|可以|怎么|该|要|有没有|行|适合|好吗|办|吗|么)"
    ),
    re.compile(
        "(?:我|我妈|我爸|我们|孩子|家人).{0,4}(?:能|可以|能不能|想|怎么)(?:不能)?(?:参加|入组|报名|用|治)"
    ),
    re.compile(
        "(?:能|可以)(?:治好|治愈|根治|参加|入组|报名)|有救吗|吃什么药|用什么药|怎么治|该不该治"
    ),
    re.compile(
        r"\b(?:i|my|me|mom|mother|dad|father|wife|husband|son|daughter|child|him|her)\b.*"
        r"\b(?:treat|cure|join|take|safe|enroll?|therapy|drug|medicine|help|has|have|suffer)"
    ),
)


def seeks_advice(question: str) -> bool:
    """Whether a clean question is about somebody's own treatment."""
    folded = fold(question)
    return any(pattern.search(folded) for pattern in _PATTERNS)
