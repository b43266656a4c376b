"""The question bank at work: which of the questions written for the article a reader's is like."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.article.bank import Fact, Gap
from bot.article.glossary import Term
from bot.article.model import Span
from bot.retrieval.analysis import HAN, Analyzer, fold
from bot.retrieval.answerability import Answerability, digest_of, kernel, nearest_decides
from bot.retrieval.encoder import Vectors
from bot.retrieval.projection import discriminating
from bot.retrieval.question import Question
from bot.retrieval.table import Indices, PassageTable, Vector

_NONE: Indices = np.zeros(0, dtype=np.int64)

# What is left of the likeness to a question about somebody else.
_OTHER_PERSON = 0.6
_OTHER_PERSON_COSINE = 0.15
_LEXICAL_VOTERS = 12
_SEMANTIC_VOTERS = 24
_LEXICAL_SHARPNESS = 8.0
_SEMANTIC_SHARPNESS = 20.0


@dataclass(frozen=True)
class BankMatch:
    """How near a question is to the bank.

    `lexical` and `semantic` hold, a row a passage, the likeness of the nearest question that the
    passage answers; `gap_lexical` and `gap_semantic` that of the nearest question the article
    does not answer. `votes` and `gap_votes` are the shares of the nearest questions' weight that
    lead to each passage, and to none. `known` is, a row a passage, the share of the question's
    words that it, or a question it answers, has; `known_focus` and `known_numbers` say whether
    it has the word that says what is asked for, and all numbers of the question. The semantic ones
    are None without an encoder. `answerable` is about 1 where the article answers, and -1 where it
    does not. `listed` are the spans of the list that is asked for, if one is.
    """

    lexical: Vector
    gap_lexical: float
    votes: Vector
    gap_votes: float
    semantic: Vector | None
    gap_semantic: float
    semantic_votes: Vector | None
    gap_semantic_votes: float
    known: Vector
    known_focus: Vector
    known_numbers: Vector
    answerable: float
    listed: tuple[Span, ...]


class QuestionBank:
    """The bank of one article.

    `vectors` are the encoded questions in the order of `bank_questions`; None without an encoder.
    `answerability` is what was learned about these very questions, if it was. `people` are those
    whom questions may name: a question about one is unlike one about another.
    """

    def __init__(
        self,
        facts: Sequence[Fact],
        gaps: Sequence[Gap],
        table: PassageTable,
        analyzer: Analyzer,
        vectors: Vectors | None = None,
        people: Sequence[Term] = (),
        answerability: Answerability | None = None,
    ) -> None:
        self._analyzer = analyzer
        self._table = table
        self._count = table.count
        questions = bank_questions(facts, gaps)
        self._projection = self._vectors = None
        if vectors is not None and len(vectors):
            self._projection = discriminating(vectors, _groups(facts, gaps))
            self._vectors = self._projection.of(vectors)
        self._answerability: Vector | None = None
        if answerability is not None and answerability.bank == digest_of(questions):
            self._answerability = answerability.values
        self._questions = questions
        self._sources = facts
        self._facts = [number for number, fact in enumerate(facts) for _ in fact.questions]
        rows = [_rows_of(fact, table) for fact in facts for _ in fact.questions]
        self._rows = rows
        # By word, the passages that answer a question with it; filled as words are asked for.
        self._askers: dict[str, Indices] = {}
        self._answered = len(rows)
        owners = np.repeat(np.arange(len(rows)), [len(each) for each in rows])
        passages = np.concatenate([_NONE, *rows])
        by_passage = np.argsort(passages, kind="stable")
        # The questions of each passage side by side, so that its best one is found at once.
        self._owners = owners[by_passage]
        self._answering, self._firsts = np.unique(passages[by_passage], return_index=True)
        terms = [set(analyzer.terms(question)) for question in questions]
        frequency = Counter(term for each in terms for term in each)
        self._idf = {
            term: math.log((len(questions) + 1) / (count + 0.5))
            for term, count in frequency.items()
        }
        self._unknown = math.log(2 * (len(questions) + 1))
        postings: dict[str, list[int]] = {}
        for index, each in enumerate(terms):
            for term in each:
                postings.setdefault(term, []).append(index)
        self._named = _named(questions, people)
        self._postings = {term: np.array(having) for term, having in postings.items()}
        self._norms = np.array(
            [math.sqrt(sum(self._idf[term] ** 2 for term in each)) or 1.0 for each in terms]
        )

    @property
    def size(self) -> int:
        """How many questions it has."""
        return len(self._questions)

    @property
    def answered(self) -> int:
        """How many of them the article answers; these come first."""
        return self._answered

    def nearness(self, row: int, *, semantic: bool) -> npt.NDArray[np.float32]:
        """How near one of its questions is to each, as `answerability` sees it."""
        cosines = None
        if semantic and self._vectors is not None:
            cosines = (self._vectors @ self._vectors[row]).astype(np.float64)
        return kernel(self._likeness(self._questions[row]), cosines).astype(np.float32)

    def match(
        self,
        texts: Iterable[str],
        question: Question,
        vector: Vector | None = None,
        left_out: Indices | None = None,
    ) -> BankMatch:
        """Match a question, given in one or more wordings, as it is read, and its vector.

        `left_out` are questions of the bank to pass over, by their place in `bank_questions`:
        training asks the bank its own questions.
        """
        likeness = np.max([self._likeness(text) for text in texts], axis=0)
        cosines: Vector | None = None
        if vector is not None and self._projection is not None and self._vectors is not None:
            # In the vectors' own precision: to convert them all takes longer than to multiply.
            asked = self._projection.of(vector.astype(np.float32))
            cosines = (self._vectors @ asked).astype(np.float64)
        answerable = self._answerable(likeness, cosines)
        others = self._about_others(question)
        likeness[others] *= _OTHER_PERSON
        if cosines is not None:
            cosines[others] -= _OTHER_PERSON_COSINE
        if left_out is not None:
            likeness[left_out] = 0.0
            if cosines is not None:
                cosines[left_out] = 0.0
        votes, gap_votes = self._vote(likeness, _LEXICAL_VOTERS, _LEXICAL_SHARPNESS)
        semantic_votes: Vector | None = None
        gap_semantic_votes = 0.0
        if cosines is not None:
            semantic_votes, gap_semantic_votes = self._vote(
                cosines, _SEMANTIC_VOTERS, _SEMANTIC_SHARPNESS
            )
        known, known_focus, known_numbers = self._known(question, left_out)
        return BankMatch(
            lexical=self._by_passage(likeness),
            gap_lexical=float(likeness[self._answered :].max(initial=0.0)),
            votes=votes,
            gap_votes=gap_votes,
            semantic=None if cosines is None else self._by_passage(cosines),
            gap_semantic=0.0
            if cosines is None
            else float(cosines[self._answered :].max(initial=0.0)),
            semantic_votes=semantic_votes,
            gap_semantic_votes=gap_semantic_votes,
            known=known,
            known_focus=known_focus,
            known_numbers=known_numbers,
            answerable=answerable,
            listed=self._listed(likeness if cosines is None else cosines),
        )

    def like(self, text: str, most: int) -> tuple[str, ...]:
        """The Chinese questions most like `text`, each about another part of the article."""
        likeness = self._likeness(text)[: self._answered]
        found: dict[int, str] = {}
        for at in np.argsort(-likeness, kind="stable"):
            question = self._questions[at]
            if HAN.search(question):
                found.setdefault(self._facts[at], question)
            if len(found) == most:
                break
        return tuple(found.values())

    def _likeness(self, text: str) -> Vector:
        """Cosine of the idf-weighted terms with those of every question of the bank."""
        terms = set(self._analyzer.terms(text))
        scores = np.zeros(len(self._norms))
        norm = 0.0
        for term in terms:
            idf = self._idf.get(term)
            norm += (idf or self._unknown) ** 2
            if idf is not None:
                scores[self._postings[term]] += idf * idf
        likeness: Vector = scores / (self._norms * (math.sqrt(norm) or 1.0))
        return likeness

    def _about_others(self, question: Question) -> npt.NDArray[np.bool_]:
        """The questions of the bank that name people, and none of those whom `question` names.

        Where it names nobody, the gaps that name somebody, and not whom the article is about.
        """
        others = np.zeros(len(self._norms), dtype=bool)
        if not self._named:
            return others
        asked = fold(question.text)
        named = [having for name, having in self._named.items() if name in asked]
        somebody = np.any(list(self._named.values()), axis=0)
        if named:
            others |= somebody & ~np.any(named, axis=0)
            return others
        subject = max(self._named.values(), key=np.count_nonzero)
        others[self._answered :] = (somebody & ~subject)[self._answered :]
        return others

    def _answerable(self, likeness: Vector, cosines: Vector | None) -> float:
        """Whether the article answers: about 1 where it does, -1 where it does not."""
        if self._answerability is None:
            return nearest_decides(likeness if cosines is None else cosines, self._answered)
        return float(kernel(likeness, cosines) @ self._answerability)

    def _vote(self, values: Vector, voters: int, sharpness: float) -> tuple[Vector, float]:
        """The shares of the nearest questions' weight for each passage, and for none."""
        nearest = np.argpartition(-values, min(voters, len(values) - 1))[:voters]
        weights = np.exp(sharpness * (values[nearest] - values[nearest].max(initial=0.0)))
        weights /= weights.sum()
        votes = np.zeros(self._count)
        gap = 0.0
        for voter, weight in zip(nearest.tolist(), weights.tolist(), strict=True):
            if voter >= self._answered:
                gap += weight
            else:
                votes[self._rows[voter]] += weight
        return votes, gap

    def _listed(self, values: Vector) -> tuple[Span, ...]:
        """The spans of the list to which the nearest question belongs."""
        nearest = int(np.argmax(values)) if len(values) else 0
        if nearest >= self._answered:
            return ()
        fact = self._sources[self._facts[nearest]]
        return fact.spans if fact.is_list else ()

    def _known(self, question: Question, left_out: Indices | None) -> tuple[Vector, Vector, Vector]:
        """What of the question's words, of its focus and of its numbers each passage knows."""
        rarity = self._analyzer.rarity
        total = 1e-9
        known = np.zeros(self._count)
        focus = _focus_of(question)
        known_focus = np.ones(self._count)
        known_numbers = np.ones(self._count)
        for word in dict.fromkeys(word.term for word in question.words):
            met = np.maximum(self._table.having(word), self._asked_with(word, left_out))
            weight = rarity(word)
            total += weight
            known += weight * met
            if word == focus:
                known_focus = met
            if word[0].isdigit():
                known_numbers = np.minimum(known_numbers, met)
        return known / total, known_focus, known_numbers

    def _asked_with(self, word: str, left_out: Indices | None) -> Vector:
        """1 for each passage that answers a question of the bank with `word` in it."""
        asked = np.zeros(self._count)
        having = self._postings.get(word)
        if having is None:
            return asked
        rows = self._askers.get(word) if left_out is None else None
        if rows is None:
            having = having[having < self._answered]
            if left_out is not None:
                having = np.setdiff1d(having, left_out)
            rows = np.unique(np.concatenate([_NONE, *(self._rows[each] for each in having)]))
            if left_out is None:
                self._askers[word] = rows
        asked[rows] = 1.0
        return asked

    def _by_passage(self, values: Vector) -> Vector:
        best = np.zeros(self._count)
        if len(self._owners):
            nearest = np.maximum.reduceat(values[self._owners], self._firsts)
            best[self._answering] = np.maximum(nearest, 0.0)
        return best


def bank_questions(facts: Iterable[Fact], gaps: Iterable[Gap]) -> list[str]:
    """All questions in the order the bank keeps them: the answered ones first."""
    return [
        *(question for fact in facts for question in fact.questions),
        *(question for gap in gaps for question in gap.questions),
    ]


def _groups(facts: Iterable[Fact], gaps: Iterable[Gap]) -> list[int]:
    """For each question of `bank_questions`, the number of what it asks for."""
    asked_for = [*(fact.questions for fact in facts), *(gap.questions for gap in gaps)]
    return [number for number, questions in enumerate(asked_for) for _ in questions]


def _named(questions: Sequence[str], people: Sequence[Term]) -> dict[str, npt.NDArray[np.bool_]]:
    """By folded name, which of the questions name each person, by whatever name."""
    folded = [fold(question) for question in questions]
    named = {}
    for person in people:
        names = [fold(name) for name in (person.name, *person.aliases)]
        named[names[0]] = np.array([any(name in each for name in names) for each in folded])
    return named


def _focus_of(question: Question) -> str | None:
    """The word that says what is asked for: the next one after the asking word, else the last."""
    own = [word for word in question.words if question.bare[word.start : word.end] == word.term]
    after = [word for word in own if word.start >= question.asked.end]
    if after:
        return after[0].term
    return own[-1].term if own else None


def _rows_of(fact: Fact, table: PassageTable) -> Indices:
    return np.array(
        [
            row
            for row, passage in enumerate(table.passages)
            if any(
                passage.span.start < span.end and span.start < passage.span.end
                for span in fact.spans
            )
        ],
        dtype=np.int64,
    )
