"""Answers and topic pages as messages: quotes in blockquotes, each with its place beneath."""

from __future__ import annotations

from collections.abc import Sequence

from bot.article.model import Kind, Locator, Metadata
from bot.article.quote import Quote
from bot.article.topics import Topic
from bot.chat.richtext import Rendered, RichText, clip
from bot.locales import Catalog
from bot.retrieval.answer import Answer, Reason
from bot.retrieval.timewords import note

EXPANDABLE_AFTER = 300
"""Characters of quoted text in one message that are always in full view."""

_MAX_NAME = 80
_NUMBERED = (Kind.LEAD, Kind.BODY, Kind.TESTIMONY)


def render_answer(answer: Answer, metadata: Metadata, catalog: Catalog) -> Rendered:
    """An answer's quotes with their places and what their time words mean, or, where it has
    none, the sentence that says why.
    """
    rich = RichText()
    if not answer:
        rich.add(reason_sentence(answer.reason or Reason.NOT_IN_ARTICLE, catalog))
    _add_quotes(rich, answer.quotes or answer.related, metadata, catalog)
    meanings = note(answer.time_words, catalog)
    if meanings and rich.fits("\n\n", meanings):
        rich.add(f"\n\n{meanings}")
    return rich.build()


def render_page(
    topic: Topic, quotes: Sequence[Quote], page: int, metadata: Metadata, catalog: Catalog
) -> Rendered:
    """Page `page` (from 0) of a topic: its name, how far the reader is, and one quote."""
    rich = RichText()
    rich.add(
        catalog(
            "topic-page",
            name=clip(topic_name(topic, catalog), _MAX_NAME),
            page=str(page + 1),
            pages=str(len(quotes)),
        )
    )
    _add_quotes(rich, quotes[page : page + 1], metadata, catalog)
    return rich.build()


def reason_sentence(reason: Reason, catalog: Catalog) -> str:
    """Why there is no quote, for the reader."""
    return catalog(f"reason-{reason.value.replace('_', '-')}")


def topic_name(topic: Topic, catalog: Catalog) -> str:
    """The topic's name in the reader's language."""
    return topic.name_en if catalog.language == "en" and topic.name_en else topic.name


def article_name(metadata: Metadata, catalog: Catalog) -> str:
    """The article's title in title marks, or words that do without."""
    if metadata.title:
        return catalog("article-named", title=clip(metadata.title, _MAX_NAME))
    return catalog("article-unnamed")


def place_line(locator: Locator, metadata: Metadata, catalog: Catalog) -> str:
    """The line beneath a quote: title, section, paragraph and source lines; what is not known
    is left out.
    """
    where = []
    if locator.section:
        where.append(clip(locator.section, _MAX_NAME))
    where.append(_part(locator, catalog))
    first, last = str(locator.lines.first), str(locator.lines.last)
    lines = (
        catalog("place-line", line=first)
        if first == last
        else catalog("place-lines", first=first, last=last)
    )
    title = ""
    if metadata.title:
        title = catalog("place-title", title=clip(metadata.title, _MAX_NAME))
    return catalog("place-dash") + title + catalog("place-separator").join(where) + lines


def _part(locator: Locator, catalog: Catalog) -> str:
    if locator.kind not in _NUMBERED:
        return catalog(f"kind-{locator.kind.value}")
    number = locator.paragraph_in_section if locator.section else locator.paragraph
    return catalog("place-paragraph", number=str(number))


def _add_quotes(
    rich: RichText, quotes: Sequence[Quote], metadata: Metadata, catalog: Catalog
) -> None:
    shown = 0
    for quote in quotes:
        gap = "\n\n" if rich else ""
        place = "\n" + place_line(quote.locator, metadata, catalog)
        if not rich.fits(gap, quote.text, place):
            return
        shown += len(quote.text)
        rich.add(gap)
        rich.add_blockquote(quote.text, quote.highlights, expandable=shown > EXPANDABLE_AFTER)
        rich.add(place)
