"""Reading the hand-written .toml files in data/, with errors that name the place."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.errors import ArticleError


class Entry(BaseModel):
    """Base of the models those files are checked against: frozen, no unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


E = TypeVar("E", bound=Entry)


def read_toml(path: Path, model: type[E]) -> E:
    """The file at `path`, checked against `model`.

    Raises:
        ArticleError: the file is missing, not TOML, or does not fit; one line naming the field.
    """
    try:
        return model.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise ArticleError(f"{path.name}: {error.strerror}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ArticleError(f"{path.name}: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise ArticleError(f"{path.name}: {place}: {first['msg']}") from error
