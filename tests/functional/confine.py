"""Run a command with the unit's filter of system calls, as systemd does.

`python confine.py ERROR CALLS -- COMMAND`, in a container: calls that are not named get the error
of that number, or end the process where it is 0.
"""

from __future__ import annotations

import ctypes
import functools
import os
import shutil
import subprocess
import sys

LIBRARY = "libseccomp.so.2"
_KILL = 0x80000000
_ALLOW = 0x7FFF0000
_ERROR = 0x00050000


def can_be_confined() -> bool:
    """Whether this machine has what it takes."""
    try:
        ctypes.CDLL(LIBRARY)
    except OSError:
        return False
    return shutil.which("systemd-analyze") is not None


@functools.cache
def calls_of(group: str) -> frozenset[str]:
    """The system calls of systemd's group, such as `@system-service`, with those it includes."""
    listed = subprocess.run(
        ["systemd-analyze", "--no-pager", "syscall-filter", group],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()[1:]
    words = [line.strip() for line in listed if line.strip() and line.strip()[0] != "#"]
    found = frozenset(word for word in words if word[0] != "@")
    return found.union(*(calls_of(word) for word in words if word[0] == "@"))


def allowed(filters: list[str]) -> list[str]:
    """The calls that a unit's lines of `SystemCallFilter` allow, the first of which allows.

    `["@system-service", "~@privileged @resources"]`
    """
    # What systemd lets every process do.
    calls = set(calls_of("@default"))
    for line in filters:
        groups = line.removeprefix("~").split()
        named = set().union(*(calls_of(group) for group in groups))
        calls = calls - named if line.startswith("~") else calls | named
    return sorted(calls)


def _confine(error: int, calls: list[str]) -> None:
    library = ctypes.CDLL(LIBRARY)
    library.seccomp_init.restype = ctypes.c_void_p
    library.seccomp_init.argtypes = [ctypes.c_uint32]
    library.seccomp_rule_add_array.argtypes = [
        ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int, ctypes.c_uint, ctypes.c_void_p,
    ]  # fmt: skip
    library.seccomp_load.argtypes = [ctypes.c_void_p]
    rules = library.seccomp_init(_ERROR | error if error else _KILL)
    for name in calls:
        number = library.seccomp_syscall_resolve_name(name.encode())
        if number >= 0:
            library.seccomp_rule_add_array(rules, _ALLOW, number, 0, None)
    if library.seccomp_load(rules):
        raise SystemExit("the filter of system calls was not taken")


if __name__ == "__main__":
    _at = sys.argv.index("--")
    _confine(int(sys.argv[1]), sys.argv[2].split(","))
    os.execvp(sys.argv[_at + 1], sys.argv[_at + 1 :])  # noqa: S606 - that is what it is for
