"""What the reader learns from: texts with their questions, answered and not, as pieces."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import jieba.posseg
from pypinyin import lazy_pinyin

from bot.article.loader import article_from_text
from bot.evaluation.dataset import Example
from bot.reader.pieces import PieceTokenizer
from bot.reader.windows import MOST_PASSAGE, passage_prefix, question_pieces
from bot.retrieval.analysis import Analyzer, clean
from bot.retrieval.passages import passage_spans
from bot.retrieval.ranker import Ranker
from bot.training.reader.network import Asked, Text

_MOST_GOLD = 2
_NAMES = ("nr", "ns", "nt", "nz")


@dataclass(frozen=True)
class TrainingText:
    """A text cut into passages: characters `[start, end)`, pieces, and where each piece stands."""

    id: str
    text: str
    passages: tuple[tuple[int, int], ...]
    pieces: Text
    places: tuple[tuple[tuple[int, int], ...], ...]
    ranker: Ranker = field(repr=False)

    def around(self, start: int, end: int) -> list[int]:
        """The passages that the characters `[start, end)` stand in."""
        return [i for i, (first, last) in enumerate(self.passages) if first < end and last > start]


@dataclass(frozen=True)
class Question:
    """A question of a text.

    `gold` are the passages that answer, `answers` the characters that do; without them the text
    does not answer, and `nearest` are the passages that correct its premise, if any do. `swapped`
    is the question with one name or number exchanged, which the text does not answer.
    """

    text: TrainingText
    turns: tuple[str, ...]
    asked: Asked
    gold: frozenset[int]
    answers: tuple[tuple[int, int], ...]
    nearest: frozenset[int]
    kind: str
    swapped: Asked | None = None


class Materials:
    """Makes texts and questions of examples."""

    def __init__(self, tokenizer: PieceTokenizer, analyzer: Analyzer) -> None:
        self._tokenizer = tokenizer
        self._analyzer = analyzer
        self.prefix = passage_prefix(tokenizer)

    def text(self, name: str, text: str) -> TrainingText:
        """Cut a text as the index does."""
        article = article_from_text(text, name)
        spans = [(span.start, span.end) for span, _ in passage_spans(article)]
        cuts = [self._tokenizer.cut(article.text[start:end]) for start, end in spans]
        return TrainingText(
            name,
            article.text,
            tuple(spans),
            Text(tuple(cut.ids[:MOST_PASSAGE] for cut in cuts)),
            tuple(
                tuple((start + a, start + b) for a, b in cut.spans[:MOST_PASSAGE])
                for (start, _), cut in zip(spans, cuts, strict=True)
            ),
            Ranker([self._analyzer.terms(article.text[start:end]) for start, end in spans]),
        )

    def asked(self, turns: Sequence[str], text: TrainingText) -> Asked:
        """The turns of a conversation, the last one asked, as the network reads them."""
        cleaned = [clean(turn) for turn in turns]
        pieces = question_pieces(cleaned, self._tokenizer)
        terms = self._analyzer.terms(" ".join(cleaned))
        scores = text.ranker.scores(dict.fromkeys(terms))
        return Asked(pieces.ids, pieces.content, tuple(float(score) for score in scores))

    def question(self, example: Example, text: TrainingText) -> Question | None:
        """None where no answer of the example can be found in the text."""
        is_none = example.kind.startswith("none") or not example.answers
        answers = [place for each in example.answers for place in find(text.text, each)]
        gold: list[int] = []
        for start, end in answers:
            gold += text.around(start, end)[:_MOST_GOLD]
        if not is_none and not gold:
            return None
        turns = (*example.previous, example.question)
        return Question(
            text,
            turns,
            self.asked(turns, text),
            frozenset() if is_none else frozenset(gold),
            () if is_none else tuple(answers),
            frozenset(gold) if is_none else frozenset(),
            example.kind or "direct",
        )

    def with_swaps(self, questions: Sequence[Question], generator: random.Random) -> list[Question]:
        """The questions, those that can be with a name or number exchanged for another of the
        text that does not stand with the answer.
        """
        by_text: dict[str, Mapping[str, set[str]]] = {}
        made: list[Question] = []
        for question in questions:
            text = question.text
            if text.id not in by_text:
                by_text[text.id] = _entities(text.text)
            near = "".join(text.text[slice(*text.passages[i])] for i in sorted(question.gold))
            swaps: list[tuple[str, str]] = []
            for word, kind in _tagged(question.turns[-1]):
                if word in near:
                    others = [
                        other
                        for other in sorted(by_text[text.id].get(kind, ()))
                        if other not in near and other not in question.turns[-1]
                    ]
                    if others:
                        swaps.append((word, generator.choice(others)))
            if question.gold and swaps:
                old, new = generator.choice(swaps)
                turns = (*question.turns[:-1], question.turns[-1].replace(old, new))
                made.append(replace(question, swapped=self.asked(turns, text)))
            else:
                made.append(question)
        return made


class Homophones:
    """Types a question as in haste: a character or two becomes another of the same sound."""

    def __init__(self, texts: Iterable[str]) -> None:
        counts: dict[str, int] = defaultdict(int)
        for text in texts:
            for character in text:
                if "一" <= character <= "鿿":
                    counts[character] += 1
        by_sound: dict[str, list[str]] = defaultdict(list)
        for character in sorted(counts, key=lambda c: -counts[c])[:3500]:
            by_sound[lazy_pinyin(character)[0]].append(character)
        self._alike = {
            character: [other for other in group[:8] if other != character]
            for group in by_sound.values()
            for character in group
        }
        self._sounds = {c: lazy_pinyin(c)[0] for c in self._alike}

    def __call__(self, text: str, generator: random.Random) -> str:
        """`text` with one to three characters misspelt, written as pinyin or left out."""
        characters = list(text)
        places = [i for i, c in enumerate(characters) if self._alike.get(c)]
        generator.shuffle(places)
        for place in places[: generator.choice((1, 1, 2, 3))]:
            fate = generator.random()
            if fate < 0.7:
                characters[place] = generator.choice(self._alike[characters[place]])
            elif fate < 0.85:
                characters[place] = self._sounds[characters[place]]
            else:
                characters[place] = ""
        return "".join(characters)


def find(text: str, answer: str) -> list[tuple[int, int]]:
    """Where `answer` stands in `text`, white space in either left aside: `[start, end)` each.

    `find("张毅 教授，教授", "教授")` gives `[(3, 5), (6, 8)]`.
    """
    places = [i for i, character in enumerate(text) if not character.isspace()]
    packed = "".join(text.split())
    wanted = "".join(answer.split())
    found: list[tuple[int, int]] = []
    start = packed.find(wanted) if wanted else -1
    while start >= 0:
        found.append((places[start], places[start + len(wanted) - 1] + 1))
        start = packed.find(wanted, start + 1)
    return found


def _tagged(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for pair in jieba.posseg.cut(text):
        if re.fullmatch(r"\d{1,4}", pair.word):
            found.append((pair.word, "number"))
        elif pair.flag[:2] in _NAMES and len(pair.word) > 1:
            found.append((pair.word, pair.flag[:2]))
    return found


def _entities(text: str) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for word, kind in _tagged(text):
        found[kind].add(word)
    return found
