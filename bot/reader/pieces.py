"""Text to word pieces: the ids that the reader's embeddings are looked up by, with offsets."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import opencc
from tokenizers import Tokenizer, models

START, PADDING, END, UNKNOWN = 0, 1, 2, 3
_SPACE = "\u2581"


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text's pieces: `ids`, and for each the `[start, end)` it stands for in the text, in code
    points.
    """

    ids: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]


class PieceTokenizer:
    """SentencePiece's unigram model over a cut vocabulary.

    `vocabulary` are pieces with their log-probabilities, the first four reserved;
    `normalisation` maps a character to what it is written as before it is cut. Traditional
    characters are read as the Simplified ones they stand for, character by character.
    """

    def __init__(
        self, vocabulary: Sequence[tuple[str, float]], normalisation: Mapping[str, str]
    ) -> None:
        self.vocabulary = tuple(vocabulary)
        self.normalisation = dict(normalisation)
        self._tokenizer = Tokenizer(models.Unigram(list(self.vocabulary), unk_id=UNKNOWN))
        self._written: dict[str, str] = {}

    @classmethod
    def load(cls, path: Path) -> PieceTokenizer:
        """Read what `save` wrote."""
        data = json.loads(path.read_text(encoding="utf-8"))
        scores = [-score / _STEPS for score in data["scores"]]
        return cls(list(zip(data["pieces"], scores, strict=True)), data["normalisation"])

    def save(self, path: Path) -> None:
        """Write the vocabulary; scores are kept to a hundredth."""
        data = {
            "pieces": [piece for piece, _ in self.vocabulary],
            "scores": [round(-score * _STEPS) for _, score in self.vocabulary],
            "normalisation": self.normalisation,
        }
        path.write_text(
            json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8"
        )

    def cut(self, text: str, *, word_start: bool = False) -> Pieces:
        """The pieces of `text`; `word_start` says that a word begins with it.

        `cut("张毅教授")` gives the pieces 张 毅 教授, with the spans (0, 1), (1, 2), (2, 4).
        """
        written: list[str] = []
        origin: list[int] = []
        for place, character in enumerate(text):
            for each in self._write(character):
                if each == " " and written and written[-1] == " ":
                    continue
                written.append(each)
                origin.append(place)
        if word_start and written[:1] != [" "]:
            written.insert(0, " ")
            origin.insert(0, 0)
        encoded = self._tokenizer.encode(
            "".join(written).replace(" ", _SPACE), add_special_tokens=False
        )
        spans = tuple((origin[start], origin[end - 1] + 1) for start, end in encoded.offsets)
        return Pieces(tuple(encoded.ids), spans)

    def _write(self, character: str) -> str:
        written = self._written.get(character)
        if written is None:
            simplified = _to_simplified().convert(character)
            written = simplified if len(simplified) == 1 else character
            written = "".join(self.normalisation.get(each, each) for each in written)
            if len(self._written) < _MOST_WRITTEN:
                self._written[character] = written
        return written


_STEPS = 100
_MOST_WRITTEN = 65_536


@cache
def _to_simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")
