from __future__ import annotations

from pathlib import Path

import pytest

from bot import project
from bot.project import PROJECT_ROOT, home_folder
from bot.settings import load_settings


@pytest.fixture
def shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the module finds itself in an installed wheel."""
    monkeypatch.setattr(project, "INSTALLED", True)


def test_a_checkout_is_its_own_home() -> None:
    """Whatever the environment says; seeds/ and data/ are in it."""
    assert PROJECT_ROOT == home_folder({"HOME": "/home/a", "XDG_DATA_HOME": "/data"})
    assert (True, True) == ((PROJECT_ROOT / "seeds").is_dir(), (PROJECT_ROOT / "data").is_dir())


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize(
    ("environ", "home"),
    [
        ({"HOME": "/home/a"}, "/home/a/.local/share/quoting-bot"),
        ({"HOME": "/home/a", "XDG_DATA_HOME": "/srv/data"}, "/srv/data/quoting-bot"),
        ({"HOME": "/home/a", "XDG_DATA_HOME": "data"}, "/home/a/.local/share/quoting-bot"),
    ],
)
def test_an_installed_bots_home_is_the_users(environ: dict[str, str], home: str) -> None:
    """By the XDG base directory specification, which has a relative path ignored."""
    assert Path(home) == home_folder(environ)


@pytest.mark.usefixtures("shipped")
def test_an_installed_bot_writes_to_its_home_alone(tmp_path: Path) -> None:
    """Store, caches, and what is named by a relative path; the article is the one it came with."""
    home = tmp_path / "quoting-bot"
    home.mkdir()
    (home / ".env").write_text("BOT_LOG_LEVEL=ERROR\n")
    environ = {"XDG_DATA_HOME": str(tmp_path)}
    settings = load_settings(environ)
    assert ("ERROR", PROJECT_ROOT / "data") == (settings.log_level, settings.data_path)
    assert (home / "data/cache", home / "data/store.sqlite3") == (
        settings.cache_path,
        settings.store_address,
    )
    named = load_settings(
        environ | {"BOT_DATA_DIR": "mine", "BOT_DATABASE_URL": "sqlite:///a.sqlite3"}
    )
    assert (home / "mine", home / "a.sqlite3") == (named.data_path, named.store_address)
