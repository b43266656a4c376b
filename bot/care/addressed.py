"""Messages that speak to somebody else: to the person the article is about, to a doctor or a
hospital. A salutation is a rule; all else is told by a linear model over words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from bot.article.glossary import Term
from bot.article.model import Article, Span
from bot.care.lexicon import Addressed, Lexicon, load_lexicon, matcher
from bot.care.linear import Teller
from bot.project import PROJECT_ROOT

ADDRESSED_FILE = PROJECT_ROOT / "data" / "addressed.json"

_OPENING = 24
"""A salutation stands within so many characters of the beginning."""

_SIDES = r"[\s，,、:：!！。.~～]*"


class Addressee:
    """Tells whether a message speaks to somebody of the article, and which words of the article
    name the hospital and the department. Without a `teller`, by rules alone.
    """

    def __init__(
        self,
        article: Article,
        terms: Sequence[Term],
        fold: Callable[[str], str],
        lexicon: Lexicon | None = None,
        teller: Teller | None = None,
    ) -> None:
        self._teller = teller
        words = (lexicon or load_lexicon()).addressed
        self._fold = fold
        people = [term for term in terms if term.person]
        names = {fold(name) for term in people for name in (term.name, *term.aliases)}
        # 张教授 for 张毅教授.
        names |= {fold(term.name[0] + title) for term in people for title in words.titles}
        titles = "|".join(map(re.escape, words.titles))
        called = f"(?:{matcher(names).pattern})(?:{titles})?|{matcher(words.calls).pattern}"
        greeted = matcher(words.greetings).pattern
        polite = "(?:尊敬的|敬爱的|dear |亲爱的)?"
        before = "(?:您好|你好|hello|hi|hey)?"
        self._pattern = re.compile(
            f"^{_SIDES}{before}{_SIDES}{polite}(?:{called}){_SIDES}(?:{greeted})"
            f"|^{_SIDES}{before}{_SIDES}{polite}(?:{matcher(names).pattern})?(?:{titles})[，,!！:：\\s]"
            f"|^{_SIDES}(?:您好|你好|hello|hi|hey){_SIDES}{polite}(?:{called})"
        )
        self.place = _place_of_work(article, people, fold, words)

    def is_spoken_to(self, message: str) -> bool:
        """Whether a clean message speaks to one of them."""
        return self.opens_with_salutation(message) or (
            self._teller is not None and self._teller.recognises(message)
        )

    def opens_with_salutation(self, message: str) -> bool:
        """Whether a clean message begins by speaking to one of them, by rule."""
        return self._pattern.match(self._fold(message)[: 2 * _OPENING]) is not None


def _place_of_work(
    article: Article, people: Sequence[Term], fold: Callable[[str], str], words: Addressed
) -> Span | None:
    """The sentence that names the hospital and the department of whom the article is about."""
    if not people:
        return None
    subject = max(people, key=lambda term: article.text.count(term.name)).name
    hospital, department = matcher(words.hospitals), matcher(words.departments)
    spans = [
        span
        for span in article.sentences
        for text in [fold(article.text[span.start : span.end])]
        if subject in text and hospital.search(text) and department.search(text)
    ]
    return min(spans, key=len, default=None)
