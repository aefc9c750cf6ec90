"""The event log in SQLite, on eventsourcing's recorder.

One transaction writes the events of a batch, the texts that people wrote, the index of command ids and who joined: all
or nothing. Durable means write-ahead log and `synchronous=FULL`: a commit returns after its fsync.
"""

import logging
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import orjson
from eventsourcing.persistence import IntegrityError, PersistenceError, StoredEvent
from eventsourcing.sqlite import (
    SQLiteAggregateRecorder,
    SQLiteConnection,
    SQLiteConnectionPool,
    SQLiteCursor,
    SQLiteDatastore,
)

from server.codec import Stored
from server.log import NOTHING, Append, CommandKept, ConflictError, Head, InviteKept, LogError, PersonKept

logger = logging.getLogger("kern.store")

LOCK_TIMEOUT: Final = 1
"""Seconds to wait for another program's lock before a write counts as failed."""

CHECKPOINT_EVERY: Final = 5_000
"""Events after which the write-ahead log is copied into the database, beside the writing."""

TABLES: Final = """
CREATE TABLE IF NOT EXISTS stored_events (originator_id TEXT, originator_version INTEGER, topic TEXT, state BLOB,
    PRIMARY KEY (originator_id, originator_version));
CREATE TABLE IF NOT EXISTS words (room TEXT, version INTEGER, salt BLOB, texts TEXT, PRIMARY KEY (room, version));
CREATE TABLE IF NOT EXISTS commands (room TEXT, upto INTEGER, entries BLOB, PRIMARY KEY (room, upto)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS people (room TEXT, participant TEXT, name TEXT, role TEXT, token BLOB,
    PRIMARY KEY (room, participant));
CREATE UNIQUE INDEX IF NOT EXISTS people_by_token ON people (room, token);
CREATE TABLE IF NOT EXISTS invites (room TEXT, invite BLOB, role TEXT, PRIMARY KEY (room, invite)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
"""
"""Events and words are written in the order in which they come, so that a commit touches few pages: a table ordered by
room would touch one for each room, and write three times as much. That order itself means nothing.

The index of commands has some hundreds of them in a row, entry behind entry (16 bytes of the id, 6 of the version of
its first event): ids are random, and an index with a row for each would touch another page for each. It is searched
through only for a command that may be an old one, a megabyte for 50,000 of them."""

ENTRY: Final = 22

PAGE: Final = 300
"""Events read at a time where only their commands are wanted."""

NO_FINGERPRINT: Final = bytes(16)

EVENTS_SQL: Final = (
    "SELECT originator_version, topic, state, salt, texts FROM stored_events LEFT JOIN words"
    " ON words.room = originator_id AND words.version = originator_version WHERE originator_id = ? "
)


class RoomRecorder(SQLiteAggregateRecorder):
    """The library's recorder, with what belongs into the same transaction."""

    def construct_create_table_statements(self) -> list[str]:
        """Name our tables; the library's own is among them, as it would have it but for the order of its rows."""
        return [statement for statement in TABLES.split(";") if statement.strip()]

    def _insert_events(
        self,
        c: SQLiteCursor,
        stored_events: Sequence[StoredEvent],
        *,
        batch: Sequence[Append] = (),
        **kwargs: Any,  # noqa: ANN401 - the library's own, handed on
    ) -> Sequence[int] | None:
        versions = super()._insert_events(c, stored_events, **kwargs)
        c.executemany(
            self.insert_events_statement,
            [
                (a.room, s.version, s.kind, b"%b%b%b" % (s.digest, s.fingerprint or NO_FINGERPRINT, s.body))
                for a in batch
                for s in a.events
            ],
        )
        c.executemany(
            "INSERT INTO words VALUES (?,?,?,?)",
            [
                (a.room, s.version, s.salt, orjson.dumps(s.words))
                for a in batch
                for s in a.events
                if s.words is not None
            ],
        )
        self._insert_index(c, batch)
        people = [(a.room, p.participant, p.name, p.role, p.token) for a in batch for p in a.people]
        if people:
            c.executemany("INSERT INTO people VALUES (?,?,?,?,?)", people)
        invites = [(a.room, i.invite, i.role) for a in batch for i in a.invites]
        if invites:
            c.executemany("INSERT INTO invites VALUES (?,?,?)", invites)
        return versions

    def _insert_index(self, c: SQLiteCursor, batch: Sequence[Append]) -> None:
        """Put commands into the index, those of a room in one row."""
        rows = [
            (a.room, a.commands[-1].last, b"".join([_entry(kept) for kept in a.commands])) for a in batch if a.commands
        ]
        if rows:
            c.executemany("INSERT INTO commands VALUES (?,?,?)", rows)


class _Pool(SQLiteConnectionPool):
    """Connections that are durable, forget what is deleted, and leave checkpoints to us."""

    def _create_connection(self) -> SQLiteConnection:
        connection = super()._create_connection()
        for pragma in ("synchronous=FULL", "secure_delete=ON", "wal_autocheckpoint=0"):
            connection.cursor().execute(f"PRAGMA {pragma}")
        return connection


class SQLiteLog:
    """The log of one data folder. Its server alone writes to it; others may read beside it."""

    def __init__(self, file: Path) -> None:
        # Writing has one connection of its own: what it has not committed, nobody reads.
        self._writing = _datastore(file, connections=1)
        self._datastore = _datastore(file, connections=4)
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
        return [_stored(*row) for row in self._rows(sql, room, after, limit)]

    def text_events(self, room: str, thing: str, upto: int) -> list[Stored]:
        """Read the events up to a version that may have said a thing's texts, the newest first."""
        sql = EVENTS_SQL + (
            "AND originator_version <= ? AND texts IS NOT NULL AND instr(state, CAST(? AS BLOB)) > 0"
            " ORDER BY originator_version DESC"
        )
        return [_stored(*row) for row in self._rows(sql, room, upto, thing)]

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
        key = _key(command)
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

    def salt(self, room: str, version: int) -> bytes:
        """Read an event's salt: empty where it has none (any more)."""
        row = self._row("SELECT salt FROM words WHERE room = ? AND version = ?", room, version)
        return b"" if row is None else row[0]

    def rooms(self) -> list[str]:
        """List the rooms, in the order of their ids."""
        sql = "SELECT originator_id FROM stored_events WHERE originator_version = 1 ORDER BY originator_id"
        return [row[0] for row in self._rows(sql)]

    def people(self, room: str) -> list[PersonKept]:
        """List who joined a room, in that order."""
        sql = "SELECT participant, name, role, token FROM people WHERE room = ? ORDER BY rowid"
        return [PersonKept(*row) for row in self._rows(sql, room)]

    def person_of(self, room: str, token: bytes) -> PersonKept | None:
        """Find who holds a token, by its SHA-256."""
        row = self._row("SELECT participant, name, role, token FROM people WHERE room = ? AND token = ?", room, token)
        return None if row is None else PersonKept(*row)

    def invite(self, room: str, invite: bytes) -> InviteKept | None:
        """Find an invite by its SHA-256."""
        row = self._row("SELECT invite, role FROM invites WHERE room = ? AND invite = ?", room, invite)
        return None if row is None else InviteKept(*row)

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

    def close(self) -> None:
        """Let go of the files."""
        with self._reading:
            self._reader.close()
        self._datastore.close()
        self._writing.close()

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


def _datastore(file: Path, *, connections: int) -> SQLiteDatastore:
    datastore = SQLiteDatastore(str(file), lock_timeout=LOCK_TIMEOUT, originator_id_type="text")
    datastore.pool = _Pool(db_name=str(file), lock_timeout=LOCK_TIMEOUT, pool_size=connections, max_overflow=0)
    return datastore


def _entry(kept: CommandKept) -> bytes:
    return _key(kept.command) + kept.first.to_bytes(6, "big")


def _key(command: str) -> bytes:
    return bytes.fromhex(command.replace("-", ""))


def _stored(version: int, kind: str, state: bytes, salt: bytes | None, texts: bytes | None) -> Stored:
    words = None if texts is None else tuple(orjson.loads(texts))
    return Stored(version, kind, state[48:], state[:32], salt, words, state[32:48])


@contextmanager
def _translated() -> Iterator[None]:
    """The one place where the database's errors become the log's."""
    try:
        yield
    except (IntegrityError, sqlite3.IntegrityError) as error:
        raise ConflictError(str(error)) from error
    except (PersistenceError, sqlite3.Error) as error:
        raise LogError(str(error)) from error
