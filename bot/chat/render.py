"""Answers and topic pages as messages: quotes in blockquotes, each with its place beneath."""

from __future__ import annotations

from collections.abc import Sequence

from bot.article.model import Kind, Locator, Metadata
from bot.article.quote import Quote
from bot.article.topics import Topic
from bot.care.wording import distress_text, notice_lines
from bot.chat.links import Links
from bot.chat.richtext import MAX_UNITS, Rendered, RichText, clip, utf16_length
from bot.locales import Catalog
from bot.retrieval.answer import Answer, Correction, Reason
from bot.retrieval.timewords import note

EXPANDABLE_AFTER = 260
"""A quote that ends behind so many UTF-16 units of its message is folded: with its place, that is
what a phone's screen shows.
"""

_MAX_NAME = 80
_MAX_WORD = 20
_MAX_WORDS = 4
_MOST_CHOICES = 3
_NUMBERED = (Kind.LEAD, Kind.BODY, Kind.TESTIMONY)


def render_answer(
    answer: Answer,
    metadata: Metadata,
    catalog: Catalog,
    links: Links | None = None,
    rich: RichText | None = None,
) -> Rendered:
    """An answer's quotes with their places and what their time words mean, or, where it has
    none, the sentence that says why; above them how the question was read, below them what they
    are not. With `links`, each place leads into the article; `rich` is an empty message with
    limits of its own.
    """
    rich = RichText() if rich is None else rich
    rich.add("\n".join(_preface(answer, catalog)))
    add_quotes(rich, shown_quotes(answer), metadata, catalog, links)
    for remark in _remarks(answer, catalog):
        if rich.fits("\n\n", remark):
            rich.add(f"\n\n{remark}")
    return rich.build()


def _preface(answer: Answer, catalog: Catalog) -> list[str]:
    lines = []
    if answer.care.distress is not None:
        lines.append(distress_text(answer.care.distress, catalog))
        if answer:
            lines.append("\n" + catalog("care-question"))
        return lines
    if answer.corrections:
        lines.append(catalog("corrected", words=read_as(answer.corrections, catalog)))
    lines += notice_lines(answer.care, catalog)
    if not answer:
        lines += _why_no_quote(answer, catalog)
        # Their buttons hold but a few words of each.
        lines += [f"{number}. {choice}" for number, choice in enumerate(shown_choices(answer), 1)]
        lines += _what_there_is(answer, catalog)
    elif answer.selection:
        lines.append(catalog("selection"))
    return lines


def _remarks(answer: Answer, catalog: Catalog) -> list[str]:
    meanings = note(answer.time_words, catalog)
    return [
        *([meanings] if meanings else []),
        *([catalog("answer-medical")] if answer.care.medical else []),
    ]


def _what_there_is(answer: Answer, catalog: Catalog) -> list[str]:
    """What stands above the quotes of an answer that has none of its own."""
    if answer.care.workplace is not None:
        return [catalog("care-workplace")]
    if not answer.related:
        return []
    if answer.reason is Reason.UNSTATED:
        return [catalog("care-related")]
    return [catalog("care-about-person")] if answer.reason is Reason.UNSAID else []


def shown_quotes(answer: Answer) -> tuple[Quote, ...]:
    """The quotes that an answer shows: its own, else what comes near, else where the person works
    to whom it was addressed.
    """
    if answer.care.workplace is not None and not answer:
        return (answer.care.workplace,)
    return answer.quotes or answer.related


def _why_no_quote(answer: Answer, catalog: Catalog) -> list[str]:
    reason = answer.reason or Reason.NOT_IN_ARTICLE
    if answer.care.unstated:
        return [catalog("care-others")] if answer.choices else []
    if answer.care.unsaid:
        return []
    return [_refusal(reason, answer, catalog)]


def _refusal(reason: Reason, answer: Answer, catalog: Catalog) -> str:
    if reason is Reason.NOT_IN_ARTICLE and answer.missing:
        return catalog("reason-missing-words", words=quoted_words(answer.missing, catalog))
    if reason is Reason.UNRESOLVED and not answer.choices:
        return catalog("reason-unresolved-open")
    return reason_sentence(reason, catalog)


def shown_choices(answer: Answer) -> tuple[str, ...]:
    """The questions that are asked back, each on one line."""
    return tuple(" ".join(choice.split()) or "?" for choice in answer.choices[:_MOST_CHOICES])


def quoted_words(words: Sequence[str], catalog: Catalog, most: int = _MAX_WORDS) -> str:
    """A reader's words in quotation marks, the first few of them."""
    shown = [catalog("quoted-word", word=clip(word, _MAX_WORD)) for word in words[:most]]
    return catalog("quoted-separator").join(shown)


def read_as(corrections: Sequence[Correction], catalog: Catalog) -> str:
    """What words of a question were read as, in quotation marks."""
    return quoted_words(list(dict.fromkeys(each.read_as for each in corrections)), catalog)


def render_page(
    topic: Topic,
    quotes: Sequence[Quote],
    page: int,
    metadata: Metadata,
    catalog: Catalog,
    links: Links | None = None,
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
    add_quotes(rich, quotes[page : page + 1], metadata, catalog, links)
    return rich.build()


def reason_sentence(reason: Reason, catalog: Catalog) -> str:
    """Why there is no quote, for the reader."""
    return catalog(f"reason-{reason.value.replace('_', '-')}")


def topic_name(topic: Topic, catalog: Catalog) -> str:
    """The topic's name in the reader's language."""
    names = {"en": topic.name_en, "zh-hant": topic.name_hant}
    return names.get(catalog.language) or topic.name


def article_name(metadata: Metadata, catalog: Catalog) -> str:
    """The article's title in title marks, or words that do without."""
    if metadata.title:
        return catalog("article-named", title=clip(metadata.title, _MAX_NAME))
    return catalog("article-unnamed")


def place_line(locator: Locator, metadata: Metadata, catalog: Catalog) -> str:
    """The line beneath a quote: who says it, title, section, paragraph and source lines; what is
    not known is left out.
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
    speaker = ""
    if locator.speaker:
        speaker = catalog("place-speaker", name=clip(locator.speaker, _MAX_NAME))
    return catalog("place-dash") + speaker + title + catalog("place-separator").join(where) + lines


def _part(locator: Locator, catalog: Catalog) -> str:
    if locator.kind not in _NUMBERED:
        return catalog(f"kind-{locator.kind.value}")
    number = locator.paragraph_in_section if locator.section else locator.paragraph
    return catalog("place-paragraph", number=str(number))


def render_quote(
    quote: Quote,
    metadata: Metadata,
    catalog: Catalog,
    links: Links | None = None,
    limit: int = MAX_UNITS,
) -> Rendered:
    """One quote with its place."""
    rich = RichText(limit)
    add_quotes(rich, (quote,), metadata, catalog, links)
    return rich.build()


def add_quotes(
    rich: RichText,
    quotes: Sequence[Quote],
    metadata: Metadata,
    catalog: Catalog,
    links: Links | None = None,
) -> int:
    """Append as many of `quotes`, each whole and with its place, as fit; tells how many."""
    way = catalog("place-separator") + catalog("open-in-article") if links else ""
    for number, quote in enumerate(quotes):
        gap = "\n\n" if rich else ""
        place = "\n" + place_line(quote.locator, metadata, catalog)
        if not rich.fits(gap, quote.text, place, way):
            return number
        rich.add(gap)
        folded = rich.end + utf16_length(quote.text) > EXPANDABLE_AFTER
        rich.add_blockquote(quote.text, quote.highlights, expandable=folded)
        rich.add(place)
        if links:
            rich.add(catalog("place-separator"))
            rich.add_link(catalog("open-in-article"), links.to_quote(quote))
    return len(quotes)
