"""Times, numbers, people, places and causes in a text: what a question may be after."""

from __future__ import annotations

import re

from bot.article.model import Span
from bot.retrieval.question import Sought

_COUNTRIES = (
    "中国|美国|英国|法国|德国|日本|韩国|朝鲜|俄罗斯|苏联|比利时|荷兰|瑞士|瑞典|挪威|芬兰|丹麦|意大利|西班牙|葡萄牙"
    "|奥地利|匈牙利|波兰|捷克|希腊|土耳其|加拿大|墨西哥|巴西|阿根廷|澳大利亚|新西兰|印度|巴基斯坦|泰国|越南|缅甸"
    "|马来西亚|新加坡|印度尼西亚|菲律宾|以色列|伊朗|伊拉克|埃及|南非|欧洲|亚洲|非洲|北美洲|南美洲|大洋洲"
)
_DIGITS = r"(?:[0-9]+(?:[.,][0-9]+)*|[〇零一二两三四五六七八九十百千]+)"
_PATTERNS = {
    Sought.TIME: re.compile(
        r"(?:[12][0-9]{3}|[今去前明]|当)年(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?"
        r"|[0-9]{1,2}月(?:[0-9]{1,2}日)?|[0-9]{1,2}世纪(?:[0-9]{2}年代)?|[0-9]+多?年"
        r"|[一二三四五六七八九十〇○零]{2,4}年|截至目前|目前"
    ),
    Sought.NUMBER: re.compile(
        rf"(?:超过了?|约|近|第)?{_DIGITS}(?:[多余几])?[万亿]?(?:[多余])?"
        r"(?:%|美元|元|岁|[个名人位项篇款例种家次天届所门本部台件条倍])(?:余|以上|多)?"
        r"|[0-9]+(?:[.,][0-9]+)*(?:%|余|多)?[万亿]?(?![0-9年月日])|百分之[一二三四五六七八九十百]+"
    ),
    Sought.PERSON: re.compile(
        r"[\u4e00-\u9fff]{1,6}(?:·[\u4e00-\u9fff]{1,6})+"
        r"|[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段常][\u4e00-\u9fff]{1,2}"
    ),
    Sought.PLACE: re.compile(
        rf"(?:{_COUNTRIES})"
        r"|[\u4e00-\u9fff]{2,8}?(?:省|市|县|区|国|州|镇|村|大学|医院|研究所|分所|公司|实验室)"
        r"|位于[\u4e00-\u9fff]+"
    ),
    Sought.CAUSE: re.compile("因为|因此|由于|所以|导致|原因|为了|使得|从而|旨在"),
}


def find_entities(text: str, sought: Sought) -> list[Span]:
    """Where `text` has something of the kind, as spans of it, in order."""
    return [Span(match.start(), match.end()) for match in _PATTERNS[sought].finditer(text)]
