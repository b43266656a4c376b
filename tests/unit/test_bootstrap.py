from __future__ import annotations

from pathlib import Path

from bot.bootstrap import build_quoter, chat_options, text_quoter
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
                "BOT_RETENTION_DAYS": "3",
                "BOT_ADMIN_IDS": "5",
            },
            env_file=None,
        )
    )
    assert ("http://127.0.0.1:1", "socks5://u:p@h:1", 0.0, 7) == (
        options.api_url, options.proxy_url, options.rate_overall, options.remembered_answers
    )  # fmt: skip
    assert (3, frozenset({5})) == (options.retention_days, options.admin_ids)


def test_builds_a_quoter_over_either_text(cache_dir: Path) -> None:
    """The project's article by its index, any other by its words."""
    settings = load_settings(
        {"BOT_ENCODER": "false", "BOT_CACHE_DIR": str(cache_dir)}, env_file=None
    )
    own, other = build_quoter(settings), text_quoter("长江很长。", "a.txt", settings)

    assert "seeds/000_d0bb78783c343212.txt" == own.article.metadata.source
    assert "a.txt" == other.article.metadata.source
