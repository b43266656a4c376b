"""The part of an answer that looks after the person who asked."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.article.quote import Quote
from bot.care.distress import Distress


@dataclass(frozen=True, slots=True)
class Care:
    """What is said to a reader beside, or in the place of, quotes.

    `distress` is the kind of cry for help that the message is; `calm` what of it is none and may
    be a question. `medical` says that a disease or its treatment is asked for or quoted, so that
    the medical line stands below. `addressed` says that the message speaks to somebody of the
    article, `workplace` where that one works, in the article's words. `unstated` are the outcomes
    (keys of the lexicon) that are asked for and that the article does not state, `disease` that
    of which they are asked, as it was written; `unsaid` is whose words are asked for where it has
    none of theirs.
    """

    distress: Distress | None = None
    calm: str = field(default="", repr=False)
    medical: bool = False
    addressed: bool = False
    workplace: Quote | None = None
    unstated: tuple[str, ...] = ()
    disease: str = ""
    unsaid: str = ""
