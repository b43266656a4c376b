"""`doctor`: what a bot on Telegram needs, one line each."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import logging
from typing import Annotated

import typer


def doctor(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Look at the token, Telegram's modes, the index, the font, the encoder and the store.

    Exits with 1 where something would stop a reader.
    """
    from bot.doctor import Finding, State, examine
    from bot.settings import load_settings

    def line(finding: Finding) -> str:
        mend = f" -> {finding.mend}" if finding.mend else ""
        return f"{finding.state.value:<4}  {finding.name}: {finding.told}{mend}"

    settings = load_settings(context.obj)
    webhook_url = settings.webhook_url if settings.mode == "webhook" else None
    # What goes wrong is said in the findings.
    logging.disable(logging.CRITICAL)
    try:
        findings = asyncio.run(examine(settings, webhook_url))
    finally:
        logging.disable(logging.NOTSET)
    failed = any(finding.state is State.FAIL for finding in findings)
    if as_json:
        content = [dataclasses.asdict(finding) for finding in findings]
        print(json.dumps({"ok": not failed, "findings": content}, ensure_ascii=False))
    else:
        print("\n".join(map(line, findings)))
    if failed:
        raise typer.Exit(1)
