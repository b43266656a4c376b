"""The guardian: an answer found, held against what must not go wrong for a person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from bot.article.model import Span
from bot.article.quote import MAX_QUOTE_LENGTH, Quote, make_quote
from bot.care.addressed import ADDRESSED_FILE, Addressee
from bot.care.attribution import asks_for_words, is_said_by
from bot.care.cure import Asked, Outcomes, Statement
from bot.care.linear import Encode, LinearModel, Teller
from bot.care.medical import MEDICAL_FILE, Medicine
from bot.care.persons import Persons
from bot.locales import catalog
from bot.retrieval.analysis import Analyzer, clean, fold, pack
from bot.retrieval.answer import Answer, Reason
from bot.retrieval.index import Index
from bot.retrieval.pinyin import typed_syllables

_MOST_SAID = 3
# A message of so many letters that stands in the article is no accident.
_LEAST_QUOTED = 6
_MOST_OTHERS = 3
_ABSTAINED = (None, Reason.UNSURE, Reason.NOT_IN_ARTICLE)


class Guardian:
    """Sees to it that no cure is implied, no words are put into mouths, nobody whom the article
    does not name is spoken of, and that the medical line stands where it must.
    """

    def __init__(
        self,
        index: Index,
        analyzer: Analyzer,
        is_word: Callable[[str], bool],
        encode: Encode | None = None,
    ) -> None:
        article, terms = index.article, index.sources.glossary
        self._article = article
        self._packed = pack(article.text)
        medical, addressed = (
            Teller(LinearModel.load(path), encode) for path in (MEDICAL_FILE, ADDRESSED_FILE)
        )
        self._medicine = Medicine(terms, teller=medical)
        self._outcomes = Outcomes(article, terms, fold)
        self._statements = [
            each for each in self._outcomes.statements if len(each.span) <= MAX_QUOTE_LENGTH
        ]
        self._addressee = Addressee(article, terms, fold, teller=addressed)

        def words(text: str) -> Iterable[tuple[str, int]]:
            return ((token.term, token.start) for token in analyzer.tokens(text))

        def spells(letters: str) -> bool:
            return typed_syllables(letters) is not None

        names = analyzer.person_names
        self._persons = Persons(article, terms, fold, words, names, is_word, spells)

    def is_quoted(self, message: str) -> bool:
        """Whether a message is the article's own words, looked up, and nobody's cry."""
        packed = pack(message)
        return len(packed) >= _LEAST_QUOTED and packed in self._packed

    def warm_up(self) -> None:
        """Load the names of people."""
        self._persons.warm_up()

    def guarded(self, answer: Answer, read: str, previous: Sequence[str]) -> Answer:
        """`answer` as it may be given; `read` is the question as it was read, `previous` are the
        earlier ones that it was read with.
        """
        if answer.reason is Reason.UNRESOLVED and self._addressee.is_spoken_to(answer.question):
            return self._with_notes(replace(answer, choices=()), read)
        if answer.reason not in _ABSTAINED:
            return answer
        if self.is_quoted(answer.question):
            return self._with_notes(self._whole(answer), read)
        stranger = self._persons.stranger(answer.question)
        if stranger is not None:
            answer = replace(
                answer, quotes=(), related=(), reason=Reason.NOT_IN_ARTICLE, missing=(stranger,)
            )
        else:
            answer = self._without_implied_cure(answer, read, previous)
            answer = self._whole(self._with_true_speakers(answer, read))
        return self._with_notes(answer, read)

    def _without_implied_cure(self, answer: Answer, read: str, previous: Sequence[str]) -> Answer:
        earlier = [clean(each) for each in previous]
        # As it was written, for the disease is named so; as it was read, where that says more.
        written = self._outcomes.asked(answer.question, earlier)
        asked = written if written and written.diseases else self._outcomes.asked(read, earlier)
        asked = asked or written
        texts = (read, answer.question, *earlier)
        if asked is None or not any(self._medicine.names_medicine(fold(each)) for each in texts):
            return answer
        stating = [quote for quote in answer.quotes if self._states(quote.span, asked)]
        if not stating and answer:
            stating = [quote for quote in answer.candidates if self._states(quote.span, asked)][:1]
        if not stating and asked.diseases:
            stating = self._quoted(
                each for each in self._statements if self._outcomes.states(each, asked)
            )[:1]
        if stating:
            return replace(answer, quotes=tuple(stating), related=(), reason=None, missing=())
        others = self._outcomes.others(asked)
        say = catalog()
        return replace(
            answer,
            quotes=(),
            related=self._related(answer, asked),
            reason=Reason.UNSTATED,
            missing=(),
            choices=tuple(
                say("care-other-outcome", disease=disease) for disease in others[:_MOST_OTHERS]
            ),
            care=replace(answer.care, unstated=tuple(sorted(asked.aspects)), disease=asked.written),
        )

    def _is_medical(self, question: str) -> bool:
        return self._medicine.is_asked_for(fold(question))

    def _states(self, span: Span, asked: Asked) -> bool:
        return any(self._outcomes.states(each, asked) for each in self._outcomes.of(span))

    def _related(self, answer: Answer, asked: Asked) -> tuple[Quote, ...]:
        """What the article does say of the disease, where one is asked for."""
        found = (*answer.quotes, *answer.related, *answer.candidates)
        if asked.diseases:
            found = tuple(
                quote
                for quote in found
                if any(
                    asked.diseases.intersection(each.diseases)
                    for each in self._outcomes.of(quote.span)
                )
            )
            about = [each for each in self._statements if self._outcomes.is_about(each, asked)]
            nearest = [
                each
                for each in about
                if each.aspects and asked.diseases.intersection(each.diseases)
            ]
            return tuple(self._quoted(nearest)[:1]) or found[:1] or tuple(self._quoted(about)[:1])
        # No disease: only what was found anyway, and never one patient's result for all.
        return tuple(
            quote
            for quote in (*answer.quotes, *answer.related)
            if not any(each.single for each in self._outcomes.of(quote.span))
        )[:1]

    def _quoted(self, statements: Iterable[Statement]) -> list[Quote]:
        return [make_quote(self._article, each.span) for each in statements]

    def _with_true_speakers(self, answer: Answer, read: str) -> Answer:
        names = self._persons.names_in(read)
        speaker = asks_for_words(fold(read), list(names))
        if speaker is None or answer.reason is Reason.UNSTATED:
            return answer
        if self._persons.is_somebody_else(answer.question):
            return answer
        name = names[speaker]
        said = [quote for quote in answer.quotes if is_said_by(quote.locator, name)]
        if not said and answer:
            near = [quote for quote in answer.candidates if is_said_by(quote.locator, name)]
            said = near[:1]
        if said:
            return replace(answer, quotes=tuple(said))
        speeches = [
            each
            for each in self._article.speeches
            if name == each.speaker or name.endswith(each.speaker)
        ]
        if speeches and self._persons.asks_for_all(read, speaker):
            quotes = tuple(
                make_quote(self._article, self._shortened(each.span))
                for each in speeches[:_MOST_SAID]
            )
            return replace(
                answer, quotes=quotes, related=(), reason=None, selection=len(speeches) > _MOST_SAID
            )
        if not answer and speeches:
            return answer
        return replace(
            answer,
            quotes=(),
            related=answer.quotes[:1],
            reason=Reason.UNSAID,
            missing=(),
            care=replace(answer.care, unsaid=name),
        )

    def _shortened(self, span: Span) -> Span:
        """`span`, or as many of its first sentences as may be quoted."""
        end = span.start
        for sentence in self._article.sentences:
            if span.start < sentence.end and sentence.start < span.end:
                last = min(sentence.end, span.end)
                if last - span.start <= MAX_QUOTE_LENGTH:
                    end = last
        return (
            Span(span.start, end)
            if end > span.start
            else Span(span.start, min(span.end, span.start + MAX_QUOTE_LENGTH))
        )

    def _whole(self, answer: Answer) -> Answer:
        """One patient's result with the words that say so."""
        return replace(
            answer,
            quotes=tuple(self._widened(quote) for quote in answer.quotes),
            related=tuple(self._widened(quote) for quote in answer.related),
        )

    def _widened(self, quote: Quote) -> Quote:
        span = self._outcomes.widened(quote.span)
        if span == quote.span or len(span) > MAX_QUOTE_LENGTH:
            return quote
        marks = (mark.shift(quote.span.start) for mark in quote.highlights)
        return make_quote(self._article, span, marks, quote.score)

    def _with_notes(self, answer: Answer, read: str) -> Answer:
        shown = [fold(quote.text) for quote in (*answer.quotes, *answer.related)]
        medical = (
            answer.reason is Reason.UNSTATED
            or self._is_medical(read)
            or self._is_medical(answer.question)
            or self._medicine.is_quoted(shown)
        )
        addressed = self._addressee.is_spoken_to(answer.question)
        workplace = None
        reason = answer.reason
        if addressed and not answer:
            reason = answer.reason if answer.reason is Reason.UNSTATED else Reason.ADDRESSED
            if self._addressee.place is not None:
                workplace = make_quote(self._article, self._addressee.place)
        return replace(
            answer,
            reason=reason,
            care=replace(answer.care, medical=medical, addressed=addressed, workplace=workplace),
        )
