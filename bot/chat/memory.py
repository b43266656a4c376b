"""The key under which things about a message are remembered."""

MessageKey = tuple[int, int]
"""A message: chat id and message id."""
