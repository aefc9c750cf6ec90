"""What a decision needs of a room's past, looked up in its log. Blocking: called on a thread."""

from domain.former import DoneBy, Past, StoodAt, changes_of
from projections.former import stood
from server.live import loading
from server.storage import codec
from server.storage.cache import Cache
from server.storage.log import NOTHING, Log


def looked_back(log: Log, cache: Cache, room: str, wanted: StoodAt | DoneBy) -> Past:
    """Find what is wanted, up to versions that the room has reached. Raises DamagedError, LogError."""
    if isinstance(wanted, StoodAt):
        return stood(loading.canvas_at(log, cache, room, wanted.version))
    chain = loading.chain(log, room, NOTHING, wanted.upto)
    return changes_of(wanted.participant, (codec.remembered(stored) for stored, _ in chain))
