"""From the log to a room, with snapshots and without, and what becomes of damage."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from domain.commands import RewordActivity, RewordNote
from domain.former import TextAt, needed
from domain.workshop import SNAPSHOT
from projections import canvas as canvases
from server.live import loading
from server.live.former_texts import former_text
from server.live.loading import DamagedError, UnknownRoomError
from server.live.shown import Loaded
from server.storage.cache import EVERY, Cache, Snapshot
from server.storage.log import LogError
from server.storage.store import SQLiteLog
from tests.server.desk import NoCache
from tests.server.memory_log import MemoryLog
from tests.server.scribe import Scribe, opened
from tests.server.simulation.world import STEPS, World, run
from tests.server.spoiling import spoiled


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    cache = Cache(tmp_path / "cache.db")
    yield cache
    cache.close()


@pytest.fixture(scope="module")
def world() -> World:
    """A world in which people did whatever they liked."""
    world = run("loading", STEPS)
    assert world.disk.of("room0").version > 80
    return world


@pytest.fixture
def log() -> MemoryLog:
    return MemoryLog()


@pytest.fixture
def scribe(log: MemoryLog) -> Scribe:
    scribe = opened(log)
    log.append([scribe.append(*(scribe.note(f"Wall {number}") for number in range(20)))])
    return scribe


def snapshot(loaded: Loaded) -> Snapshot:
    """Take down all of what was loaded, as a room does."""
    assert loaded.workshop is not None
    canvas, workshop = orjson.dumps(loaded.canvas), SNAPSHOT.dump_json(loaded.workshop)
    return Snapshot(loaded.head.version, loaded.head.digest, canvas, workshop)


def kept(log: MemoryLog, cache: Cache) -> Loaded:
    """Load a room without snapshots, and keep one."""
    loaded = loading.load(log, NoCache(), "room")
    cache.put("room", snapshot(loaded))
    return loaded


def same(one: Loaded, other: Loaded) -> bool:
    """Whether two loads tell the same of a room, down to the bytes that are sent."""
    told = [(x.workshop, orjson.dumps(x.canvas), x.head, x.at, x.people, x.unindexed) for x in (one, other)]
    shorter = min(len(one.recent), len(other.recent))
    return told[0] == told[1] and one.recent[len(one.recent) - shorter :] == other.recent[len(other.recent) - shorter :]


# ---- with snapshots and without


def test_a_room_is_the_same_loaded_from_any_snapshot_or_from_none(world: World, cache: Cache) -> None:
    whole = loading.load(world.disk, NoCache(), "room0")
    for version in range(1, whole.head.version + 1, 7):
        cache.put("room0", snapshot(_as_of(world, version)))
        assert same(loading.load(world.disk, cache, "room0"), whole)
        assert cache.version_of_workshop("room0") == version


def _as_of(world: World, version: int) -> Loaded:
    log = MemoryLog()
    log.append([_batch(world, version)])
    return loading.load(log, NoCache(), "room0")


def _batch(world: World, version: int) -> Any:  # noqa: ANN401 - an Append
    return Scribe("room0").append(*world.disk.events("room0", 0, version))


def test_the_canvas_of_any_version_is_the_fold_up_to_it(world: World, cache: Cache) -> None:
    durable = world.disk.of("room0")
    for version in (0, 1, 2, durable.version // 2, durable.version):
        assert loading.canvas_at(world.disk, cache, "room0", version) == orjson.loads(durable.canvases[version])


def test_the_events_behind_a_version_are_those_that_were_sent(world: World, cache: Cache) -> None:
    durable = world.disk.of("room0")
    encoded = loading.events_after(world.disk, cache, "room0", 5, 25)
    assert [orjson.loads(event) for event in encoded] == durable.events[6:26]


def test_on_the_way_to_a_version_each_thousandth_canvas_is_kept(log: MemoryLog, cache: Cache) -> None:
    scribe = opened(log)
    log.append([scribe.append(*(scribe.note() for _ in range(EVERY + 5)))])
    canvas = loading.canvas_at(log, cache, "room", EVERY + 3)
    nearest = cache.nearest("room", EVERY + 3)
    assert nearest is not None
    assert nearest.version == EVERY
    assert loading.canvas_at(log, cache, "room", EVERY + 3) == canvas


def test_what_the_log_says_of_an_old_text_is_what_the_canvas_showed_then(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For every thing that stands there, at every version since it came that the workshop itself has forgotten."""
    monkeypatch.setattr("domain.evolving.moment.TEXTS_KEPT", 2)
    workshop = loading.load(world.disk, NoCache(), "room0").workshop
    assert workshop is not None
    looked = 0
    for version, raw in enumerate(world.disk.of("room0").canvases):
        canvas = orjson.loads(raw)
        for command, text in _rewordings(canvas, version):
            wanted = needed(command, workshop)
            if isinstance(wanted, TextAt):
                looked += 1
                assert former_text(world.disk, "room0", wanted) == text
    assert looked > 0


def _rewordings(canvas: dict[str, Any], base: int) -> Iterator[tuple[RewordActivity | RewordNote, str]]:
    for id_, note in canvas["notes"].items():
        yield RewordNote(action="reword_note", note=id_, text="", base=base), note["text"]
    for id_, activity in canvas["activities"].items():
        for name in ("title", "details"):
            fields = {"action": "reword_activity", "activity": id_, "field": name, "text": "", "base": base}
            yield RewordActivity.model_validate(fields), activity[name]


# ---- a snapshot that does not fit


def test_a_snapshot_is_used(log: MemoryLog, scribe: Scribe, cache: Cache) -> None:
    loaded = kept(log, cache)
    loaded.canvas["title"] = "Only the snapshot says so"
    cache.put(scribe.room, snapshot(loaded))
    assert loading.load(log, cache, scribe.room).canvas["title"] == "Only the snapshot says so"


def test_a_snapshot_that_other_code_made_is_dropped(
    log: MemoryLog, scribe: Scribe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("server.storage.cache.code_hash", lambda: "other code")
        other = Cache(tmp_path / "cache.db")
        kept(log, other)
        assert other.version_of_workshop(scribe.room) == 22
        other.close()
    cache = Cache(tmp_path / "cache.db")
    assert (cache.newest("room"), cache.nearest("room", 99), cache.version_of_workshop("room")) == (None, None, 0)
    assert loading.load(log, cache, "room").head.version == 22
    cache.close()


def test_a_snapshot_of_another_log_is_dropped(log: MemoryLog, scribe: Scribe, cache: Cache) -> None:
    other = MemoryLog()
    another = opened(other)
    other.append([another.append(*(another.note(f"Tower {number}") for number in range(20)))])
    kept(other, cache)
    whole = loading.load(log, NoCache(), scribe.room)
    assert same(loading.load(log, cache, "room"), whole)
    assert loading.canvas_at(log, cache, "room", 22) == whole.canvas


def test_a_snapshot_beyond_the_head_is_dropped(log: MemoryLog, scribe: Scribe, cache: Cache) -> None:
    """As after an older backup was put back, and the snapshots were not."""
    kept(log, cache)
    older = MemoryLog()
    older.append([scribe.append(*log.events("room", 0, 10))])
    assert loading.load(older, cache, "room").head.version == 10


# ---- a cache that is gone or damaged does no harm


def gone(file: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)


def no_database(file: Path) -> None:
    gone(file)
    file.write_bytes(b"this is no database" * 1_000)


def damaged_inside(file: Path) -> None:
    """The first page is whole, all others are not."""
    content = file.read_bytes()
    assert len(content) > 2 * 4_096
    file.write_bytes(content[:4_096] + b"\xa5" * (len(content) - 4_096))


def damaged_snapshots(file: Path) -> None:
    connection = sqlite3.connect(file)
    connection.execute("UPDATE canvases SET canvas = x'00'")
    connection.execute("UPDATE states SET workshop = x'00'")
    connection.commit()
    connection.close()


@pytest.mark.parametrize("harm", [gone, no_database, damaged_inside, damaged_snapshots])
def test_a_cache_that_was_harmed_between_two_starts_does_no_harm(
    log: MemoryLog, scribe: Scribe, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    file = tmp_path / "cache.db"
    cache = Cache(file)
    whole = kept(log, cache)
    cache.close()
    harm(file)
    cache = Cache(file)
    assert same(loading.load(log, cache, scribe.room), whole)
    cache.put(scribe.room, snapshot(whole))
    assert cache.version_of_workshop(scribe.room) == 22
    assert same(loading.load(log, cache, scribe.room), whole)
    cache.close()


@pytest.mark.parametrize("harm", [gone, damaged_snapshots])
def test_a_cache_that_is_harmed_beside_a_running_server_does_no_harm(
    log: MemoryLog, scribe: Scribe, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    cache = Cache(tmp_path / "cache.db")
    whole = kept(log, cache)
    harm(tmp_path / "cache.db")
    assert same(loading.load(log, cache, scribe.room), whole)
    assert loading.canvas_at(log, cache, scribe.room, 22) == whole.canvas
    cache.close()


def test_a_cache_that_can_not_be_written_leaves_reading_alone(
    log: MemoryLog, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    scribe = opened(log)
    log.append([scribe.append(*(scribe.note() for _ in range(EVERY)))])

    def full(*_: object) -> None:
        raise LogError("no room on the disk")

    monkeypatch.setattr(cache, "put", full)
    assert len(loading.canvas_at(log, cache, "room", EVERY)["notes"]) == EVERY - 2


# ---- damage to the log


def test_a_room_that_nobody_opened_is_unknown(log: MemoryLog, cache: Cache) -> None:
    with pytest.raises(UnknownRoomError):
        loading.load(log, cache, "nowhere")


@pytest.mark.parametrize("version", [1, 2, 13, 22])
def test_a_flipped_bit_in_an_event_is_found_and_named(
    log: MemoryLog, scribe: Scribe, cache: Cache, version: int
) -> None:
    spoiled(log, scribe.room, version)
    for read in (
        lambda: loading.load(log, cache, "room"),
        lambda: loading.canvas_at(log, cache, "room", 22),
        lambda: loading.events_after(log, cache, "room", version - 1, 22),
    ):
        with pytest.raises(DamagedError, match=f"version {version} "):
            read()


def test_a_flipped_bit_behind_a_snapshot_is_found(log: MemoryLog, scribe: Scribe, cache: Cache) -> None:
    kept(log, cache)
    log.append([scribe.append(scribe.note(), scribe.note())])
    spoiled(log, "room", 24)
    with pytest.raises(DamagedError, match="version 24 "):
        loading.load(log, cache, "room")


def test_a_flipped_bit_in_a_row_of_the_database_is_found(tmp_path: Path, cache: Cache) -> None:
    log = SQLiteLog(tmp_path / "kern.db")
    scribe = opened(log)
    log.append([scribe.append(*(scribe.note() for _ in range(5)))])
    connection = sqlite3.connect(tmp_path / "kern.db")
    where = "originator_id = 'room' AND originator_version = 4"
    state = bytearray(connection.execute(f"SELECT state FROM stored_events WHERE {where}").fetchone()[0])  # noqa: S608
    state[60] ^= 4
    connection.execute(f"UPDATE stored_events SET state = ? WHERE {where}", (bytes(state),))  # noqa: S608
    connection.commit()
    connection.close()
    with pytest.raises(DamagedError, match="version 4 "):
        loading.load(log, cache, "room")
    log.close()


def test_a_missing_event_is_found_and_named(log: MemoryLog, cache: Cache) -> None:
    scribe = opened(log)
    first, _, third = scribe.note(), scribe.note(), scribe.note()
    log.append([scribe.append(first, third)])
    for read in (
        lambda: loading.load(log, cache, "room"),
        lambda: loading.canvas_at(log, cache, "room", 5),
        lambda: loading.events_after(log, cache, "room", 2, 5),
    ):
        with pytest.raises(DamagedError, match="version 4 is missing"):
            read()


def test_a_version_that_the_log_does_not_have_is_missing(log: MemoryLog, scribe: Scribe, cache: Cache) -> None:
    with pytest.raises(DamagedError, match="version 23 is missing"):
        loading.canvas_at(log, cache, scribe.room, 30)


def test_an_event_of_an_unknown_type_is_damage(
    log: MemoryLog, scribe: Scribe, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.storage.codec.upcast.read", _unknown)
    with pytest.raises(DamagedError, match="version 1 "):
        loading.load(log, cache, scribe.room)


def _unknown(kind: str, *_: object) -> None:
    raise ValueError(f"{kind} is not known here")


def test_before_the_first_event_the_canvas_is_empty(log: MemoryLog, scribe: Scribe, cache: Cache) -> None:
    assert loading.canvas_at(log, cache, scribe.room, 0) == canvases.initial()
