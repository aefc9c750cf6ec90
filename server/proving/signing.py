"""The key of a server that signs checkpoints, and the memory of what it has signed: they belong together.

A log that was once signed must go on from there. So a checkpoint is signed only where the log still holds the newest
one signed for that room, and a key whose memory is lost signs nothing any more: another takes its place.
"""

import logging
import os
import secrets
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from server.proving.notes import Checkpoint, NoteError, SigningKey
from server.storage.folder import FolderError
from server.storage.log import LogError

logger = logging.getLogger("kern.signing")

KEY: Final = "signing.key"
MEMORY: Final = "signed.db"
OPEN_TO_OTHERS: Final = 0o077

TABLES: Final = """
CREATE TABLE IF NOT EXISTS keys (number INTEGER PRIMARY KEY, key TEXT UNIQUE);
CREATE TABLE IF NOT EXISTS checkpoints (key TEXT, room TEXT, version INTEGER, head TEXT, note TEXT,
    PRIMARY KEY (room, key, version)) WITHOUT ROWID;
"""


class SignedOtherwiseError(Exception):
    """The log does not hold what was signed of it: it was cut off, or changed, or an older backup is in its place."""

    def __init__(self, room: str, version: int) -> None:
        super().__init__(f"room {room} is not the log that was signed at version {version}")
        self.version = version


class Noted(NamedTuple):
    """A checkpoint that was signed."""

    version: int
    note: str


class Signer:
    """Signs for one server. Blocking; any thread, one at a time. What goes wrong with its memory is a LogError."""

    def __init__(self, folder: Path) -> None:
        """Open a folder's key and memory; make what is not there. Raises FolderError."""
        self._lock = threading.Lock()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._connection = _memory(folder / MEMORY)
            try:
                self._key = self._taken(folder / KEY)
            except BaseException:
                self._connection.close()
                raise
        except (OSError, sqlite3.Error, LogError) as error:
            raise FolderError(
                f"The key in {folder}, or the memory of what it signed, can't be used: {error}."
            ) from error

    def _taken(self, file: Path) -> SigningKey:
        """Read the key, or make one: the memory knows of it before it is kept."""
        key = _key(file, self._known())
        with self._using() as connection:
            connection.execute("INSERT OR IGNORE INTO keys (key) VALUES (?)", (str(key.public),))
        _kept(file, key)
        return key

    @property
    def key(self) -> str:
        """The verifier key, for everybody."""
        return str(self._key.public)

    def former(self) -> list[str]:
        """List the verifier keys of before, the oldest first."""
        return [key for key in self._known() if key != self.key]

    def sign(self, room: str, version: int, digest: Callable[[int], str | None]) -> Noted:
        """Sign the head that the log, asked for its digests, has at a version; what was signed before is given again.

        Raises SignedOtherwiseError where the log is not the one that was signed before. The checkpoint is remembered
        durably before anybody gets it.
        """
        with self._using() as connection:
            sql = "SELECT version, head FROM checkpoints WHERE room = ? AND key = ? ORDER BY version DESC LIMIT 1"
            newest = connection.execute(sql, (room, self.key)).fetchone()
            if newest is not None and digest(newest[0]) != newest[1]:
                raise SignedOtherwiseError(room, newest[0])
            sql = "SELECT version, note FROM checkpoints WHERE room = ? AND key = ? AND version = ?"
            kept = connection.execute(sql, (room, self.key, version)).fetchone()
            if kept is not None:
                return Noted(*kept)
            head = digest(version)
            if head is None:
                raise LogError(f"room {room} has no version {version}")
            note = self._key.sign(Checkpoint(room, version, head))
            row = (self.key, room, version, head, note)
            connection.execute("INSERT INTO checkpoints VALUES (?,?,?,?,?)", row)
        return Noted(version, note)

    def signed(self, room: str, versions: list[int]) -> set[int]:
        """Tell which of some versions of a room this key has signed."""
        with self._using() as connection:
            sql = "SELECT version FROM checkpoints WHERE room = ? AND key = ?"
            return {version for (version,) in connection.execute(sql, (room, self.key))} & set(versions)

    def page(self, room: str, after: int, limit: int) -> tuple[list[Noted], int | None]:
        """List what was signed of a room behind a version, of all keys, and after which version others follow."""
        with self._using() as connection:
            sql = (
                "SELECT version, note FROM checkpoints JOIN keys USING (key) WHERE room = ? AND version > ?"
                " ORDER BY version, number LIMIT ?"
            )
            found = [Noted(*row) for row in connection.execute(sql, (room, after, limit + 1))]
        if len(found) <= limit:
            return found, None
        cut = found[limit].version  # a page never splits a version, unless that is all it has
        whole = [one for one in found[:limit] if one.version < cut] or found[:limit]
        return whole, whole[-1].version

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()

    def _known(self) -> list[str]:
        with self._using() as connection:
            return [key for (key,) in connection.execute("SELECT key FROM keys ORDER BY number")]

    @contextmanager
    def _using(self) -> Iterator[sqlite3.Connection]:
        """Use the memory, alone, in one transaction."""
        with self._lock:
            try:
                with self._connection:
                    yield self._connection
            except sqlite3.Error as error:
                raise LogError(str(error)) from error


def _memory(file: Path) -> sqlite3.Connection:
    os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
    connection = sqlite3.connect(file, check_same_thread=False, timeout=1)
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")
    connection.executescript(TABLES)
    return connection


def _key(file: Path, known: list[str]) -> SigningKey:
    """Read the key; a new one where there is none, or where what it has signed is not remembered."""
    if file.exists():
        if file.stat().st_mode & OPEN_TO_OTHERS:
            logger.warning("%s can be read by others than its owner: it should have mode 600", file)
        try:
            key = SigningKey.read(file.read_text())
        except ValueError as error:
            why = error if isinstance(error, NoteError) else "it is no text"
            raise FolderError(f"{file} can't be used: {why}. Put it back, or take it away for a new one.") from None
        if str(key.public) in known:
            return key
        logger.warning("what the key in %s has signed is not remembered: a new key takes its place", file)
    return SigningKey(f"kern-{secrets.token_hex(4)}", secrets.token_bytes(32))


def _kept(file: Path, key: SigningKey) -> None:
    """Write a new key down, whole or not at all, for its owner's eyes only. The memory knows of it already."""
    if file.exists() and file.read_text() == key.secret():
        return
    new = file.with_suffix(".new")
    new.unlink(missing_ok=True)
    with open(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as writing:  # noqa: PTH123 - for its mode
        writing.write(key.secret())
        writing.flush()
        os.fsync(writing.fileno())
    new.replace(file)
