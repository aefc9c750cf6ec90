"""From the log to a live room, and to any moment of its past. Blocking: called on a thread.

Every digest on the way is checked. What can't be read puts its room out of service, and no other.
"""

import logging
from hashlib import sha256
from typing import Any, Final

import orjson
from pydantic import ValidationError

from domain.evolve import evolve
from domain.workshop import SNAPSHOT, initial
from projections import canvas as canvases
from projections.patch import Operation, apply
from server import codec
from server.cache import EVERY, Cache, Snapshot
from server.codec import Stored
from server.log import NOTHING, Head, Log
from server.room import EVENTS_KEPT, Loaded

logger = logging.getLogger("kern.loading")

PAGE: Final = 1_000
"""Events read from the log at a time."""


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
    """Load a room from its newest snapshot and the events since. Raises UnknownRoomError, DamagedError, LogError."""
    snapshot = _usable(log, cache, room)
    if snapshot is None or snapshot.workshop is None:
        workshop, canvas, head, at = initial(), canvases.initial(), NOTHING, ""
    else:
        workshop, canvas = SNAPSHOT.validate_json(snapshot.workshop), orjson.loads(snapshot.canvas)
        head, at = Head(snapshot.version, snapshot.digest), snapshot.at
    people = {person.participant: person for person in log.people(room)}
    loaded = Loaded(workshop, canvas, head, at, people, kept=head.version)
    loaded.unindexed = log.unindexed(room)
    while events := log.events(room, loaded.head.version, PAGE):
        for stored in events:
            _take(loaded, stored)
    if not loaded.head.version:
        raise UnknownRoomError(room)
    return loaded


def _usable(log: Log, cache: Cache, room: str) -> Snapshot | None:
    """Find the newest snapshot that belongs to this very log."""
    snapshot = cache.newest(room)
    if snapshot is None:
        return None
    there = log.events(room, snapshot.version - 1, 1)
    return snapshot if there and there[0].digest == snapshot.digest else None


def _take(loaded: Loaded, stored: Stored) -> None:
    if stored.version != loaded.head.version + 1:
        raise DamagedError(f"version {loaded.head.version + 1} is missing")
    digest = chained(loaded.head.digest, stored)
    try:
        body = codec.unseal(stored)
        recorded = codec.recorded(body)
        evolve(loaded.workshop, recorded)
        encoded, _ = shown(loaded.canvas, body)
    except (ValueError, LookupError, TypeError, ValidationError) as error:
        raise DamagedError(f"version {stored.version} can't be read: {error}") from error
    loaded.head, loaded.at = Head(stored.version, digest), recorded.at
    loaded.recent.append(encoded)
    del loaded.recent[:-EVENTS_KEPT]


def shown(canvas: dict[str, Any], body: dict[str, Any]) -> tuple[bytes, list[Operation]]:
    """Bring a canvas to an event, and encode the event as clients get it."""
    changes = canvases.changes(canvas, codec.recorded(body))
    encoded = codec.wire(body, changes)
    apply(canvas, changes)
    return encoded, changes


def canvas_at(log: Log, cache: Cache, room: str, version: int) -> dict[str, Any]:
    """Fold the canvas of a version, which the room has reached."""
    canvas, at = _before(log, cache, room, version)
    while at < version:
        for stored in log.events(room, at, min(PAGE, version - at)):
            shown(canvas, codec.unseal(stored))
            at = stored.version
            _keep(cache, room, stored, canvas)
    return canvas


def events_after(log: Log, cache: Cache, room: str, after: int, upto: int) -> list[bytes]:
    """Encode the events behind `after` up to a version, as clients get them."""
    canvas = canvas_at(log, cache, room, after)
    encoded: list[bytes] = []
    while after < upto:
        for stored in log.events(room, after, min(PAGE, upto - after)):
            encoded.append(shown(canvas, codec.unseal(stored))[0])
            after = stored.version
    return encoded


def _before(log: Log, cache: Cache, room: str, version: int) -> tuple[dict[str, Any], int]:
    """Find the nearest canvas that is kept and belongs to this log, or begin at the beginning."""
    snapshot = cache.nearest(room, version)
    if snapshot is not None:
        there = log.events(room, snapshot.version - 1, 1)
        if there and there[0].digest == snapshot.digest:
            return orjson.loads(snapshot.canvas), snapshot.version
    return canvases.initial(), 0


def _keep(cache: Cache, room: str, stored: Stored, canvas: dict[str, Any]) -> None:
    """Keep a thousandth version that was passed on the way: the next one who comes here is quicker."""
    if stored.version % EVERY == 0:
        cache.put(room, Snapshot(stored.version, stored.digest, "", orjson.dumps(canvas)))
