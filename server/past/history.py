"""Who changed what, kept for reading: the revisions of all rooms, in a file beside the log that may be deleted.

A room's revisions are a *generation*: it names the code that made it, and its position, which is the event up to which
it goes. Revisions and position change in one transaction, so each event is in it exactly once, whatever happens
meanwhile. With them go the ends of iterations, and by which version another one was taken back.
Where other code is to make them anew, that is a second generation, and the former one is served until it is whole.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from sqlite3 import Connection
from typing import Final, NamedTuple

from server.past import blocks, seeking, words
from server.past.blocks import Kept, Row
from server.past.seeking import Part, Sought
from server.storage.derived import DerivedFile
from server.storage.log import NOTHING, Head, LogError

TABLES: Final = """
CREATE TABLE IF NOT EXISTS generations (generation INTEGER PRIMARY KEY AUTOINCREMENT, room TEXT, code TEXT,
    served INTEGER, version INTEGER, digest BLOB);
CREATE INDEX IF NOT EXISTS generations_by_room ON generations (room);
CREATE TABLE IF NOT EXISTS undoings (generation INTEGER, undone INTEGER, version INTEGER,
    PRIMARY KEY (generation, undone, version)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS cuts (generation INTEGER, version INTEGER, summary BLOB,
    PRIMARY KEY (generation, version)) WITHOUT ROWID;
"""

PAGE: Final = 1_000
MOST: Final = 2**31


class Cut(NamedTuple):
    """The end of an iteration: its version, and the JSON that tells what the iteration made."""

    version: int
    summary: bytes


@dataclass(slots=True, frozen=True)
class Generation:
    """The revisions of one room up to `head`, as one code made them."""

    id: int
    room: str
    code: str
    head: Head


class History(DerivedFile):
    """The revisions of all rooms of a data folder. Its server alone writes to it."""

    TABLES = TABLES + blocks.TABLES + words.TABLES
    FORM = 2

    def served(self, room: str) -> Generation | None:
        """Find the generation that is read."""
        return self._generation("room = ? AND served", room)

    def growing(self, room: str, code: str) -> Generation | None:
        """Find a generation of this code that is not served yet."""
        return self._generation("room = ? AND code = ? AND NOT served", room, code)

    def begin(self, room: str, code: str) -> Generation:
        """Begin a generation, in the place of any other that is not served; a room's first one is served at once."""
        with self._changing() as connection:
            unserved = connection.execute("SELECT generation FROM generations WHERE room = ? AND NOT served", (room,))
            for (former,) in unserved.fetchall():
                _drop(connection, former)
            sql = (
                "INSERT INTO generations (room, code, served, version, digest)"
                " VALUES (?1, ?2, NOT EXISTS (SELECT * FROM generations WHERE room = ?1), 0, zeroblob(32))"
            )
            id_ = connection.execute(sql, (room, code)).lastrowid or 0
        return Generation(id_, room, code, Head(0, bytes(32)))

    def put(self, generation: Generation, head: Head, rows: Sequence[Row], cuts: Sequence[Cut] = ()) -> Generation:
        """Add what happened behind a generation's position, and move that: all or nothing. Raises LogError."""
        former = generation.head
        with self._changing() as connection:
            moved = connection.execute(
                "UPDATE generations SET version = ?, digest = ? WHERE generation = ? AND version = ? AND digest = ?",
                (head.version, head.digest, generation.id, former.version, former.digest),
            )
            if moved.rowcount != 1:
                raise LogError(f"the history of room {generation.room} was brought beyond {former.version} meanwhile")
            blocks.add(connection, generation.id, rows)
            connection.executemany(
                "INSERT OR IGNORE INTO undoings VALUES (?,?,?)",
                [(generation.id, row.undoes, row.version) for row in rows if row.undoes is not None],
            )
            connection.executemany("INSERT INTO cuts VALUES (?,?,?)", [(generation.id, *cut) for cut in cuts])
        return Generation(generation.id, generation.room, generation.code, head)

    def serve(self, generation: Generation) -> None:
        """Have a generation read from now on, in the place of the one before it, which is dropped."""
        with self._changing() as connection:
            sql = "SELECT generation FROM generations WHERE room = ? AND generation <> ?"
            former = connection.execute(sql, (generation.room, generation.id)).fetchall()
            connection.execute(
                "UPDATE generations SET served = (generation = ?) WHERE room = ?", (generation.id, generation.room)
            )
        for (id_,) in former:
            self._drop_by_and_by(id_)

    def forget(self, room: str, after: Head = NOTHING) -> None:
        """Drop what is kept of a room behind an event, and leave nothing of it in the file: it is made anew."""
        with self._changing() as connection:
            sql = "SELECT generation FROM generations WHERE room = ?"
            for (id_,) in connection.execute(sql, (room,)).fetchall():
                if after.version:
                    _cut_back(connection, id_, after)
                else:
                    _drop(connection, id_)
        self._cut_off()

    def rooms(self) -> list[str]:
        """List the rooms of which something is kept."""
        with self._using() as connection:
            return [room for (room,) in connection.execute("SELECT DISTINCT room FROM generations ORDER BY room")]

    def page(self, room: str, sought: Sought, after: int, upto: int, limit: int) -> tuple[list[bytes], int | None]:
        """Read the revisions behind version `after` up to another, and after which version others follow, if any.

        A page never splits a version: it has at most `limit` revisions, or all of a single version that has more.
        """
        found = self._found(room, sought, after, upto, limit + 1)
        if len(found) <= limit:
            return [kept.revision for kept in found], None
        cut = found[limit].version
        whole = [kept for kept in found if kept.version < cut]
        if whole:
            return [kept.revision for kept in whole], whole[-1].version
        single = self._found(room, sought, cut - 1, cut, MOST)
        more = self._found(room, sought, cut, upto, 1)
        return [kept.revision for kept in single], cut if more else None

    def versions(self, room: str, sought: Sought, upto: int) -> list[int]:
        """List the events up to a version of which there is such a revision, in order."""
        with self._using() as connection:
            return seeking.versions(connection, _served(connection, room), sought, upto)

    def each(self, room: str, upto: int, *, after: int = 0) -> Iterator[list[bytes]]:
        """Read all revisions behind a version up to another, a page at a time."""
        following: int | None = after
        while following is not None:
            page, following = self.page(room, Sought(), following, upto, PAGE)
            yield page

    def undoings(self, room: str, versions: Iterable[int], upto: int) -> list[tuple[int, int]]:
        """Find by which versions, up to one, some were taken back, and by which these were, and so on.

        Answers (version, undone version), in order.
        """
        sql = (
            "SELECT version, undone FROM undoings WHERE generation = ?"
            " AND undone IN (SELECT value FROM json_each(?)) AND version <= ?"
        )
        found: list[tuple[int, int]] = []
        asked = list(versions)
        while asked:
            with self._using() as connection:
                parameters = (_served(connection, room), json.dumps(asked), upto)
                rows = connection.execute(sql, parameters).fetchall()
            found += rows
            asked = [version for version, _ in rows]
        return sorted(set(found))

    def cuts(self, room: str, upto: int) -> list[Cut]:
        """Read the ends of the iterations up to a version."""
        sql = "SELECT version, summary FROM cuts WHERE generation = ? AND version <= ? ORDER BY version"
        with self._using() as connection:
            return [Cut(*row) for row in connection.execute(sql, (_served(connection, room), upto))]

    def shares(self, room: str, upto: int, size: int) -> list[tuple[str, int, int]]:
        """Count who made how many events up to a version, part by part of `size` versions each."""
        with self._using() as connection:
            return seeking.shares(connection, _served(connection, room), upto, size)

    def _drop_by_and_by(self, generation: int) -> None:
        """Drop what nobody reads any more, in steps between which others can read."""
        more = True
        while more:
            with self._changing() as connection:
                more = blocks.drop_some(connection, generation)
        with self._changing() as connection:
            _drop(connection, generation)

    def _found(self, room: str, sought: Sought, after: int, upto: int, limit: int) -> list[Kept]:
        """Find the first revisions behind a version, up to another."""
        with self._using() as connection:
            found = seeking.find(connection, _served(connection, room), sought, Part(after, upto))
            return list(islice(found, limit))

    def _generation(self, which: str, *parameters: str) -> Generation | None:
        sql = f"SELECT generation, room, code, version, digest FROM generations WHERE {which}"  # noqa: S608 - written here
        with self._using() as connection:
            row = connection.execute(sql, parameters).fetchone()
        return None if row is None else Generation(row[0], row[1], row[2], Head(row[3], row[4]))


def _served(connection: Connection, room: str) -> int:
    """Find the number of the generation that is read; 0, which is none, where there is no such room."""
    row = connection.execute("SELECT generation FROM generations WHERE room = ? AND served", (room,)).fetchone()
    return 0 if row is None else int(row[0])


def _cut_back(connection: Connection, generation: int, to: Head) -> None:
    """Take a generation back to an event that it had reached."""
    blocks.cut_back(connection, generation, to.version)
    for table in ("undoings", "cuts"):
        sql = f"DELETE FROM {table} WHERE generation = ? AND version > ?"  # noqa: S608 - written here
        connection.execute(sql, (generation, to.version))
    sql = "UPDATE generations SET version = ?, digest = ? WHERE generation = ? AND version > ?"
    connection.execute(sql, (to.version, to.digest, generation, to.version))


def _drop(connection: Connection, generation: int) -> None:
    for table in ("blocks", "words", "mentions", "undoings", "cuts", "generations"):
        connection.execute(f"DELETE FROM {table} WHERE generation = ?", (generation,))  # noqa: S608 - written here
