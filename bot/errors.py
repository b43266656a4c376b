"""What can go wrong, as one tree; callers catch the family they can mend.

::

    BotError                  has a one-line message for the operator, and an exit code
    ├── SettingsError         a setting is missing or wrong: names the variable        (exit 2)
    │   ├── PortInUse         another process listens there
    │   └── TokenRejected     Telegram does not know the token
    ├── ArticleError          seeds/ or data/ do not make a sound article or topics    (exit 1)
    ├── IndexFileError        data/index.json cannot be used: says what to run         (exit 1)
    ├── StoreUnavailable      the store is down, full or too slow                      (exit 1)
    │   └── StoreRefused      it does not take this value; all else goes on
    └── NotVerbatim           text was about to leave that is not the article's own    (exit 1)
"""

from __future__ import annotations


class BotError(Exception):
    """Base of all errors the project raises on purpose; `str()` of it is one line."""

    exit_code = 1


class SettingsError(BotError):
    """A setting is missing or wrong; the message names its variable and the mend."""

    exit_code = 2


class PortInUse(SettingsError):
    """Another process already listens on the port.

    `port` is the port asked for, `setting` the variable that changes it.
    """

    def __init__(self, port: int, setting: str) -> None:
        self.port = port
        self.setting = setting
        super().__init__(f"port {port} is taken: stop what uses it or set {setting} to another one")


class TokenRejected(SettingsError):
    """Telegram does not know the token."""


class ArticleError(BotError):
    """The files in seeds/ and data/ do not make a sound article."""


class IndexFileError(BotError):
    """The index is missing, damaged, or was built from other sources."""


class StoreUnavailable(BotError):
    """The store cannot be reached, or did not answer in time."""


class StoreRefused(StoreUnavailable):
    """The store answered that it cannot keep this value; trying again will not help."""


class NotVerbatim(BotError):
    """A span that is not the article's own text was about to become a quote."""
