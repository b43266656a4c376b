"""A Telegram bot that answers questions about one article with verbatim quotes."""
