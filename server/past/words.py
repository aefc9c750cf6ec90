"""By what revisions are found: activities, kinds and participants. Each has a number, since ids are long."""

from sqlite3 import Connection
from typing import Final, NamedTuple

TABLES: Final = """
CREATE TABLE IF NOT EXISTS words (generation INTEGER, field TEXT, word TEXT, number INTEGER,
    PRIMARY KEY (generation, field, word)) WITHOUT ROWID;
"""


class Words(NamedTuple):
    """What a revision is found by, or what is sought; then null is any."""

    activity: str | None = None
    kind: str | None = None
    participant: str | None = None


FIELDS: Final = Words._fields


class Numbers:
    """The words of one generation and their numbers."""

    def __init__(self, connection: Connection, generation: int) -> None:
        self._connection, self._generation = connection, generation
        self._known: tuple[dict[str, int], ...] = ({}, {}, {})

    def of(self, words: Words) -> list[int | None] | None:
        """Find the numbers of some words, none where there is no word; nothing where one of them was never there."""
        found = [None if word is None else self._found(field, word) for field, word in zip(FIELDS, words, strict=True)]
        missing = any(word is not None and number is None for word, number in zip(words, found, strict=True))
        return None if missing else found

    def given(self, words: Words) -> list[int | None]:
        """Find the numbers of some words, and give one to each that was never there."""
        return [
            None if word is None else known.get(word) or self._given(field, word, known)
            for field, word, known in zip(FIELDS, words, self._known, strict=True)
        ]

    def _given(self, field: str, word: str, known: dict[str, int]) -> int:
        number = self._found(field, word)
        if number is None:
            sql = "SELECT coalesce(max(number), 0) + 1 FROM words WHERE generation = ?"
            number = int(self._connection.execute(sql, (self._generation,)).fetchone()[0])
            self._connection.execute("INSERT INTO words VALUES (?,?,?,?)", (self._generation, field, word, number))
        known[word] = number
        return number

    def _found(self, field: str, word: str) -> int | None:
        sql = "SELECT number FROM words WHERE generation = ? AND field = ? AND word = ?"
        row = self._connection.execute(sql, (self._generation, field, word)).fetchone()
        return None if row is None else int(row[0])


def participants(connection: Connection, generation: int) -> dict[int, str]:
    """Tell which number means which participant."""
    sql = "SELECT number, word FROM words WHERE generation = ? AND field = 'participant'"
    return dict(connection.execute(sql, (generation,)).fetchall())
