"""Where the project's files are: in a checkout, or inside the installed package.

pyproject.toml has the build put seeds/ and data/ into the package, as `bot/shipped`, so that a
wheel is complete; in a checkout there is no such folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_SHIPPED = _PACKAGE / "shipped"

INSTALLED = _SHIPPED.is_dir()
"""Whether the bot runs from a wheel, whose files nobody should write to."""

PROJECT_ROOT = _SHIPPED if INSTALLED else _PACKAGE.parent
"""The folder that holds seeds/ and data/."""


def home_folder(environ: Mapping[str, str]) -> Path:
    """The folder of .env and of all that the bot keeps; relative paths of settings start there.

    The checkout itself; of an installed bot the user's data folder (`$XDG_DATA_HOME/quoting-bot`,
    `~/.local/share/quoting-bot`), so that it does not matter where it is started either.
    """
    if not INSTALLED:
        return PROJECT_ROOT
    given = Path(environ.get("XDG_DATA_HOME", ""))
    if given.is_absolute():
        return given / "quoting-bot"
    own = Path(environ["HOME"]) if environ.get("HOME") else Path.home()
    return own / ".local" / "share" / "quoting-bot"
