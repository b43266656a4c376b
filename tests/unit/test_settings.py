from __future__ import annotations

from pathlib import Path

import limits
import pytest

from bot.bootstrap import chat_options, webhook_options
from bot.errors import SettingsError
from bot.project import PROJECT_ROOT
from bot.settings import Settings, load_settings

TOKEN = "123456789:" + "A" * 35


def read(**environ: str) -> Settings:
    """The settings of an environment alone."""
    return load_settings(environ, env_file=None)


def test_every_setting_has_a_default() -> None:
    """An empty environment is enough to try the bot."""
    settings = read()

    assert (None, "https://api.telegram.org", None, 8088, "INFO") == (
        settings.token,
        settings.api_url,
        settings.proxy_url,
        settings.playground_port,
        settings.log_level,
    )
    assert PROJECT_ROOT / "data" == settings.data_path


def test_an_empty_value_is_no_value() -> None:
    """BOT_TOKEN= in a copied .env.example means that there is none."""
    assert read() == read(BOT_TOKEN="", BOT_PLAYGROUND_PORT="")


def test_an_empty_rate_is_no_limit() -> None:
    """These two can be switched off in a .env; left out, they are on."""
    settings = read(BOT_ASK_PER_USER="", BOT_ASK_PER_GROUP=" 100/hour ")
    assert ("", "100/hour", "10/minute") == (
        settings.ask_per_user,
        settings.ask_per_group,
        read().ask_per_user,
    )


def test_reads_the_environment() -> None:
    """Values are read by name; addresses lose a trailing slash, levels their case."""
    settings = read(
        BOT_TOKEN=TOKEN,
        BOT_API_URL="http://127.0.0.1:8081/",
        BOT_PROXY_URL="socks5://me:secret@10.0.0.1:1080",
        BOT_LOG_LEVEL="debug",
        BOT_DATA_DIR="/srv/data",
        OTHER="ignored",
    )
    assert settings.token is not None
    assert TOKEN == settings.token.get_secret_value()
    assert ("http://127.0.0.1:8081", "DEBUG", Path("/srv/data")) == (
        settings.api_url,
        settings.log_level,
        settings.data_path,
    )


def test_secrets_do_not_show() -> None:
    """Neither the token nor a proxy's password is in the settings' repr."""
    shown = repr(read(BOT_TOKEN=TOKEN, BOT_PROXY_URL="http://me:secret@proxy:3128"))

    assert TOKEN not in shown
    assert "secret@" not in shown


def test_the_store_is_a_file_or_a_server() -> None:
    """In the data folder unless an address is given; its password is a secret."""
    server = "postgresql://bot:p%40ss@db/bot"
    assert PROJECT_ROOT / "data/store.sqlite3" == read().store_address
    assert PROJECT_ROOT / "a.db" == read(BOT_DATABASE_URL="sqlite:///a.db").store_address
    assert Path("/srv/a.db") == read(BOT_DATABASE_URL="sqlite:////srv/a.db").store_address
    settings = read(BOT_DATABASE_URL=server)
    assert (server, [server, "p@ss"]) == (settings.store_address, settings.secrets)
    assert "ss@db" not in repr(settings)


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_a_server_is_named_in_any_usual_spelling(scheme: str) -> None:
    """All mean the same server, by a path for its socket, too; the password stays a secret."""
    settings = read(BOT_DATABASE_URL=f"{scheme}://bot:p%40ss@db:5433/bot?sslmode=require")
    assert "postgresql://bot:p%40ss@db:5433/bot?sslmode=require" == settings.store_address
    assert "p@ss" in settings.secrets
    socket = read(BOT_DATABASE_URL=f"{scheme}:///bot?host=/run/postgresql").store_address
    assert "postgresql:///bot?host=/run/postgresql" == socket


@pytest.mark.parametrize(
    ("value", "mend"),
    [
        ("postgresql://u:s3cret@host:abc/name", "port must be a number from 1 to 65535"),
        ("postgresql://u:s3cret@host:0/name", "port must be a number from 1 to 65535"),
        ("postgresql://u:s3cret@host:70000/name", "port must be a number from 1 to 65535"),
        ("postgresql://u:s3c/ret@host/name", "write / as %2F"),
        ("postgresql://u:12/s3cret@host/name", "write / as %2F"),
        ("postgresql://u:s3c@ret@host/name", "@ as %40"),
        ("postgresql://u:s3c#ret@host/name", "# as %23"),
        ("postgresql://u:s3c?ret@host/name", "? as %3F"),
        ("postgresql+asyncpg://u:s3cret@host/name", "without a driver"),
        ("sqlite+aiosqlite:///s3cret", "without a driver"),
        ("sqlite:///:memory:", "must name a file, such as sqlite:////var/lib/quoting-bot/"),
        ("sqlite:///file:a?mode=memory", "must name a file, such as sqlite:////var/lib/"),
        ("sqlite://s3cret", "sqlite:////var/lib/quoting-bot/store.sqlite3"),
    ],
)
def test_an_address_that_cannot_be_read_is_mended_by_its_line(value: str, mend: str) -> None:
    """It says what to write, and shows nothing of what was written."""
    with pytest.raises(SettingsError, match=r"^BOT_DATABASE_URL: ") as refused:
        read(BOT_DATABASE_URL=value)
    told = str(refused.value)
    assert (True, 1, 2) == (mend in told, len(told.splitlines()), refused.value.exit_code)
    assert (False, False) == ("s3c" in told, "ret" in told.replace("postgresql", ""))


def test_admins_are_ids_between_commas() -> None:
    """None without any; spaces do not matter."""
    assert read().admin_ids is None
    assert frozenset({1, 22}) == read(BOT_ADMIN_IDS=" 1, 22,").admin_ids


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    """A variable that is set overrides .env; the others come from it."""
    env_file = tmp_path / ".env"
    env_file.write_text("BOT_LOG_LEVEL=ERROR\nBOT_PLAYGROUND_PORT=1234\nOTHER=x\n")

    settings = load_settings({"BOT_LOG_LEVEL": "WARNING"}, env_file)

    assert ("WARNING", 1234) == (settings.log_level, settings.playground_port)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_TOKEN", "not a token"),
        ("BOT_TOKEN", "123456789:has space"),
        ("BOT_API_URL", "api.telegram.org"),
        ("BOT_PROXY_URL", "ftp://proxy"),
        ("BOT_PLAYGROUND_PORT", "eighty"),
        ("BOT_PLAYGROUND_PORT", "70000"),
        ("BOT_LOG_LEVEL", "LOUD"),
        ("BOT_RATE_OVERALL", "-1"),
        ("BOT_RATE_GROUP", "nan"),
        ("BOT_MAX_RETRIES", "1.5"),
        ("BOT_CONCURRENT_UPDATES", "0"),
        ("BOT_ASK_PER_USER", "often"),
        ("BOT_ASK_PER_USER", "10"),
        ("BOT_ASK_PER_GROUP", "0/minute"),
        ("BOT_ASK_PER_GROUP", "5/second;10/minute"),
        ("BOT_DATABASE_URL", "mysql://u:secret@host/name"),
        ("BOT_DATABASE_URL", "postgresql://u:secret@host"),
        ("BOT_DATABASE_URL", "my-store.sqlite3"),
        ("BOT_RETENTION_DAYS", "-1"),
        ("BOT_ADMIN_IDS", "12,@somebody"),
    ],
)
def test_a_bad_value_is_one_line_that_names_the_variable(name: str, value: str) -> None:
    """The operator reads which variable to change; the value itself is not repeated."""
    with pytest.raises(SettingsError) as caught:
        read(**{name: value})

    assert str(caught.value).startswith(f"{name}: ")
    assert "\n" not in str(caught.value)
    assert 2 == caught.value.exit_code
    if name in ("BOT_TOKEN", "BOT_DATABASE_URL"):
        assert value not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("ENCODER", "maybe", "must be true or false"),
        (
            "RATE_GROUP",
            "10 per minute",
            "must be a number from 0 to 1000 and nothing else, such as 20",
        ),
        ("RATE_CHAT", "nan", "must be a number from 0 to 1000 and nothing else, such as 1"),
        ("MAX_RETRIES", "1.5", "must be a whole number from 0 to 10 and nothing else, such as 3"),
        ("HTTP_PORT", "x", "must be a whole number from 0 to 65535 and nothing else, such as 8080"),
        ("LOG_LEVEL", "LOUD", "must be DEBUG, INFO, WARNING or ERROR"),
        ("MODE", "pigeon", "must be polling or webhook"),
        ("ASK_PER_USER", "often", "must be a rate such as 10/minute or 100/hour, or empty"),
    ],
)
def test_a_bad_value_is_told_in_plain_words(name: str, value: str, told: str) -> None:
    """What the setting must be, not how it was parsed."""
    with pytest.raises(SettingsError) as refused:
        read(**{f"BOT_{name}": value})
    assert f"BOT_{name}: {told}" == str(refused.value)


def test_every_number_has_bounds_to_tell() -> None:
    """Of each number among the settings, a wrong value is told what it may be."""
    for name, field in Settings.model_fields.items():
        if field.annotation in (int, float):
            with pytest.raises(SettingsError, match=r" from [0-9]+ to [0-9]+ and nothing else"):
                read(**{f"BOT_{name.upper()}": "many"})


def test_a_rate_is_read_in_words_too() -> None:
    """`10 per minute` is `10/minute` to the limits of askers."""
    rate = read(BOT_ASK_PER_USER="10 per minute").ask_per_user
    assert limits.parse("10/minute") == limits.parse(rate)


def test_no_options_show_a_secret() -> None:
    """The settings' and each of the options' made of them: passwords, tokens, the webhook's."""
    hidden = "s3cret" * 8
    settings = read(
        BOT_TOKEN=f"123456789:{hidden}",
        BOT_PROXY_URL=f"http://me:{hidden}@proxy:3128",
        BOT_DATABASE_URL=f"postgresql://me:{hidden}@host/name",
        BOT_WEBHOOK_URL="https://bot.example.org/telegram",
        BOT_WEBHOOK_SECRET=hidden,
    )
    for options in (settings, chat_options(settings), webhook_options(settings)):
        assert "s3cret" not in f"{options!r} {options}"


def test_a_misspelt_variable_in_the_file_is_refused(tmp_path: Path) -> None:
    """A typo in .env would otherwise be silently without effect."""
    env_file = tmp_path / ".env"
    env_file.write_text("BOT_TOKN=1\n")

    with pytest.raises(SettingsError) as caught:
        load_settings({}, env_file)

    assert "BOT_TOKN in .env is not a setting; did you mean BOT_TOKEN?" == str(caught.value)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    """One line, no traceback."""
    env_file = tmp_path / ".env"
    env_file.write_bytes(b"BOT_LOG_LEVEL=\xff\xfe\n")

    with pytest.raises(SettingsError, match=r"\.env cannot be read"):
        load_settings({}, env_file)


def test_the_working_directory_does_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A .env where the bot happens to be started is not the project's, and not read."""
    (tmp_path / ".env").write_text("BOT_LOG_LEVEL=ERROR\n")
    monkeypatch.chdir(tmp_path)

    assert PROJECT_ROOT / "data" == load_settings({}).data_path
    assert "ERROR" != load_settings({}).log_level


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_MODE", "carrier pigeon"),
        ("BOT_WEBHOOK_URL", "bot.example.org"),
        ("BOT_WEBHOOK_URL", "http://bot.example.org/telegram"),
        ("BOT_WEBHOOK_URL", "https://bot.example.org/tele gram"),
        ("BOT_WEBHOOK_URL", "https://bot.example.org/{x}"),
        ("BOT_WEBHOOK_URL", "https://bot.example.org/x?y=1"),
        ("BOT_WEBHOOK_URL", "https://u:p@bot.example.org/x"),
        ("BOT_WEBHOOK_URL", "https://bot.example.org:99999/x"),
        ("BOT_WEBHOOK_URL", "https://bot.example.org/readyz"),
        ("BOT_WEBHOOK_SECRET", "with space"),
        ("BOT_WEBHOOK_SECRET", "密"),
        ("BOT_WEBHOOK_SECRET", "x" * 257),
        ("BOT_WEBHOOK_CONNECTIONS", "0"),
        ("BOT_WEBHOOK_CONNECTIONS", "101"),
        ("BOT_HTTP_PORT", "65536"),
        ("BOT_METRICS_PORT", "-1"),
        ("BOT_RATE_CHAT", "-1"),
    ],
)
def test_a_bad_value_of_the_webhook_is_named(name: str, value: str) -> None:
    """In one line, which does not repeat a secret."""
    with pytest.raises(SettingsError, match=f"^{name}: ") as refused:
        read(**{name: value})
    assert "\n" not in str(refused.value)
    assert name != "BOT_WEBHOOK_SECRET" or value not in str(refused.value)


def test_the_webhooks_secret_does_not_show() -> None:
    """Neither in the settings' repr."""
    settings = read(
        BOT_MODE="Webhook",
        BOT_WEBHOOK_URL="https://bot.example.org:8443/a/b-c",
        BOT_WEBHOOK_SECRET="hush_hush",  # noqa: S106 - no password
    )
    assert ("webhook", False) == (settings.mode, "hush_hush" in repr(settings))


def test_the_env_file_of_a_foreign_folder_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever the bot is started, .env is the project's own."""
    (tmp_path / ".env").write_text("BOT_LOG_LEVEL=ERROR\nBOT_NO_SUCH_SETTING=1\n")
    monkeypatch.chdir(tmp_path)
    own = load_settings({"BOT_LOG_LEVEL": "WARNING"})
    assert "WARNING" == own.log_level
    assert own == load_settings({"BOT_LOG_LEVEL": "WARNING"}, PROJECT_ROOT / ".env")
