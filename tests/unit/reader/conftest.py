"""The model that the bot comes with."""

import pytest

from bot.project import PROJECT_ROOT
from bot.reader.model import ReaderModel


@pytest.fixture(scope="session")
def model() -> ReaderModel:
    """The reader's weights in data/reader, loaded once."""
    return ReaderModel(PROJECT_ROOT / "data" / "reader")
