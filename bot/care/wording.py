"""What the bot says to somebody in distress: short, and in the reader's language."""

from __future__ import annotations

from bot.care.care import Care
from bot.care.distress import Distress
from bot.care.helplines import Helplines, Place, load_helplines
from bot.locales import Catalog


def distress_text(kind: Distress, say: Catalog, helplines: Helplines | None = None) -> str:
    """A human sentence, whom to call, and what this bot is.

    Danger to oneself: the crisis lines, then the emergency numbers. A medical emergency: the
    ambulance alone. Grief: where one can talk, and no emergency number.
    """
    lines = helplines or load_helplines()
    places = lines.ordered(say.language)
    said = [say(f"care-{kind.value.replace('_', '-')}")]
    if kind is Distress.EMERGENCY:
        said += [_line(place, say, "care-ambulance", number=place.ambulance) for place in places]
        said.append(say("care-elsewhere-ambulance"))
    else:
        said += [
            _line(
                place, say, "care-crisis", number=place.crisis, name=place.crisis_name[say.language]
            )
            for place in places
        ]
        if kind is Distress.SELF_HARM:
            said.append(say("care-danger", numbers=_emergency_numbers(places, say)))
        key = "care-elsewhere" if kind is Distress.SELF_HARM else "care-elsewhere-talk"
        said.append(say(key, directory=lines.directory))
    return "\n".join([*said, "", say("care-bot")])


def notice_lines(care: Care, say: Catalog) -> list[str]:
    """What is said above the quotes: who the bot is not, and what the article does not state."""
    lines = [say("care-addressed")] if care.addressed else []
    whose = say("care-whose", disease=care.disease) if care.disease else ""
    lines += [say(f"care-unstated-{aspect}", whose=whose) for aspect in care.unstated]
    if care.unsaid:
        lines.append(say("care-unsaid", name=care.unsaid))
    return lines


def _line(place: Place, say: Catalog, key: str, **values: str) -> str:
    return say(key, place=place.name[say.language], **values)


def _emergency_numbers(places: tuple[Place, ...], say: Catalog) -> str:
    return say("care-separator").join(
        say(
            "care-numbers",
            place=place.name[say.language],
            numbers="/".join(dict.fromkeys((place.ambulance, place.police))),
        )
        for place in places
    )
