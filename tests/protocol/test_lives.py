"""What survives a restart, how a server stops, and what it does with a log that was damaged."""

import asyncio
import os
import signal
import sqlite3

import pytest

from tests.protocol.conftest import SHELLS, launched
from tests.protocol.scene import Scene
from tests.support.law import check_room
from tests.support.live import new_id
from tests.support.process import Server, serving


@pytest.mark.parametrize("shell", SHELLS)
def test_a_server_told_to_stop_commits_says_goodbye_and_ends_well(shell: str) -> None:
    """Rules L22, L11, E11, U8."""

    async def stopped(server: Server, scene: Scene) -> list[str]:
        live, _ = await scene.furnished()
        line, _ = await scene.welcomed(token=scene.room.join("observer", "Watching"))
        sent = [await live.begin("add_note", note=new_id(), block="channels", text=f"Last {n}") for n in range(30)]
        os.kill(server.pid, signal.SIGTERM)
        await live.gone()
        assert live.closed is not None
        assert (live.closed[0], await line.ended()) == (4503, 4503)
        assert server.ended() == 0
        return sent

    async def resumed(scene: Scene, sent: list[str]) -> None:
        live = scene._lives[0]  # noqa: SLF001 - the one who was cut off
        epoch = live.replica.epoch
        await live.open()
        await live.until(lambda: not live.ledger.pending())
        assert ("events" in live.welcomed, live.welcomed["epoch"]) == (True, epoch)
        for command in sent:
            await live.again(command)
        await live.until(lambda: not live.ledger.pending())
        log = [event["command"] for event in check_room(scene.room)]
        assert [log.count(command) for command in sent] == [1] * len(sent)
        undone = await live.ok("undo")
        assert undone[0]["type"] == "NoteRemoved"

    async def play(server: Server) -> None:
        scene = Scene(server)
        sent = await stopped(server, scene)
        server.start()
        await resumed(scene, sent)
        await scene.leave()

    with launched(shell, "--commands-per-second", "0") as server:
        asyncio.run(play(server))


def test_a_room_that_can_not_be_read_is_out_of_service_and_others_go_on() -> None:
    """Rules X6, H15, E9."""

    async def play(server: Server) -> None:
        broken, whole = Scene(server), Scene(server)
        await broken.furnished()
        await broken.leave()
        server.terminate()
        _damage(server, broken.room.id)
        server.start()
        line = await broken.line()
        await line.say(broken.hello())
        assert await line.ended() == 1011
        for path in ("/canvas", "/people", "/events", "/export?format=jsonl"):
            reply = broken.get(path)
            assert (reply.status, reply.problem) == (503, "room_damaged")
        await whole.furnished()
        assert server.http.call("GET", "/readyz").status == 200
        await whole.leave()
        await broken.leave()

    with serving() as server:
        asyncio.run(play(server))


async def test_what_is_damaged_while_a_room_is_open_is_said_when_it_is_read(direct: Server) -> None:
    """Rules H13, H15."""
    scene = Scene(direct)
    live, _ = await scene.furnished()
    log = sqlite3.connect(direct.data / "kern.db", isolation_level=None)
    log.execute(
        "UPDATE stored_events SET state = substr(state, 1, length(state) - 9)"
        " WHERE originator_id = ? AND originator_version = 2",
        (scene.room.id,),
    )
    log.close()
    for path in ("/export?format=jsonl", f"/canvas?version={live.version - 1}"):
        reply = scene.get(path)
        assert (reply.status, reply.problem) == (503, "room_damaged")
    await live.ok("add_note", note=new_id(), block="channels", text="Shop")
    await scene.leave()


def _damage(server: Server, room: str) -> None:
    """Change a fact in a log behind the server's back."""
    for file in server.data.glob("cache.db*"):
        file.unlink()
    log = sqlite3.connect(server.data / "kern.db", isolation_level=None)
    sql = "SELECT state FROM stored_events WHERE originator_id = ? AND originator_version = 2"
    state = bytes(log.execute(sql, (room,)).fetchone()[0])
    changed = state.replace(b"facilitator", b"participant")
    assert changed != state
    sql = "UPDATE stored_events SET state = ? WHERE originator_id = ? AND originator_version = 2"
    log.execute(sql, (changed, room))
    log.close()
