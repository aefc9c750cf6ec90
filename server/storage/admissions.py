"""Who is let into rooms: the tables of people, invites and codes, beside the events, for these can be erased."""

from abc import ABC, abstractmethod
from contextlib import AbstractContextManager
from typing import Any

from server.storage.log import ErasureKept, InviteKept, PersonKept


class Admissions(ABC):
    """The part of a log that is about people and how they come in; see Log for what each of these promises."""

    def people(self, room: str) -> list[PersonKept]:
        """List who joined a room, in that order; see Log."""
        sql = "SELECT participant, name, role, token FROM people WHERE room = ? ORDER BY rowid"
        return [PersonKept(*row) for row in self._rows(sql, room)]

    def person_of(self, room: str, token: bytes) -> PersonKept | None:
        """Find who holds a token, by its SHA-256."""
        row = self._row("SELECT participant, name, role, token FROM people WHERE room = ? AND token = ?", room, token)
        return None if row is None else PersonKept(*row)

    def rename(self, room: str, participant: str, name: str) -> None:
        """Have somebody go by another name; see Log."""
        self._write("UPDATE people SET name = ? WHERE room = ? AND participant = ?", name, room, participant)

    def erase_name(self, room: str, participant: str, kept: ErasureKept) -> None:
        """Forget somebody's name; see Log."""
        with self._transaction() as c:
            c.execute("UPDATE people SET name = '' WHERE room = ? AND participant = ?", (room, participant))
            c.execute("INSERT OR IGNORE INTO erasures VALUES (?,?,0)", (kept.id, kept.entry))

    def note_erasure(self, kept: ErasureKept) -> None:
        """Remember an erasure of which this log has nothing to erase."""
        self._write("INSERT OR IGNORE INTO erasures VALUES (?,?,0)", kept.id, kept.entry)

    def erasures(self) -> list[ErasureKept]:
        """List all that this log has forgotten."""
        return [ErasureKept(*row) for row in self._rows("SELECT id, entry FROM erasures")]

    def unsettled(self) -> list[ErasureKept]:
        """List the erasures of which something may be left; see Log."""
        return [ErasureKept(*row) for row in self._rows("SELECT id, entry FROM erasures WHERE NOT settled")]

    def settled(self, id_: str) -> None:
        """Note that nothing is left of what was erased."""
        self._write("UPDATE erasures SET settled = 1 WHERE id = ?", id_)

    def invite(self, room: str, invite: bytes) -> InviteKept | None:
        """Find an invite by its SHA-256."""
        row = self._row("SELECT invite, role FROM invites WHERE room = ? AND invite = ?", room, invite)
        return None if row is None else InviteKept(*row)

    def invites(self, room: str) -> list[InviteKept]:
        """List a room's invites, in no order."""
        return [InviteKept(*row) for row in self._rows("SELECT invite, role FROM invites WHERE room = ?", room)]

    def add_invite(self, room: str, invite: InviteKept) -> None:
        """Keep one more invite; see Log."""
        self._write("INSERT INTO invites VALUES (?,?,?)", room, invite.invite, invite.role)

    def end_invite(self, room: str, invite: bytes) -> None:
        """Forget an invite; see Log."""
        self._write("DELETE FROM invites WHERE room = ? AND invite = ?", room, invite)

    def code(self, room: str) -> str | None:
        """Find a room's code."""
        row = self._row("SELECT code FROM codes WHERE room = ?", room)
        return None if row is None else str(row[0])

    def room_of_code(self, code: str) -> str | None:
        """Find the room that has a code."""
        row = self._row("SELECT room FROM codes WHERE code = ?", code)
        return None if row is None else str(row[0])

    def keep_code(self, room: str, code: str) -> None:
        """Give a room a code; see Log."""
        self._write("INSERT INTO codes VALUES (?,?) ON CONFLICT (room) DO UPDATE SET code = excluded.code", room, code)

    def end_code(self, room: str) -> None:
        """Forget a room's code; see Log."""
        self._write("DELETE FROM codes WHERE room = ?", room)

    @abstractmethod
    def _rows(self, sql: str, *parameters: object) -> list[Any]:
        """Read rows."""

    @abstractmethod
    def _row(self, sql: str, *parameters: object) -> Any:  # noqa: ANN401 - columns of any type
        """Read one row, quickly."""

    @abstractmethod
    def _transaction(self) -> AbstractContextManager[Any]:
        """Write something beside the events, all of it or nothing."""

    @abstractmethod
    def _write(self, sql: str, *parameters: object) -> None:
        """Write something in a transaction of its own."""
