"""Who is where. Over both shells."""

from collections.abc import Callable
from typing import Any

import pytest

from server.frames import Frame
from server.presence import INTERVAL, Gathering
from tests.protocol.scene import Scene
from tests.support.patch import Json

NOWHERE: Json = {"focus": None, "cursor": None, "typing": False}


async def test_a_welcome_is_followed_by_everybody_who_is_connected_but_oneself(scene: Scene) -> None:
    """Rules P3, P5."""
    host = await scene.enter()
    watching = await scene.enter("observer", "Watching")
    await watching.send({"type": "presence", "focus": "x", "cursor": [1, 2.5], "typing": True})
    await host.until(lambda: any(p["focus"] for m in host.messages for p in m["people"]))
    scene.room.join("participant", "Not connected")
    line, welcome = await scene.welcomed(token=scene.room.join("participant", "Late"))
    full = await line.next()
    assert (full["type"], full["gone"]) == ("presence", [])
    people = {person["participant"]: person for person in full["people"]}
    facilitator = {"participant": host.me, "name": "Facilitator", "role": "facilitator"}
    observer = {"participant": watching.me, "name": "Watching", "role": "observer"}
    assert people == {
        host.me: {**facilitator, **NOWHERE},
        watching.me: {**observer, "focus": "x", "cursor": [1, 2.5], "typing": True},
    }
    assert welcome["you"]["participant"] not in people
    tab, _ = await scene.welcomed()
    assert host.me not in {person["participant"] for person in (await tab.next())["people"]}


async def test_others_are_told_and_the_sender_is_not_on_any_connection(scene: Scene) -> None:
    """Rules P1, P4, P6."""
    (tab, welcome), host = await scene.welcomed(), await scene.enter()
    guest = await scene.enter("participant", "Guest")
    await guest.send({"type": "presence", "focus": "a"})
    await guest.send({"type": "presence", "cursor": [3, 4]})
    await guest.send({"type": "presence", "typing": True})

    def told() -> list[Json]:
        return [p for m in host.messages if m["type"] == "presence" for p in m["people"]]

    await host.until(lambda: told() and told()[-1]["typing"])
    entry = {"participant": guest.me, "name": "Guest", "role": "participant", **NOWHERE, "typing": True}
    assert told()[-1] == entry
    await host.send({"type": "presence", "focus": "mine"})
    await guest.until(lambda: any(p["focus"] == "mine" for m in guest.messages for p in m["people"]))
    me = welcome["you"]["participant"]
    assert not any(p["participant"] == me for m in host.messages if m["type"] == "presence" for p in m["people"])
    await tab.say({"type": "ping", "n": 1})
    while (message := await tab.next())["type"] != "pong":
        assert me not in {p["participant"] for p in message.get("people", []) if message["type"] == "presence"}
    assert scene.room.head() == guest.version


SPOOFED: dict[str, Json] = {
    "another": {"participant": "somebody"},
    "a name": {"name": "The boss"},
    "a role": {"role": "facilitator"},
    "people": {"people": []},
    "half a cursor": {"cursor": [1]},
    "a cursor in letters": {"cursor": ["1", "2"]},
    "typing as a number": {"typing": 1},
    "a focus without end": {"focus": "x" * 1000},
}


@pytest.mark.parametrize("fault", SPOOFED)
async def test_nobody_can_say_who_they_are_nor_anything_of_another_form(scene: Scene, fault: str) -> None:
    """Rules P2, P1."""
    line, _ = await scene.welcomed()
    await line.say({"type": "presence", **SPOOFED[fault]})
    assert (await line.hear("error"))["code"] == "invalid"


async def test_somebody_is_gone_with_their_last_connection(scene: Scene) -> None:
    """Rules P3, P5."""
    host = await scene.enter()
    guest = await scene.enter("observer", "Guest")
    tab = await scene.again(guest.token)
    await host.until(lambda: any(m["people"] for m in host.messages))
    await guest.close()
    await tab.send({"type": "presence", "focus": "still here"})
    await host.until(lambda: any(p["focus"] for m in host.messages for p in m["people"]))
    assert not any(m["gone"] for m in host.messages)
    await tab.close()
    await host.until(lambda: any(m["gone"] == [guest.me] for m in host.messages))
    late, _ = await scene.welcomed(token=guest.token)
    assert [person["participant"] for person in (await late.next())["people"]] == [host.me]
    other, _ = await scene.welcomed(token=scene.room.join("observer", "Other"))
    assert {person["participant"] for person in (await other.next())["people"]} == {host.me, guest.me}
    late.socket.transport.abort()
    await host.until(lambda: sum(m["gone"] == [guest.me] for m in host.messages) == 2)
    last, _ = await scene.welcomed(token=scene.room.join("observer", "Last"))
    assert guest.me not in {person["participant"] for person in (await last.next())["people"]}


class Watcher:
    """Somebody connected, without a connection."""

    def __init__(self, participant: str) -> None:
        self.participant = participant
        self.got: list[bytes] = []

    def deliver_presence(self, frame: Frame) -> None:
        self.got.append(frame.payload)


def test_what_happens_within_one_interval_is_told_in_one_frame() -> None:
    """Rule P4."""
    planned: list[tuple[float, Callable[[], None]]] = []
    gathering = Gathering(lambda who: {"name": who, "role": "participant"}, lambda *plan: planned.append(plan))
    watching, moving = Watcher("a"), Watcher("b")
    gathering.enter(watching)
    gathering.enter(moving)
    for step in range(50):
        where: dict[str, Any] = {"focus": None, "cursor": (step, step), "typing": False}
        gathering.move(moving, where)
    assert watching.got == []
    [(seconds, flush)] = planned
    assert seconds == INTERVAL == 1 / 20
    flush()
    assert len(watching.got) == 1
    assert b'"cursor":[49,49]' in watching.got[0]
    assert len(planned) == 1
