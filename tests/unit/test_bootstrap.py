from __future__ import annotations

from pathlib import Path

import pytest

from bot.bootstrap import (
    build_quoter,
    chat_options,
    suggested_questions,
    text_quoter,
    webhook_options,
)
from bot.errors import SettingsError
from bot.retrieval import Quoter
from bot.settings import load_settings

TOKEN = "123456789:" + "A" * 35


def test_the_chat_gets_its_share_of_the_settings() -> None:
    """What an operator sets reaches the chat under the same name."""
    options = chat_options(
        load_settings(
            {
                "BOT_API_URL": "http://127.0.0.1:1/",
                "BOT_PROXY_URL": "socks5://u:p@h:1",
                "BOT_RATE_OVERALL": "0",
                "BOT_REMEMBERED_ANSWERS": "7",
                "BOT_ASK_PER_USER": "",
                "BOT_ASK_PER_GROUP": "5/minute",
                "BOT_RETENTION_DAYS": "3",
                "BOT_ADMIN_IDS": "5",
            },
            env_file=None,
        )
    )
    assert ("http://127.0.0.1:1", "socks5://u:p@h:1", 0.0, 7) == (
        options.api_url, options.proxy_url, options.rate_overall, options.remembered_answers
    )  # fmt: skip
    assert (None, "5/minute") == (options.ask_per_user, options.ask_per_group)
    assert (3, frozenset({5})) == (options.retention_days, options.admin_ids)


def test_builds_a_quoter_over_either_text(cache_dir: Path) -> None:
    """The project's article by its index, any other by its words."""
    settings = load_settings(
        {"BOT_ENCODER": "false", "BOT_CACHE_DIR": str(cache_dir)}, env_file=None
    )
    own, other = build_quoter(settings), text_quoter("长江很长。", "a.txt", settings)

    assert "seeds/000_d0bb78783c343212.txt" == own.article.metadata.source
    assert "a.txt" == other.article.metadata.source


def test_suggests_questions_that_are_answered(quoter: Quoter) -> None:
    """One on each of three topics; a text without topics suggests none."""
    suggested = suggested_questions(quoter)
    assert [True] * 3 == [bool(quoter.ask(question)) for question in suggested]
    assert () == suggested_questions(Quoter.from_text("长江很长。"))


def test_the_webhook_gets_its_share_of_the_settings() -> None:
    """With the names of the variables that a taken port is told by; the secret does not show."""
    environ = {
        "BOT_WEBHOOK_URL": "https://bot.example.org/a/b",
        "BOT_WEBHOOK_SECRET": "hush_hush",
        "BOT_HTTP_HOST": "::1",
        "BOT_HTTP_PORT": "8443",
    }
    options = webhook_options(load_settings(environ, env_file=None))
    assert ("/a/b", "hush_hush", "::1", 8443, "BOT_HTTP_PORT") == (
        options.path, options.secret, options.address.host, options.address.port,
        options.address.port_setting,
    )  # fmt: skip
    assert "hush_hush" not in repr(options)


@pytest.mark.parametrize("missing", ["BOT_WEBHOOK_URL", "BOT_WEBHOOK_SECRET"])
def test_what_a_webhook_lacks_is_named(missing: str) -> None:
    """One line names the setting."""
    environ = {"BOT_WEBHOOK_URL": "https://a.example/x", "BOT_WEBHOOK_SECRET": "hush"}
    del environ[missing]
    with pytest.raises(SettingsError, match=f"^{missing}: must be set"):
        webhook_options(load_settings(environ, env_file=None))
