"""All rooms of a server, on its event loop, with its threads: loading, resting, going away, stopping."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from server.live import loading
from server.live.batch import Asked
from server.live.loading import DamagedError, UnknownRoomError
from server.live.room import Room
from server.live.rooms import Rooms
from server.live.shown import Loaded
from server.storage.cache import Cache
from server.storage.codec import Stored
from server.storage.log import Log, LogError
from server.wire.answers import Answer
from tests.server.desk import listener
from tests.server.memory_log import MemoryLog
from tests.server.scribe import EPOCH, new_id, opened
from tests.server.spoiling import spoiled


@dataclass
class House:
    """A server's rooms and what they stand on."""

    log: MemoryLog
    cache: Cache
    loads: list[str] = field(default_factory=list)

    def run(self, play: Callable[[Rooms], Awaitable[None]]) -> None:
        """Let something happen on an event loop, then stop."""

        async def whole() -> None:
            rooms = Rooms(self.log, self.cache, EPOCH, 0)
            try:
                await play(rooms)
            finally:
                await rooms.close()

        asyncio.run(whole())


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    log, cache = MemoryLog(), Cache(tmp_path / "cache.db")
    opened(log)
    house = House(log, cache)
    load_canvas = loading.load_canvas

    def counted(log: Log, cache: Cache, room: str) -> Loaded:
        house.loads.append(room)
        return load_canvas(log, cache, room)

    monkeypatch.setattr(loading, "load_canvas", counted)
    yield house
    cache.close()


async def asked(room: Room, text: str = "A wall") -> list[Answer]:
    """Ask for a note, and wait until all is durable."""
    answers: list[Answer] = []
    fields = {"action": "add_note", "note": new_id(), "block": "channels", "text": text}
    room.do(Asked(new_id(), fields, "anna", answers.append))
    await until(lambda: room.quiet)
    return answers


async def until(it_is_so: Callable[[], bool]) -> None:
    """Let the server go on until something is so."""
    while not it_is_so():  # noqa: ASYNC110 - the server does not tell tests about everything
        await asyncio.sleep(0)


def test_two_who_come_at_once_load_a_room_once(house: House) -> None:
    async def play(rooms: Rooms) -> None:
        one, other = await asyncio.gather(rooms.get("room"), rooms.get("room"))
        assert one is other
        assert await rooms.get("room") is one
        assert house.loads == ["room"]

    house.run(play)


def test_a_room_that_is_not_there_is_unknown_and_may_be_there_later(house: House) -> None:
    async def play(rooms: Rooms) -> None:
        with pytest.raises(UnknownRoomError):
            await rooms.get("later")
        opened(house.log, "later")
        assert (await rooms.get("later")).version == 2

    house.run(play)


def test_what_is_asked_of_a_room_that_is_still_being_loaded_is_decided_when_it_is(house: House) -> None:
    async def play(rooms: Rooms) -> None:
        room = await rooms.get("room")
        assert not room.quiet
        assert await asked(room) == []
        assert room.version == 3

    house.run(play)


def test_an_idle_room_leaves_and_comes_back_as_it_was(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.live.rooms.TICK", 0)
    monkeypatch.setattr("server.live.rooms.IDLE", 3)

    async def play(rooms: Rooms) -> None:
        room = await rooms.get("room")
        await asked(room)
        await until(lambda: not len(rooms))
        assert house.cache.version_of_workshop("room") == 3
        again = await rooms.get("room")
        assert again is not room
        await rooms.begun(again)
        assert (again.canvas, again.workshop, again.digest) == (room.canvas, room.workshop, room.digest)
        await asked(again)
        assert again.version == 4

    house.run(play)


def test_a_room_that_somebody_is_in_stays(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.live.rooms.TICK", 0)
    monkeypatch.setattr("server.live.rooms.IDLE", 3)
    opened(house.log, "empty")

    async def play(rooms: Rooms) -> None:
        room = await rooms.get("room")
        listener(room)
        await rooms.get("empty")
        await until(lambda: len(rooms) == 1)
        assert await rooms.get("room") is room

    house.run(play)


def test_a_room_that_can_not_be_read_is_out_of_service_and_the_others_are_not(house: House) -> None:
    opened(house.log, "other")
    spoiled(house.log, "room", 2)

    async def play(rooms: Rooms) -> None:
        for _ in range(2):
            with pytest.raises(DamagedError, match="version 2"):
                await rooms.get("room")
        other = await rooms.get("other")
        assert await asked(other) == []
        assert other.version == 3

    house.run(play)


def test_a_room_whose_decisions_can_not_be_loaded_is_out_of_service(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise AttributeError("a fault of ours")

    monkeypatch.setattr(loading, "load_workshop", broken)

    async def play(rooms: Rooms) -> None:
        room = await rooms.get("room")
        somebody = listener(room)
        await rooms.begun(room)
        assert somebody.dismissed == 1011
        with pytest.raises(DamagedError):
            await rooms.get("room")

    house.run(play)


def test_a_log_that_fails_for_a_moment_costs_nobody_a_room(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The write fails, the room goes back to the log, and what comes then is stored."""
    monkeypatch.setattr("server.live.rooms.TICK", 0)

    def broken() -> None:
        raise LogError("no room on the disk")

    async def play(rooms: Rooms) -> None:
        room = await rooms.get("room")
        await rooms.begun(room)
        house.log.at_commit = broken
        assert len(await asked(room)) == 1
        house.log.at_commit = lambda: None
        assert await asked(room) == []
        assert room.version == 3

    house.run(play)


def test_a_cache_that_can_not_be_written_stops_nothing(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.live.rooms.TICK", 0)
    tried = threading.Event()

    def full(*_: object) -> None:
        tried.set()
        raise LogError("no room on the disk")

    monkeypatch.setattr(house.cache, "put", full)

    async def play(rooms: Rooms) -> None:
        room = await rooms.get("room")
        await asked(room)
        await until(tried.is_set)
        await asked(room)
        assert room.version == 4

    house.run(play)


def test_a_server_that_is_stopped_commits_what_it_took_and_keeps_a_snapshot(house: House) -> None:
    async def play(rooms: Rooms) -> None:
        room = await rooms.get("room")
        await rooms.begun(room)
        somebody = listener(room)
        answers: list[Answer] = []
        fields = {"action": "add_note", "note": new_id(), "block": "channels", "text": "The last"}
        room.do(Asked(new_id(), fields, "anna", answers.append))
        await rooms.drain()
        assert somebody.versions() == [3]
        assert somebody.dismissed == 4503

    house.run(play)
    assert house.log.head("room").version == 3
    assert house.cache.version_of_workshop("room") == 3


def test_a_server_can_be_stopped_while_its_log_can_not_be_read(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.live.rooms.PATIENCE", 0.02)
    events = house.log.events

    def unreadable(*_: object) -> list[Stored]:
        raise LogError("the disk can't be read")

    def broken() -> None:
        monkeypatch.setattr(house.log, "events", unreadable)
        raise LogError("no room on the disk")

    async def play(rooms: Rooms) -> None:
        room = await rooms.get("room")
        await rooms.begun(room)
        house.log.at_commit = broken
        answers: list[Answer] = []
        fields = {"action": "add_note", "note": new_id(), "block": "channels", "text": "The last"}
        room.do(Asked(new_id(), fields, "anna", answers.append))
        await rooms.drain()
        assert answers == []

    house.run(play)
    assert len(events("room", 0, 9)) == 2
