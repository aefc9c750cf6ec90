"""Finds revisions in their blocks, by the words that are mentioned in them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from sqlite3 import Connection
from typing import Final, NamedTuple

import orjson

from server.past.blocks import Block, Kept
from server.past.words import Numbers, Words, participants

BETWEEN: Final = (
    " FROM blocks b WHERE generation = ?1 AND version <= ?3"
    " AND version >= coalesce((SELECT max(version) FROM blocks WHERE generation = ?1 AND version <= ?2 + 1), 0)"
)
MENTIONED: Final = " AND EXISTS (SELECT * FROM mentions WHERE generation = ?1 AND word = ? AND block = b.version)"
NAMED: Final = (
    " AND version IN (SELECT (SELECT max(version) FROM blocks WHERE generation = ?1 AND version <= value)"
    " FROM json_each(?))"
)


class Sought(NamedTuple):
    """Which revisions; null is any."""

    activity: str | None = None
    kind: str | None = None
    participant: str | None = None
    versions: tuple[int, ...] | None = None
    """These events alone."""

    @property
    def words(self) -> Words:
        """What is mentioned in all of them."""
        return Words(self.activity, self.kind, self.participant)


class Part(NamedTuple):
    """A part of a room's past: what is behind one version, up to another."""

    after: int
    upto: int


def find(connection: Connection, generation: int, sought: Sought, part: Part) -> Iterator[Kept]:
    """Read the revisions of a part in which all that is sought is mentioned."""
    numbers = Numbers(connection, generation).of(sought.words)
    if numbers is None:
        return
    asked = {place: number for place, number in enumerate(numbers) if number is not None}
    sql = f"SELECT heads, revisions{BETWEEN}{MENTIONED * len(asked)}"
    given: list[object] = [generation, *part, *asked.values()]
    if sought.versions is not None:
        sql += NAMED
        given.append(orjson.dumps(sought.versions).decode())
    for heads, revisions in connection.execute(f"{sql} ORDER BY version", given):
        for kept in Block.unpacked(heads, revisions).revisions:
            inside = part.after < kept.version <= part.upto
            if inside and _has(kept.words, asked) and kept.version in (sought.versions or (kept.version,)):
                yield kept


def versions(connection: Connection, generation: int, sought: Sought, upto: int) -> list[int]:
    """List the events up to a version of which there is a revision with the words that are sought, in order."""
    numbers = Numbers(connection, generation).of(sought.words)
    if numbers is None:
        return []
    asked = {place: number for place, number in enumerate(numbers) if number is not None}
    sql = f"SELECT heads{BETWEEN}{MENTIONED * len(asked)} ORDER BY version"
    found = dict[int, None]()
    for (heads,) in connection.execute(sql, (generation, 0, upto, *asked.values())):
        found |= {version: None for version, *words in orjson.loads(heads) if _has(words, asked)}
    return [version for version in found if version <= upto]


def shares(connection: Connection, generation: int, upto: int, size: int) -> list[tuple[str, int, int]]:
    """Count in how many versions, up to one, each participant did something, part by part of `size` versions each."""
    counted = Counter[tuple[int, int]]()
    for (heads,) in connection.execute(f"SELECT heads{BETWEEN}", (generation, 0, upto)):
        made = {(participant, version) for version, *_, participant in orjson.loads(heads) if participant is not None}
        counted.update([(participant, (version - 1) // size) for participant, version in made if version <= upto])
    named = participants(connection, generation)
    return sorted((named[participant], part, count) for (participant, part), count in counted.items())


def _has(words: Sequence[int | None], asked: dict[int, int]) -> bool:
    """Tell whether all that is asked for, by its place, is among the words."""
    for place, number in asked.items():  # noqa: SIM110 - all() takes three times as long, and this is asked of each
        if words[place] != number:
            return False
    return True
