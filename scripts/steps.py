"""The steps of a set-up: said before they begin, timed when they end, quiet unless they fail."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path


class SetupError(Exception):
    """The set-up can't go on; the message says what a person can do about it."""


@contextmanager
def step(what: str) -> Iterator[None]:
    """Say what is being done, and how long it took once it is done. A failure ends the line and goes on up."""
    sys.stderr.write(f"  {what} … ")
    sys.stderr.flush()
    begun = time.monotonic()
    try:
        yield
    except BaseException:
        sys.stderr.write("failed\n")
        raise
    sys.stderr.write(f"{time.monotonic() - begun:.1f} s\n")


def quietly(command: Sequence[str | Path], *, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> str:
    """Run a command and return what it printed.

    Raises SetupError with all of that where the command fails or can't be started.
    """
    line = " ".join(str(part) for part in command)
    try:
        done = subprocess.run(
            command,
            cwd=cwd,
            env=env,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )
    except OSError as error:
        message = f"`{line}` could not be started: {error}"
        raise SetupError(message) from error
    if done.returncode != 0:
        message = f"`{line}` ended with {done.returncode}:\n{done.stdout.rstrip()}"
        raise SetupError(message)
    return done.stdout
