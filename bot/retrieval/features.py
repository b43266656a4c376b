"""Features: what a passage and a question have to do with each other, in numbers.

All of a question's features come as one matrix, a row a passage. Shares are between 0 and 1;
idf is the article's own, rarity the language's, and they stand side by side because neither is
enough alone: the article's subject is rare in Chinese and common in the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from bot.retrieval.analysis import HAN, Analyzer, fold
from bot.retrieval.question import Question, Sought
from bot.retrieval.table import PassageTable, Vector

Matrix = npt.NDArray[np.float64]

_MEASURE = re.compile("(?:多少|几)([个名人位项篇款例种家次年月天届所门本部台件条倍岁元%层座米公])")
_AFTER_NUMBER = "(?:[0-9]|[一二三四五六七八九十百千万亿两])[多余几]?[万亿]?[多余]?"

# What the question's wording says about the sentence that answers; each meets one of table.CUES.
_WORDINGS = (
    re.compile("为什么|为何|为啥|原因|何以|怎么会"),
    re.compile("怎么|如何|怎样|什么方[法式]|靠什么|通过什么"),
    re.compile("什么是|是什么|指什么|是指|什么意思|定义|含义"),
    re.compile("什么名|叫什么|名称|名字|叫做|哪[部本首篇]|书|作品|电影|歌|奖|称号|口号"),
    re.compile("哪些|哪几|有什么|包括|分别|什么"),
    re.compile("最|第一|首[次个位款]|唯一"),
    re.compile("哪里|哪儿|何处|何地|什么地方|位于|哪一?[个座]?[省市县区国州城镇]"),
    re.compile("全称|简称|别名|又[名称]|英文|缩写|原名"),
    re.compile("用途|作用|用来|用于|功能|干什么|做什么"),
    re.compile("职务|职位|担任|什么职|官|身份"),
)

LEXICAL = (
    "words idf", "words rarity", "words both", "pairs idf", "pairs", "characters idf",
    "triples", "quadruples",
    "bm25 of best", "bm25 of ideal", "bm25 rank", "bm25 lead",
    "previous words", "next words", "previous pairs", "next pairs", "paragraph words",
    "gain with previous", "gain with next",
    "focus before", "focus after", "focus neighbours",
    "novelty", "position", "first", "paragraph first", "length", "very short",
    "time", "number", "person", "place", "cause", "measure", "no time", "no number",
    "question digits", "question latin",
    *(f"cue {number}" for number in range(len(_WORDINGS))),
)  # fmt: skip
"""The names of the features that need no encoder, in the order of the columns."""

SEMANTIC = (
    "cosine", "cosine over mean", "cosine z", "cosine rank", "previous cosine z", "next cosine z",
)  # fmt: skip
"""The names of those that do."""


def lexical_features(question: Question, table: PassageTable, analyzer: Analyzer) -> Matrix:
    """The lexical features, a row a passage, the columns as in `LEXICAL`."""
    words = list(dict.fromkeys(word.term for word in question.words))
    idf = [table.idf(word) for word in words]
    rarity = [analyzer.rarity(word) for word in words]
    both = [one * other for one, other in zip(idf, rarity, strict=True)]
    met = np.array([_presence(word, table) for word in words]).reshape(len(words), table.count)
    by_idf, by_rarity, by_both = (_weighted(met, weights) for weights in (idf, rarity, both))

    runs = _runs(question.bare)
    pairs = _postings_matrix(_ngrams(runs, 2), table)
    pair_terms = _ngrams(runs, 2)
    by_pairs_idf = _weighted(pairs, [table.idf(pair) for pair in pair_terms])
    by_pairs = _weighted(pairs, [1.0] * len(pair_terms))
    characters = _ngrams(runs, 1)
    by_characters = _weighted(
        _postings_matrix(characters, table), [table.idf(each) for each in characters]
    )
    scores = table.ranker.scores(question.terms)
    sought = {kind: float(kind in question.sought) for kind in Sought}
    entities = {kind: table.entities[kind] for kind in Sought}
    has = {kind: np.minimum(1.0, 3 * values) for kind, values in entities.items()}

    columns: list[Vector] = [
        by_idf,
        by_rarity,
        by_both,
        by_pairs_idf,
        by_pairs,
        by_characters,
        _following(_ngrams(runs, 3), table),
        _following(_ngrams(runs, 4), table),
        *_bm25(scores, table.ranker.ideal(question.terms)),
        table.previous(by_both),
        table.next(by_both),
        table.previous(by_pairs_idf),
        table.next(by_pairs_idf),
        table.over_paragraph(by_both),
        *_gains(met, both, table, by_both),
        *_focus(question, table, analyzer),
        1 - met.sum(axis=0) / np.maximum(1.0, table.distinct_words),
        table.positions,
        (np.arange(table.count) == 0).astype(float),
        (~table.same_as_previous).astype(float),
        np.log(table.lengths) / 5,
        (table.lengths < 12).astype(float),
        *(sought[kind] * entities[kind] for kind in Sought),
        _measure(question, table),
        sought[Sought.TIME] * (1 - has[Sought.TIME]),
        sought[Sought.NUMBER] * (1 - has[Sought.NUMBER]),
        _containing(re.findall(r"[0-9]+", question.bare), table),
        _containing(re.findall(r"[a-z]{2,}", question.bare), table),
        *(
            float(bool(wording.search(question.text))) * cue
            for wording, cue in zip(_WORDINGS, table.cues, strict=True)
        ),
    ]
    return np.column_stack(columns)


def semantic_features(cosines: Vector, table: PassageTable) -> Matrix:
    """The features of the question's cosine with every passage, the columns as in `SEMANTIC`."""
    centred = cosines - cosines.mean()
    z = centred / (cosines.std() + 0.01)
    return np.column_stack(
        [cosines, 10 * centred, z / 3, _rank(cosines), table.previous(z) / 3, table.next(z) / 3]
    )


def _presence(word: str, table: PassageTable) -> Vector:
    """1 where the word occurs; a part where only pieces of a longer one do."""
    whole = table.having(word)
    if len(word) < 2 or not HAN.match(word):
        return whole
    pieces = _postings_matrix([a + b for a, b in pairwise(word)], table).mean(axis=0)
    if len(word) == 2:
        pieces = 0.5 * _postings_matrix(list(word), table).mean(axis=0)
    best: Vector = np.maximum(whole, 0.7 * pieces)
    return best


def _weighted(met: Matrix, weights: Sequence[float]) -> Vector:
    total = float(sum(weights))
    if not total:
        return np.zeros(met.shape[1])
    weighted: Matrix = met * np.array(weights)[:, np.newaxis]
    shares: Vector = np.sum(weighted, axis=0) / total
    return shares


def _postings_matrix(terms: Sequence[str], table: PassageTable) -> Matrix:
    matrix = np.zeros((len(terms), table.count))
    for row, term in enumerate(terms):
        matrix[row, table.rows_with(term)] = 1.0
    return matrix


def _following(sequences: Sequence[str], table: PassageTable) -> Vector:
    shares = np.zeros(table.count)
    for sequence in sequences:
        shares[table.rows_with_sequence(sequence)] += 1 / len(sequences)
    return shares


def _containing(parts: Sequence[str], table: PassageTable) -> Vector:
    if not parts:
        return np.zeros(table.count)
    shares: Vector = np.mean([table.having(part) for part in parts], axis=0)
    return shares


def _runs(bare: str) -> list[str]:
    return re.findall("[\u3400-\u9fff\uf900-\ufaff]+", bare)


def _ngrams(runs: Iterable[str], size: int) -> list[str]:
    found = (run[at : at + size] for run in runs for at in range(len(run) - size + 1))
    return list(dict.fromkeys(found))


def _bm25(scores: Vector, ideal: float) -> list[Vector]:
    best = float(scores.max(initial=0.0))
    if best <= 0:
        return [np.zeros(len(scores))] * 4
    ordered = np.sort(scores)[::-1]
    second = float(ordered[1]) if len(ordered) > 1 else 0.0
    # By how far it leads the next best, or trails the best.
    others = np.where(scores >= best, second, best)
    return [scores / best, scores / ideal, _rank(scores), (scores - others) / best]


def _rank(values: Vector) -> Vector:
    """1, 1/2, 1/3 ... by descending value."""
    ranks = np.empty(len(values))
    ranks[np.argsort(-values, kind="stable")] = np.arange(1, len(values) + 1)
    return 1 / ranks


def _gains(
    met: Matrix, weights: Sequence[float], table: PassageTable, alone: Vector
) -> list[Vector]:
    """What of the question a neighbour would add."""
    if not len(met):
        return [np.zeros(table.count)] * 2
    before = np.column_stack([np.zeros(len(met)), met[:, :-1]]) * table.same_as_previous
    after = np.column_stack([met[:, 1:], np.zeros(len(met))]) * table.same_as_next
    return [_weighted(np.maximum(met, other), weights) - alone for other in (before, after)]


def _focus(question: Question, table: PassageTable, analyzer: Analyzer) -> list[Vector]:
    """The words on either side of the asking word: 获得 什么 奖, 哪个 省."""
    before = [word.term for word in question.words if word.end <= question.asked.start][-1:]
    after = [word.term for word in question.words if word.start >= question.asked.end][:1]
    near = [
        word.term
        for word in question.words
        if word.end > question.asked.start - 6 and word.start < question.asked.end + 6
    ]
    columns = []
    for terms in (before, after, near):
        met = np.array([_presence(term, table) for term in terms]).reshape(-1, table.count)
        columns.append(_weighted(met, [analyzer.rarity(term) for term in terms]))
    return columns


def _measure(question: Question, table: PassageTable) -> Vector:
    """Where 几篇 is asked, the passages with a number before 篇."""
    match = _MEASURE.search(fold(question.text))
    if match is None:
        return np.zeros(table.count)
    pattern = re.compile(_AFTER_NUMBER + re.escape(match.group(1)))
    return np.array([float(bool(pattern.search(text))) for text in table.folded])
