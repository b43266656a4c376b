"""The outcome of a check as a message: the verdict in a sentence, what differs, and the quotes.

What differs is marked (removed struck through, added underlined) and said in words as well, for
those who do not see the marks.
"""

from __future__ import annotations

from collections.abc import Sequence

from telegram import MessageEntity

from bot.article.model import Metadata
from bot.article.quote import Quote
from bot.chat.links import Links
from bot.chat.render import add_quotes
from bot.chat.richtext import MAX_UNITS, Rendered, RichText, clip
from bot.locales import Catalog
from bot.retrieval.verification import Action, Change, Piece, Verdict, Verification

_REMOVED = MessageEntity.STRIKETHROUGH
_ADDED = MessageEntity.UNDERLINE

_RESERVE = 120
"""Units kept for the line that says that something was left out."""

_MOST_CHANGES = 12
_MOST_COMPARED = 600
_MAX_WORDS = 40
_MAX_ABSENT = 60


def render_verification(
    checked: Verification, metadata: Metadata, catalog: Catalog, links: Links | None = None
) -> Rendered:
    """The verdict, with each quote and its place, in one message."""
    page = _Page(metadata, catalog, links)
    page.rich.add(_headline(checked, catalog), MessageEntity.BOLD)
    if len(checked.pieces) == 1:
        page.add_piece(checked.text, checked.pieces[0])
    else:
        for number, piece in enumerate(checked.pieces, start=1):
            page.add_numbered(checked.text, number, piece)
    page.add_elsewhere(checked)
    if checked.nearest is not None:
        page.say("verify-nearest")
        page.add_quotes((checked.nearest,))
    if checked.left_out:
        page.say("verify-left-out")
    return page.build()


def _headline(checked: Verification, catalog: Catalog) -> str:
    verdict = checked.verdict
    if verdict is Verdict.NORMALISED:
        return catalog("verdict-normalised", ways=_ways(checked.differences, catalog))
    if verdict is Verdict.STITCHED:
        return catalog("verdict-stitched", number=str(len(checked.pieces)))
    return catalog(f"verdict-{verdict}")


def _ways(differences: Sequence[str], catalog: Catalog) -> str:
    named = [catalog(f"difference-{each.replace('_', '-')}") for each in differences]
    return catalog("word-separator").join(named)


def _there(change: Change) -> str:
    """The article's words that a change is about."""
    return "".join(quote.text for quote in change.quotes)


class _Page:
    """A message under construction that notes when something did not fit."""

    def __init__(self, metadata: Metadata, catalog: Catalog, links: Links | None) -> None:
        self.rich = RichText(MAX_UNITS - _RESERVE)
        self._metadata = metadata
        self._catalog = catalog
        self._links = links
        self._cut = False

    def say(self, key: str, **values: str) -> None:
        """A paragraph of the bot's own words."""
        self._add("\n\n" + self._catalog(key, **values))

    def add_numbered(self, text: str, number: int, piece: Piece) -> None:
        """One of several pieces: what it is, then as by itself."""
        key = f"piece-{piece.verdict}"
        values = {"number": str(number)}
        if piece.verdict is Verdict.NORMALISED:
            values["ways"] = _ways(piece.differences, self._catalog)
        if piece.verdict is Verdict.ABSENT:
            said = " ".join(text[piece.asked.start : piece.asked.end].split())
            values["words"] = clip(said, _MAX_ABSENT)
        self.say(key, **values)
        self.add_piece(text, piece)

    def add_piece(self, text: str, piece: Piece) -> None:
        """What differs in a piece, and the article's words for it."""
        if piece.verdict is Verdict.ALTERED:
            self._add_comparison(text, piece)
            self._add_changes(text, piece.changes)
        if piece.quotes:
            if piece.verdict is Verdict.ALTERED:
                self.say("verify-original")
            self.add_quotes(piece.quotes)
        for heading in piece.headings:
            self.say("verify-heading", heading=clip(heading, _MAX_WORDS))

    def add_elsewhere(self, checked: Verification) -> None:
        """Where else a found text stands."""
        if checked.occurrences > 1:
            self.say("verify-elsewhere", number=str(checked.occurrences))
            self.add_quotes(checked.elsewhere)

    def add_quotes(self, quotes: Sequence[Quote]) -> None:
        """Quotes with their places, as many as fit."""
        shown = add_quotes(self.rich, quotes, self._metadata, self._catalog, self._links)
        self._cut |= shown < len(quotes)

    def _add(self, text: str, *styles: str) -> None:
        if self.rich.fits(text):
            self.rich.add(text, *styles)
        else:
            self._cut = True

    def _add_comparison(self, text: str, piece: Piece) -> None:
        """The asked words with the article's words among them."""
        parts: list[tuple[str, str | None]] = [(self._catalog("verify-compared") + "\n", None)]
        at = piece.asked.start
        for change in piece.changes:
            parts.append((text[at : change.asked.start], None))
            if there := _there(change):
                parts.append((self._catalog("mark-removed", words=there), _REMOVED))
            if asked := text[change.asked.start : change.asked.end]:
                parts.append((self._catalog("mark-added", words=asked), _ADDED))
            at = change.asked.end
        parts.append((text[at : piece.asked.end], None))
        if len(piece.asked) > _MOST_COMPARED or not self.rich.fits("\n\n", *(p for p, _ in parts)):
            return
        self.rich.add("\n\n")
        for part, style in parts:
            self.rich.add(part, *([style] if style else []))

    def _add_changes(self, text: str, changes: Sequence[Change]) -> None:
        for change in changes[:_MOST_CHANGES]:
            self._add("\n" + self._in_words(text, change))
        if len(changes) > _MOST_CHANGES:
            number = str(len(changes) - _MOST_CHANGES)
            self._add("\n" + self._catalog("change-more", number=number))

    def _in_words(self, text: str, change: Change) -> str:
        asked = clip(text[change.asked.start : change.asked.end], _MAX_WORDS)
        there = clip(_there(change), _MAX_WORDS)
        if change.action is Action.ADDED:
            return self._catalog("change-added", asked=asked)
        if change.action is Action.CHANGED:
            return self._catalog("change-changed", asked=asked, there=there)
        if there:
            return self._catalog("change-removed", there=there)
        return self._catalog("change-apart")

    def build(self) -> Rendered:
        """The finished message."""
        if self._cut:
            self.rich.limit = MAX_UNITS
            self.rich.add("\n\n" + self._catalog("verify-cut"))
        return self.rich.build()
