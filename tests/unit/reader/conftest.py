"""The model that the bot comes with."""

import pytest

from bot.reader.model import ReaderModel
from bot.project import PROJECT_ROOT


@pytest.fixture(scope="session")
def model() -> ReaderModel:
    """The reader's weights in data/reader, loaded once."""
    return ReaderModel(PROJECT_ROOT / "data" / "reader")
