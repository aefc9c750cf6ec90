"""A room made anew, all of it in one pass: what people see, and what decisions are made upon.

Loading does these one after the other, since people want to see first; where everybody waits for both, reading and
checking each event once takes half of the time. Blocking.
"""

from contextlib import suppress

import orjson

from domain.evolve import evolve
from domain.workshop import SNAPSHOT, initial
from projections import canvas as canvases
from server.live.loading import UNREADABLE, chain, described, shown, unreadable, usable
from server.live.shown import EVENTS_KEPT, Loaded
from server.storage import codec
from server.storage.cache import MOST_VERSIONS, WORKSHOP_EVERY, Cache, Snapshot
from server.storage.log import NOTHING, Head, Log, LogError


def refolded(log: Log, cache: Cache, room: str, before: int) -> Loaded:
    """Fold a room on from what was kept of it before a version; some of it on the way is kept for the next time.

    Raises UnknownRoomError, DamagedError, LogError.
    """
    loaded = _begun(log, cache, room, before)
    canvas, workshop, recent = loaded.canvas, loaded.workshop or initial(), log.head(room).version - EVENTS_KEPT
    for stored, digest in chain(log, room, loaded.head, MOST_VERSIONS):
        try:
            body = codec.unseal(stored)
            recorded = codec.recorded(body)
            evolve(workshop, recorded if stored.taken is None else codec.remembered(stored))
            if stored.version > recent:
                loaded.recent.append(shown(canvas, body)[0])
            else:
                canvases.advance(canvas, recorded)
        except UNREADABLE as error:
            raise unreadable(stored, error) from error
        loaded.head = Head(stored.version, digest)
        if stored.version % WORKSHOP_EVERY == 0:
            with suppress(LogError):
                snapshot = Snapshot(stored.version, digest, orjson.dumps(canvas), SNAPSHOT.dump_json(workshop))
                cache.put(room, snapshot)
    del loaded.recent[:-EVENTS_KEPT]
    loaded.workshop, loaded.unindexed = workshop, log.unindexed(room)
    return described(log, room, loaded)


def _begun(log: Log, cache: Cache, room: str, before: int) -> Loaded:
    """Begin with the newest snapshot before a version that has the workshop too, or at the beginning."""
    snapshot = usable(log, room, cache.newest(room, before - 1))
    if snapshot is None or snapshot.workshop is None:
        return Loaded(canvases.initial(), NOTHING, "", {})
    head = Head(snapshot.version, snapshot.digest)
    return Loaded(orjson.loads(snapshot.canvas), head, "", {}, SNAPSHOT.validate_json(snapshot.workshop))
