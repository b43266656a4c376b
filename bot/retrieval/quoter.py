"""The core's one door: a question in, an `Answer` of verbatim quotes out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from bot.article.bank import Fact
from bot.article.model import Article
from bot.article.quote import Quote, make_quote
from bot.article.topics import Topic, Topics, topic_quotes
from bot.care import distress
from bot.care.care import Care
from bot.care.distress import Detector, calm_part
from bot.care.linear import Encode
from bot.locales import catalog
from bot.reader.model import ReaderModel
from bot.retrieval.analysis import Analyzer, Token, clean, fold
from bot.retrieval.answer import Answer, Explanation, Reason, TimeWord
from bot.retrieval.digest import asks_for_digest, digest_spans
from bot.retrieval.encoder import Encoder, load_encoder
from bot.retrieval.finder import Finder, Finding
from bot.retrieval.guardian import Guardian
from bot.retrieval.highlighter import Highlighter, load_span_weights
from bot.retrieval.index import Index, index_text
from bot.retrieval.question import asks_for_list
from bot.retrieval.remembered import Remembered
from bot.retrieval.smalltalk import recognise
from bot.retrieval.timewords import find_time_words, note
from bot.retrieval.vectors import Track
from bot.retrieval.weights import load_weights

LONGEST_QUESTION = 500
"""A longer message is a text, not a question."""

_CANDIDATES = 5
_MOST_QUOTES = 3
_MOST_TOPICS = 3
_MOST_CHOICES = 3
# Readers ask the same things, and press the same buttons; an answer takes a few kilobytes.
_REMEMBERED = 2048
# Earlier questions that a question is read with.
_HISTORY = 2
_NEVER = -1.0
# A further quote is shown when it is nearly as likely as the first.
_NEARLY = 0.5
# One of several that are asked for is, with this part of the first one's likelihood.
_BELONGS = 0.15


_Asked = tuple[str, tuple[str, ...], bool, bool]
"""A clean question, what it leans on, whether it is read literally, whether there are vectors."""


class Quoter:
    """Answers questions about one article with its own words.

    One is enough for a process, and may be asked from any thread.
    """

    def __init__(
        self,
        index: Index,
        analyzer: Analyzer,
        encoder: Encoder | None = None,
        vectors_file: Path | None = None,
        model: ReaderModel | None = None,
    ) -> None:
        self._index = index
        self._highlighter = Highlighter(analyzer, load_span_weights())
        self._finder = Finder(index, analyzer, load_weights(), encoder, vectors_file, model)
        self._answers: Remembered[_Asked, Answer] = Remembered(_REMEMBERED)
        self._leaning: Remembered[str, float] = Remembered(_REMEMBERED)
        encode = _encoding(encoder)
        self._guardian = Guardian(index, analyzer, self._finder.is_word, encode)
        self._detector = Detector(distress.load_weights(), encode)

    @classmethod
    def from_text(
        cls,
        text: str,
        *,
        source: str = "text",
        cache_dir: Path | None = None,
        model: ReaderModel | None = None,
    ) -> Quoter:
        """A quoter over any plain Chinese text, read by the reader where there is its `model`.

        A blank line ends a paragraph; a single line break inside one is a wrap when the line is
        cut mid-sentence. `source` names the text in its locators.

        Raises:
            ArticleError: there are no words in the text.
        """
        analyzer = Analyzer(cache_dir)
        return cls(index_text(text, analyzer, source), analyzer, load_encoder(), model=model)

    @property
    def article(self) -> Article:
        """The article that is quoted."""
        return self._index.article

    @property
    def topics(self) -> Topics:
        """Its topics; none for a plain text."""
        return self._index.topics

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What its authored questions ask for; none for a plain text."""
        return self._index.sources.facts

    @property
    def index_id(self) -> str:
        """Changes when the article, its topics or their analysis do."""
        return self._index.id

    def warm_up(self) -> None:
        """Load what the first question needs: about a second, once, from any thread."""
        self._finder.warm_up()
        self._guardian.warm_up()

    @property
    def awaits_vectors(self) -> bool:
        """Whether answers go by words until `prepare_vectors` has run."""
        return self._finder.awaits_vectors

    def prepare_vectors(self, track: Track = iter, *, on_all_cores: bool = False) -> None:
        """Encode the index, where there is an encoder and that was not done before.

        Takes four minutes on one core, once; until then answers are lexical. From any thread.
        """
        self._finder.prepare_vectors(track, on_all_cores=on_all_cores)

    def ask(self, question: str, previous: Sequence[str] = (), *, literal: bool = False) -> Answer:
        """Answer `question`; `previous` are the asker's earlier questions, oldest first.

        `literal` reads it as it is written, without corrections. Never raises for what a reader
        writes. A cry for help is answered with care, and with quotes only for what else it asks.
        """
        comfort = self.comfort(question)
        if comfort is not None:
            return self._comforted(comfort, previous)
        text = clean(question)
        leaned_on, is_doubtful = self._leaned_on(text, previous)
        if is_doubtful:
            alone = self._remembered(text, (), literal=literal)
            if alone:
                return alone
        return self._remembered(text, leaned_on, literal=literal)

    def comfort(self, message: str) -> Answer | None:
        """The answer to a cry for help, before anything is looked for; None for any other message.

        Well under a millisecond, and nothing of the message is kept, not even in memory.
        """
        kind = self._detector.recognise(message)
        if kind is None or self._guardian.is_quoted(message):
            return None
        care = Care(distress=kind, calm=calm_part(message, self._detector))
        answer = self._answer("", (), Reason.DISTRESS, ())
        return replace(answer, id=self._id(kind.value, ()), care=care)

    def _comforted(self, comfort: Answer, previous: Sequence[str]) -> Answer:
        """`comfort`, with what the article answers to the calm part of the message."""
        found = self.ask(comfort.care.calm, previous) if comfort.care.calm else None
        if not found:
            return comfort
        care = replace(found.care, distress=comfort.care.distress, calm=comfort.care.calm)
        return replace(found, id=comfort.id, question="", candidates=(), topics=(), care=care)

    def recall(
        self, question: str, previous: Sequence[str] = (), *, literal: bool = False
    ) -> Answer | None:
        """What `ask` would give, where that was asked not long ago; takes no time to speak of."""
        text = clean(question)
        leaned_on, is_doubtful = self._leaned_on(text, previous)
        if is_doubtful:
            alone = self._answers.get(self._key(text, (), literal=literal))
            if alone is None or alone:
                return alone
        return self._answers.get(self._key(text, leaned_on, literal=literal))

    def _remembered(self, text: str, previous: tuple[str, ...], *, literal: bool) -> Answer:
        key = self._key(text, previous, literal=literal)
        answer = self._answers.get(key)
        if answer is None:
            answer = self._new_answer(text, previous, literal=literal)
            self._answers.put(key, answer)
        return answer

    def _key(self, text: str, previous: tuple[str, ...], *, literal: bool) -> _Asked:
        return text, previous, literal, self._finder.is_semantic

    def explain(self, question: str, previous: Sequence[str] = ()) -> Explanation:
        """Why `ask` answers as it does."""
        answer = self.ask(question, previous)
        text = fold(self.article.text)
        words = list(dict.fromkeys(word.term for word in self._finder.words(answer.question)))
        return Explanation(
            matched=tuple(word for word in words if word in text),
            missing=tuple(word for word in words if word not in text),
            scores=tuple(quote.score for quote in answer.candidates),
            confidence=answer.confidence,
            index_id=self.index_id,
        )

    def _leaned_on(self, text: str, previous: Sequence[str]) -> tuple[tuple[str, ...], bool]:
        """The earlier questions that this one may be read with, the last one and that before it;
        and whether it is so only where it finds nothing by itself.
        """
        if not previous or _without_search(text):
            return (), False
        if self._finder.reads_together:
            # Whether it leans on them is read, not judged by its wording.
            return tuple(previous[-_HISTORY:]), False
        doubt = self._leaning.get(text)
        if doubt is None:
            leaning = self._finder.leaning(text)
            doubt = _NEVER if leaning is None else leaning
            self._leaning.put(text, doubt)
        if doubt == _NEVER:
            return (), False
        return tuple(previous[-_HISTORY:]), doubt > 0

    def _new_answer(self, text: str, previous: Sequence[str], *, literal: bool) -> Answer:
        if reason := _without_search(text):
            return self._answer(text, previous, reason, self.topics.popular)
        if asks_for_digest(text):
            return self._digest(text, previous)
        if not previous and (choices := self._finder.choices(text, _MOST_CHOICES)):
            answer = self._answer(text, previous, Reason.UNRESOLVED, ())
            return self._guardian.guarded(replace(answer, choices=choices), text, ())
        finding = self._finder.find(text, previous, _CANDIDATES, literal=literal)
        candidates = tuple(
            make_quote(self.article, excerpt.span, score=excerpt.probability)
            for excerpt in finding.excerpts
        )
        named = self._topics_named_in(finding.question.text)
        answered, related = self._finder.thresholds
        if finding.confidence >= answered:
            outcome = None
        elif finding.confidence >= related:
            outcome = Reason.UNSURE
        else:
            outcome = Reason.NOT_IN_ARTICLE
            named = named or self.topics.popular
        answer = self._answer(text, previous, outcome, named, finding, candidates)
        guarded = self._guardian.guarded(answer, finding.question.text, previous)
        if guarded.quotes == answer.quotes and guarded.related == answer.related:
            return guarded
        time_words = self._time_words(guarded.quotes or guarded.related)
        return replace(guarded, time_words=time_words, note=note(time_words, catalog()))

    def quotes_of(self, topic: Topic) -> tuple[Quote, ...]:
        """All the text of the topic's paragraphs, as quotes."""
        return topic_quotes(self.article, topic)

    def topic_named(self, text: str) -> Topic | None:
        """The topic that has exactly this name, in any language, or this alias."""
        return self._names.get(fold(clean(text)))

    @cached_property
    def _names(self) -> dict[str, Topic]:
        names: dict[str, Topic] = {}
        for topic in self.topics.all:
            for name in (topic.name, topic.name_hant or topic.name, topic.name_en):
                names[fold(name)] = topic
        for topic in self.topics.all:
            for alias in topic.aliases:
                names.setdefault(fold(alias), topic)
        return names

    def _listed(self, finding: Finding | None) -> tuple[Quote, ...]:
        """All of the list that is asked for, in the article's order."""
        spans = finding.listed if finding else ()
        return tuple(make_quote(self.article, span) for span in spans)

    def _marked(self, quote: Quote, finding: Finding) -> Quote:
        start = quote.span.start
        if self._finder.reads_together:
            words = finding.words
            if words is None or not (start <= words.start and words.end <= quote.span.end):
                return quote
            return make_quote(self.article, quote.span, (words,), quote.score)
        marks = self._highlighter.highlight(finding.question, quote.text)
        return make_quote(
            self.article, quote.span, (mark.shift(start) for mark in marks), quote.score
        )

    def _topics_named_in(self, question: str) -> tuple[Topic, ...]:
        folded = fold(question)
        found = {topic.id: topic for name, topic in self._names.items() if name in folded}
        return tuple(found.values())

    def _digest(self, text: str, previous: Sequence[str]) -> Answer:
        quotes = tuple(make_quote(self.article, span) for span in digest_spans(self._index))
        if not quotes:
            return self._answer(text, previous, Reason.NOT_IN_ARTICLE, self.topics.popular)
        answer = self._answer(text, previous, None, self.topics.popular, None, quotes)
        return replace(
            answer,
            quotes=quotes,
            selection=True,
            confidence=1.0,
            time_words=self._time_words(quotes),
            note=note(self._time_words(quotes), catalog()),
        )

    def _answer(
        self,
        question: str,
        previous: Sequence[str],
        reason: Reason | None,
        topics: Sequence[Topic],
        finding: Finding | None = None,
        candidates: tuple[Quote, ...] = (),
    ) -> Answer:
        shown: tuple[Quote, ...] = ()
        if reason is None:
            shown = self._listed(finding) or (
                _all_of_list(candidates) if asks_for_list(question) else _nearly(candidates)
            )
        elif reason is Reason.UNSURE:
            shown = candidates[:1]
        if finding is not None:
            shown = tuple(self._marked(quote, finding) for quote in shown)
        near = self.topics.of_paragraphs(quote.locator.paragraph for quote in shown)
        chosen = {topic.id: topic for topic in (*topics, *near)}
        time_words = self._time_words(shown)
        return Answer(
            id=self._id(question, previous),
            question=question,
            quotes=shown if reason is None else (),
            candidates=candidates,
            related=shown if reason is Reason.UNSURE else (),
            topics=tuple(chosen.values())[:_MOST_TOPICS],
            confidence=finding.confidence if finding else 0.0,
            reason=reason,
            time_words=time_words,
            note=note(time_words, catalog()),
            corrections=finding.corrections if finding else (),
            missing=self._missing(finding) if reason is Reason.NOT_IN_ARTICLE else (),
        )

    def _missing(self, finding: Finding | None) -> tuple[str, ...]:
        """The question's words that the article never uses, at most three, as they are asked."""
        if finding is None:
            return ()
        text = fold(self.article.text)
        missing: list[Token] = []
        single: Token | None = None
        for word in finding.question.words:
            if word.term not in text:
                for before in (missing[-1] if missing else None, single):
                    # The dictionary makes two words of 微信号.
                    joined = before.term + word.term if before else ""
                    if before and before.end == word.start and self._finder.is_word(joined):
                        word = Token(joined, before.start, word.end)  # noqa: PLW2901
                        missing = [each for each in missing if each is not before]
                        break
                missing.append(word)
            single = word if len(word.term) == 1 else None
        words = dict.fromkeys(
            word.term
            for word in missing
            if len(word.term) > 1 and (word.term.isascii() or self._finder.is_word(word.term))
        )
        return tuple(words)[:3]

    def _time_words(self, quotes: Sequence[Quote]) -> tuple[TimeWord, ...]:
        published = self.article.metadata.published
        if published is None:
            return ()
        return find_time_words((quote.text for quote in quotes), published)

    def _id(self, question: str, previous: Sequence[str]) -> str:
        asked = json.dumps(
            [self.index_id, fold(question), *(fold(clean(earlier)) for earlier in previous)],
            ensure_ascii=False,
        )
        return hashlib.sha256(asked.encode()).hexdigest()[:12]


def _encoding(encoder: Encoder | None) -> Encode | None:
    """One text's vector, as the detector of distress asks for it."""
    if encoder is None:
        return None

    def encode(text: str) -> list[float]:
        vector: list[float] = encoder.encode_questions([text])[0].tolist()
        return vector

    return encode


def _without_search(text: str) -> Reason | None:
    if not any(character.isalnum() for character in text):
        return Reason.EMPTY
    if len(text) > LONGEST_QUESTION:
        return Reason.TOO_LONG
    return recognise(text)


def _nearly(candidates: Sequence[Quote]) -> tuple[Quote, ...]:
    """The first of ranked candidates, and those that are nearly as likely."""
    least = candidates[0].score * _NEARLY
    return tuple(quote for quote in candidates[:_MOST_QUOTES] if quote.score >= least)


def _all_of_list(candidates: Sequence[Quote]) -> tuple[Quote, ...]:
    """All ranked candidates that may belong to a list, in the article's order."""
    least = candidates[0].score * _BELONGS
    return tuple(
        sorted(
            (quote for quote in candidates if quote.score >= least),
            key=lambda quote: quote.span.start,
        )
    )
