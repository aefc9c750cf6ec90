"""Who is where: the latest of each participant, never stored, on a lane of its own that never holds up an edit."""

from collections import Counter
from collections.abc import Callable
from typing import Any, Final, Protocol

import orjson

from server.wire.frames import Frame, message
from server.wire.protocol import Presence

INTERVAL: Final = 0.05
"""Seconds between two frames of presence: at most 20 a second."""

ENTRIES: Final = 400_000
"""Entries a second that a room sends: where more than 140 people move at once, frames come less often, since twice the
people are four times the entries, and edits must not wait for them."""

SUMMONS: Final = 2
"""Times a second that one person may call everybody to a view."""

HEAD: Final = b'{"type":"presence","people":['

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
        self, describe: Callable[[str], dict[str, Any]], later: Callable[[float, Callable[[], None]], object]
    ) -> None:
        """`describe` gives a participant's name and role: identity is the server's word."""
        self._describe, self._later = describe, later
        self._watchers: set[Watcher] = set()
        self._connections: dict[str, int] = {}
        self._where: dict[str, dict[str, Any]] = {}
        self._changed: set[str] = set()
        self._gone: set[str] = set()
        self._waiting = False
        self._interval = INTERVAL
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
            self._later(self._interval, self._flush)

    def _flush(self) -> None:
        self._waiting = False
        changed = {who: self._entry(who) for who in self._changed}
        gone = sorted(self._gone)
        self._changed.clear()
        self._gone.clear()
        self._interval = max(INTERVAL, len(changed) * len(self._watchers) / ENTRIES)
        everything = _frame(list(changed.values()), gone)
        own = _places(changed)
        for watcher in tuple(self._watchers):
            place = own.get(watcher.participant)
            if place is None:
                watcher.deliver_presence(everything)
            elif len(changed) > 1 or gone:
                watcher.deliver_presence(_without(everything, place))

    def _entry(self, who: str) -> bytes:
        where = self._where.get(who, NOWHERE)
        return orjson.dumps({"participant": who, **self._describe(who), **where})


def _frame(entries: list[bytes], gone: list[str]) -> Frame:
    return Frame(b'%b%b],"gone":%b}' % (HEAD, b",".join(entries), orjson.dumps(gone)))


def _places(entries: dict[str, bytes]) -> dict[str, tuple[int, int]]:
    """Tell where in their frame each entry stands, with the comma before it; the first one with that behind it."""
    places: dict[str, tuple[int, int]] = {}
    at, comma = len(HEAD), int(len(entries) > 1)
    for who, entry in entries.items():
        end = at + len(entry)
        places[who] = (at - 1, end) if places else (at, end + comma)
        at = end + 1
    return places


def _without(frame: Frame, place: tuple[int, int]) -> Frame:
    """Cut somebody's own entry out: two copies, where joining the others' anew would take one for each of them."""
    start, end = place
    return Frame(frame.payload[:start] + frame.payload[end:])
