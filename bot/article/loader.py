"""Files to `Article`: the page by article.toml, or any plain text."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from bot.article.datafile import Entry, read_toml
from bot.article.layout import (
    Line,
    Repaired,
    repair,
    split_page_paragraphs,
    split_plain_paragraphs,
)
from bot.article.model import Article, Kind, Metadata, Paragraph, Section, Span
from bot.article.sentences import split_sentences
from bot.errors import ArticleError

LineNumber = Annotated[int, Field(ge=1)]


class _Block(Entry):
    kind: Kind
    lines: tuple[LineNumber, LineNumber]
    before: str | None = None
    """The block ends where this text begins on its last line."""


class _Section(Entry):
    heading: str
    origin: Literal["printed", "online", "editorial"]
    heading_line: LineNumber | None = None
    blocks: tuple[_Block, ...]


class _Dropped(Entry):
    line: LineNumber
    text: str
    occurrence: int = 1
    reason: str


class Layout(Entry):
    """article.toml: how the page is read."""

    source: str
    sha256: str
    title: str
    subtitle: str | None = None
    author: str
    publication: str
    published: datetime.date
    paragraph_starts: frozenset[LineNumber] = frozenset()
    dropped: tuple[_Dropped, ...] = ()
    section: tuple[_Section, ...]


def load_layout(path: Path) -> Layout:
    """Read and check article.toml.

    Raises:
        ArticleError: the file is missing or wrong; names the field.
    """
    return read_toml(path, Layout)


def load_article(root: Path, layout: Layout) -> Article:
    """The article that `layout` reads out of its source file under `root`.

    Raises:
        ArticleError: the source is missing, is not the one the layout was written for, or some
            line of it is used twice or not at all.
    """
    path = root / layout.source
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ArticleError(f"{layout.source}: {error.strerror}") from error
    digest = hashlib.sha256(content).hexdigest()
    if digest != layout.sha256:
        raise ArticleError(f"{layout.source} has sha256 {digest}, article.toml expects another")
    page = _Page(layout.source, _numbered(decode(content, layout.source)))
    builder = _Builder()
    for section in layout.section:
        _add_section(builder, page, section, layout.paragraph_starts)
    for dropped in layout.dropped:
        page.claim(dropped.line, *page.find(dropped.line, dropped.text, dropped.occurrence))
    page.check_all_used()
    return builder.article(
        Metadata(
            source=layout.source,
            title=layout.title,
            subtitle=layout.subtitle,
            author=layout.author,
            publication=layout.publication,
            published=layout.published,
        )
    )


def article_from_text(text: str, source: str = "text") -> Article:
    """The article that a plain text is.

    A blank line ends a paragraph; a single line break inside one is a wrap when the line is cut
    mid-sentence.

    Raises:
        ArticleError: there are no words in the text.
    """
    builder = _Builder()
    builder.begin_section(None, editorial=False)
    for lines in split_plain_paragraphs(_numbered(text)):
        builder.add_paragraph(Kind.BODY, repair(lines, justified=False))
    if not any(character.isalnum() for character in builder.text):
        raise ArticleError(f"{source}: there is no text in it")
    return builder.article(Metadata(source=source))


def decode(content: bytes, name: str) -> str:
    """UTF-8 bytes, with or without a byte order mark, as text.

    Raises:
        ArticleError: the bytes are something else.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ArticleError(f"{name}: not a UTF-8 text (byte {error.start})") from error


def _numbered(text: str) -> list[Line]:
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return [Line(number, line) for number, line in enumerate(unified.split("\n"), start=1)]


def _add_section(builder: _Builder, page: _Page, section: _Section, starts: frozenset[int]) -> None:
    heading_span = None
    if section.heading_line is not None:
        found = page.find(section.heading_line, section.heading, 1)
        page.claim(section.heading_line, *found)
        heading_span = builder.add_heading(Line(section.heading_line, section.heading))
    builder.begin_section(
        section.heading, editorial=section.origin == "editorial", heading_span=heading_span
    )
    for block in section.blocks:
        for lines in split_page_paragraphs(page.take(block), starts):
            builder.add_paragraph(block.kind, repair(lines))


@dataclass
class _Page:
    """The source's lines, and which of their characters were used."""

    name: str
    lines: Sequence[Line]
    used: dict[int, list[bool]] = field(default_factory=dict)

    def line(self, number: int) -> Line:
        if number > len(self.lines):
            raise ArticleError(f"{self.name} has {len(self.lines)} lines, not {number}")
        return self.lines[number - 1]

    def find(self, number: int, text: str, occurrence: int) -> tuple[int, int]:
        start = -1
        for _ in range(occurrence):
            start = self.line(number).text.find(text, start + 1)
            if start < 0:
                raise ArticleError(f"{self.name}: line {number} has no “{text}” ({occurrence})")
        return start, start + len(text)

    def claim(self, number: int, start: int, end: int) -> None:
        used = self.used.setdefault(number, [False] * len(self.line(number).text))
        if any(used[start:end]):
            raise ArticleError(f"{self.name}: line {number} is used twice")
        used[start:end] = [True] * (end - start)

    def take(self, block: _Block) -> list[Line]:
        first, last = block.lines
        taken = []
        for number in range(first, last + 1):
            text = self.line(number).text
            if number == last and block.before is not None:
                text = text[: self.find(number, block.before, 1)[0]]
            self.claim(number, 0, len(text))
            taken.append(Line(number, text))
        return taken

    def check_all_used(self) -> None:
        for line in self.lines:
            used = self.used.get(line.number, [False] * len(line.text))
            if any(
                not character.isspace() and not done
                for character, done in zip(line.text, used, strict=True)
            ):
                raise ArticleError(f"{self.name}: line {line.number} is not used")


@dataclass
class _Builder:
    """Puts an article together, block after block."""

    text: str = ""
    line_starts: list[tuple[int, int]] = field(default_factory=list)
    sections: list[Callable[[], Section]] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    count: int = 0

    def begin_section(
        self, heading: str | None, *, editorial: bool, heading_span: Span | None = None
    ) -> None:
        paragraphs: list[Paragraph] = []
        self.paragraphs = paragraphs
        self.sections.append(lambda: Section(heading, editorial, tuple(paragraphs), heading_span))

    def add_heading(self, line: Line) -> Span:
        return self._append(repair([line]))

    def add_paragraph(self, kind: Kind, repaired: Repaired) -> None:
        span = self._append(repaired)
        self.count += 1
        self.paragraphs.append(
            Paragraph(
                number=self.count,
                number_in_section=len(self.paragraphs) + 1,
                kind=kind,
                span=span,
                sentences=tuple(
                    sentence.shift(span.start) for sentence in split_sentences(repaired.text)
                ),
            )
        )

    def article(self, metadata: Metadata) -> Article:
        return Article(
            metadata=metadata,
            text=self.text,
            sections=tuple(section() for section in self.sections),
            line_starts=tuple(self.line_starts),
        )

    def _append(self, repaired: Repaired) -> Span:
        if self.text:
            self.text += "\n"
        start = len(self.text)
        self.text += repaired.text
        self.line_starts.extend(_line_starts(repaired.lines, start))
        return Span(start, len(self.text))


def _line_starts(lines: Iterable[int], offset: int) -> list[tuple[int, int]]:
    starts: list[tuple[int, int]] = []
    for index, line in enumerate(lines):
        if not starts or starts[-1][1] != line:
            starts.append((offset + index, line))
    return starts
