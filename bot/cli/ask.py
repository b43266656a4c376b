"""`ask`: questions on the command line or from standard input, answers as text or JSON lines."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from bot.article.quote import Quote
    from bot.retrieval import Answer, Quoter


def ask(
    context: typer.Context,
    question: Annotated[
        str | None,
        typer.Argument(help="Left out, standard input is read, one question a line."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object a question.")
    ] = False,
    article: Annotated[
        Path | None,
        typer.Option(help="Ask of this plain text (UTF-8) instead of the bot's article."),
    ] = None,
) -> None:
    """Answer questions with quotes.

    A line of standard input is a question, or a JSON object
    {"question": "...", "previous": ["..."]}.
    """
    quoter = _quoter(context, article)
    if question is not None:
        requests: Iterable[Request | Broken] = [Request(question)]
    else:
        if sys.stdin.isatty():
            print("One question a line; end with Ctrl-D.", file=sys.stderr)
        requests = read_requests(sys.stdin.buffer)
    for request in requests:
        if isinstance(request, Broken):
            line = _dump({"error": request.message}) if as_json else f"error: {request.message}"
        else:
            answer = quoter.ask(request.question, request.previous)
            line = _dump(to_json(request, answer)) if as_json else to_text(answer)
        print(line, flush=True)


@dataclass(frozen=True, slots=True)
class Request:
    """One question and the ones before it."""

    question: str
    previous: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Broken:
    """A line that is no question, and why."""

    message: str


def read_requests(lines: Iterable[bytes]) -> Iterator[Request | Broken]:
    """The questions in `lines`, each as soon as its line is there; blank ones are skipped."""
    for raw in lines:
        try:
            line = raw.decode("utf-8-sig").strip()
        except UnicodeDecodeError:
            yield Broken("the line is not UTF-8")
            continue
        if not line:
            continue
        yield _parse(line) if line.startswith("{") else Request(line)


def _parse(line: str) -> Request | Broken:
    try:
        content = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Broken(f"the line is not JSON: {error}")
    question, previous = content.get("question"), content.get("previous") or []
    if not isinstance(question, str):
        return Broken('"question" must be a string')
    if not isinstance(previous, list) or not all(isinstance(each, str) for each in previous):
        return Broken('"previous" must be a list of strings')
    return Request(question, tuple(previous))


def to_json(request: Request, answer: Answer) -> dict[str, Any]:
    """An answer as the JSON object that scripts rely on; its shape is kept stable."""
    return {
        "question": request.question,
        "answered": bool(answer),
        "confidence": round(answer.confidence, 4),
        "quotes": [_quote(quote) for quote in answer.quotes],
        "related": [_quote(quote) for quote in answer.related],
        "topics": [topic.name for topic in answer.topics],
        "note": answer.note,
        "reason": answer.reason.value if answer.reason else None,
        "answer_id": answer.id,
        "care": {
            "distress": answer.care.distress.value if answer.care.distress else None,
            "medical": answer.care.medical,
            "addressed": answer.care.addressed,
            "workplace": _quote(answer.care.workplace) if answer.care.workplace else None,
            "unstated": list(answer.care.unstated),
            "disease": answer.care.disease,
            "unsaid": answer.care.unsaid,
        },
    }


def _quote(quote: Quote) -> dict[str, Any]:
    place = quote.locator
    return {
        "text": quote.text,
        "highlights": [[mark.start, mark.end] for mark in quote.highlights],
        "speaker": place.speaker,
        "section": place.section,
        "paragraph": place.paragraph,
        "source": {"file": place.source, "lines": [place.lines.first, place.lines.last]},
        "score": round(quote.score, 4),
    }


_TOLD = frozenset({"distress", "unstated", "unsaid"})
"""Reasons that the care itself puts into words."""


def to_text(answer: Answer) -> str:
    """An answer for the eye: quotes with their places, or why there are none."""
    from bot.care.wording import distress_text, notice_lines
    from bot.chat.render import shown_quotes
    from bot.locales import catalog

    say = catalog()
    lines = []
    if answer.care.distress is not None:
        lines.append(distress_text(answer.care.distress, say))
        lines += [f"\n{say('care-question')}"] if answer else []
    else:
        lines += notice_lines(answer.care, say)
    if answer.reason and answer.reason not in _TOLD:
        lines.append(say(f"reason-{answer.reason.value.replace('_', '-')}"))
    for quote in shown_quotes(answer):
        place = quote.locator
        said = say("place-speaker", name=place.speaker) if place.speaker else ""
        where = said + (f"{place.section} · " if place.section else "")
        lines.append(f"「{quote.text}」")
        lines.append(
            f"  —— {where}{say('place-paragraph', number=str(place.paragraph_in_section))} · "
            f"{place.source}:{place.lines.first}-{place.lines.last}"
        )
    if answer.note:
        lines.append(f"（{answer.note}）")
    if answer.care.medical:
        lines.append(say("answer-medical"))
    return "\n".join(lines) + "\n"


def _dump(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False)


def _quoter(context: typer.Context, article: Path | None) -> Quoter:
    from bot.article.loader import decode
    from bot.bootstrap import build_quoter, text_quoter
    from bot.errors import ArticleError
    from bot.settings import load_settings

    settings = load_settings(context.obj)
    if article is None:
        quoter = build_quoter(settings)
        quoter.warm_up()
        if quoter.awaits_vectors:
            print(
                "Answered by words alone: `python -m bot index --vectors` makes sentence vectors,"
                " once, in some minutes.",
                file=sys.stderr,
            )
        return quoter
    try:
        content = article.read_bytes()
    except OSError as error:
        raise ArticleError(f"{article}: {error.strerror}") from error
    return text_quoter(decode(content, str(article)), str(article), settings)
