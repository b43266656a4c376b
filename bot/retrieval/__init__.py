"""Which words answer: `Quoter` takes a question and gives verbatim quotes."""

from bot.retrieval.answer import Answer, Explanation, Reason
from bot.retrieval.quoter import Quoter

__all__ = ["Answer", "Explanation", "Quoter", "Reason"]
