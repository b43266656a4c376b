"""What an operator may change about the chat, without its being tied to how settings are read."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ChatOptions:
    """How the chat talks to Telegram.

    Times are seconds. `api_url` is the base of a Bot API server, such as
    `https://api.telegram.org`. `proxy_url` is an `http://`, `socks4://`, `socks5://` or
    `socks5h://` address, its password a secret. `rate_overall` is messages a second, `rate_chat`
    those to one chat, `rate_group` messages a minute to one group; 0 turns a limit off.
    `max_retries` is how often a call is repeated that Telegram refused with 429, after the time it
    names, or that found no connection. `concurrent_updates` is how many chats are served at once.
    `ask_per_user` and `ask_per_group` are rates such as `10/minute`; None is no limit. Every
    `sweep_seconds` it is looked which messages are to be deleted. `remembered_answers` is how many
    questions keep the link to their answer, for edits. `retention_days` is how long the text of
    questions is kept, 0 not at all. `admin_ids` are the users who may see the statistics.
    """

    api_url: str = "https://api.telegram.org"
    proxy_url: str | None = field(default=None, repr=False)
    rate_overall: float = 30.0
    rate_chat: float = 1.0
    rate_group: float = 20.0
    max_retries: int = 3
    concurrent_updates: int = 256
    remembered_answers: int = 10_000
    ask_per_user: str | None = None
    ask_per_group: str | None = None
    sweep_seconds: float = 15.0
    retention_days: int = 30
    admin_ids: frozenset[int] = frozenset()
    request_timeout: float = 10.0
    connect_timeout: float = 10.0
    poll_timeout: float = 30.0
