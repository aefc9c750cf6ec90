"""Who changed what, kept for reading: the revisions of all rooms, in a file beside the log that may be deleted.

A room's revisions are a *generation*: it names the code that made it, and its position, which is the event up to which
it goes. Rows and position change in one transaction, so each event is in it exactly once, whatever happens meanwhile.
With the rows go the ends of iterations, and by which version another one was taken back.
Where other code is to make them anew, that is a second generation, and the former one is served until it is whole.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from server.derived import DerivedFile
from server.log import NOTHING, Head, LogError

TABLES: Final = """
CREATE TABLE IF NOT EXISTS generations (generation INTEGER PRIMARY KEY AUTOINCREMENT, room TEXT, code TEXT,
    served INTEGER, version INTEGER, digest BLOB);
CREATE INDEX IF NOT EXISTS generations_by_room ON generations (room);
CREATE TABLE IF NOT EXISTS revisions (generation INTEGER, version INTEGER, number INTEGER, kind TEXT, participant TEXT,
    activity TEXT, revision BLOB, PRIMARY KEY (generation, version, number)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS undoings (generation INTEGER, undone INTEGER, version INTEGER,
    PRIMARY KEY (generation, undone, version)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS cuts (generation INTEGER, version INTEGER, summary BLOB,
    PRIMARY KEY (generation, version)) WITHOUT ROWID;
"""

INDEXES: Final = """
CREATE INDEX IF NOT EXISTS revisions_by_kind ON revisions (generation, kind, version, number);
CREATE INDEX IF NOT EXISTS revisions_by_participant ON revisions (generation, participant, version, number)
    WHERE participant IS NOT NULL;
CREATE INDEX IF NOT EXISTS revisions_by_activity ON revisions (generation, activity, version, number)
    WHERE activity IS NOT NULL;
"""

PAGE: Final = 1_000
NAMED: Final = " AND version IN (SELECT value FROM json_each(?))"


class Row(NamedTuple):
    """A revision as it is kept: what it is found by, and the JSON that is served. `number` counts within the event.

    `undoes` is kept apart, so that a version is found by which another one was taken back.
    """

    version: int
    number: int
    kind: str
    participant: str | None
    activity: str | None
    revision: bytes
    undoes: int | None = None


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


class Sought(NamedTuple):
    """Which revisions; null is any. Of several the first leaves the fewest, mostly, so its index is used."""

    activity: str | None = None
    kind: str | None = None
    participant: str | None = None
    versions: tuple[int, ...] | None = None
    """These events alone."""

    def columns(self) -> dict[str, str]:
        """Give what is the same in all of them."""
        given = {"activity": self.activity, "kind": self.kind, "participant": self.participant}
        return {name: value for name, value in given.items() if value is not None}


class History(DerivedFile):
    """The revisions of all rooms of a data folder. Its server alone writes to it."""

    TABLES = TABLES + INDEXES

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
            connection.executemany(
                "INSERT INTO revisions VALUES (?,?,?,?,?,?,?)", [(generation.id, *row[:-1]) for row in rows]
            )
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
        """Drop what is kept of a room behind an event, and leave nothing of it in the file: it is made anew.

        The newest goes first, in steps between which others can read. A position on the way fits no log: where this
        ends halfway, all that is left is dropped by who follows the log next.
        """
        with self._using() as connection:
            sql = "SELECT generation, version FROM generations WHERE room = ?"
            found = connection.execute(sql, (room,)).fetchall()
        for id_, last in found:
            for version in range(last - PAGE, after.version, -PAGE):
                with self._changing() as connection:
                    _cut_back(connection, id_, Head(version, NOTHING.digest))
            with self._changing() as connection:
                if after.version:
                    _cut_back(connection, id_, after, wholly=True)
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
        found = self._rows(room, sought, after, upto, limit + 1)
        if len(found) <= limit:
            return [revision for _, revision in found], None
        cut = found[limit][0]
        whole = [(version, revision) for version, revision in found if version < cut]
        if whole:
            return [revision for _, revision in whole], whole[-1][0]
        single = self._rows(room, sought, cut - 1, cut, -1)
        more = self._rows(room, sought, cut, upto, 1)
        return [revision for _, revision in single], cut if more else None

    def versions(self, room: str, sought: Sought, upto: int) -> list[int]:
        """List the events up to a version of which there is such a revision, in order."""
        where, given = _matching(room, sought, 0, upto)
        with self._using() as connection:
            rows = connection.execute(f"SELECT DISTINCT version {where} ORDER BY version", given)
            return [version for (version,) in rows]

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
            "SELECT version, undone FROM undoings WHERE generation ="
            " (SELECT generation FROM generations WHERE room = ?1 AND served)"
            " AND undone IN (SELECT value FROM json_each(?2)) AND version <= ?3"
        )
        found: list[tuple[int, int]] = []
        asked = list(versions)
        while asked:
            with self._using() as connection:
                rows = connection.execute(sql, (room, json.dumps(asked), upto)).fetchall()
            found += rows
            asked = [version for version, _ in rows]
        return sorted(set(found))

    def cuts(self, room: str, upto: int) -> list[Cut]:
        """Read the ends of the iterations up to a version."""
        sql = (
            "SELECT version, summary FROM cuts WHERE generation ="
            " (SELECT generation FROM generations WHERE room = ? AND served) AND version <= ? ORDER BY version"
        )
        with self._using() as connection:
            return [Cut(*row) for row in connection.execute(sql, (room, upto))]

    def shares(self, room: str, upto: int, size: int) -> list[tuple[str, int, int]]:
        """Count who made how many events up to a version, part by part of `size` versions each."""
        sql = (
            "SELECT participant, (version - 1) / ?, count(DISTINCT version)"
            " FROM revisions INDEXED BY revisions_by_participant"
            " WHERE generation = (SELECT generation FROM generations WHERE room = ? AND served)"
            " AND participant IS NOT NULL AND version <= ? GROUP BY 1, 2 ORDER BY 1, 2"
        )
        with self._using() as connection:
            return connection.execute(sql, (size, room, upto)).fetchall()

    def _drop_by_and_by(self, generation: int) -> None:
        """Drop what nobody reads any more, in steps between which others can read."""
        with self._using() as connection:
            sql = "SELECT max(version) FROM revisions WHERE generation = ?"
            last = connection.execute(sql, (generation,)).fetchone()[0] or 0
        for version in range(PAGE, last, PAGE):
            with self._changing() as connection:
                sql = "DELETE FROM revisions WHERE generation = ? AND version <= ?"
                connection.execute(sql, (generation, version))
        with self._changing() as connection:
            _drop(connection, generation)

    def _rows(self, room: str, sought: Sought, after: int, upto: int, limit: int) -> list[tuple[int, bytes]]:
        where, given = _matching(room, sought, after, upto)
        sql = f"SELECT version, revision {where} ORDER BY version, number LIMIT ?"
        with self._using() as connection:
            return connection.execute(sql, (*given, limit)).fetchall()

    def _generation(self, which: str, *parameters: str) -> Generation | None:
        sql = f"SELECT generation, room, code, version, digest FROM generations WHERE {which}"  # noqa: S608 - written here
        with self._using() as connection:
            row = connection.execute(sql, parameters).fetchone()
        return None if row is None else Generation(row[0], row[1], row[2], Head(row[3], row[4]))


class Unindexed(History):
    """A file that nobody asks before it is whole: a History that is opened in it later makes the indexes, at once."""

    TABLES = TABLES


def _cut_back(connection: Any, generation: int, to: Head, *, wholly: bool = False) -> None:  # noqa: ANN401 - SQLite's
    """Take a generation's revisions back to an event, and its position; `wholly` what goes with the revisions too."""
    for table in ("revisions", "undoings", "cuts") if wholly else ("revisions",):
        sql = f"DELETE FROM {table} WHERE generation = ? AND version > ?"  # noqa: S608 - written here
        connection.execute(sql, (generation, to.version))
    sql = "UPDATE generations SET version = ?, digest = ? WHERE generation = ? AND version > ?"
    connection.execute(sql, (to.version, to.digest, generation, to.version))


def _matching(room: str, sought: Sought, after: int, upto: int) -> tuple[str, tuple[str | int, ...]]:
    """Write from where revisions behind a version up to another are read, and what goes with it."""
    columns = sought.columns()
    given: tuple[str | int, ...] = (room, after, upto, *columns.values())
    served = "generation = (SELECT generation FROM generations WHERE room = ? AND served)"
    if sought.versions is None:
        index = f" INDEXED BY revisions_by_{next(iter(columns))}" if columns else ""
        which = "".join(f" AND {name} = ?" for name in columns)
        return f"FROM revisions{index} WHERE {served} AND version > ? AND version <= ?{which}", given
    # A plus keeps SQLite from looking through all between the first and the last of some events.
    which = "".join(f" AND +{name} = ?" for name in columns)
    where = f"FROM revisions WHERE {served} AND +version > ? AND +version <= ?{which}{NAMED}"
    return where, (*given, json.dumps(sought.versions))


def _drop(connection: Any, generation: int) -> None:  # noqa: ANN401 - SQLite's connection
    for table in ("revisions", "undoings", "cuts"):
        connection.execute(f"DELETE FROM {table} WHERE generation = ?", (generation,))  # noqa: S608 - written here
    connection.execute("DELETE FROM generations WHERE generation = ?", (generation,))
