"""Snapshots: a cache beside the log, which may be deleted at any time.

A snapshot names its room, version and digest and the code that made it; on any mismatch it counts as not there. Of the
canvas every thousandth version or so is kept, to get to any moment quickly; of the workshop (which only the live room
needs) the newest, and every ten thousandth, to begin from where a text is taken out of what came behind.
"""

import hashlib
import logging
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import domain
import projections
from server.storage.derived import DerivedFile
from server.storage.log import LogError

logger = logging.getLogger("kern.cache")

MOST_VERSIONS: Final = 2**53 - 1

EVERY: Final = 1_000
"""Versions between two canvases that are kept."""

WORKSHOP_EVERY: Final = 10_000
"""Versions between two workshops that are kept."""

SCHEMA: Final = """
DROP TABLE IF EXISTS workshops;
CREATE TABLE IF NOT EXISTS canvases (room TEXT, version INTEGER, digest BLOB, code TEXT, canvas BLOB,
    PRIMARY KEY (room, version)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS states (room TEXT, version INTEGER, code TEXT, workshop BLOB,
    PRIMARY KEY (room, version)) WITHOUT ROWID;
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
                    "INSERT OR REPLACE INTO states VALUES (?,?,?,?)",
                    (room, snapshot.version, self._code, zlib.compress(snapshot.workshop, 1)),
                )

    def newest(self, room: str, upto: int = MOST_VERSIONS) -> Snapshot | None:
        """Find the newest snapshot, up to a version, that has the workshop too."""
        row = self._row(
            "SELECT c.version, digest, canvas, workshop FROM states s JOIN canvases c"
            " ON c.room = s.room AND c.version = s.version"
            " WHERE s.room = ? AND s.version <= ? AND s.code = ? AND c.code = ? ORDER BY s.version DESC LIMIT 1",
            (room, upto, self._code, self._code),
        )
        return None if row is None else _snapshot(*row)

    def version_of_workshop(self, room: str) -> int:
        """Tell the version of the newest workshop that is kept; 0 where there is none."""
        row = self._row("SELECT max(version) FROM states WHERE room = ? AND code = ?", (room, self._code))
        return 0 if row is None else int(row[0] or 0)

    def nearest(self, room: str, version: int) -> Snapshot | None:
        """Find the newest canvas that is not beyond a version."""
        row = self._row(
            "SELECT version, digest, canvas FROM canvases WHERE room = ? AND version <= ? AND code = ?"
            " ORDER BY version DESC LIMIT 1",
            (room, version, self._code),
        )
        return None if row is None else _snapshot(*row)

    def forget(self, room: str, after: int = 0) -> None:
        """Forget a room as it was behind a version, and leave nothing of it in the file."""
        with self._changing() as connection:
            connection.execute("DELETE FROM canvases WHERE room = ? AND version > ?", (room, after))
            connection.execute("DELETE FROM states WHERE room = ? AND version > ?", (room, after))
        self._cut_off()

    def _forget_between(self, room: str, version: int) -> None:
        """Drop the workshop before and the canvas that went with it, unless they are of those that are kept.

        A workshop beyond this version is of another log.
        """
        self._connection.execute("DELETE FROM states WHERE room = ? AND version > ?", (room, version))
        former = self._connection.execute("SELECT max(version) FROM states WHERE room = ?", (room,)).fetchone()[0]
        if former in {None, version}:
            return
        if former >= WORKSHOP_EVERY and self._first("states", room, former, WORKSHOP_EVERY):
            return
        self._connection.execute("DELETE FROM states WHERE room = ? AND version = ?", (room, former))
        if not self._first("canvases", room, former, EVERY):
            self._connection.execute("DELETE FROM canvases WHERE room = ? AND version = ?", (room, former))

    def _first(self, table: str, room: str, version: int, every: int) -> bool:
        """Tell whether something is the first that is kept from a round version on: that one stays."""
        others = f"SELECT count(*) FROM {table} WHERE room = ? AND version >= ? AND version < ?"  # noqa: S608 - ours
        step = version // every * every
        return not self._connection.execute(others, (room, step, version)).fetchone()[0]

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
