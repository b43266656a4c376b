"""The article as frozen values: Article > Section > Paragraph, and spans for its sentences.

All offsets are Unicode code points in `Article.text`, half-open. Line numbers are those of the
source file, 1-based and inclusive.
"""

from __future__ import annotations

import bisect
import datetime
import enum
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range `[start, end)` of code points."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def shift(self, by: int) -> Span:
        """The same range, `by` code points further on."""
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True, slots=True, order=True)
class Lines:
    """The lines `first` to `last` of the source file, 1-based and inclusive."""

    first: int
    last: int


class Kind(enum.StrEnum):
    """What a printed block of the page is."""

    TITLE = "title"
    BYLINE = "byline"
    LEAD = "lead"
    BODY = "body"
    TESTIMONY = "testimony"
    SIGNATURE = "signature"
    CAPTION = "caption"
    CREDIT = "credit"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One printed block.

    `number` counts from 1 in reading order over the whole article, `number_in_section` from 1
    within its section. `sentences` cover all of its text but the white space between them.
    """

    number: int
    number_in_section: int
    kind: Kind
    span: Span
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A run of paragraphs under one heading.

    `heading` is None in a text that has none. `editorial` says that the heading was not printed
    in the source: it is shown as a place, and never quoted. `heading_span` is where a heading
    that the source does print stands in the text.
    """

    heading: str | None
    editorial: bool
    paragraphs: tuple[Paragraph, ...]
    heading_span: Span | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of the article beside its words.

    `source` is the path of the source file from the project's root; the others are None for a
    text that came without them.
    """

    source: str
    title: str | None = None
    subtitle: str | None = None
    author: str | None = None
    publication: str | None = None
    published: datetime.date | None = None


@dataclass(frozen=True, slots=True, order=True)
class Speech:
    """What somebody says: its place, quotation marks included, and the speaker's name."""

    span: Span
    speaker: str


@dataclass(frozen=True, slots=True)
class Locator:
    """Where a quote stands: section, paragraph and source lines; and whose speech it is."""

    section: str | None
    editorial: bool
    paragraph: int
    paragraph_in_section: int
    kind: Kind
    source: str
    lines: Lines
    speaker: str | None = None


@dataclass(frozen=True)
class Article:
    """The repaired text and its structure.

    `text` equals the source text, in reading order, in everything but white space. `line_starts`
    says where in `text` each piece of a source line begins: `(offset, line number)` by offset.
    """

    metadata: Metadata
    text: str
    sections: tuple[Section, ...]
    line_starts: tuple[tuple[int, int], ...]

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """All paragraphs in reading order; the one with `number` n is at n - 1."""
        return tuple(paragraph for section in self.sections for paragraph in section.paragraphs)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """All sentences in reading order."""
        return tuple(sentence for paragraph in self.paragraphs for sentence in paragraph.sentences)

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [paragraph.span.start for paragraph in self.paragraphs]

    @cached_property
    def _section_of(self) -> dict[int, Section]:
        return {
            paragraph.number: section
            for section in self.sections
            for paragraph in section.paragraphs
        }

    def paragraph_at(self, span: Span) -> Paragraph | None:
        """The paragraph that holds all of `span`, or None where none does."""
        index = bisect.bisect_right(self._paragraph_starts, span.start) - 1
        if index < 0:
            return None
        paragraph = self.paragraphs[index]
        return paragraph if span in paragraph.span else None

    @cached_property
    def _section_numbers(self) -> dict[int, int]:
        return {
            paragraph.number: number
            for number, section in enumerate(self.sections)
            for paragraph in section.paragraphs
        }

    def section_numbers(self, paragraphs: Iterable[int]) -> tuple[int, ...]:
        """The sections, counted from 0, that hold the paragraphs of these numbers; in order."""
        return tuple(sorted({self._section_numbers[number] for number in paragraphs}))

    def section_of(self, paragraph: Paragraph) -> Section:
        """The section that `paragraph` belongs to."""
        return self._section_of[paragraph.number]

    def locate(self, span: Span) -> Locator | None:
        """The place of `span`, or None where it is not inside one paragraph."""
        paragraph = self.paragraph_at(span)
        if paragraph is None:
            return None
        section = self.section_of(paragraph)
        return Locator(
            section=section.heading,
            editorial=section.editorial,
            paragraph=paragraph.number,
            paragraph_in_section=paragraph.number_in_section,
            kind=paragraph.kind,
            source=self.metadata.source,
            lines=self.lines_of(span),
            speaker=self.speaker_of(span),
        )

    @cached_property
    def speeches(self) -> tuple[Speech, ...]:
        """What people say in it, in order."""
        from bot.article.speakers import find_speeches  # noqa: PLC0415 - it reads articles

        return find_speeches(self)

    def speaker_of(self, span: Span) -> str | None:
        """Whose speech the greater part of `span` is; None where it is nobody's."""
        said: dict[str, int] = {}
        for speech in self.speeches:
            shared = min(span.end, speech.span.end) - max(span.start, speech.span.start)
            if shared > 0:
                said[speech.speaker] = said.get(speech.speaker, 0) + shared
        if not said:
            return None
        speaker = max(said, key=lambda name: said[name])
        return speaker if 2 * said[speaker] > len(span) else None

    def lines_of(self, span: Span) -> Lines:
        """The source lines that `span` was printed on."""
        first = bisect.bisect_right(self.line_starts, span.start, key=lambda start: start[0]) - 1
        last = bisect.bisect_left(self.line_starts, span.end, key=lambda start: start[0]) - 1
        return Lines(self.line_starts[first][1], self.line_starts[last][1])
