"""A log that can't be written: nobody sees anything, the sender is told, reading goes on, writing comes back."""

import resource
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import TypeAlias

import pytest

from tests.adversary.probing import Probe
from tests.support.calls import Room
from tests.support.law import check_room
from tests.support.live import Live, Place, new_id
from tests.support.patch import Json
from tests.support.process import Server
from tests.support.running import run

FAILING = (sys.executable, "-m", "tests.adversary.failing_server")
Fault: TypeAlias = Callable[[Server], AbstractContextManager[None]]
READ_SECOND = "SELECT state FROM stored_events WHERE originator_id = ? AND originator_version = 2"
WRITE_SECOND = "UPDATE stored_events SET state = ? WHERE originator_id = ? AND originator_version = 2"
NOTE: Json = {"block": "channels", "text": "In spite of all"}


@pytest.fixture
def server() -> Iterator[Server]:
    with tempfile.TemporaryDirectory(prefix="kern-") as folder:
        data = Path(folder) / "data"
        data.mkdir()
        fault = {"KERN_TEST_FAULT": str(Path(folder) / "fault")}
        started = Server(data, "--commands-per-second", "0", command=FAILING, env=fault)
        try:
            yield started.start()
        finally:
            started.kill()


@contextmanager
def locked_by_another_process(server: Server) -> Iterator[None]:
    other = sqlite3.connect(server.data / "kern.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    yield
    other.execute("ROLLBACK")
    other.close()


@contextmanager
def no_room_on_the_disk(server: Server) -> Iterator[None]:
    """No file may grow beyond the size that the write-ahead log has now: to a write this is a full disk."""
    full = max(file.stat().st_size for file in server.data.glob("kern.db*"))
    before = resource.prlimit(server.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (full, before[1]))
    yield
    resource.prlimit(server.pid, resource.RLIMIT_FSIZE, before)


@contextmanager
def commits_that_fail(server: Server) -> Iterator[None]:
    fault = server.data.parent / "fault"
    fault.write_text("before")
    yield
    fault.unlink()


async def _people(room: Room) -> tuple[Live, Live]:
    place = Place(room.http.port, room.id)
    one = await Live(place, room.token).open()
    other = await Live(place, room.join("participant", "Other")).open()
    await one.ok("add_note", note=new_id(), block="value_propositions", text="Play")
    await other.at(one.version)
    return one, other


async def _survives(server: Server, fails: Fault) -> None:
    room = Room.open(server.http)
    one, other = await _people(room)
    version = one.version
    with fails(server):
        command = await one.begin("add_note", note=new_id(), **NOTE)
        await one.until(lambda: any(message["type"] == "not_stored" for message in one.messages))
        told = [message for message in one.messages if message["type"] == "not_stored"]
        assert told[0]["id"] == command
        assert told[0]["retry_after_ms"] > 0
        reads_go_on(room, version)
        writing_says_so(room)
        assert (one.version, other.version) == (version, version)
        assert not one.ledger.entries[command].answered
    answer = await one.answer_to(command)
    assert answer.outcome == "accepted"
    await other.at(answer.events[-1]["version"])
    events = check_room(room)
    assert [event["command"] for event in events].count(command) == 1
    assert server.http.call("GET", "/readyz").status == 200
    assert server.complaints() == ""
    await one.close()
    await other.close()


def reads_go_on(room: Room, version: int) -> None:
    assert room.head() == version
    assert len(room.events()) == version
    assert room.http.call("GET", "/healthz").status == 200


def writing_says_so(room: Room) -> None:
    joining = {"invite": room.invites["participant"], "name": "Later"}
    opening = {"title": "Later"}
    for path, body in ((f"/api/rooms/{room.id}/join", joining), ("/api/rooms", opening)):
        reply = room.http.call("POST", path, body)
        assert (reply.status, reply.problem) == (503, "not_stored"), reply.content
        assert reply.json["retry_after_ms"] > 0
    assert room.http.call("GET", "/readyz").status == 503


@pytest.mark.parametrize("fails", [locked_by_another_process, no_room_on_the_disk, commits_that_fail])
def test_a_log_that_can_not_be_written_loses_nothing_and_tells_the_sender(server: Server, fails: Fault) -> None:
    run(_survives(server, fails))


def test_an_error_after_a_commit_that_got_through_is_recognised(server: Server) -> None:
    """The sender gets its events, once; to be told `not_stored` would be a lie."""

    async def play() -> None:
        room = Room.open(server.http)
        one, other = await _people(room)
        fault = server.data.parent / "fault"
        fault.write_text("after")
        events = await one.ok("add_note", note=new_id(), **NOTE)
        fault.unlink()
        await other.at(events[-1]["version"])
        again = await other.ok("add_note", note=new_id(), **NOTE)
        await one.at(again[-1]["version"])
        log = check_room(room)
        assert [event["command"] for event in log].count(events[0]["command"]) == 1
        assert [message for message in one.messages if message["type"] == "not_stored"] == []
        await one.close()
        await other.close()

    run(play())


def test_a_room_whose_log_is_damaged_is_out_of_service_and_the_others_go_on(server: Server) -> None:
    damaged, whole = Room.open(server.http), Room.open(server.http)
    assert server.terminate() == 0
    with closing(sqlite3.connect(server.data / "kern.db")) as log, log:
        (state,) = log.execute(READ_SECOND, (damaged.id,)).fetchone()
        assert b"facilitator" in state
        state = state.replace(b"facilitator", b"participant")
        log.execute(WRITE_SECOND, (state, damaged.id))
    for cache in server.data.glob("cache.db*"):
        cache.unlink()
    server.start()
    reply = damaged.http.call("GET", f"/api/rooms/{damaged.id}/canvas", token=damaged.token)
    assert (reply.status, reply.problem) == (503, "room_damaged")
    run(_only_the_whole_one_opens(damaged, whole))


async def _only_the_whole_one_opens(damaged: Room, whole: Room) -> None:
    probe = await Probe(Place(damaged.http.port, damaged.id), damaged.token).bare()
    hello = {"type": "hello", "protocol": 1, "token": damaged.token, "since": None, "epoch": None}
    assert await probe.answer(hello) == "closed 1011"
    live = await Live(Place(whole.http.port, whole.id), whole.token).open()
    await live.ok("add_note", note=new_id(), **NOTE)
    check_room(whole)
    await live.close()
