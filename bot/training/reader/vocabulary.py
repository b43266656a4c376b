"""Which of the pretrained model's 250,002 pieces are kept: what Chinese and English text needs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import opencc

from bot.errors import BotError
from bot.reader.pieces import PieceTokenizer
from bot.training.reader.pretrained import Pretrained

_RESERVED = 4
_HAN = re.compile(r"[㐀-鿿豈-\ufaff]")
_CHINESE = re.compile(r"[\u2581㐀-鿿\u3000-\u303f\uff00-\uff60\u2000-\u206f!-~·°±×÷αβγδμ①-⑩]+")
_ASCII = re.compile(r"\u2581?[!-~]+")


def choose_pieces(
    pretrained: Pretrained, english: Iterable[str], most_latin: int
) -> npt.NDArray[np.int64]:
    """The numbers of the pieces that are kept, ascending, the four reserved ones first.

    All pieces with Simplified characters and marks; of ASCII ones each single character, those
    that `english` texts are cut into (most frequent first), then the most probable, `most_latin`
    in all. Traditional pieces are not needed: text is read as Simplified.
    """
    to_simplified = opencc.OpenCC("t2s")
    full = PieceTokenizer(
        list(zip(pretrained.pieces, map(float, pretrained.scores), strict=True)),
        pretrained.normalisation,
    )
    counts = Counter(number for text in english for number in full.cut(text, word_start=True).ids)
    latin: list[int] = []
    kept = list(range(_RESERVED))
    for number, piece in enumerate(pretrained.pieces[_RESERVED:], start=_RESERVED):
        if _HAN.search(piece):
            if _CHINESE.fullmatch(piece) and to_simplified.convert(piece) == piece:
                kept.append(number)
        elif _ASCII.fullmatch(piece):
            if len(piece.lstrip("\u2581")) <= 1:
                kept.append(number)
            else:
                latin.append(number)
        elif _CHINESE.fullmatch(piece) and len(piece) <= 2:
            kept.append(number)
    latin.sort(key=lambda number: (-counts[number], number))
    return np.array(sorted([*kept, *latin[:most_latin]]), dtype=np.int64)


def kept_pieces(pretrained: Pretrained, file: Path) -> npt.NDArray[np.int64]:
    """The numbers of the pieces in `file`, a vocabulary that `PieceTokenizer.save` wrote.

    Raises:
        BotError: it has a piece that the pretrained model has not.
    """
    numbers = {piece: number for number, piece in reversed(list(enumerate(pretrained.pieces)))}
    try:
        pieces = PieceTokenizer.load(file).vocabulary
        return np.array([numbers[piece] for piece, _ in pieces], dtype=np.int64)
    except KeyError as error:
        raise BotError(f"{file}: {error} is no piece of the pretrained model") from error


def cut_tokenizer(pretrained: Pretrained, kept: npt.NDArray[np.int64]) -> PieceTokenizer:
    """A tokenizer over the kept pieces; piece i is the pretrained model's `kept[i]`."""
    return PieceTokenizer(
        [(pretrained.pieces[i], round(float(pretrained.scores[i]), 2)) for i in kept],
        {key: value for key, value in pretrained.normalisation.items() if value != key},
    )
