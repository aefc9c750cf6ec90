"""Who is where: the latest of each participant, never stored, on a lane of its own that never holds up an edit."""

from collections import Counter
from collections.abc import Callable
from typing import Any, Final, Protocol

import orjson

from server.frames import Frame, message
from server.protocol import Presence

INTERVAL: Final = 0.05
"""Seconds between two frames of presence: at most 20 a second."""

SUMMONS: Final = 2
"""Times a second that one person may call everybody to a view."""

NOWHERE: Final[dict[str, Any]] = {"focus": None, "cursor": None, "typing": False}
"""Where somebody is who has sent nothing yet. What else they may send is passed on only where it was sent."""


def where_of(told: Presence) -> dict[str, Any]:
    """Take from a message what the others are shown of it."""
    where = told.model_dump(include={*NOWHERE})
    further = told.model_dump(exclude={*NOWHERE, "type"}, exclude_defaults=True)
    return {**where, **further}


class Watcher(Protocol):
    """A connection, to presence."""

    participant: str

    def deliver(self, frame: Frame) -> None:
        """Take a frame that everybody gets."""

    def deliver_presence(self, frame: Frame) -> None:
        """Take a frame that may be dropped: a newer one follows."""


class Gathering:
    """The people connected to one room. `later` calls something after so many seconds."""

    def __init__(
        self, describe: Callable[[str], dict[str, str]], later: Callable[[float, Callable[[], None]], object]
    ) -> None:
        """`describe` gives a participant's name and role: identity is the server's word."""
        self._describe, self._later = describe, later
        self._watchers: set[Watcher] = set()
        self._connections: dict[str, int] = {}
        self._where: dict[str, dict[str, Any]] = {}
        self._changed: set[str] = set()
        self._gone: set[str] = set()
        self._waiting = False
        self._summoned = Counter[str]()

    @property
    def size(self) -> int:
        """How many people are connected."""
        return len(self._connections)

    def enter(self, watcher: Watcher) -> Frame:
        """Let a connection in, and answer the full frame that it starts with."""
        self._watchers.add(watcher)
        who = watcher.participant
        self._connections[who] = self._connections.get(who, 0) + 1
        if self._connections[who] == 1:
            self._gone.discard(who)
            self._touch(who)
        others = [self._entry(other) for other in self._connections if other != who]
        return _frame(others, [])

    def leave(self, watcher: Watcher) -> None:
        """Let a connection go; a person is gone with their last one."""
        if watcher not in self._watchers:
            return
        self._watchers.remove(watcher)
        who = watcher.participant
        self._connections[who] -= 1
        if not self._connections[who]:
            del self._connections[who]
            self._where.pop(who, None)
            self._changed.discard(who)
            self._gone.add(who)
            self._soon()

    def move(self, watcher: Watcher, where: dict[str, Any]) -> None:
        """Note where somebody is now."""
        if self._where.get(watcher.participant) != where:
            self._where[watcher.participant] = where
            self._touch(watcher.participant)

    def renew(self, who: str) -> None:
        """Have everybody get somebody's entry anew: what the server says of them has changed."""
        if who in self._connections:
            self._touch(who)

    def summon(self, watcher: Watcher, view: str) -> bool:
        """Call everybody to a view, the caller too; False where the same person calls too often."""
        who = watcher.participant
        if self._summoned[who] >= SUMMONS:
            return False
        self._summoned[who] += 1
        self._later(1.0, lambda: self._summoned.subtract((who,)))
        frame = message({"type": "summon", "view": view, "by": who})
        for everybody in tuple(self._watchers):
            everybody.deliver(frame)
        return True

    def _touch(self, who: str) -> None:
        self._changed.add(who)
        self._soon()

    def _soon(self) -> None:
        if not self._waiting:
            self._waiting = True
            self._later(INTERVAL, self._flush)

    def _flush(self) -> None:
        self._waiting = False
        changed = {who: self._entry(who) for who in self._changed}
        gone = sorted(self._gone)
        self._changed.clear()
        self._gone.clear()
        everything = _frame(list(changed.values()), gone)
        for watcher in tuple(self._watchers):
            if watcher.participant not in changed:
                watcher.deliver_presence(everything)
            elif len(changed) > 1 or gone:
                others = [entry for who, entry in changed.items() if who != watcher.participant]
                watcher.deliver_presence(_frame(others, gone))

    def _entry(self, who: str) -> bytes:
        where = self._where.get(who, NOWHERE)
        return orjson.dumps({"participant": who, **self._describe(who), **where})


def _frame(entries: list[bytes], gone: list[str]) -> Frame:
    return Frame(b'{"type":"presence","people":[%b],"gone":%b}' % (b",".join(entries), orjson.dumps(gone)))
