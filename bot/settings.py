"""Settings: the only reader of the environment and of .env.

Everything an operator may change is a `BOT_` variable, in the environment or in the .env file of
the bot's home folder (beside pyproject.toml in a checkout); the environment wins. `.env.example`
lists them all.
"""

from __future__ import annotations

import difflib
import ipaddress
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import unquote, urlsplit

import annotated_types
import limits
from dotenv import dotenv_values
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PrivateAttr,
    SecretStr,
    ValidationError,
)
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from bot.errors import SettingsError
from bot.project import PROJECT_ROOT, home_folder

_PREFIX = "BOT_"
_DATA = Path("data")
_MAY_BE_EMPTY = frozenset({"BOT_ASK_PER_USER", "BOT_ASK_PER_GROUP"})
"""Empty means off here, not the default."""
_PATH = re.compile(r"[A-Za-z0-9/._~-]*")
_HEALTH_PATHS = ("/healthz", "/readyz")
_PORTS = 65536
_POSTGRESQL_EXAMPLE = "postgresql://user:password@host/name"
_SQLITE_EXAMPLE = "sqlite:////var/lib/quoting-bot/store.sqlite3"
# A stray / @ # or ? of a password would be taken for a host, and shown where it cannot be reached.
_POSTGRESQL = re.compile(
    r"""(?:[^\s:/@?\#]+(?::[^\s/@?\#]*)?@)?      # user:password@
    (?:\[[0-9A-Fa-f:.]+\]|[^\s:/@?\#\[\]]*)     # host
    (?::(?P<port>[^\s/@?\#]*))?                # port
    /[^\s/@?\#]+                              # name
    (?:\?[^\s@\#]*)?                          # options
    """,
    re.VERBOSE,
)


def _api_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ValueError("must be an address such as https://api.telegram.org")
    return value.rstrip("/")


def _proxy_url(value: SecretStr) -> SecretStr:
    parts = urlsplit(value.get_secret_value())
    if parts.scheme not in ("http", "socks4", "socks5", "socks5h") or not parts.hostname:
        raise ValueError("must be an address such as socks5://127.0.0.1:1080 or http://host:port")
    return value


def _webhook_url(value: str) -> str:
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or parts.scheme not in ("http", "https") or parts.query or parts.fragment:
        raise ValueError("must be an address such as https://bot.example.org/telegram")
    if parts.scheme == "http" and not _is_loopback(host):
        raise ValueError("must begin with https://, as Telegram asks for")
    if not _PATH.fullmatch(parts.path) or parts.username is not None:
        raise ValueError("must have a path of letters, digits and / . _ ~ - alone")
    if parts.path in _HEALTH_PATHS:
        raise ValueError(f"must have another path than {parts.path}")
    return value


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _webhook_secret(value: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value.get_secret_value()):
        raise ValueError("must be 1-256 of A-Z a-z 0-9 _ -")
    return value


def _token(value: SecretStr) -> SecretStr:
    number, colon, secret = value.get_secret_value().partition(":")
    if not (number.isascii() and number.isdigit() and colon and secret and secret.isprintable()):
        raise ValueError("must be a token from BotFather, such as 123456789:letters-and-digits")
    if any(character.isspace() for character in secret):
        raise ValueError("must be a token from BotFather, without spaces")
    return value


def _rate(value: str) -> str:
    rate = value.strip()
    try:
        items = limits.parse_many(rate) if rate else []
    except ValueError:
        items = []
    if rate and not (len(items) == 1 and items[0].amount > 0):
        raise ValueError("must be a rate such as 10/minute or 100/hour, or empty")
    return rate


def _database_url(value: SecretStr) -> SecretStr:
    """`postgres://` and `postgresql+psycopg://` become `postgresql://`. No error shows a value."""
    scheme, colon, rest = value.get_secret_value().partition("://")
    family, _, driver = scheme.partition("+")
    if not colon or family not in ("postgres", "postgresql", "sqlite"):
        raise ValueError(f"must be an address such as {_POSTGRESQL_EXAMPLE} or {_SQLITE_EXAMPLE}")
    if family == "sqlite":
        if ":memory:" in rest or "mode=memory" in rest:
            raise ValueError(
                f"must name a file, such as {_SQLITE_EXAMPLE}: what is in memory alone is lost "
                "with the process, and with it the questions that are not answered yet"
            )
        if driver or not rest.startswith("/") or not rest.strip("/"):
            raise ValueError(f"must be an address such as {_SQLITE_EXAMPLE}, without a driver")
        return value
    if driver not in ("", "psycopg"):
        raise ValueError(f"must be an address such as {_POSTGRESQL_EXAMPLE}, without a driver")
    parts = _POSTGRESQL.fullmatch(rest)
    if parts is None:
        raise ValueError(
            f"must be an address such as {_POSTGRESQL_EXAMPLE}; in the password, "
            "write / as %2F, @ as %40, # as %23, ? as %3F and % as %25"
        )
    port = parts["port"]
    if port and not (port.isascii() and port.isdigit() and 0 < int(port[:6]) < _PORTS):
        raise ValueError(
            f"its port must be a number from 1 to {_PORTS - 1}, as in "
            "postgresql://user:password@host:5432/name; in the password, write / as %2F"
        )
    return SecretStr(f"postgresql://{rest}")


def _ids(value: object) -> object:
    if not isinstance(value, str):
        return value
    ids = [each.strip() for each in value.split(",") if each.strip()]
    if not all(each.isascii() and each.isdigit() for each in ids):
        raise ValueError("must be Telegram user ids between commas, such as 12345678,87654321")
    return frozenset(map(int, ids))


def _upper(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


class Settings(BaseSettings):
    """What an operator may change; every field's variable is its name after `BOT_`."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX, extra="forbid", frozen=True, hide_input_in_errors=True
    )

    token: Annotated[SecretStr, AfterValidator(_token)] | None = None
    api_url: Annotated[str, AfterValidator(_api_url)] = "https://api.telegram.org"
    proxy_url: Annotated[SecretStr, AfterValidator(_proxy_url)] | None = None
    mode: Annotated[Literal["polling", "webhook"], BeforeValidator(_lower)] = "polling"
    webhook_url: Annotated[str, AfterValidator(_webhook_url)] | None = None
    webhook_secret: Annotated[SecretStr, AfterValidator(_webhook_secret)] | None = None
    webhook_connections: Annotated[int, Field(ge=1, le=100)] = 40
    http_host: str = "127.0.0.1"
    http_port: Annotated[int, Field(ge=0, le=65535)] = 8080
    metrics_host: str = "127.0.0.1"
    metrics_port: Annotated[int, Field(ge=0, le=65535)] = 0
    playground_port: Annotated[int, Field(ge=0, le=65535)] = 8088
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(_upper)] = (
        "INFO"
    )
    log_format: Annotated[Literal["text", "json"], BeforeValidator(_lower)] = "text"
    data_dir: Path = _DATA
    cache_dir: Path = Path("data/cache")
    encoder: bool = True
    rate_overall: Annotated[float, Field(ge=0, le=1000)] = 30.0
    rate_chat: Annotated[float, Field(ge=0, le=1000)] = 1.0
    rate_group: Annotated[float, Field(ge=0, le=1000)] = 20.0
    max_retries: Annotated[int, Field(ge=0, le=10)] = 3
    request_timeout: Annotated[float, Field(ge=1, le=120)] = 10.0
    concurrent_updates: Annotated[int, Field(ge=1, le=4096)] = 256
    remembered_answers: Annotated[int, Field(ge=0, le=1_000_000)] = 10_000
    ask_per_user: Annotated[str, AfterValidator(_rate)] = "10/minute"
    ask_per_group: Annotated[str, AfterValidator(_rate)] = "20/minute"
    database_url: Annotated[SecretStr, AfterValidator(_database_url)] | None = None
    retention_days: Annotated[int, Field(ge=0, le=366)] = 30
    admin_ids: Annotated[frozenset[int] | None, NoDecode, BeforeValidator(_ids)] = None

    _home: Path = PrivateAttr(default=PROJECT_ROOT)

    def starting_at(self, home: Path) -> Settings:
        """These settings, their relative paths from `home` on."""
        self._home = home
        return self

    @property
    def data_path(self) -> Path:
        """`data_dir`, from the home folder where it is relative; as it is by default, the data that
        came with the bot.
        """
        return (PROJECT_ROOT if self.data_dir == _DATA else self._home) / self.data_dir

    @property
    def cache_path(self) -> Path:
        """`cache_dir`, from the home folder where it is relative."""
        return self._home / self.cache_dir

    @property
    def store_address(self) -> str | Path:
        """PostgreSQL's address, or SQLite's file."""
        if self.database_url is None:
            return self._home / self.data_dir / "store.sqlite3"
        address = self.database_url.get_secret_value()
        file = address.removeprefix("sqlite:///")
        return address if file == address else self._home / file

    @property
    def secrets(self) -> list[str]:
        """What is never to be shown."""
        held = (self.token, self.proxy_url, self.webhook_secret, self.database_url)
        values = [each.get_secret_value() for each in held if each is not None]
        password = (
            urlsplit(self.database_url.get_secret_value()).password if self.database_url else None
        )
        return [*values, unquote(password)] if password else values

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what `load_settings` passes: the process's own environment is not looked at."""
        return (init_settings,)


def load_settings(environ: Mapping[str, str], env_file: Path | None = Path(".env")) -> Settings:
    """Read the settings from `environ` and, below it, from `env_file` where that exists.

    A relative `env_file` is in the home folder (`bot.project.home_folder`).

    Raises:
        SettingsError: a value is bad, or `env_file` sets a variable that is none; one line that
            names the variable.
    """
    home = home_folder(environ)
    file = _read_env_file(home / env_file if env_file else None)
    variables = {
        name: value
        for name, value in (file | dict(environ)).items()
        if name.upper().startswith(_PREFIX) and (value != "" or name.upper() in _MAY_BE_EMPTY)
    }
    source = EnvSettingsSource(Settings)
    source.env_vars = {name.lower(): value for name, value in variables.items()}
    try:
        settings = Settings(**source())
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        raise SettingsError(f"{_PREFIX}{name.upper()}: {_in_plain_words(name, first)}") from None
    return settings.starting_at(home)


def _in_plain_words(name: str, error: ErrorDetails) -> str:
    """What the setting must be; of Pydantic's own words only those of this module's checks."""
    field, words = Settings.model_fields[name], error["msg"].removeprefix("Value error, ")
    if field.annotation is bool:
        return "must be true or false"
    if field.annotation in (int, float):
        bounds = {type(each): each for each in field.metadata}
        kind = "a whole number" if field.annotation is int else "a number"
        least, most = bounds[annotated_types.Ge].ge, bounds[annotated_types.Le].le
        example = f"{field.default:g}"
        return f"must be {kind} from {least} to {most} and nothing else, such as {example}"
    if error["type"] == "literal_error":
        expected: str = error["ctx"]["expected"]
        return "must be " + expected.replace("'", "")
    return words[:1].lower() + words[1:]


def _read_env_file(path: Path | None) -> dict[str, str | None]:
    if path is None or not path.is_file():
        return {}
    try:
        values = dict(dotenv_values(path, interpolate=False))
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path.name} cannot be read: {type(error).__name__}") from error
    known = [_PREFIX + field.upper() for field in Settings.model_fields]
    for name in values:
        if name.upper().startswith(_PREFIX) and name.upper() not in known:
            close = difflib.get_close_matches(name.upper(), known, n=1)
            hint = f"; did you mean {close[0]}?" if close else ""
            raise SettingsError(f"{name} in {path.name} is not a setting{hint}")
    return {name: value for name, value in values.items() if value is not None}
