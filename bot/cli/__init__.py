"""The command line: `python -m bot COMMAND` or `quoting-bot COMMAND`, one file a command."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Mapping, Sequence

import typer

from bot.cli import ask, doctor, evaluate, index, run, stats, train, train_care, train_reader
from bot.errors import BotError

_app = typer.Typer(
    help="Answers questions about one article with verbatim quotes, on Telegram.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
_app.command("run")(run.run)
_app.command("ask")(ask.ask)
_app.command("index")(index.index)
_app.command("doctor")(doctor.doctor)
_app.command("eval")(evaluate.evaluate)
_app.command("train")(train.train)
_app.command("train-reader")(train_reader.train_reader)
_app.command("train-care")(train_care.train_care)
_app.command("stats")(stats.stats)


def main(argv: Sequence[str], environ: Mapping[str, str], program: str = "python -m bot") -> int:
    """Run one command; gives the exit code. `program` is what its help calls it.

    0: done. 1: it failed, with one line on standard error. 2: bad arguments or settings.
    """
    for stream in (sys.stdout, sys.stderr):
        # Chinese text goes out whatever the locale says, and a lone surrogate never raises.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        _app(args=list(argv), prog_name=program, obj=environ)
    except SystemExit as exit_:
        return exit_.code if isinstance(exit_.code, int) else 1
    except BotError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our output has enough (`| head`); what is buffered has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return 0
