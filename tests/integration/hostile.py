"""Updates nobody would send in good faith, as Telegram's JSON has them."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

Json = dict[str, Any]

READERS = (1001, 1002, 1003)
GROUP = -1001000000001

NASTY = (
    "",
    " ",
    "\x00",
    "\n\n\n",
    "?" * 4096,
    "🙂" * 4096,
    "👨‍👩‍👧‍👦" * 300,
    "e" + "\u0301" * 4000,
    "\u202e逆着写的问题\u202c",
    "\u200b\u200c\u200d\ufeff",
    "渐\u200b冻\u200b症是什么",
    "ﷺ" * 500,
    "\ud800",
    "病\udfff因",
    "\U0010ffff" * 100,
    "A" * 100_000,
    "研究" * 2048,
    "的" * 4096,
    "'; DROP TABLE answers; --",
    "<b>粗</b><a href='tg://user?id=1'>x</a>",
    "{{7*7}} ${jndi:ldap://x} %s %n {0}",
    "../../../../etc/passwd",
    "@playground_bot " * 200,
    "/start " + "1p" + "A" * 62,
    "/start 1t" + "x" * 500,
    "/start ../../x",
    "/start@playground_bot 2h",
    "/topics@someone_else_bot",
    "/" + "x" * 300,
    "/verify " + "医" * 4000,
    "/why",
    "/new",
    "/timeline",
    "١٢٣٤٥ ２０２４ 二〇二四年",
    "１" * 4000,
    "2024年" * 800,
    "zhang yi " * 400,
    "张毅张毅张毅" * 300,
    "\r\n" * 2000,
    "\t" * 4000,
    "“”‘’「」『』【】" * 100,
    "𠮷野家𠮷" * 200,
    "渐冻症的临床研究是什么时候开始的",
    "张毅去哪里学习了",
    "那后来呢",
)
"""Texts that have broken bots, and a few ordinary ones between them."""

CALLBACK_DATA = (
    "",
    "1",
    "1:o::0:0",
    "1:o:育人:0:0",
    "1:p:" + "x" * 32 + ":9999:9223372036854775807",
    "1:p:x:9999:99999999999999999999",
    "1:w:AAAA:0:0",
    "1:w:" + "_" * 30 + ":2:0",
    "1:c:zzzzzzzz:1:0",
    "1:c:000000:7:0",
    "1:t::0:0",
    "1:k::3:0",
    "1:k::9999:0",
    "1:v:000000000000:1:0",
    "1:v:000000000000:9:0",
    "1:f:000000000000:9:0",
    "1:e::0:0",
    "1:n:x:0:0",
    "1:l::0:0",
    "2:o:x:0:0",
    "0:o:x:0:0",
    "1:o:\u202e:0:0",
    "1:o:x:-1:0",
    "1:o:x:0:0\n",
    "x" * 64,
    "é" * 40,
    "\ud800",
)

_KINDS = (
    "mention", "hashtag", "bot_command", "url", "email", "bold", "italic", "code", "pre",
    "text_link", "text_mention", "custom_emoji", "blockquote", "unheard_of",
)  # fmt: skip
_UNKNOWN = ("poll", "shipping_query", "chat_member", "business_message", "unheard_of", "message_id")
_ODD_VALUES: tuple[Any, ...] = (
    None, 0, -1, 2**63, 1.5, True, "", "x", [], {}, [[]], [{}], {"id": None}
)  # fmt: skip


class Hostile:
    """Makes updates; the same ones for the same seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - to be had again, not to be secret
        self._number = 0

    def update(self) -> Json:
        """The next one."""
        self._number += 1
        makers: tuple[Callable[[], Json], ...] = (
            self._message,
            self._message,
            self._edited,
            self._press,
            self._inline,
            self._guest,
            self._unknown,
        )
        made = self._random.choice(makers)()
        if self._random.random() < 0.3:
            self._spoil(made)
        return {"update_id": self._number} | made

    def _text(self) -> str:
        choice = self._random.random()
        if choice < 0.6:
            return self._random.choice(NASTY)
        if choice < 0.8:
            return "".join(
                chr(self._random.choice((self._random.randrange(32, 0x3000), self._hanzi())))
                for _ in range(self._random.randrange(1, 60))
            )
        first, second = self._random.choice(NASTY), self._random.choice(NASTY)
        return (first[:300] + second[:300])[: self._random.randrange(1, 600)]

    def _hanzi(self) -> int:
        return self._random.randrange(0x4E00, 0x9FFF)

    def _entities(self, text: str) -> list[Json]:
        return [
            {
                "type": self._random.choice(_KINDS),
                "offset": self._random.choice((0, 1, -1, len(text), 4096, 2**31, 3)),
                "length": self._random.choice((0, 1, -5, len(text), 9999, 2)),
                **({"user": self._user()} if self._random.random() < 0.2 else {}),
            }
            for _ in range(self._random.choice((0, 0, 1, 2, 5, 120)))
        ]

    def _user(self) -> Json:
        return {
            "id": self._random.choice(READERS),
            "is_bot": self._random.random() < 0.05,
            "first_name": self._random.choice(NASTY)[:64],
            "language_code": self._random.choice(("zh-hans", "en", "", "x" * 99, "zh\x00")),
        }

    def _message_body(self) -> Json:
        user, text = self._user(), self._text()
        private = self._random.random() < 0.6
        chat = (
            {"id": user["id"], "type": "private", "first_name": "x"}
            if private
            else {"id": GROUP, "type": "supergroup", "title": "x", "is_forum": True}
        )
        body: Json = {
            "message_id": self._random.choice((1, self._number, 2**31)),
            "date": self._random.choice((0, 1, 2**31)),
            "chat": chat,
            "from": user,
            self._random.choice(("text", "text", "text", "caption")): text,
            "entities": self._entities(text),
        }
        if self._random.random() < 0.2:
            body["reply_to_message"] = {
                "message_id": 5,
                "date": 1,
                "chat": chat,
                "from": {"id": 7000000001, "is_bot": True, "first_name": "b"},
                "text": self._text(),
                "entities": self._entities(text),
            }
        if self._random.random() < 0.2:
            body |= {"is_topic_message": False, "message_thread_id": self._random.choice((0, 9))}
        return body

    def _message(self) -> Json:
        return {"message": self._message_body()}

    def _edited(self) -> Json:
        return {"edited_message": self._message_body()}

    def _guest(self) -> Json:
        body = self._message_body()
        return {
            "guest_message": body | {"guest_query_id": self._random.choice(("", "7", "x" * 99))}
        }

    def _press(self) -> Json:
        query: Json = {
            "id": str(self._number),
            "from": self._user(),
            "chat_instance": "1",
            "data": self._random.choice(CALLBACK_DATA),
        }
        if self._random.random() < 0.8:
            query["message"] = self._message_body()
        else:
            query["inline_message_id"] = "x"
        return {"callback_query": query}

    def _inline(self) -> Json:
        return {
            "inline_query": {
                "id": str(self._number),
                "from": self._user(),
                "query": self._text()[:256],
                "offset": self._random.choice(("", "0", "-1", "99999999999999999999", "x", "\x00")),
            }
        }

    def _unknown(self) -> Json:
        return {self._random.choice(_UNKNOWN): self._random.choice((self._message_body(), {}, 7))}

    def _spoil(self, made: Json) -> None:
        """Take something away, or put something odd in its place, anywhere in it."""
        place: Any = made
        while True:
            keys = list(place) if isinstance(place, dict) else list(range(len(place)))
            if not keys:
                return
            key = self._random.choice(keys)
            inner = place[key]
            if isinstance(inner, dict | list) and inner and self._random.random() < 0.7:
                place = inner
                continue
            if isinstance(place, dict) and self._random.random() < 0.5:
                del place[key]
            else:
                place[key] = self._random.choice(_ODD_VALUES)
            return
