"""From the log to a live room, and to any moment of its past. Blocking: called on a thread.

Every digest on the way is checked. What can't be read puts its room out of service, and no other.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from typing import Any, Final

import orjson

from domain.evolve import evolve
from domain.workshop import SNAPSHOT, Workshop, initial
from projections import canvas as canvases
from projections.patch import Operation, apply
from server.live.shown import EVENTS_KEPT, Loaded
from server.storage import codec
from server.storage.cache import EVERY, MOST_VERSIONS, Cache, Snapshot
from server.storage.codec import Stored
from server.storage.log import NOTHING, Head, Log, LogError

logger = logging.getLogger("kern.loading")

PAGE: Final = 1_000
"""Events read from the log at a time."""

UNREADABLE: Final = (ValueError, LookupError, TypeError)
"""What is raised by an event that is not what its row says."""


class DamagedError(Exception):
    """A room's log can't be read: a digest does not fit, or an event is not known here."""


class UnknownRoomError(Exception):
    """There is no such room."""


def chained(previous: bytes, stored: Stored) -> bytes:
    """Check one link of the chain, and answer the digest."""
    digest = sha256(b"kern/event/1\n" + previous.hex().encode() + b"\n" + stored.body).digest()
    if digest != stored.digest:
        raise DamagedError(f"the digest of version {stored.version} does not fit")
    return digest


def load(log: Log, cache: Cache, room: str) -> Loaded:
    """Load a room from its newest snapshots and the events since. Raises UnknownRoomError, DamagedError, LogError."""
    loaded = load_canvas(log, cache, room)
    loaded.workshop = load_workshop(log, cache, room, loaded.head.version)
    loaded.unindexed = log.unindexed(room)
    return loaded


def load_canvas(log: Log, cache: Cache, room: str) -> Loaded:
    """Load what people see of a room: much less than what decisions are made upon, and they need not wait for that."""
    snapshot = usable(log, room, cache.nearest(room, MOST_VERSIONS))
    if snapshot is None:
        loaded = Loaded(canvases.initial(), NOTHING, "", {})
    else:
        loaded = Loaded(orjson.loads(snapshot.canvas), Head(snapshot.version, snapshot.digest), "", {})
    for stored, digest in chain(log, room, loaded.head, MOST_VERSIONS):
        with readable(stored):
            loaded.recent.append(shown(loaded.canvas, codec.unseal(stored))[0])
        loaded.head = Head(stored.version, digest)
        del loaded.recent[:-EVENTS_KEPT]
    loaded.kept = cache.version_of_workshop(room)
    return described(log, room, loaded)


def described(log: Log, room: str, loaded: Loaded) -> Loaded:
    """Add what the log says of a room beside its events. Raises UnknownRoomError where it has none."""
    if not loaded.head.version:
        raise UnknownRoomError(room)
    loaded.at = codec.unseal(log.events(room, loaded.head.version - 1, 1)[0])["at"]
    loaded.people = {person.participant: person for person in log.people(room)}
    loaded.redacted_at = log.redacted_at(room)
    return loaded


def load_workshop(log: Log, cache: Cache, room: str, upto: int) -> Workshop:
    """Load what decisions are made upon, as of a version that the log has."""
    snapshot = usable(log, room, cache.newest(room))
    workshop, head = initial(), NOTHING
    if snapshot is not None and snapshot.workshop is not None and snapshot.version <= upto:
        workshop, head = SNAPSHOT.validate_json(snapshot.workshop), Head(snapshot.version, snapshot.digest)
    for stored, _ in chain(log, room, head, upto):
        with readable(stored):
            evolve(workshop, codec.remembered(stored))
    return workshop


def usable(log: Log, room: str, snapshot: Snapshot | None) -> Snapshot | None:
    """Answer the snapshot where it belongs to this very log."""
    if snapshot is None:
        return None
    there = log.events(room, snapshot.version - 1, 1)
    return snapshot if there and there[0].digest == snapshot.digest else None


def pages(log: Log, room: str, upto: int) -> Iterator[list[Stored]]:
    """Read a room's events from the first to one, some at a time. Raises DamagedError where the log ends before it."""
    after = 0
    while after < upto:
        page = log.events(room, after, min(PAGE, upto - after))
        if not page:
            raise DamagedError(f"version {after + 1} is missing")
        yield page
        after = page[-1].version


def chain(log: Log, room: str, head: Head, upto: int) -> Iterator[tuple[Stored, bytes]]:
    """Read the events behind a head, checking that none is missing and every digest fits."""
    version, digest = head.version, head.digest
    while version < upto and (page := log.events(room, version, min(PAGE, upto - version))):
        for stored in page:
            if stored.version != version + 1:
                raise DamagedError(f"version {version + 1} is missing")
            version, digest = stored.version, chained(digest, stored)
            yield stored, digest


@contextmanager
def readable(stored: Stored) -> Iterator[None]:
    """Say of an event which can't be read that its room is damaged."""
    try:
        yield
    except UNREADABLE as error:
        raise unreadable(stored, error) from error


def unreadable(stored: Stored, error: Exception) -> DamagedError:
    """Name the event which can't be read, and why."""
    return DamagedError(f"version {stored.version} can't be read: {error}")


def shown(canvas: dict[str, Any], body: dict[str, Any]) -> tuple[bytes, list[Operation]]:
    """Bring a canvas to an event, and encode the event as clients get it."""
    changes = canvases.changes(canvas, codec.recorded(body))
    encoded = codec.wire(body, changes)
    apply(canvas, changes)
    return encoded, changes


def canvas_at(log: Log, cache: Cache, room: str, version: int) -> dict[str, Any]:
    """Fold the canvas of a version, which the room has reached. Raises DamagedError, LogError."""
    return _canvas_at(log, cache, room, version)[0]


def _canvas_at(log: Log, cache: Cache, room: str, version: int) -> tuple[dict[str, Any], Head]:
    canvas, head = _before(log, cache, room, version)
    for stored, digest in chain(log, room, head, version):
        with readable(stored):
            shown(canvas, codec.unseal(stored))
        head = Head(stored.version, digest)
        _keep(cache, room, stored, canvas)
    reached(head, version)
    return canvas, head


def events_after(log: Log, cache: Cache, room: str, after: int, upto: int) -> list[bytes]:
    """Encode the events behind `after` up to a version, as clients get them. Raises DamagedError, LogError."""
    canvas, head = _canvas_at(log, cache, room, after)
    encoded: list[bytes] = []
    for stored, digest in chain(log, room, head, upto):
        with readable(stored):
            encoded.append(shown(canvas, codec.unseal(stored))[0])
        head = Head(stored.version, digest)
    reached(head, upto)
    return encoded


def reached(head: Head, version: int) -> None:
    """Say of a log that ends too early that it is damaged."""
    if head.version < version:
        raise DamagedError(f"version {head.version + 1} is missing")


def _before(log: Log, cache: Cache, room: str, version: int) -> tuple[dict[str, Any], Head]:
    """Find the nearest canvas that is kept and belongs to this log, or begin at the beginning."""
    snapshot = usable(log, room, cache.nearest(room, version))
    if snapshot is None:
        return canvases.initial(), NOTHING
    return orjson.loads(snapshot.canvas), Head(snapshot.version, snapshot.digest)


def _keep(cache: Cache, room: str, stored: Stored, canvas: dict[str, Any]) -> None:
    """Keep a thousandth version that was passed on the way: the next one who comes here is quicker."""
    if stored.version % EVERY == 0:
        with suppress(LogError):  # where nothing can be written, reading goes on
            cache.put(room, Snapshot(stored.version, stored.digest, orjson.dumps(canvas)))
