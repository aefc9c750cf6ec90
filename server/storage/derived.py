"""A file of what is made from the log, and may be deleted at any time: a damaged one is begun anew."""

import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar, Final

from server.storage.log import LogError

logger = logging.getLogger("kern.derived")

PRAGMAS: Final = (
    *("journal_mode=WAL", "synchronous=NORMAL", "secure_delete=ON"),
    *("cache_size=-16000", "wal_autocheckpoint=4000"),  # rebuilding touches each index's pages again and again
)


class DerivedError(LogError):
    """Something is wrong with what is made from the log; the log itself may be well."""


class DerivedFile:
    """A database beside the log. Blocking; any thread, one at a time. What goes wrong with it is a DerivedError."""

    TABLES: ClassVar[str]
    FORM: ClassVar = 0
    """Goes up with each change of the tables: a file of another form is begun anew."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._connection = self._open()

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def _using(self) -> Iterator[sqlite3.Connection]:
        """Use the file, alone. A damaged one is begun anew."""
        with self._lock:
            try:
                yield self._connection
            except sqlite3.Error as error:
                if type(error) is sqlite3.DatabaseError:  # SQLite's word for damage; the others have types of their own
                    logger.warning("%s is damaged and begun anew: %s", self._file.name, error)
                    self._connection.close()
                    self._delete()
                    self._connection = self._open()
                raise DerivedError(str(error)) from error

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        """Change something, all of it in one transaction."""
        with self._using() as connection, connection:
            yield connection

    def _cut_off(self) -> None:
        """Cut the write-ahead log off: nothing is left of what was deleted. Raises DerivedError."""
        with self._using() as connection:
            if connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                raise DerivedError(f"{self._file.name} is being read, so what was deleted is not gone yet")

    def _delete(self) -> None:
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self._file}{suffix}").unlink(missing_ok=True)

    def _form(self, connection: sqlite3.Connection) -> None:
        """See to it that the tables are of this form. Raises DatabaseError where they are of another one."""
        if connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
            form = connection.execute("PRAGMA user_version").fetchone()[0]
            if form != self.FORM:
                logger.info("%s is of form %d and begun anew in form %d", self._file.name, form, self.FORM)
                raise sqlite3.DatabaseError("tables of another form")
        connection.execute(f"PRAGMA user_version = {self.FORM}")

    def _open(self) -> sqlite3.Connection:
        """Open the file, or begin a new one where it is no such file: nothing in it can't be made again."""
        for attempt in (1, 2):
            connection = sqlite3.connect(self._file, check_same_thread=False, timeout=1)
            try:
                for pragma in PRAGMAS:
                    connection.execute(f"PRAGMA {pragma}")
                self._form(connection)
                connection.executescript(self.TABLES)
            except sqlite3.DatabaseError:
                connection.close()
                if attempt == 2:  # noqa: PLR2004 - the new file does not work either
                    raise
                self._delete()
            else:
                return connection
        raise AssertionError
