"""`python -m bot`, and the installed `quoting-bot`."""

import os
import sys

from bot.cli import main


def quoting_bot() -> int:
    """What `quoting-bot` runs; gives the exit code."""
    return main(sys.argv[1:], os.environ, "quoting-bot")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
