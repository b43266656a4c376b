"""The medical line: whether a disease or its treatment is asked for, or quoted.

The names of the lexicon and of the article are rules; drugs, symptoms, findings and procedures that
no list names are told by a linear model over words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.article.glossary import Term
from bot.care.lexicon import Lexicon, load_lexicon, matcher
from bot.care.linear import Teller
from bot.project import PROJECT_ROOT

MEDICAL_FILE = PROJECT_ROOT / "data" / "medical.json"


class Medicine:
    """Tells texts about diseases and treatments from others; `terms` are the article's glossary.
    Without a `teller`, by rules alone.

    Texts are given folded: half-width, lower case, simplified.
    """

    def __init__(
        self,
        terms: Sequence[Term],
        lexicon: Lexicon | None = None,
        teller: Teller | None = None,
    ) -> None:
        words = lexicon or load_lexicon()
        self._teller = teller
        names = [term for term in terms if term.name.endswith(words.institutions)]
        institutions = [name for term in names for name in (term.name, *term.aliases)]
        self._no_medicine = matcher([*words.not_medical, *institutions])
        diseases = [
            name
            for term in terms
            if term.name.endswith(words.disease_endings)
            for name in (term.name, *term.aliases)
        ]
        self._medical = matcher([*words.diseases, *diseases, *words.medical, *words.asks_alone])
        self._disease = matcher([*words.diseases, *diseases])
        self._treatment = matcher(words.medical)
        self._field = matcher(words.fields)
        people = [name for term in terms if term.person for name in (term.name, *term.aliases)]
        self._somebody = matcher([*words.bystanders, *people])

    def is_asked_for(self, question: str) -> bool:
        """Whether a question is about a disease or a treatment."""
        return self.names_medicine(question) or (
            self._teller is not None and self._teller.recognises(question)
        )

    def names_medicine(self, question: str) -> bool:
        """Whether a question names a disease or a treatment that the lexicon has; one about
        somebody's life that only names the field does not count.
        """
        text = self._no_medicine.sub(" ", question)
        if self._medical.search(text):
            return True
        return bool(self._field.search(text)) and not self._somebody.search(text)

    def is_quoted(self, texts: Iterable[str]) -> bool:
        """Whether one of the quoted texts tells of treating a disease or of patients."""
        for text in texts:
            bare = self._no_medicine.sub(" ", text)
            if self._disease.search(bare) and self._treatment.search(bare):
                return True
        return False
