"""The event log in SQLite, on eventsourcing's recorder.

One transaction writes the events of a batch, the texts that people wrote, the index of command ids and who joined: all
or nothing. Durable means write-ahead log and `synchronous=FULL`: a commit returns after its fsync.
"""

import logging
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import orjson
from eventsourcing.persistence import IntegrityError, PersistenceError
from eventsourcing.sqlite import SQLiteCursor

from server.storage.admissions import Admissions
from server.storage.codec import Stored
from server.storage.log import NOTHING, Append, CommandKept, ConflictError, Head, LogError
from server.storage.recorder import ENTRY, EVENTS_SQL, RoomRecorder, datastore, key_of, stored_of
from server.storage.taking_out import NO_SALT

logger = logging.getLogger("kern.store")

CHECKPOINT_EVERY: Final = 5_000
"""Events after which the write-ahead log is copied into the database, beside the writing."""

PURGE_PATIENCE: Final = 10
"""Seconds for which others may read while the write-ahead log is to be cut off."""

PAGE: Final = 300
"""Events read at a time where only their commands are wanted."""

WHOLE: Final = '["ActivitiesCombined","NoteRemoved","NoteRestored","WorkshopCopied"]'
"""Types of events that name activities somewhere; in all others an activity is the first member of the data."""

ACTIVITY_SQL: Final = (
    "SELECT substr(state, 49) FROM stored_events WHERE originator_id = ?1 AND originator_version <= ?2"
    " AND CASE WHEN topic IN (SELECT value FROM json_each(?4)) THEN instr(state, ?3)"
    " ELSE instr(substr(state, 129, 90), ?3) END ORDER BY originator_version"
)
"""Goes through all of a room's events, so it looks only where the id can stand: time, person and command come before
it, 81 to 125 bytes with their names, behind the 48 that are not the body. That halves the time."""

SAYING: Final = (
    "AND originator_version IN (SELECT version FROM words WHERE room = ?1 AND version > ?2 AND version <= ?3"
    " AND instr(texts, ?5) > 0 ORDER BY version LIMIT ?4) ORDER BY originator_version"
)

TYPED: Final = (
    "AND originator_version > ?2 AND originator_version <= ?3"
    " AND json_extract(CAST(substr(state, 49) AS TEXT), '$.data.stroke') IN (SELECT value FROM json_each(?5))"
    " ORDER BY originator_version LIMIT ?4"
)


class SQLiteLog(Admissions):
    """The log of one data folder. Its server alone writes to it; others may read beside it."""

    def __init__(self, file: Path) -> None:
        # Writing has one connection of its own: what it has not committed, nobody reads.
        self._writing = datastore(file, connections=1)
        self._datastore = datastore(file, connections=4)
        self._recorder = RoomRecorder(self._writing)
        with _translated():
            self._recorder.create_table()
        self._file = file
        self._reader = sqlite3.connect(f"file:{file}", uri=True, isolation_level=None, check_same_thread=False)
        self._reading = threading.Lock()
        self._checkpoint = threading.Lock()
        self._copied = threading.Event()
        self._written = 0

    def append(self, batch: Sequence[Append]) -> None:
        """Write the batch in one transaction; see Log."""
        try:
            with _translated():
                self._recorder.insert_events((), batch=batch)
        except LogError:
            self._roll_back()
            raise
        try:
            self._checkpoint_beside(sum(len(append.events) for append in batch))
        except (PersistenceError, sqlite3.Error) as error:  # what was to be written is written: this can wait
            logger.warning("the write-ahead log was not copied into the database, and will be later: %s", error)

    def head(self, room: str) -> Head:
        """Find the newest event of a room."""
        rows = self._rows(
            "SELECT originator_version, substr(state, 1, 32) FROM stored_events WHERE originator_id = ?"
            " ORDER BY originator_version DESC LIMIT 1",
            room,
        )
        return Head(*rows[0]) if rows else NOTHING

    def events(self, room: str, after: int, limit: int) -> list[Stored]:
        """Read the events behind version `after`, in order."""
        sql = EVENTS_SQL + "AND originator_version > ? ORDER BY originator_version LIMIT ?"
        return [stored_of(row) for row in self._rows(sql, room, after, limit)]

    def text_events(self, room: str, thing: str, upto: int, limit: int) -> list[Stored]:
        """Read events up to a version that may have said a thing's texts, the newest first."""
        sql = EVENTS_SQL + (
            "AND originator_version <= ? AND texts IS NOT NULL AND instr(state, CAST(? AS BLOB)) > 0"
            " ORDER BY originator_version DESC LIMIT ?"
        )
        return [stored_of(row) for row in self._rows(sql, room, upto, thing, limit)]

    def activity_events(self, room: str, activity: str, upto: int) -> list[bytes]:
        """Read the bodies of the events that may have changed an activity, in order; see Log."""
        return [row[0] for row in self._rows(ACTIVITY_SQL, room, upto, activity.encode(), WHOLE)]

    def events_saying(self, room: str, text: str, after: int, upto: int, limit: int) -> list[Stored]:
        """Read events that have a text within one of theirs; see Log. As JSON a part of a text is a part too."""
        rows = self._rows(EVENTS_SQL + SAYING, room, after, upto, limit, orjson.dumps(text)[1:-1])
        return [stored_of(row) for row in rows]

    def events_typed(self, room: str, strokes: Sequence[str], after: int, upto: int, limit: int) -> list[Stored]:
        """Read events of some strokes; see Log."""
        rows = self._rows(EVENTS_SQL + TYPED, room, after, upto, limit, orjson.dumps(list(strokes)).decode())
        return [stored_of(row) for row in rows]

    def unindexed(self, room: str) -> list[CommandKept]:
        """List the commands that are not in the index yet, in order."""
        reached = self._row("SELECT max(upto) FROM commands WHERE room = ?", room)[0] or 0
        kept: dict[str, CommandKept] = {}
        for command, one in self._commands_from(room, reached + 1):
            kept[command] = replace(kept[command], last=one.last) if command in kept else one
        return list(kept.values())

    def indexed(self, room: str) -> list[str]:
        """List the ids of all commands in the index."""
        rows = self._rows("SELECT entries FROM commands WHERE room = ?", room)
        return [str(UUID(bytes=row[0][i : i + 16])) for row in rows for i in range(0, len(row[0]), ENTRY)]

    def command(self, room: str, command: str) -> CommandKept | None:
        """Look a command id up."""
        key = key_of(command)
        row = self._row("SELECT entries FROM commands WHERE room = ? AND instr(entries, ?) > 0", room, key)
        if row is None:
            return None
        places = range(0, len(row[0]), ENTRY)
        first = next((row[0][i + 16 : i + ENTRY] for i in places if row[0][i : i + 16] == key), None)
        if first is None:
            return None  # the digits stand there by chance, across two entries
        kept = None
        for id_, one in self._commands_from(room, int.from_bytes(first, "big")):
            if id_ != command:
                break
            kept = one if kept is None else replace(kept, last=one.last)
        return kept

    def _commands_from(self, room: str, version: int) -> Iterator[tuple[str, CommandKept]]:
        """Read, event by event from a version on, the command of each that has one, as if it had made that alone."""
        sql = (
            "SELECT state FROM stored_events WHERE originator_id = ? AND originator_version >= ?"
            " ORDER BY originator_version LIMIT ?"
        )
        while rows := self._rows(sql, room, version, PAGE):
            for (state,) in rows:
                body = orjson.loads(state[48:])
                version = body["version"]
                if body["command"] is not None:
                    kept = CommandKept(body["command"], body["by"], version, version, state[32:48])
                    yield body["command"], kept
            version += 1

    def salt(self, room: str, version: int) -> bytes | None:
        """Read an event's salt; see Log."""
        row = self._row("SELECT salt FROM words WHERE room = ? AND version = ?", room, version)
        salt: bytes = b"" if row is None else row[0]
        return None if salt == NO_SALT else salt

    def redacted_at(self, room: str) -> int:
        """Tell the version at which the last text of a room was taken out; see Log."""
        return int(self._rows("SELECT max(newest) FROM redacted WHERE room = ?", room)[0][0] or 0)

    def last_text(self, room: str) -> int:
        """Tell the version of the newest texts that are kept beside a room's events; 0 where there are none."""
        return int(self._rows("SELECT max(version) FROM words WHERE room = ?", room)[0][0] or 0)

    def rooms(self) -> list[str]:
        """List the rooms, in the order of their ids."""
        sql = "SELECT originator_id FROM stored_events WHERE originator_version = 1 ORDER BY originator_id"
        return [row[0] for row in self._rows(sql)]

    def fact(self, name: str, value: str) -> str:
        """Read a fact of this data folder; it becomes `value` where it is not known yet."""
        with self._transaction() as c:
            c.execute("INSERT OR IGNORE INTO facts VALUES (?,?)", (name, value))
            c.execute("SELECT value FROM facts WHERE name = ?", (name,))
            return str(c.fetchone()[0])

    def probe(self) -> None:
        """Write something that does not matter, to see whether writing works."""
        with self._transaction() as c:
            c.execute("INSERT OR REPLACE INTO facts VALUES ('probe', hex(randomblob(4)))")

    def purge(self) -> None:
        """Copy the write-ahead log into the database and cut it off: deleted texts are overwritten there, not here."""
        with _translated(), closing(sqlite3.connect(self._file, isolation_level=None, timeout=PURGE_PATIENCE)) as one:
            one.execute("PRAGMA wal_checkpoint(PASSIVE)")  # most of it, while others write: they wait for the rest only
            end = time.monotonic() + PURGE_PATIENCE
            while one.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                if time.monotonic() > end:
                    raise LogError("the write-ahead log is being read all the time")
                time.sleep(0.05)

    def close(self) -> None:
        """Let go of the files."""
        with self._reading:
            self._reader.close()
        self._datastore.close()
        self._writing.close()

    def _write(self, sql: str, *parameters: object) -> None:
        with self._transaction() as c:
            c.execute(sql, parameters)

    @contextmanager
    def _transaction(self) -> Iterator[SQLiteCursor]:
        """Write something beside the events, in a transaction that is left whatever happens."""
        try:
            with _translated(), self._writing.transaction(commit=True) as c:
                yield c
        except LogError:
            self._roll_back()
            raise

    def _roll_back(self) -> None:
        """Leave the transaction: where it is the commit that fails, neither SQLite nor the library does."""
        try:
            with self._writing.get_connection(commit=True) as connection:
                connection.rollback()
        except (PersistenceError, sqlite3.Error) as error:
            raise LogError(f"could not roll back: {error}") from error

    def _rows(self, sql: str, *parameters: object) -> list[Any]:
        with _translated(), self._datastore.transaction(commit=False) as c:
            c.execute(sql, parameters)
            return list(c.fetchall())

    def _row(self, sql: str, *parameters: object) -> Any:  # noqa: ANN401 - columns of any type
        """Read one row on a connection of its own, without the pool: this is on the path of a command."""
        with _translated(), self._reading:
            return self._reader.execute(sql, parameters).fetchone()

    def _checkpoint_beside(self, events: int) -> None:
        """Copy the write-ahead log into the database from time to time, on a thread beside the writing.

        Only while nobody writes can the copy be complete, and the log begin at its beginning again; so what was written
        meanwhile is copied here, which is quick, and keeps the file from growing for ever under load.
        """
        if self._copied.is_set():
            self._copied.clear()
            with self._writing.get_connection(commit=True) as connection:
                connection.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)")
        self._written += events
        if self._written >= CHECKPOINT_EVERY and self._checkpoint.acquire(blocking=False):
            self._written = 0
            threading.Thread(target=self._run_checkpoint, name="kern-checkpoint", daemon=True).start()

    def _run_checkpoint(self) -> None:
        try:
            connection = sqlite3.connect(self._file, isolation_level=None, timeout=0)
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
            connection.close()
            self._copied.set()
        except sqlite3.Error as error:
            logger.debug("the write-ahead log was not copied into the database, and will be later: %s", error)
        finally:
            self._checkpoint.release()


@contextmanager
def _translated() -> Iterator[None]:
    """The one place where the database's errors become the log's."""
    try:
        yield
    except (IntegrityError, sqlite3.IntegrityError) as error:
        raise ConflictError(str(error)) from error
    except (PersistenceError, sqlite3.Error) as error:
        raise LogError(str(error)) from error
