"""No implied cure: which sentences state an outcome for patients, of which disease, and what of
it a question asks for.

Success of a procedure is not a cure, and one disease's result is not another's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.article.glossary import Term
from bot.article.model import Article, Span
from bot.care.lexicon import Lexicon, load_lexicon, matcher


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks of an outcome: `aspects` are keys of the lexicon, `diseases` the
    names, and `written` the first of them as the reader wrote it.
    """

    aspects: frozenset[str]
    diseases: frozenset[str]
    written: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of the article, with the diseases that it names, in order, and the outcomes it
    states; `single` says that they are one patient's.
    """

    span: Span
    diseases: tuple[str, ...]
    aspects: frozenset[str]
    single: bool


class Outcomes:
    """The outcomes that one article states; its sentences are read once, when this is made."""

    def __init__(
        self,
        article: Article,
        terms: Sequence[Term],
        fold: Callable[[str], str],
        lexicon: Lexicon | None = None,
    ) -> None:
        self._lexicon = words = lexicon or load_lexicon()
        self._names = {
            fold(name): term.name
            for term in terms
            if term.name.endswith(words.disease_endings)
            for name in (term.name, *term.aliases)
        }
        own = dict.fromkeys(self._names.values())
        for name in words.diseases:
            # 狼疮 is short for the one disease of the article that has it in its name.
            longer = [each for each in own if name in each and len(name) > 1]
            if len(longer) == 1:
                self._names.setdefault(fold(name), longer[0])
        for name in (*words.diseases, *(m for each in words.families.values() for m in each)):
            self._names.setdefault(fold(name), name)
        for family in words.families:
            self._names.setdefault(fold(family), family)
        self._disease = matcher(self._names)
        self._fold = fold
        self._asks = {key: matcher(each.asks) for key, each in words.outcome.items()}
        self._states = {key: matcher(each.states) for key, each in words.outcome.items()}
        self._not_medical = matcher(words.not_medical)
        self._single = matcher(words.single.words)
        self.statements = tuple(self._read(article, span) for span in article.sentences)

    def asked(self, question: str, previous: Iterable[str] = ()) -> Asked | None:
        """What a clean question asks of an outcome; the disease of an earlier one, the last
        first, where it names none itself. None where it asks for no outcome.
        """
        text = self._fold(question)
        aspects = frozenset(key for key, words in self._asks.items() if words.search(text))
        if not aspects:
            return None
        for each in (question, *reversed(tuple(previous))):
            found = list(self._disease.finditer(self._fold(each)))
            if found:
                names = frozenset(self._names[match.group()] for match in found)
                return Asked(aspects, names, each[found[0].start() : found[0].end()])
        return Asked(aspects, frozenset())

    def states(self, statement: Statement, asked: Asked) -> bool:
        """Whether a sentence states what is asked for, of the disease that it is asked of."""
        return bool(statement.aspects & asked.aspects) and self.is_about(statement, asked)

    def is_about(self, statement: Statement, asked: Asked) -> bool:
        """Whether a sentence is about a disease that is asked for; any is where none is."""
        if not asked.diseases:
            return True
        if not statement.diseases:
            return False
        above = self._lexicon.ancestors
        return any(
            one == other or other in above.get(one, ()) or one in above.get(other, ())
            for one in asked.diseases
            for other in statement.diseases
        )

    def of(self, span: Span) -> list[Statement]:
        """The sentences that a span touches."""
        return [each for each in self.statements if _overlap(each.span, span)]

    def widened(self, span: Span) -> Span:
        """`span`, with the whole of a sentence that it touches and that states one patient's
        result: the words that say so are never cut off.
        """
        for each in self.of(span):
            if each.single and each.aspects and each.span not in span:
                span = Span(min(span.start, each.span.start), max(span.end, each.span.end))
        return span

    def others(self, asked: Asked) -> tuple[str, ...]:
        """Other diseases of which the article states an outcome that is asked for."""
        found: dict[str, None] = {}
        families = self._lexicon.families
        for each in self.statements:
            if each.aspects & asked.aspects and each.diseases and not self.is_about(each, asked):
                # The most particular ones, which a reader has a use for.
                own = [name for name in each.diseases if name not in families]
                found.setdefault((own or list(each.diseases))[0])
        return tuple(sorted(found, key=lambda name: name in families))

    def _read(self, article: Article, span: Span) -> Statement:
        text = self._not_medical.sub(" ", self._fold(article.text[span.start : span.end]))
        return Statement(
            span,
            tuple(
                dict.fromkeys(self._names[match.group()] for match in self._disease.finditer(text))
            ),
            frozenset(key for key, words in self._states.items() if words.search(text)),
            self._single.search(text) is not None,
        )


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
