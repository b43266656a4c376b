"""`make audit` tells what it found from what it could not look up."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.project import PROJECT_ROOT

BUG: dict[str, Any] = {"id": "PYSEC-2026-1", "fix_versions": ["1.1"]}
SOUND: dict[str, Any] = {"name": "sound", "version": "2.0", "vulns": []}
BAD: dict[str, Any] = {"name": "bad", "version": "1.0", "vulns": [BUG]}
UNKNOWN: dict[str, Any] = {"name": "unknown", "skip_reason": "not found"}
NOT_AUDITED = "NOT AUDITED: no database of vulnerabilities could be reached"


def audited(folder: Path, printed: str, complaint: str = "", code: int = 0) -> tuple[int, str]:
    """Exit code and output of the audit where pip-audit says and ends with this."""
    (folder / "pip_audit.py").write_text(
        f"import sys\nprint({printed!r})\nprint({complaint!r}, file=sys.stderr)\nsys.exit({code})\n"
    )
    done = subprocess.run(
        [sys.executable, ".ci/audit.py"],
        cwd=PROJECT_ROOT,
        env=os.environ | {"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


@pytest.mark.parametrize(
    ("packages", "code", "told"),
    [
        ([SOUND], 0, "1 packages audited, 0 known vulnerabilities\n"),
        ([SOUND, UNKNOWN], 0, "not in the database, so not audited: unknown\n1 packages audited"),
        ([SOUND, BAD], 1, "bad 1.0: PYSEC-2026-1, mended in: 1.1\n2 packages audited, 1 known"),
        ([UNKNOWN, UNKNOWN], 0, NOT_AUDITED),
    ],
)
def test_the_audit_says_what_it_found(
    tmp_path: Path, packages: list[dict[str, Any]], code: int, told: str
) -> None:
    """Exit code 1 for a vulnerability alone; what no database has is not called sound."""
    found = audited(tmp_path, json.dumps({"dependencies": packages}), code=code)
    assert (code, True) == (found[0], found[1].startswith(told)), found


def test_the_audit_says_that_nothing_was_reached(tmp_path: Path) -> None:
    """One clear line, exit code 0: a machine without a way out is not a finding."""
    complaint = "ERROR:pip_audit._cli:Could not connect to PyPI's vulnerability feed"
    assert (0, f"{NOT_AUDITED} ({complaint})\n") == audited(tmp_path, "", complaint, 1)


def test_a_lock_file_that_cannot_be_read_is_a_failure(tmp_path: Path) -> None:
    """What pip-audit ends with for bad arguments is passed on."""
    assert 2 == audited(tmp_path, "", "usage: pip-audit", 2)[0]
