"""Fifty people at one card, and two who race for one place: everyone's letters survive, every command ends."""

import asyncio
from collections.abc import Iterator

import pytest

from tests.support.calls import Room
from tests.support.canonical import canonical
from tests.support.law import check_room
from tests.support.live import Live, Place, new_id
from tests.support.patch import Json
from tests.support.process import Server, serving
from tests.support.replica import Wire
from tests.support.running import run

PEOPLE = 50


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving() as started:
        yield started


async def crowd(server: Server) -> tuple[Room, list[Live], str]:
    room, wire = Room.open(server.http), Wire()
    place, activity = Place(server.port, room.id), new_id()
    host = await Live(place, room.token, wire).open()
    await host.ok("add_note", note=new_id(), block="value_propositions", text="Play")
    await host.ok("add_activity", activity=activity, title="Design", category="production", details="begin end")
    others = [await Live(place, room.join("participant", f"P{n}"), wire).open() for n in range(PEOPLE - 1)]
    return room, [host, *others], activity


async def settled(room: Room, lives: list[Live]) -> Json:
    """Wait until all hold the head, check that they hold the same, and let them go."""
    events = check_room(room)
    for live in lives:
        await live.at(len(events))
        assert canonical(live.canvas) == canonical(lives[0].canvas)
    canvas = lives[0].canvas
    for live in lives:
        await live.close()
    return canvas


def test_what_fifty_insert_into_one_text_at_once_is_all_there_in_the_order_of_the_log(server: Server) -> None:
    async def play() -> None:
        room, lives, activity = await crowd(server)
        base = lives[-1].version
        for live in lives:
            await live.at(base)
        words = [f"word{number:02}" for number in range(PEOPLE)]
        same: Json = {"activity": activity, "field": "details", "base": base}
        typed = zip(lives, words, strict=True)
        made = await asyncio.gather(*(live.ok("reword_activity", text=f"begin {w} end", **same) for live, w in typed))
        order = sorted(zip((events[0]["version"] for events in made), words, strict=True))
        canvas = await settled(room, lives)
        details = canvas["activities"][activity]["details"]
        assert details.split() == ["begin", *(word for _, word in order), "end"]

    run(play())


def test_what_fifty_write_over_one_word_is_kept_in_the_events(server: Server) -> None:
    """Where inputs overlap, the text is one of them and each event keeps both."""

    async def play() -> None:
        room, lives, activity = await crowd(server)
        base = lives[-1].version
        same: Json = {"activity": activity, "field": "details", "base": base}
        typed = [f"all anew {number:02}" for number in range(PEOPLE)]
        both = zip(lives, typed, strict=True)
        made = await asyncio.gather(*(live.ok("reword_activity", text=text, **same) for live, text in both))
        kept = "".join(str(events[0]["data"]) for events in made)
        assert all(text in kept for text in typed)
        assert sum(bool(events[0]["data"].get("merged")) for events in made) == PEOPLE - 1
        await settled(room, lives)

    run(play())


def test_of_fifty_who_take_one_id_one_gets_it(server: Server) -> None:
    async def play() -> None:
        room, lives, _ = await crowd(server)
        note = new_id()
        fields = {"note": note, "block": "channels"}
        numbered = enumerate(lives)
        answers = await asyncio.gather(*(live.do("add_note", text=f"Mine {n}", **fields) for n, live in numbered))
        outcomes = [answer.outcome for answer in answers]
        assert outcomes.count("accepted") == 1
        codes = [answer.receipt["code"] for answer in answers if answer.outcome == "rejected"]
        assert codes == ["id_taken"] * (PEOPLE - 1)
        await settled(room, lives)

    run(play())
