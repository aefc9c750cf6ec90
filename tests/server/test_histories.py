"""The histories of live rooms on the event loop: when somebody asks, in quiet moments, and when the server stops."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from server.live import rooms
from server.live.rooms import Rooms
from server.past import following
from server.past.following import Follower
from server.past.histories import Histories
from server.past.history import History
from server.past.leisure import Leisure
from server.past.seeking import Sought
from server.storage.cache import Cache
from tests.server.memory_log import MemoryLog
from tests.server.played import Played, played
from tests.server.scribe import EPOCH, person


class House:
    """A server's rooms with their histories."""

    def __init__(self, folder: Path, story: Played) -> None:
        self.story, self.log = story, MemoryLog()
        self.leisure: Counting | None = None
        story.write(self.log)
        self.log.shelf.people["room", "frida"] = person("frida", "facilitator")
        self.cache, self.history = Cache(folder / "cache.db"), History(folder / "history.db")

    def run(self, play: Callable[[Rooms, Histories], Awaitable[None]], code: str = "code") -> None:
        """Let something happen on an event loop, then stop."""

        async def whole() -> None:
            live = Rooms(self.log, self.cache, EPOCH, 0)
            kept = Histories(live, self.history, Follower(self.log, self.cache, self.history, code), self.leisure)
            try:
                await play(live, kept)
            finally:
                await kept.close()
                await live.close()

        asyncio.run(whole())

    def kept(self) -> list[bytes]:
        """Give all that is read of the room."""
        return self.history.page("room", Sought(), 0, 1_000_000, 1_000_000)[0]


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    monkeypatch.setattr(following, "PAGE", 40)
    house = House(tmp_path, played(3))
    yield house
    house.history.close()
    house.cache.close()


def test_who_asks_finds_all_that_is_durable_however_many_ask(house: House) -> None:
    async def play(live: Rooms, kept: Histories) -> None:
        room = await live.get("room")
        reached = await asyncio.gather(*(kept.reach(room) for _ in range(5)))
        assert reached == [room.version] * 5
        assert house.kept() == house.story.revisions()

    house.run(play)


def test_a_quiet_moment_is_used(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "TICK", 0.005)

    async def play(live: Rooms, _: Histories) -> None:
        await live.get("room")
        while len(house.kept()) < len(house.story.revisions()):  # noqa: ASYNC110 - nobody is told of it
            await asyncio.sleep(0.005)
        assert house.kept() == house.story.revisions()

    house.run(play)


def test_a_quiet_moment_that_comes_while_one_is_used_is_used_behind_it(house: House) -> None:
    async def play(live: Rooms, kept: Histories) -> None:
        room = await live.get("room")
        room.version = 60  # as if the rest came while that is followed
        first = asyncio.ensure_future(kept.follow(room))
        await asyncio.sleep(0)
        room.version = house.story.head
        await kept.follow(room)
        assert len(house.kept()) < len(house.story.revisions())
        await first
        assert house.kept() == house.story.revisions()

    house.run(play)


def test_a_large_room_is_told_anew_in_the_background(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "SMALL", 10)

    async def first(live: Rooms, kept: Histories) -> None:
        await kept.reach(await live.get("room"))

    async def again(live: Rooms, kept: Histories) -> None:
        room = await live.get("room")
        while (served := house.history.served("room")) is None or served.code == "code":
            await kept.reach(room)
            assert house.kept() == house.story.revisions()
            await asyncio.sleep(0)
        assert house.kept() == house.story.revisions()

    house.run(first)
    house.run(again, "newer code")


async def renewed(house: House, live: Rooms, kept: Histories) -> None:
    """Wait until newer code made the history anew."""
    await kept.reach(await live.get("room"))
    while (served := house.history.served("room")) is None or served.code == "code":  # noqa: ASYNC110 - nobody is told
        await asyncio.sleep(0)


class Counting(Leisure):
    """Leaves no time to anybody, and keeps what it was asked."""

    def __init__(self) -> None:
        super().__init__(lambda: 0, lambda: 0.0)
        self.spent: list[float] = []

    def pause(self, spent: float) -> float:
        self.spent.append(spent)
        return super().pause(spent)


def test_behind_each_page_that_nobody_waits_for_others_are_thought_of(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "SMALL", 10)

    async def first(live: Rooms, kept: Histories) -> None:
        await kept.reach(await live.get("room"))

    house.leisure = leisure = Counting()
    pages = -(-house.story.head // (following.PAGE * following.PAGES))
    house.run(first)
    assert leisure.spent == []

    async def anew(live: Rooms, kept: Histories) -> None:
        await renewed(house, live, kept)
        while len(leisure.spent) < pages:  # noqa: ASYNC110 - nobody is told of it
            await asyncio.sleep(0)

    house.run(anew, "newer code")
    assert len(leisure.spent) == pages
    assert min(leisure.spent) > 0


def test_who_is_at_work_is_left_nine_tenths_of_the_time() -> None:
    commits, now = 0, 100.0
    leisure = Leisure(lambda: commits, lambda: now)
    assert leisure.pause(0.03) == 0
    commits = 5
    assert leisure.pause(0.03) == pytest.approx(0.27)
    now += 0.9
    assert leisure.pause(0.02) == pytest.approx(0.18)  # no change since, but a moment ago
    assert leisure.pause(5) == 1
    now += 0.2
    assert leisure.pause(0.02) == 0
    commits = 6
    assert leisure.pause(0.02) == pytest.approx(0.18)


def test_how_far_it_is_made_anew_is_told(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(following, "SMALL", 10)
    monkeypatch.setattr(following, "PROGRESS", 0)
    caplog.set_level("INFO", "kern.following")

    async def first(live: Rooms, kept: Histories) -> None:
        await kept.reach(await live.get("room"))

    async def again(live: Rooms, kept: Histories) -> None:
        await renewed(house, live, kept)

    house.run(first)
    assert not caplog.messages
    house.run(again, "newer code")
    head = house.story.head
    assert caplog.messages[0] == f"the history of room room: 160 of {head} events made anew"
    assert caplog.messages[-1] == f"the history of room room is made anew: {head} events"


def test_a_server_that_stops_leaves_the_rest_for_another_time(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "PAGE", 1)

    async def play(live: Rooms, kept: Histories) -> None:
        asking = asyncio.ensure_future(kept.reach(await live.get("room")))
        while not house.kept():  # noqa: ASYNC110 - nobody is told of it
            await asyncio.sleep(0)
        await kept.close()
        await asking

    house.run(play)
    assert 0 < len(house.kept()) < len(house.story.revisions())
    assert house.kept() == house.story.revisions()[: len(house.kept())]
