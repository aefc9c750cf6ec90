"""Snapshots: a cache beside the log, which may be deleted at any time.

A snapshot names its room, version and digest and the code that made it; on any mismatch it counts as not there. Of the
canvas every thousandth version or so is kept, to get to any moment quickly; of the workshop (which only the live room
needs) the newest.
"""

import hashlib
import logging
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import domain
import projections
from server.derived import DerivedFile
from server.log import LogError

logger = logging.getLogger("kern.cache")

EVERY: Final = 1_000
"""Versions between two canvases that are kept."""

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS canvases (room TEXT, version INTEGER, digest BLOB, code TEXT, canvas BLOB,
    PRIMARY KEY (room, version)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS workshops (room TEXT PRIMARY KEY, version INTEGER, code TEXT, workshop BLOB) WITHOUT ROWID;
"""


@dataclass(slots=True, frozen=True)
class Snapshot:
    """A canvas as it was, and the workshop where that was kept too, both as JSON."""

    version: int
    digest: bytes
    canvas: bytes
    workshop: bytes | None = None


def code_hash() -> str:
    """Hash the code that folds events: a snapshot that other code made is not used."""
    hashed = hashlib.sha256()
    for package in (domain, projections):
        for file in sorted(Path(package.__path__[0]).rglob("*.py")):
            hashed.update(file.read_bytes())
    return hashed.hexdigest()[:16]


class Cache(DerivedFile):
    """Snapshots in a file of their own. Blocking; any thread."""

    TABLES = SCHEMA

    def __init__(self, file: Path) -> None:
        super().__init__(file)
        self._code = code_hash()

    def put(self, room: str, snapshot: Snapshot) -> None:
        """Keep a snapshot. The workshop of an older one is forgotten."""
        canvas = zlib.compress(snapshot.canvas, 1)
        with self._changing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO canvases VALUES (?,?,?,?,?)",
                (room, snapshot.version, snapshot.digest, self._code, canvas),
            )
            if snapshot.workshop is not None:
                self._forget_between(room, snapshot.version)
                connection.execute(
                    "INSERT OR REPLACE INTO workshops VALUES (?,?,?,?)",
                    (room, snapshot.version, self._code, zlib.compress(snapshot.workshop, 1)),
                )

    def newest(self, room: str) -> Snapshot | None:
        """Find the newest snapshot that has the workshop too."""
        row = self._row(
            "SELECT c.version, digest, canvas, workshop FROM workshops w JOIN canvases c"
            " ON c.room = w.room AND c.version = w.version WHERE w.room = ? AND w.code = ? AND c.code = ?",
            (room, self._code, self._code),
        )
        return None if row is None else _snapshot(*row)

    def version_of_workshop(self, room: str) -> int:
        """Tell the version of the workshop that is kept; 0 where there is none."""
        row = self._row("SELECT version FROM workshops WHERE room = ? AND code = ?", (room, self._code))
        return 0 if row is None else int(row[0])

    def nearest(self, room: str, version: int) -> Snapshot | None:
        """Find the newest canvas that is not beyond a version."""
        row = self._row(
            "SELECT version, digest, canvas FROM canvases WHERE room = ? AND version <= ? AND code = ?"
            " ORDER BY version DESC LIMIT 1",
            (room, version, self._code),
        )
        return None if row is None else _snapshot(*row)

    def forget(self, room: str) -> None:
        """Forget a room, and leave nothing of it in the file."""
        with self._changing() as connection:
            connection.execute("DELETE FROM canvases WHERE room = ?", (room,))
            connection.execute("DELETE FROM workshops WHERE room = ?", (room,))
        self._cut_off()

    def _forget_between(self, room: str, version: int) -> None:
        """Drop the canvas that went with the workshop before, unless it is one of the thousandths."""
        row = self._connection.execute("SELECT version FROM workshops WHERE room = ?", (room,)).fetchone()
        if row is None or row[0] == version:
            return
        step = row[0] // EVERY * EVERY
        others = "SELECT count(*) FROM canvases WHERE room = ? AND version >= ? AND version < ?"
        if self._connection.execute(others, (room, step, row[0])).fetchone()[0]:
            self._connection.execute("DELETE FROM canvases WHERE room = ? AND version = ?", (room, row[0]))

    def _row(self, sql: str, parameters: tuple[object, ...]) -> Any:  # noqa: ANN401 - columns of any type
        """Read one row; what can't be read is not there."""
        try:
            with self._using() as connection:
                return connection.execute(sql, parameters).fetchone()
        except LogError as error:
            logger.warning("the snapshots can't be read: %s", error)
            return None


def _snapshot(version: int, digest: bytes, canvas: bytes, workshop: bytes | None = None) -> Snapshot | None:
    """Unpack a snapshot, which has a checksum; a damaged one is not there."""
    try:
        plain = None if workshop is None else zlib.decompress(workshop)
        return Snapshot(version, digest, zlib.decompress(canvas), plain)
    except zlib.error as error:
        logger.warning("a snapshot of version %d is damaged: %s", version, error)
        return None
