"""Who speaks: each piece of speech in an article, and whose it is."""

from __future__ import annotations

import re

from bot.article.model import Article, Kind, Span, Speech

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔"
    "白崔康毛邱秦江史顾侯邵孟龙万段常"
)
_SAYING = "说道|说|表示|坦言|介绍|回忆|指出|认为|强调|透露|笑言|解释"
_NAME = (
    rf"(?P<name>[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}?"
    r"|[\u4e00-\u9fff]{1,8}(?:·[\u4e00-\u9fff]{1,8})+)"
)
_MANNER = "(?:[\u4e00-\u9fff]{0,8}?地)?"
# 张毅说，… to the end of the sentence; what is said is told, not quoted.
_TOLD = re.compile(rf"{_NAME}{_MANNER}(?:说是?|坦言|表示)(?P<rest>[，：]?)(?=[^“。])")
# 尼古拉·奥斯特洛夫斯基的《…》里面有这样一句话：“…”
_WRITTEN = re.compile(
    rf"{_NAME}(?:的《[^》]+》)?[^。“”]{{0,12}}(?:这样一句话|写道|写过|的话)[：:，]?$"
)
_SIGNED = re.compile(rf"{_NAME}$")
_TITLE = re.compile("^[\u4e00-\u9fff]*[家员授士者长师生]")
_LEAST_SAID = 6
"""Fewer characters in quotation marks are a name or an expression, and nobody's speech."""


def find_speeches(article: Article) -> tuple[Speech, ...]:
    """All pieces of speech whose speaker the article names, in order.

    By the words that say who spoke, before or after quotation marks, also where a quotation
    goes on over them (“…。”张毅一脸骄傲地说，“…”); by 张毅说 without marks, to the end of the
    sentence; and by the signature beneath a testimony, for all of it but what is quoted in it.
    """
    speeches: list[Speech] = []
    open_testimony: list[Span] = []
    for section in article.sections:
        open_testimony = []
        for paragraph in section.paragraphs:
            text = article.text[paragraph.span.start : paragraph.span.end]
            start = paragraph.span.start
            if paragraph.kind is Kind.TESTIMONY:
                open_testimony.append(paragraph.span)
            elif paragraph.kind is Kind.SIGNATURE:
                signed = _SIGNED.search(text)
                if signed:
                    name = _last_name(text)
                    speeches += [Speech(span, name) for span in open_testimony]
                open_testimony = []
            else:
                speeches += [Speech(said.span.shift(start), said.speaker) for said in _spoken(text)]
    return tuple(
        sorted(Speech(each.span, _bare_name(each.speaker, article.text)) for each in speeches)
    )


def _spoken(text: str) -> list[Speech]:
    """The speech in one paragraph that is no testimony."""
    found: list[Speech] = []
    unattributed: list[Span] = []
    end = 0
    for span in _quotations(text):
        before, after = text[end : span.start], text[span.end :]
        end = span.end
        if len(span) - 2 < _LEAST_SAID:
            continue
        speaker = _speaker_after(after) or _speaker_before(before)
        if speaker is None and found and re.search(f"(?:{_SAYING})[，：]$", before):
            speaker = found[-1].speaker
        if speaker is None:
            unattributed.append(span)
        else:
            found.append(Speech(span, speaker))
    quoted = [speech.span for speech in found] + unattributed
    for told in _TOLD.finditer(text):
        stop = text.find("。", told.end())
        span = Span(told.end(), len(text) if stop < 0 else stop + 1)
        if len(span) > _LEAST_SAID and not any(_overlap(span, each) for each in quoted):
            found.append(Speech(Span(told.start("name"), span.end), told["name"]))
    return found


def _speaker_after(text: str) -> str | None:
    """From what follows a quotation: up to the end of its sentence."""
    clause = re.split("[。“”]", text, maxsplit=1)[0]
    if not clause:
        return None
    named = list(re.finditer(rf"{_NAME}{_MANNER}(?:{_SAYING})", clause))
    if named:
        return named[-1]["name"]
    # “我鼓励我的学生……”张毅经常鼓励…: the sentence goes on about whoever has just spoken.
    about = re.search(rf"(?:^|，){_NAME}(?=的|身上|经常|常|也|又|还|一|透|难)", clause)
    return about["name"] if about else None


def _speaker_before(text: str) -> str | None:
    """From what stands before a quotation, since the last one."""
    sentence = re.split("[。！？]", text)[-1]
    written = _WRITTEN.search(sentence)
    if written:
        return written["name"]
    said = re.search(rf"{_NAME}{_MANNER}(?:{_SAYING})[，：]$", sentence)
    return said["name"] if said else None


def _quotations(text: str) -> list[Span]:
    """Outermost “…” of a paragraph; one that is never closed runs to its end."""
    spans, start, depth = [], -1, 0
    for at, character in enumerate(text):
        if character == "“":
            start = at if depth == 0 else start
            depth += 1
        elif character == "”" and depth:
            depth -= 1
            if depth == 0:
                spans.append(Span(start, at + 1))
    if depth:
        spans.append(Span(start, len(text)))
    return spans


def _last_name(text: str) -> str:
    """The name that a signature ends with: after the last title in it, two or three characters."""
    for length in (3, 2, 4):
        name = text[-length:]
        if name[0] in _SURNAMES:
            return name
    return text[-3:]


def _bare_name(name: str, text: str) -> str:
    """A name without the end of the title before it.

    ``任张毅`` of 中心主任张毅 is ``张毅``
    """
    if "·" in name:
        return _TITLE.sub("", name)
    shorter = name[1:]
    if len(name) == 3 and shorter[0] in _SURNAMES and text.count(shorter) > text.count(name):
        return shorter
    return name


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
