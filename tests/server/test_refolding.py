"""A room that is made anew after a text was taken out is what a load without snapshots gives."""

from collections.abc import Callable, Iterator
from pathlib import Path

import orjson
import pytest

from domain import events as e
from domain.workshop import SNAPSHOT
from server.live import loading, refolding
from server.live.loading import DamagedError, UnknownRoomError
from server.live.refolding import refolded
from server.live.shown import Loaded
from server.storage import cache as caching
from server.storage.cache import Cache, Snapshot
from server.storage.codec import Stored
from server.storage.log import Append, ErasureKept, Redaction
from tests.server.desk import NoCache
from tests.server.memory_log import MemoryLog
from tests.server.played import Played, played, write
from tests.server.scribe import Scribe


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cache]:
    for module in (caching, refolding):
        monkeypatch.setattr(module, "WORKSHOP_EVERY", 50)
    cache = Cache(tmp_path / "cache.db")
    yield cache
    cache.close()


def log_of(story: Played, upto: int | None = None) -> MemoryLog:
    log = MemoryLog()
    story.write(log, upto)
    return log


def told(loaded: Loaded) -> tuple[object, ...]:
    return (
        loaded.workshop,
        orjson.dumps(loaded.canvas),
        loaded.head,
        loaded.at,
        loaded.people,
        loaded.unindexed,
        loaded.redacted_at,
    )


def kept(cache: Cache, version: int, story: Played) -> None:
    """Keep a snapshot of a version."""
    loaded = loading.load(log_of(story, version), NoCache(), "room")
    workshop = SNAPSHOT.dump_json(loaded.workshop) if loaded.workshop else None
    cache.put("room", Snapshot(version, loaded.head.digest, orjson.dumps(loaded.canvas), workshop))


@pytest.mark.parametrize("seed", range(3))
def test_it_is_the_same_from_any_snapshot_and_from_none(cache: Cache, seed: int) -> None:
    story = played(seed)
    log = log_of(story)
    whole = loading.load(log, NoCache(), "room")
    for before in (1, 2, 120, story.head):
        anew = refolded(log, cache, "room", before)
        assert told(anew) == told(whole)
        assert anew.recent == whole.recent[-len(anew.recent) :] != []
        kept(cache, before, story)


def spied(events: Callable[[str, int, int], list[Stored]], reads: list[int]) -> Callable[[str, int, int], list[Stored]]:
    """Note from where on a log is read."""

    def read(room: str, after: int, limit: int) -> list[Stored]:
        reads.append(after)
        return events(room, after, limit)

    return read


def test_on_the_way_workshops_are_kept_to_begin_from_the_next_time(
    cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = played(1)
    log = log_of(story)
    refolded(log, cache, "room", 1)
    found = [cache.newest("room", version) for version in (49, 50, 99, 120, 160)]
    assert [one and one.version for one in found] == [None, 50, 50, 100, 150]
    cache.forget("room", 119)
    assert cache.version_of_workshop("room") == 100
    reads: list[int] = []
    monkeypatch.setattr(log, "events", spied(log.events, reads))
    assert told(refolded(log, cache, "room", 120)) == told(loading.load(log_of(story), NoCache(), "room"))
    assert reads[:2] == [99, 100]


def test_a_snapshot_of_what_came_behind_is_not_begun_from(cache: Cache) -> None:
    scribe, log = Scribe(), MemoryLog()
    log.append([scribe.opening()])
    note = scribe.note("Call Jan")
    log.append([scribe.append(note)])
    held = loading.load(log, NoCache(), "room")
    redaction = Redaction({3: ["/text"]}, 4, ErasureKept("e1", "{}"))
    event = scribe.seal(e.TextRedacted(version=3, pointer="/text", reason="A name", also=()))
    assert held.workshop
    cache.put("room", Snapshot(3, note.digest, orjson.dumps(held.canvas), SNAPSHOT.dump_json(held.workshop)))
    log.append([Append("room", (event,), redaction=redaction)])
    anew = refolded(log, cache, "room", 3)
    assert b"Jan" not in orjson.dumps(anew.canvas) + b"".join(anew.recent)
    assert told(anew) == told(loading.load(log, NoCache(), "room"))


def test_a_room_that_is_damaged_or_not_there_is_told(cache: Cache) -> None:
    story = played(1)
    with pytest.raises(UnknownRoomError):
        refolded(MemoryLog(), cache, "room", 1)
    spoilt = [*story.stored[:99], story.stored[100]]
    log = MemoryLog()
    write(log, spoilt)
    with pytest.raises(DamagedError, match="100"):
        refolded(log, cache, "room", 1)
