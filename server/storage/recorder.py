"""What a transaction writes: eventsourcing's recorder for SQLite, our tables, and connections that are durable."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import orjson
from eventsourcing.persistence import StoredEvent
from eventsourcing.sqlite import (
    SQLiteAggregateRecorder,
    SQLiteConnection,
    SQLiteConnectionPool,
    SQLiteCursor,
    SQLiteDatastore,
)

from server.storage.codec import Stored, Taken
from server.storage.log import Append, CommandKept, Redaction
from server.storage.taking_out import NO_SALT, without

LOCK_TIMEOUT: Final = 1
"""Seconds to wait for another program's lock before a write counts as failed."""

TABLES: Final = """
CREATE TABLE IF NOT EXISTS stored_events (originator_id TEXT, originator_version INTEGER, topic TEXT, state BLOB,
    PRIMARY KEY (originator_id, originator_version));
CREATE TABLE IF NOT EXISTS words (room TEXT, version INTEGER, salt BLOB, texts TEXT, PRIMARY KEY (room, version));
CREATE TABLE IF NOT EXISTS redacted (room TEXT, version INTEGER, salts TEXT, since TEXT, newest INTEGER,
    PRIMARY KEY (room, version)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS commands (room TEXT, upto INTEGER, entries BLOB, PRIMARY KEY (room, upto)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS people (room TEXT, participant TEXT, name TEXT, role TEXT, token BLOB,
    PRIMARY KEY (room, participant));
CREATE UNIQUE INDEX IF NOT EXISTS people_by_token ON people (room, token);
CREATE TABLE IF NOT EXISTS invites (room TEXT, invite BLOB, role TEXT, PRIMARY KEY (room, invite)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS codes (room TEXT PRIMARY KEY, code TEXT UNIQUE) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS erasures (id TEXT PRIMARY KEY, entry TEXT, settled INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
"""
"""Events and words are written in the order in which they come, so that a commit touches few pages: a table ordered by
room would touch one for each room, and write three times as much. That order itself means nothing.

The index of commands has some hundreds of them in a row, entry behind entry (16 bytes of the id, 6 of the version of
its first event): ids are random, and an index with a row for each would touch another page for each. It is searched
through only for a command that may be an old one, a megabyte for 50,000 of them."""

EVENTS_SQL: Final = (
    "SELECT originator_version, topic, state, salt, texts, salts, since FROM stored_events LEFT JOIN words"
    " ON words.room = originator_id AND words.version = originator_version LEFT JOIN redacted"
    " ON redacted.room = originator_id AND redacted.version = originator_version WHERE originator_id = ? "
)

ENTRY: Final = 22

NO_FINGERPRINT: Final = bytes(16)


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
        roles = [(r.role, a.room, r.participant) for a in batch for r in a.roles]
        if roles:
            c.executemany("UPDATE people SET role = ? WHERE room = ? AND participant = ?", roles)
        for a in batch:
            if a.redaction is not None:
                self._take_out(c, a.room, a.redaction)
        return versions

    def _take_out(self, c: SQLiteCursor, room: str, redaction: Redaction) -> None:
        """Overwrite texts and salts where they lie, and keep the own salts of the texts that stay."""
        for version, pointers in redaction.places.items():
            c.execute(f"{EVENTS_SQL}AND originator_version = ?", (room, version))
            row = c.fetchone()
            left, taken = without(stored_of(row), bytes(row["texts"]), pointers, redaction.since)
            c.execute(
                "UPDATE words SET salt = ?, texts = ? WHERE room = ? AND version = ?", (NO_SALT, left, room, version)
            )
            kept = (room, version, orjson.dumps(taken.salts), orjson.dumps(taken.since), redaction.since)
            c.execute("INSERT OR REPLACE INTO redacted VALUES (?,?,?,?,?)", kept)
        c.execute("INSERT INTO erasures VALUES (?,?,0)", (redaction.kept.id, redaction.kept.entry))

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


def datastore(file: Path, *, connections: int) -> SQLiteDatastore:
    """Open a database with so many connections at the most."""
    opened = SQLiteDatastore(str(file), lock_timeout=LOCK_TIMEOUT, originator_id_type="text")
    opened.pool = _Pool(db_name=str(file), lock_timeout=LOCK_TIMEOUT, pool_size=connections, max_overflow=0)
    return opened


def stored_of(row: tuple[Any, ...]) -> Stored:
    """Make an event of a row of EVENTS_SQL."""
    version, kind, state, salt, texts, salts, since = row
    words = None if texts is None else tuple(None if text == 0 else text for text in orjson.loads(texts))
    taken = None if salts is None or since is None else Taken(orjson.loads(salts), orjson.loads(since))
    return Stored(version, kind, state[48:], state[:32], None if taken else salt, words, state[32:48], taken)


def _entry(kept: CommandKept) -> bytes:
    return key_of(kept.command) + kept.first.to_bytes(6, "big")


def key_of(command: str) -> bytes:
    """Give a command's id in the form that the index has: its 16 bytes."""
    return bytes.fromhex(command.replace("-", ""))
