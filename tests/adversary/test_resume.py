"""From wherever a client stands it gets what it lacks, or the canvas; a command ends once, however often sent."""

import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.adversary.probing import Probe
from tests.load.line import GoneError, Line
from tests.support.calls import Http, Room
from tests.support.canonical import canonical
from tests.support.law import check_room
from tests.support.live import Live, Place, new_id
from tests.support.patch import Json
from tests.support.process import Server, serving
from tests.support.running import run

QUICK_PINGS = """
import sys
from server.wire import protocol
protocol.PING_SECONDS = 0.3
from server import cli
sys.exit(cli.main())
"""
NOTES = 6


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving() as started:
        yield started


async def _room(server: Server) -> tuple[Room, Live]:
    room = Room.open(server.http)
    live = await Live(Place(server.port, room.id), room.token).open()
    for number in range(NOTES):
        await live.ok("add_note", note=new_id(), block="value_propositions", text=f"Value {number}")
    return room, live


def _hello(live: Live, **changed: object) -> Json:
    return {**live.replica.hello(live.token, fresh=False), **changed}


CASES: dict[str, tuple[Json, str]] = {
    "at the head": ({}, "events 0"),
    "behind by one": ({"since": -1, "digest": None}, "events 1"),
    "behind by a few": ({"since": -4, "digest": None}, "events 4"),
    "without a shape": ({"since": -4, "digest": None, "shape": None}, "events 4"),
    "from the future": ({"since": 5, "digest": None}, "canvas"),
    "of another epoch": ({"epoch": "another"}, "canvas"),
    "of no epoch": ({"epoch": None}, "canvas"),
    "with another digest": ({"digest": "0" * 64}, "canvas"),
    "with another digest, behind": ({"since": -3, "digest": "f" * 64}, "canvas"),
    "of another shape": ({"shape": "another"}, "canvas"),
    "from nowhere": ({"since": None, "epoch": None, "digest": None, "shape": None}, "canvas"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_resume_gets_what_it_lacks(server: Server, case: str) -> None:
    changed, expected = CASES[case]

    async def play() -> str:
        _, live = await _room(server)
        given = dict(changed)
        if isinstance(given.get("since"), int):
            given["since"] += live.version
        welcome = await _welcome(live, _hello(live, **given))
        await live.close()
        return "canvas" if "canvas" in welcome else f"events {len(welcome['events'])}"

    assert run(play()) == expected


async def _welcome(live: Live, hello: Json) -> Json:
    """Say hello on a connection that holds what `since` says, and check that its welcome leads to the same canvas."""
    again = Live(live.place, live.token)
    if hello["since"] is not None and hello["since"] <= live.version:
        http = Http(live.place.port)
        was = http.get(f"/api/rooms/{live.place.room}/canvas?version={hello['since']}", live.token)
        again.replica.canvas, again.replica.version, again.replica.epoch = was["canvas"], was["version"], was["epoch"]
    kept = {name: value for name, value in hello.items() if value is not None or name in {"since", "epoch"}}
    await again.open(hello=kept)
    assert canonical(again.canvas) == canonical(live.canvas)
    await again.close()
    return again.welcomed


def test_a_resume_from_nought_gets_every_event(server: Server) -> None:
    async def play() -> None:
        _, live = await _room(server)
        welcome = await _welcome(live, _hello(live, since=0, digest=None))
        assert [event["version"] for event in welcome["events"]] == list(range(1, live.version + 1))
        await live.close()

    run(play())


def test_a_negative_since_is_malformed(server: Server) -> None:
    async def play() -> str:
        _, live = await _room(server)
        probe = await Probe(live.place, "").bare()
        answer = await probe.answer(_hello(live, since=-1))
        await live.close()
        return answer

    assert run(play()) == "closed 4400"


def test_what_is_sent_again_is_a_duplicate_and_what_is_sent_otherwise_is_reused(server: Server) -> None:
    async def play() -> None:
        room, live = await _room(server)
        other = await Live(live.place, room.join("participant", "Other")).open()
        note, id_ = new_id(), new_id()
        events = await live.ok("add_note", id_, note=note, block="channels", text="Once")
        again = await live.do("add_note", id_, note=note, block="channels", text="Once")
        assert (again.outcome, again.receipt["versions"]) == ("duplicate", [events[0]["version"]])
        entry = await live.reuse(id_, "add_note", note=note, block="channels", text="Twice")
        await live.until(lambda: not entry.reused)
        await other.no("command_reused", "add_note", id_, note=note, block="channels", text="Once")
        await live.ok("lock_canvas")
        third = await live.do("add_note", id_, note=note, block="channels", text="Once")
        assert third.outcome == "duplicate"
        assert [event["command"] for event in check_room(room)].count(id_) == 1
        await live.close()
        await other.close()

    run(play())


def test_a_rejected_id_may_be_sent_again_and_is_decided_anew(server: Server) -> None:
    async def play() -> None:
        _, live = await _room(server)
        activity, id_ = new_id(), new_id()
        await live.no("unknown_activity", "retire_activity", id_, activity=activity)
        await live.ok("add_activity", activity=activity, title="Now", category=None)
        await live.ok("retire_activity", id_, activity=activity)
        await live.close()

    run(play())


def test_all_connections_of_a_participant_live_and_one_ends_without_the_others(server: Server) -> None:
    async def play() -> None:
        room, live = await _room(server)
        tabs = [await Live(live.place, live.token).open() for _ in range(3)]
        await tabs[0].ok("add_note", note=new_id(), block="channels", text="Everywhere")
        await tabs[1].cut()
        await tabs[2].ok("add_note", note=new_id(), block="channels", text="Everywhere but there")
        for tab in (live, tabs[0], tabs[2]):
            await tab.at(room.head())
        await tabs[1].open()
        assert tabs[1].version == room.head()
        for tab in (live, *tabs):
            await tab.close()

    run(play())


def test_commands_are_known_and_the_epoch_stays_over_a_restart() -> None:
    async def play(server: Server) -> None:
        room, live = await _room(server)
        id_, note = new_id(), new_id()
        events = await live.ok("add_note", id_, note=note, block="channels", text="Before")
        server.kill()
        await live.gone()
        server.start()
        await live.open()
        assert "events" in live.welcomed
        again = await live.do("add_note", id_, note=note, block="channels", text="Before")
        assert (again.outcome, again.receipt["versions"]) == ("duplicate", [events[0]["version"]])
        check_room(room)
        await live.close()

    with serving() as started:
        run(play(started))


def test_sigterm_commits_what_was_taken_says_goodbye_and_exits_with_0() -> None:
    async def play(server: Server) -> None:
        room, live = await _room(server)
        sent = [await live.begin("add_note", note=new_id(), block="channels", text=f"Last {n}") for n in range(50)]
        os.kill(server.pid, signal.SIGTERM)
        await live.gone()
        assert live.closed is not None
        assert live.closed[0] == 4503
        assert server.ended() == 0
        server.start()
        await live.open()
        await live.until(lambda: not live.ledger.pending())
        log = [event["command"] for event in check_room(room)]
        assert [log.count(id_) for id_ in sent] == [1] * len(sent)
        assert server.complaints() == ""
        await live.close()

    with serving() as started:
        run(play(started))


def test_a_second_server_on_the_same_folder_is_refused_with_a_sentence(server: Server) -> None:
    second = Server(server.data)
    second.output = server.data.parent / "second.log"
    assert second.launch().ended() not in {0, None}
    said = second.said().strip()
    assert str(server.data) in said
    assert said.endswith(".")
    assert "Traceback" not in said
    assert server.http.call("GET", "/readyz").status == 200


def test_a_half_open_connection_is_found_dead() -> None:
    """Somebody whose network is gone answers no ping; the others learn that they left."""
    command = (sys.executable, "-c", QUICK_PINGS)
    with tempfile.TemporaryDirectory(prefix="kern-") as folder:
        data = Path(folder) / "data"
        server = Server(data, command=command)
        try:
            run(_half_open(server.start()))
        finally:
            server.kill()


async def _half_open(server: Server) -> None:
    room, live = await _room(server)
    dead = Line(server.port, room.id, room.join("participant", "Gone"))
    await live.until(lambda: any(len(m["people"]) for m in live.messages if m["type"] == "presence"))
    await live.until(lambda: any(m["gone"] for m in live.messages if m["type"] == "presence"))
    assert live.connected
    assert _never_answers(dead)
    dead.close()
    await live.close()


def _never_answers(line: Line) -> bool:
    """Read frames as they are, for an answered ping would be a sign of life; whether the server ended it."""
    try:
        while True:
            line.frame()
    except (GoneError, ConnectionResetError):
        return True
