"""A launcher whose server's database fails on demand: `python -m tests.adversary.failing_server serve ...`.

The file that KERN_TEST_FAULT names says how: `before` fails a commit before it happened, `after` fails it once it has.
While there is no such file, all is well.
"""

import os
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

from eventsourcing.sqlite import SQLiteConnection

from server import cli

FAULT = Path(os.environ["KERN_TEST_FAULT"])


def fault() -> str:
    """Give what is to go wrong now."""
    try:
        return FAULT.read_text().strip()
    except FileNotFoundError:
        return ""


def failing(commit: Callable[[SQLiteConnection], None]) -> Callable[[SQLiteConnection], None]:
    """Wrap a commit so that it fails as a bad disk makes it fail."""

    def wrapped(connection: SQLiteConnection) -> None:
        kind = fault()
        if kind == "before":
            raise sqlite3.OperationalError("disk I/O error")
        commit(connection)
        if kind == "after":
            raise sqlite3.OperationalError("disk I/O error")

    return wrapped


if __name__ == "__main__":
    SQLiteConnection.commit = failing(SQLiteConnection.commit)  # type: ignore[assignment,method-assign]
    sys.exit(cli.main())
