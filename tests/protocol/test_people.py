"""Roles that change, and people who are removed. Over both shells."""

import asyncio
from contextlib import suppress

from websockets.exceptions import ConnectionClosed

from tests.protocol.conftest import launched
from tests.protocol.scene import Scene
from tests.support.live import new_id
from tests.support.patch import Json
from tests.support.process import Server

NOTE: Json = {"block": "channels", "text": "Shop"}


def listed(scene: Scene) -> list[Json]:
    return list(scene.room.get("/people")["people"])


async def test_a_new_role_counts_at_once_and_is_told_to_all(scene: Scene) -> None:
    """Rules A20, L17, P2, A2."""
    host = await scene.enter()
    token = scene.room.join("observer", "Guest")
    guest = await scene.again(token)
    await guest.no("not_allowed", "add_note", note=new_id(), **NOTE)
    events = await host.ok("change_role", participant=guest.me, role="participant")
    assert events[0]["data"] == {"participant": guest.me, "role": "participant"}
    person = {"participant": guest.me, "name": "Guest", "role": "participant"}
    await host.until(lambda: person in host.replica.people)
    await guest.until(lambda: person in guest.replica.people)
    await guest.ok("add_note", note=new_id(), **NOTE)
    await host.until(lambda: any({**p, **person} == p for m in host.messages for p in m["people"]))
    assert listed(scene)[1] == person
    assert (await scene.again(token)).welcomed["you"] == person
    assert (await host.do("change_role", participant=guest.me, role="participant")).outcome == "unchanged"
    await guest.no("not_allowed", "change_role", participant=guest.me, role="facilitator")


async def test_a_room_keeps_a_facilitator(workshop: Scene) -> None:
    """Rules A20, A21."""
    host = await workshop.enter()
    await host.no("last_facilitator", "change_role", participant=host.me, role="participant")
    await host.no("last_facilitator", "remove_person", participant=host.me)
    await host.no("unknown_participant", "change_role", participant="nobody", role="observer")
    other = await workshop.again(workshop.room.join("facilitator", "Other"))
    await host.ok("change_role", participant=host.me, role="observer")
    await host.no("not_allowed", "lock_canvas")
    await other.at(host.version)
    await other.no("last_facilitator", "remove_person", participant=other.me)


async def test_who_is_removed_is_told_so_and_sent_away_from_all_connections(scene: Scene) -> None:
    """Rules A21, L23, L17, X7."""
    host, token = await scene.enter(), scene.room.join("participant", "Guest")
    guest = await scene.again(token)
    tab, _ = await scene.welcomed(token=token)
    events = await host.ok("remove_person", participant=guest.me)
    assert events[0]["data"] == {"participant": guest.me}
    assert await tab.ended() == 4403
    await guest.gone()
    assert guest.closed is not None
    assert (guest.closed[0], guest.version) == (4403, events[0]["version"])
    gone = {"participant": guest.me, "name": "Guest", "role": "participant", "removed": True}
    await host.until(lambda: gone in host.replica.people)
    assert listed(scene)[1] == gone
    assert guest.me not in host.canvas["people"]
    assert (await scene.again(scene.room.token)).welcomed["people"] == listed(scene)
    line = await scene.line()
    await line.say(scene.hello(token=token))
    assert await line.ended() == 4403
    for path in ("/canvas", "/people", "/events"):
        assert scene.server.http.call("GET", f"{scene.path}{path}", token=token).status == 404
    await host.no("unknown_participant", "remove_person", participant=guest.me)


async def test_what_the_removed_did_stays_and_their_invite_still_opens(workshop: Scene) -> None:
    """Rules A21, H9."""
    host, guest = await workshop.enter(), await workshop.enter("participant", "Guest")
    note = new_id()
    await guest.ok("add_note", note=note, **NOTE)
    await host.at(guest.version)
    await host.ok("remove_person", participant=guest.me)
    assert host.canvas["notes"][note]["by"] == guest.me
    back = await workshop.enter("participant", "Guest")
    assert back.me != guest.me
    await back.no("nothing_to_undo", "undo")
    await back.ok("remove_note", note=note)


async def test_what_was_under_way_when_somebody_is_removed_is_not_done(workshop: Scene) -> None:
    """Rules A21, A1."""
    host, guest = await workshop.enter(), await workshop.enter("participant", "Guest")
    with suppress(ConnectionClosed):
        for number in range(40):
            if number == 20:
                await host.begin("remove_person", participant=guest.me)
            await guest.begin("add_note", note=new_id(), **NOTE)
    await guest.gone()
    await host.until(lambda: not host.ledger.pending())
    log = workshop.room.events()
    removal = next(event["version"] for event in log if event["type"] == "ParticipantRemoved")
    assert not [event for event in log if event["by"] == guest.me and event["version"] > removal]


def test_who_was_removed_stays_so_over_a_restart() -> None:
    """Rules A21, H11."""

    async def play(server: Server) -> None:
        scene = Scene(server)
        host, token = await scene.enter(), scene.room.join("participant", "Guest")
        guest = listed(scene)[1]["participant"]
        await host.ok("change_role", participant=guest, role="observer")
        await host.ok("remove_person", participant=guest)
        before = listed(scene)
        server.kill()
        server.start()
        assert listed(scene) == before
        assert before[1] == {"participant": guest, "name": "Guest", "role": "observer", "removed": True}
        line = await scene.line()
        await line.say(scene.hello(token=token))
        assert await line.ended() == 4403
        await scene.leave()

    with launched("direct", "--commands-per-second", "0") as server:
        asyncio.run(play(server))
