"""`make audit`: are there known vulnerabilities in what is locked?

Exit code 1 where there are, 0 where there are none. Where no database can be reached, as behind a
mirror that has the packages alone, nothing is known either way: that is said, and the exit code
is 0.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

LOCK = "requirements-dev.lock"
"""Has all that requirements.lock has."""

COMMAND = (
    *(sys.executable, "-m", "pip_audit", "--requirement", LOCK, "--require-hashes"),
    *("--disable-pip", "--progress-spinner", "off", "--format", "json"),
)


def main() -> int:
    """Run pip-audit, and say what it found."""
    done = subprocess.run(COMMAND, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    try:
        packages: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except ValueError:
        # Two is what bad arguments end with.
        if done.returncode > 1:
            _say(done.stderr)
            return done.returncode
        return _not_reached((done.stderr.strip().splitlines() or ["it said nothing"])[-1])
    unknown = [each["name"] for each in packages if "skip_reason" in each]
    if len(unknown) == len(packages):
        return _not_reached(f"what answered knows none of {len(packages)} packages")
    found = [(each, bug) for each in packages for bug in each.get("vulns", ())]
    for each, bug in found:
        mend = ", ".join(bug["fix_versions"]) or "none yet"
        _say(f"{each['name']} {each['version']}: {bug['id']}, mended in: {mend}")
    if unknown:
        _say(f"not in the database, so not audited: {', '.join(unknown)}")
    _say(f"{len(packages) - len(unknown)} packages audited, {len(found)} known vulnerabilities")
    return 1 if found else 0


def _not_reached(why: str) -> int:
    _say(f"NOT AUDITED: no database of vulnerabilities could be reached ({why})")
    return 0


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - a command line prints


if __name__ == "__main__":
    sys.exit(main())
