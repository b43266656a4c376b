"""Evaluation sets: JSON lines of questions with the text that answers them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.errors import BotError


class Example(BaseModel):
    """One question.

    `article` is the text it is asked of; None means the project's own article. In a file it may
    stand in another, `article_file`, beside it. `answers` are verbatim pieces of it, any of which
    answers;
    none where the article does not answer.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str = ""
    question: str
    answers: tuple[str, ...] = ()
    previous: tuple[str, ...] = ()
    article: str | None = None
    article_file: str = ""
    article_id: str = ""
    kind: str = ""
    split: str = ""

    def answered_by(self, text: str) -> bool:
        """Whether `text` holds one of the answers, white space and letter case aside."""
        packed = _pack(text)
        return any(_pack(answer) in packed for answer in self.answers)


def _pack(text: str) -> str:
    return "".join(text.split()).lower()


def read_examples(path: Path) -> Iterator[Example]:
    """The examples in one file, in order; blank lines are skipped.

    Raises:
        BotError: the file cannot be read, or a line of it is no example.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BotError(f"{path}: {error}") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            example = Example.model_validate_json(line)
            if example.article_file:
                text = (path.parent / example.article_file).read_text(encoding="utf-8")
                example = example.model_copy(update={"article": text})
            yield example
        except OSError as error:
            raise BotError(f"{path}:{number}: {example.article_file}: {error.strerror}") from error
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(str(part) for part in first["loc"])
            raise BotError(f"{path}:{number}: {field or 'line'}: {first['msg']}") from error
