"""Names of persons by their form and place: a surname with one or two characters that are no word,
or two words in pinyin, where something is asked of a person.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from pypinyin import lazy_pinyin

SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔"
    "白崔康毛邱秦江史顾侯邵孟龙万段常钱汤尹黎易武乔贺赖龚文施屠习成牛莫颜裴霍邢祝俞华扁鲁郎饶雷谷梅穆瞿柳古骆左单屈耿关游翁聂裘倪向毕安路凌解房甘齐蓝简麦敖"
    "季詹尚宁葛仝柯撒佟戚殷苗闫焦窦岳舒桂卞卜辛冉樊温洪纪项祁管盛涂童欧车包阮艾冼滕褚邬席冷鲍柴盖符宗阳隋祖景储池晏巩匡靳蒙肖迟全"
)
TWO = frozenset(["欧阳", "司马", "诸葛", "上官", "慕容", "东方", "皇甫", "尉迟", "令狐"])

# Characters that no given name has.
_NOT_GIVEN = frozenset(
    "的吗没了有是在就不咋人说讲和跟与过呢吧啊也都还怎谁何什么几哪这那些个多少您你我他她它们为被把给对让去来到从向上下前后里中外"
    "年月日号时分点次种件项篇位名岁万亿千百教授主任医院师父母姓做得能会要想看问请写读叫当拿比最很再又只并而或及等该着呀嘛啥咱病谢数"
)
_NO_GIVEN_NAMES = frozenset(["大夫", "博士", "院士", "元帅", "同学", "同志", "女士"])
_TITLED = "(?:教授|院士|医生|大夫|主任|博士|老师|先生|女士|总统|主席|总理|总裁|同学|本人)?"
_HOW = "(?:在(?:文中|文章里|报道里|这里|里面)|究竟|到底|也|都|曾经?|有没有|是不是|会不会)*"
# What is asked or told of a person, right after the name.
_ASKED = """
$ [吗嘛呢吧啊呀?？,，。!！、] 了[吗没] 咋 怎么 如何 说 讲 认为 觉得 评价 认识 支持 投资 参加
参与 加入 来过 去过 得过 得了 患过 [和跟与]张 是谁 是哪 是什么人 是什么关系 是啥 是干 是做 是张
是不是 是男 是何 哪年 哪里 哪儿 何时 什么时候 今年 多大 几岁 多少岁 获 拿过 得奖 发明 發明 发现
发表 写过 写的 写了 提到 有多少 有几 有什么 有哪些 在哪 在[\u4e00-\u9fff]{1,6}(?:读|工作|教|当)
毕业 出生 现在 目前 去世 的(?:团队|导师|老师|学生|老家|论文|座右铭|原话|话)
的(?:生平|故事|简历|观点|看法|贡献|实验室|妻子|丈夫|父|母|职务|头衔|年龄|名言|专利|公司|书|奖|研究)
""".split()
AFTER = re.compile(f"{_TITLED}{_HOW}(?:{'|'.join(_ASKED)})")
"""Follows the name of a person."""

_LEADS = """
^ [,，。?？!！、:：“"'《] [和跟与同] 认识 关于 提到 提到了 提过 采访 采访过 介绍 介绍下 介绍一下
评价 说说 讲讲 聊聊 知道 请问 叫 师从 导师是 老师是 学生是 就是 还是 不是 有没有 讲下 讲一下
说下 说一下 查一下 搜一下 张毅
""".split()
BEFORE = re.compile(f"(?: |{'|'.join(_LEADS)})$")
"""Stands before the name of a person."""

# Who gives their own name asks for nobody.
_MYSELF = re.compile("(?:我叫|我是|名叫|姓名|患者|病人) ?$")
TITLES = frozenset("dr prof professor mr mrs ms miss doctor president".split())
_NO_SYLLABLE = re.compile("[gkh][iv]|v[ei]")
_ASKED_OF = re.compile(
    r"\b(?:who(?:'s| is| was)|about|did|does|is|was|has|by|from|with|of|know)\s+"
    r"(?P<first>[a-z]+) (?P<second>[a-z]+)(?:'s)?(?=[\s?？.!,]|$)"
)
# English words that are spelt like a surname, too.
_ENGLISH = frozenset(
    "he she you an can long hang men men pan fan sun song bin ran dan hang she pang mu".split()
)


def chinese(
    text: str, words: Iterable[tuple[str, int]], is_other: Callable[[str], bool]
) -> Iterator[str]:
    """What may be the name of a person in a folded text that is cut into `words`, each with its
    place: ``邓宏魁哪年回国`` gives 邓宏魁. `is_other` says whether a word is in the dictionary
    and nobody's name.
    """
    cuts = list(words)
    for at, character in enumerate(text):
        compound = text[at : at + 2] in TWO
        if not compound and character not in SURNAMES:
            continue
        if BEFORE.search(text[:at]) is None or _MYSELF.search(text[:at]):
            continue
        for size in (4, 3) if compound else (3, 2):
            name = text[at : at + size]
            given = name[2 if compound else 1 :]
            if (
                len(name) == size
                and given not in _NO_GIVEN_NAMES
                and all("\u4e00" <= each <= "\u9fff" and each not in _NOT_GIVEN for each in given)
                and AFTER.match(text[at + size :])
                and not _cuts_a_word(at, at + size, cuts, is_other)
            ):
                yield name


def _cuts_a_word(
    start: int, end: int, cuts: Iterable[tuple[str, int]], is_other: Callable[[str], bool]
) -> bool:
    """Whether a span has a part of a word of the dictionary, or is one."""
    for word, place in cuts:
        if place >= end or place + len(word) <= start or len(word) == 1:
            continue
        if is_other(word) and not (start < place and place + len(word) <= end):
            return True
    return False


def is_pinyin_name(words: list[str], spells: Callable[[str], bool]) -> bool:
    """Whether lower-case words are a Chinese name in Latin letters, in either order.

    ``zhang feng`` and ``feng zhang`` are; ``cell therapy`` is not
    """
    if not 2 <= len(words) <= 3 or not all(map(spells, words)):
        return False
    if any(map(_NO_SYLLABLE.search, words)):
        return False
    return words[0] in _SPELT or words[-1] in _SPELT


def pinyin_names(question: str, spells: Callable[[str], bool]) -> Iterator[str]:
    """Names in lower-case pinyin where something is asked of a person: ``who is zhang feng``."""
    for match in _ASKED_OF.finditer(question.lower()):
        words = [match["first"], match["second"]]
        if words[0] in _SPELT - _ENGLISH and is_pinyin_name(words, spells):
            yield " ".join(words)


_SPELT = frozenset(lazy_pinyin("".join(sorted(SURNAMES)))) | {"lyu", "shen", "zeng", "shan", "xie"}
