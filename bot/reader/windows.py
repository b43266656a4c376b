"""How a text and a question are laid out for the reader, in training and at run time alike."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.reader.pieces import END, START, PieceTokenizer

WINDOW = 384
"""Pieces that the lower layers read at once."""
MOST_QUESTION = 96
"""Pieces of a question with those before it; the earliest are cut off."""
MOST_PASSAGE = 160
"""Pieces of a passage; no sentence of 120 characters has more but by malice."""
_CONTEXT = 120
_MARK_OF_QUESTIONS = "query: "
_MARK_OF_PASSAGES = "passage: "


@dataclass(frozen=True, slots=True)
class QuestionPieces:
    """A question as pieces: `content` says of each whether it is of the question's words (1), of
    an earlier question's (2), or a mark (0).
    """

    ids: tuple[int, ...]
    content: tuple[int, ...]


def question_pieces(turns: Sequence[str], tokenizer: PieceTokenizer) -> QuestionPieces:
    """The clean turns of a conversation, the question itself last, as one sequence.

    `["张毅是谁", "他多大了"]` becomes `<s> query : 张 毅 是 谁 </s> 他 多大 了 </s>`.
    """
    mark = tokenizer.cut(_MARK_OF_QUESTIONS, word_start=True).ids
    ids: list[int] = []
    content: list[int] = []
    for number, turn in enumerate(turns, start=1):
        cut = tokenizer.cut(turn, word_start=not ids).ids
        ids += [*cut, END]
        content += [*[1 if number == len(turns) else 2] * len(cut), 0]
    most = MOST_QUESTION - 1 - len(mark)
    return QuestionPieces((START, *mark, *ids[-most:]), (*[0] * (1 + len(mark)), *content[-most:]))


def passage_prefix(tokenizer: PieceTokenizer) -> tuple[int, ...]:
    """What each window begins with, after the start mark."""
    return tokenizer.cut(_MARK_OF_PASSAGES, word_start=True).ids


def windows(
    passages: Sequence[Sequence[int]],
    prefix: Sequence[int],
    without: Collection[int] = frozenset(),
) -> list[tuple[list[int], list[tuple[int, int, int]]]]:
    """Passages in order as windows of at most `WINDOW` ids, each with (passage, start, end).

    Passages in `without` are left out. A window after the first begins with the last passage of
    the one before, as context.
    """
    made: list[tuple[list[int], list[tuple[int, int, int]]]] = []
    ids = [START, *prefix]
    places: list[tuple[int, int, int]] = []
    last: Sequence[int] = ()
    for number, passage in enumerate(passages):
        if number in without or not passage:
            continue
        if len(ids) + len(passage) + 1 > WINDOW and places:
            made.append(([*ids, END], places))
            ids = [START, *prefix, *(last if len(last) < _CONTEXT else ())]
            places = []
        places.append((number, len(ids), len(ids) + len(passage)))
        ids = [*ids, *passage]
        last = passage
    if places:
        made.append(([*ids, END], places))
    return made


def select(
    lengths: Sequence[int],
    scores: Mapping[int, float],
    budget: int,
    keep: Collection[int] = frozenset(),
) -> tuple[int, ...]:
    """The passages to read: those in `keep`, then the best by `scores`, within `budget` pieces,
    in the text's order; at least one.
    """
    chosen: list[int] = []
    used = 0
    for number in sorted(scores, key=lambda i: (i not in keep, -scores[i])):
        if chosen and used + lengths[number] > budget:
            continue
        chosen.append(number)
        used += lengths[number]
    return tuple(sorted(chosen))
