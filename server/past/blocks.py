"""Revisions as they lie in their file: many in one compressed block, since one alone is nearly as long as its event.

Two revisions of one text have most of it in common, and all have the same members: a block is a tenth as long as they.
Beside the revisions of a block stands which version each is of, and the numbers of the words that it is found by; and
for each word, in which blocks it is mentioned.
"""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from sqlite3 import Connection, DatabaseError
from typing import Final, NamedTuple, Self

import orjson

from server.past.words import Numbers, Words

TABLES: Final = """
CREATE TABLE IF NOT EXISTS blocks (generation INTEGER, version INTEGER, heads BLOB, revisions BLOB,
    PRIMARY KEY (generation, version)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS mentions (generation INTEGER, word INTEGER, block INTEGER,
    PRIMARY KEY (generation, word, block)) WITHOUT ROWID;
"""

ENOUGH: Final = 128
"""Revisions in a block, at least: twice as many would save a tenth of the space, and cost twice as much to read one."""

STEP: Final = 5_000
"""Mentions that are dropped at a time."""


class Row(NamedTuple):
    """A revision: the version that it is of, what it is found by, and the JSON that is served.

    `undoes` is kept apart, so that a version is found by which another one was taken back.
    """

    version: int
    words: Words
    revision: bytes
    undoes: int | None = None


class Kept(NamedTuple):
    """A revision as it is kept."""

    version: int
    words: Sequence[int | None]
    revision: bytes


class Block(NamedTuple):
    """Revisions that lie together. Those of one version are never parted."""

    revisions: list[Kept]

    @classmethod
    def unpacked(cls, heads: bytes, revisions: bytes) -> Self:
        """Read a block. Raises DatabaseError where it is damaged."""
        try:
            whole = zip(orjson.loads(heads), zlib.decompress(revisions).split(b"\n"), strict=True)
            return cls([Kept(version, words, revision) for (version, *words), revision in whole])
        except (zlib.error, ValueError) as error:
            raise DatabaseError(f"a block of revisions is damaged: {error}") from error

    def packed(self) -> tuple[int, bytes, bytes]:
        """Give the first version, the heads, and the revisions."""
        heads = [(kept.version, *kept.words) for kept in self.revisions]
        revisions = zlib.compress(b"\n".join([kept.revision for kept in self.revisions]))
        return self.revisions[0].version, orjson.dumps(heads), revisions

    def mentioned(self) -> set[int]:
        """Tell the words that are mentioned anywhere in it."""
        return {word for kept in self.revisions for word in kept.words if word is not None}


def parted(revisions: Iterable[Kept]) -> Iterator[Block]:
    """Part revisions into blocks, of which only the last one may be short."""
    part: list[Kept] = []
    for kept in revisions:
        if len(part) >= ENOUGH and part[-1].version != kept.version:
            yield Block(part)
            part = []
        part.append(kept)
    if part:
        yield Block(part)


def add(connection: Connection, generation: int, rows: Sequence[Row]) -> None:
    """Add revisions behind all others; the last block goes along where it is short."""
    numbers = Numbers(connection, generation)
    revisions = [Kept(row.version, numbers.given(row.words), row.revision) for row in rows]
    last = _last(connection, generation, rows[-1].version) if rows else None
    if last is not None and len(last.revisions) < ENOUGH:
        revisions = last.revisions + revisions
    for block in parted(revisions):
        _put(connection, generation, block)


def _last(connection: Connection, generation: int, upto: int) -> Block | None:
    """Read the last block that begins up to a version."""
    sql = "SELECT heads, revisions FROM blocks WHERE generation = ? AND version <= ? ORDER BY version DESC LIMIT 1"
    row = connection.execute(sql, (generation, upto)).fetchone()
    return None if row is None else Block.unpacked(*row)


def _put(connection: Connection, generation: int, block: Block) -> None:
    first, heads, revisions = block.packed()
    connection.execute("INSERT OR REPLACE INTO blocks VALUES (?,?,?,?)", (generation, first, heads, revisions))
    mentions = [(generation, word, first) for word in block.mentioned()]
    connection.executemany("INSERT OR IGNORE INTO mentions VALUES (?,?,?)", mentions)


def cut_back(connection: Connection, generation: int, to: int) -> None:
    """Leave nothing of the revisions behind a version."""
    last = _last(connection, generation, to)
    connection.execute("DELETE FROM blocks WHERE generation = ? AND version > ?", (generation, to))
    connection.execute("DELETE FROM mentions WHERE generation = ? AND block > ?", (generation, to))
    if last is not None:
        _put(connection, generation, Block([kept for kept in last.revisions if kept.version <= to]))


def drop_some(connection: Connection, generation: int) -> bool:
    """Drop as many mentions as others can wait for; whether there may be more."""
    sql = (
        "DELETE FROM mentions WHERE (generation, word, block) IN (SELECT * FROM mentions WHERE generation = ? LIMIT ?)"
    )
    return connection.execute(sql, (generation, STEP)).rowcount == STEP
