from __future__ import annotations

from bot import errors


def test_the_tree_in_the_docstring_is_the_tree() -> None:
    """Every error is drawn, and every one drawn exists."""
    defined = {
        name
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, errors.BotError)
    }
    drawn = {
        word
        for line in (errors.__doc__ or "").splitlines()
        for word in line.replace("├──", "").replace("└──", "").replace("│", "").split()[:1]
        if word.isidentifier() and word[0].isupper() and word in vars(errors)
    }
    assert defined == drawn


def test_settings_exit_with_2_and_the_rest_with_1() -> None:
    """The exit code says whose turn it is."""
    assert 2 == errors.PortInUse(80, "BOT_PLAYGROUND_PORT").exit_code
    assert 2 == errors.TokenRejected("x").exit_code
    assert 1 == errors.IndexFileError("x").exit_code
    assert "BOT_PLAYGROUND_PORT" in str(errors.PortInUse(80, "BOT_PLAYGROUND_PORT"))
