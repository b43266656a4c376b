"""The core's one door: a question in, an `Answer` of verbatim quotes out."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from bot.article.model import Article
from bot.article.quote import Quote, make_quote
from bot.article.topics import Topic, Topics, topic_quotes
from bot.locales import catalog
from bot.retrieval.abstention import RELATED_THRESHOLD, THRESHOLD, Judge
from bot.retrieval.analysis import Analyzer, clean, fold, grams
from bot.retrieval.answer import Answer, Reason, TimeWord
from bot.retrieval.followups import context_words
from bot.retrieval.highlighter import highlight
from bot.retrieval.index import Index, index_text
from bot.retrieval.question import Question, read_question
from bot.retrieval.ranker import Ranker
from bot.retrieval.reader import Excerpt, Reader
from bot.retrieval.smalltalk import recognise
from bot.retrieval.timewords import find_time_words, note

LONGEST_QUESTION = 500
"""A longer message is a text, not a question."""

_CANDIDATES = 5
_MOST_QUOTES = 3
_MOST_RELATED = 2
_MOST_TOPICS = 3
# A further quote is shown when it scores nearly as well as the first.
_NEARLY = 0.8


class Quoter:
    """Answers questions about one article with its own words.

    One is enough for a process, and may be asked from any thread.
    """

    def __init__(self, index: Index, analyzer: Analyzer) -> None:
        self._index = index
        self._analyzer = analyzer
        self._lock = threading.Lock()

    @classmethod
    def from_text(cls, text: str, *, source: str = "text", cache_dir: Path | None = None) -> Quoter:
        """A quoter over any plain Chinese text; `source` names it in its locators.

        A blank line ends a paragraph; a single line break inside one is a wrap when the line is
        cut mid-sentence.

        Raises:
            ArticleError: there are no words in the text.
        """
        analyzer = Analyzer(cache_dir)
        return cls(index_text(text, analyzer, source), analyzer)

    @property
    def article(self) -> Article:
        """The article that is quoted."""
        return self._index.article

    @property
    def topics(self) -> Topics:
        """Its topics; none for a plain text."""
        return self._index.topics

    @property
    def index_id(self) -> str:
        """Changes when the article, its topics or their analysis do."""
        return self._index.id

    def warm_up(self) -> None:
        """Load what the first question needs: about a second, once, from any thread."""
        with self._lock:
            self._analyzer.warm_up()
            _ = self._reader, self._judge

    def ask(self, question: str, previous: Sequence[str] = ()) -> Answer:
        """Answer `question`; `previous` are the asker's earlier questions, oldest first.

        Never raises for what a reader writes.
        """
        text = clean(question)
        if reason := _without_search(text):
            return self._abstain(text, previous, reason, self.topics.popular)
        read = read_question(text, self._analyzer, context_words(text, previous, self._analyzer))
        excerpts = self._reader.read(read, _CANDIDATES)
        confidence = self._confidence(read, excerpts)
        candidates = tuple(self._quote(read, excerpt) for excerpt in excerpts)
        named = self._topics_named_in(text)
        if confidence >= THRESHOLD:
            quotes = _best(candidates, _MOST_QUOTES)
            return self._answer(text, previous, quotes, candidates, (), confidence, None, named)
        if confidence >= RELATED_THRESHOLD:
            related = _best(candidates, _MOST_RELATED)
            return self._answer(
                text, previous, (), candidates, related, confidence, Reason.UNSURE, named
            )
        return self._abstain(
            text,
            previous,
            Reason.NOT_IN_ARTICLE,
            named or self.topics.popular,
            candidates,
            confidence,
        )

    def quotes_of(self, topic: Topic) -> tuple[Quote, ...]:
        """All the text of the topic's paragraphs, as quotes."""
        return topic_quotes(self.article, topic)

    def topic_named(self, text: str) -> Topic | None:
        """The topic that has exactly this name, in either language, or this alias."""
        return self._names.get(fold(clean(text)))

    @cached_property
    def _names(self) -> dict[str, Topic]:
        names: dict[str, Topic] = {}
        for topic in self.topics.all:
            for name in (topic.name, topic.name_en):
                names[fold(name)] = topic
        for topic in self.topics.all:
            for alias in topic.aliases:
                names.setdefault(fold(alias), topic)
        return names

    @cached_property
    def _reader(self) -> Reader:
        text, passages = self.article.text, self._index.passages
        documents = [
            [*passage.words.split(" "), *grams(text[passage.span.start : passage.span.end])]
            for passage in passages
        ]
        return Reader(self.article, passages, Ranker(documents))

    @cached_property
    def _judge(self) -> Judge:
        text = self.article.text
        spans = [passage.span for passage in self._index.passages]
        return Judge(self._analyzer, [text[span.start : span.end] for span in spans])

    def _confidence(self, question: Question, excerpts: Sequence[Excerpt]) -> float:
        if not excerpts or excerpts[0].score <= 0:
            return 0.0
        span = excerpts[0].span
        return self._judge.confidence(question, self.article.text[span.start : span.end])

    def _quote(self, question: Question, excerpt: Excerpt) -> Quote:
        span = excerpt.span
        marks = highlight(question, self.article.text[span.start : span.end])
        return make_quote(
            self.article, span, (mark.shift(span.start) for mark in marks), excerpt.score
        )

    def _topics_named_in(self, question: str) -> tuple[Topic, ...]:
        folded = fold(question)
        found = {topic.id: topic for name, topic in self._names.items() if name in folded}
        return tuple(found.values())

    def _abstain(
        self,
        question: str,
        previous: Sequence[str],
        reason: Reason,
        topics: Sequence[Topic],
        candidates: tuple[Quote, ...] = (),
        confidence: float = 0.0,
    ) -> Answer:
        return self._answer(question, previous, (), candidates, (), confidence, reason, topics)

    def _answer(
        self,
        question: str,
        previous: Sequence[str],
        quotes: tuple[Quote, ...],
        candidates: tuple[Quote, ...],
        related: tuple[Quote, ...],
        confidence: float,
        reason: Reason | None,
        topics: Sequence[Topic],
    ) -> Answer:
        shown = quotes or related
        near = self.topics.of_paragraphs(quote.locator.paragraph for quote in shown)
        chosen = {topic.id: topic for topic in (*topics, *near)}
        time_words = self._time_words(shown)
        return Answer(
            id=self._id(question, previous),
            question=question,
            quotes=quotes,
            candidates=candidates,
            related=related,
            topics=tuple(chosen.values())[:_MOST_TOPICS],
            confidence=confidence,
            reason=reason,
            time_words=time_words,
            note=note(time_words, catalog()),
        )

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


def _without_search(text: str) -> Reason | None:
    if not any(character.isalnum() for character in text):
        return Reason.EMPTY
    if len(text) > LONGEST_QUESTION:
        return Reason.TOO_LONG
    return recognise(text)


def _best(candidates: Sequence[Quote], most: int) -> tuple[Quote, ...]:
    least = candidates[0].score * _NEARLY
    return tuple(quote for quote in candidates[:most] if quote.score >= least)
