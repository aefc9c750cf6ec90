"""Kill -9 at each step of taking a text out: the next start has finished it, or it never was and is asked for again."""

import asyncio
from contextlib import suppress
from pathlib import Path

from server.commands import verifying
from tests.adversary.dying_server import FORGETTING, STAGES
from tests.adversary.mortal import Mortal
from tests.support.calls import Room
from tests.support.expect import Wrong
from tests.support.left import left_of
from tests.support.live import Live, Place, new_id

NOT_YET = {"looked_up", "before_append", "in_transaction"}
"""The stages at which the log has not forgotten anything."""


async def die(server: Mortal, data: Path, stage: str) -> str:
    """Write a text, have it taken out by a server that dies on the way, and come back; the room."""
    server.start(stage, hits=1)
    room = Room.open(server.http)
    live, secret = await Live(Place(server.port, room.id), room.token).open(), f"Call {new_id()}"
    await live.ok("add_note", note=new_id(), block="channels", text="Before")
    await live.ok("add_note", note=(note := new_id()), block="channels", text=secret)
    version = live.version
    await live.ok("reword_note", note=note, text=f"{secret}!", base=version)
    room.get("/revisions")
    assert [line.partition(":")[0] for line in left_of(data, secret)][:1] == ["history.db-wal"]
    server.arm()
    await live.begin("redact", version=version, pointer="/text", reason="A number")
    with suppress(Wrong):
        await live.gone()
    server.reap()
    server.start()
    done = room.head() > version + 1
    assert done == (stage not in NOT_YET), stage
    held = left_of(data, secret)
    assert (held == []) == done, (stage, held)
    await live.open()  # what has no answer is sent again
    await live.until(lambda: not live.ledger.pending())
    assert left_of(data, secret) == []
    assert secret not in str(room.get("/canvas")) + str(room.get("/revisions")) + str(room.events())
    assert [event["type"] for event in room.events(version + 1)] == ["TextRedacted"]
    await live.close()
    server.kill()
    server.reap()
    return room.id


def test_a_kill_at_each_step_of_taking_a_text_out_leaves_nothing_half_done(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    stages = (*STAGES[:2], *FORGETTING)
    with Mortal(data) as server:
        rooms = [asyncio.run(die(server, data, stage)) for stage in stages]
        assert server.complaints() == ""
    assert len(set(rooms)) == len(stages)
    assert [verifying.verify(room, data) for room in rooms] == [0] * len(stages)
