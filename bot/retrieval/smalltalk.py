"""Messages that are no questions about the article: greetings, thanks, who are you."""

from __future__ import annotations

import re

from bot.retrieval.answer import Reason

_FILLER = re.compile(r"[\s\W_啊呀哦呢吧吗嘛啦呗哈呵哇了的]+")

# Compared with the whole message, its punctuation and particles taken away.
_KINDS = (
    (
        Reason.GREETING,
        re.compile(
            "(?:你好|您好|大家好|嗨|喂|在|在不在|有人|有人在|早|早上好|上午好|中午好|下午好|晚上好|晚安|再见|拜拜|好|好的|嗯|哦"
            "|hi|hello|hey|hithere|hellothere|goodmorning|goodevening|goodafternoon|bye|goodbye|ok|okay|test|测试)+"
            "(?:机器人|小助手|bot)?"
        ),
    ),
    (
        Reason.THANKS,
        re.compile(
            "(?:非常|太|十分|多|真)?(?:谢谢|感谢|多谢|谢|辛苦)(?:你|您|大家|机器人)?(?:回答|解答|帮助)?"
            "|thanks|thankyou|thx|thankyousomuch|thankyouverymuch|thanksalot|manythanks"
        ),
    ),
    (
        Reason.ABOUT_BOT,
        re.compile(
            "(?:请问)?(?:你|您)(?:到底)?(?:是|叫)(?:谁|什么|什么名字|啥|啥名字|哪位|机器人|真人|人|人工智能|ai|chatgpt|张毅|张医生)"
            "|(?:你|您)(?:能|会|可以)(?:做|干|帮我|帮我做|回答)?(?:什么|啥|哪些|哪些问题|什么问题)"
            "|(?:怎么|如何|咋)(?:用|使用|提问|问|问你|用你)|(?:帮助|使用说明|使用方法|说明)"
            "|whoareyou|whatareyou|whatcanyoudo|help|howtouse|areyouabot|areyouarobot|areyouhuman|whatsyourname|whatisyourname"
        ),
    ),
    (
        Reason.ABOUT_ARTICLE,
        re.compile(
            "(?:这|该|本)?(?:篇|条|个)?(?:报道|文章|新闻|稿子)?(?:是|在|登在|发在|刊登在|发表在|出自|来自)?"
            "(?:哪|什么|啥|哪家|哪份|哪个|哪张)(?:报纸|报|媒体|报社|刊物)(?:上)?(?:登|发|刊登|发表)?"
            "|(?:这|该|本)?(?:篇|条|个)?(?:报道|文章|新闻|稿子)(?:是|在)?"
            "(?:哪天|哪一天|几号|哪年|哪一年|什么时候|何时|几月几号|啥时候)(?:发|登|刊登|发表|发布|见报|写|出来)"
            "|(?:报道|文章|发表|刊登|见报)(?:日期|时间)"
            "|whichnewspaper(?:isthis)?|whatnewspaper(?:isthis)?|whenwas(?:it|this|thisarticle|thearticle)published"
        ),
    ),
)


def recognise(question: str) -> Reason | None:
    """The kind of small talk that the whole of `question` is, or None.

    `question` is clean (see `analysis.clean`).
    """
    core = _FILLER.sub("", question.lower())
    for reason, pattern in _KINDS:
        if pattern.fullmatch(core):
            return reason
    return None
