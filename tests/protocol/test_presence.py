"""Who is where. Over both shells."""

from collections.abc import Callable
from typing import Any

import orjson
import pytest

from server.live.presence import ENTRIES, INTERVAL, Gathering
from server.wire.frames import Frame
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
    "a view without end": {"view": "x" * 201},
    "a view that is none": {"view": 7},
    "a selection that is no list": {"selection": "a"},
    "too large a selection": {"selection": [str(number) for number in range(101)]},
    "a selection of numbers": {"selection": [1]},
    "a hand as a number": {"hand": 1},
}


@pytest.mark.parametrize("fault", SPOOFED)
async def test_nobody_can_say_who_they_are_nor_anything_of_another_form(scene: Scene, fault: str) -> None:
    """Rules P2, P1, P7."""
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


async def test_a_view_a_selection_and_a_hand_are_told_where_they_are_not_as_ever(scene: Scene) -> None:
    """Rule P7."""
    host, guest = await scene.enter(), await scene.enter("observer", "Guest")
    further: Json = {"view": "v" * 200, "selection": [str(number) for number in range(100)], "hand": True}
    await guest.send({"type": "presence", "focus": "a", **further})

    def told(focus: str) -> list[Json]:
        return [p for m in host.messages if m["type"] == "presence" for p in m["people"] if p["focus"] == focus]

    await host.until(lambda: told("a"))
    entry = {"participant": guest.me, "name": "Guest", "role": "observer", "cursor": None, "typing": False}
    assert told("a")[-1] == {**entry, "focus": "a", **further}
    late, _ = await scene.welcomed()
    assert (await late.next())["people"] == [{**entry, "focus": "a", **further}]
    await guest.send({"type": "presence", "focus": "b", "view": None, "selection": [], "hand": False})
    await host.until(lambda: told("b"))
    assert told("b")[-1] == {**entry, "focus": "b"}
    await guest.send({"type": "presence", "focus": "c", "hand": True})
    await host.until(lambda: told("c"))
    assert told("c")[-1] == {**entry, "focus": "c", "hand": True}


async def test_a_facilitator_calls_everybody_to_a_view(scene: Scene) -> None:
    """Rule P8."""
    host, guest = await scene.enter(), await scene.enter("participant", "Guest")
    tab, welcome = await scene.welcomed()
    view = "#canvas/" + "v" * 992
    await host.send({"type": "summon", "view": view})
    call = {"type": "summon", "view": view, "by": welcome["you"]["participant"]}
    assert await tab.hear("summon") == call
    for live in (host, guest):
        await live.until(lambda live=live: call in live.messages)  # type: ignore[misc]
    assert scene.room.head() == guest.version


@pytest.mark.parametrize("role", ["participant", "observer"])
async def test_nobody_else_calls_people_anywhere(scene: Scene, role: str) -> None:
    """Rules P8, L18."""
    host, _ = await scene.welcomed()
    guest, _ = await scene.welcomed(token=scene.room.join(role, "Guest"))
    await guest.say({"type": "summon", "view": "canvas"})
    refused = await guest.hear("error", "summon")
    assert (refused["type"], refused["code"]) == ("error", "not_allowed")
    await host.say({"type": "summon", "view": "judging"})
    assert (await host.hear("summon"))["view"] == "judging"


SUMMONS: dict[str, Json] = {
    "no view": {},
    "null": {"view": None},
    "too long a view": {"view": "x" * 1_001},
    "another's name": {"view": "canvas", "by": "somebody"},
}


@pytest.mark.parametrize("fault", SUMMONS)
async def test_a_summons_of_another_form_is_an_error(scene: Scene, fault: str) -> None:
    """Rules P8, G1."""
    line, _ = await scene.welcomed()
    await line.say({"type": "summon", **SUMMONS[fault]})
    assert (await line.hear("error", "summon")).get("code") == "invalid"


async def test_of_many_summonses_two_go_through(scene: Scene) -> None:
    """Rule P8."""
    line, _ = await scene.welcomed()
    for number in range(4):
        await line.say({"type": "summon", "view": str(number)})
    answers = [await line.hear("summon", "error") for _ in range(4)]
    assert [answer.get("view", answer.get("code")) for answer in answers] == ["0", "1", "slow_down", "slow_down"]


class Watcher:
    """Somebody connected, without a connection."""

    def __init__(self, participant: str) -> None:
        self.participant = participant
        self.got: list[bytes] = []
        self.called: list[bytes] = []

    def deliver(self, frame: Frame) -> None:
        self.called.append(frame.payload)

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


@pytest.mark.parametrize("people", [1, 2, 3, 7])
def test_each_of_those_who_moved_is_told_of_all_the_others(people: int) -> None:
    """Rule P4."""
    planned: list[tuple[float, Callable[[], None]]] = []
    gathering = Gathering(lambda who: {"name": who, "role": "participant"}, lambda *plan: planned.append(plan))
    moving = [Watcher(f'"{number}",' * number) for number in range(people)]
    idle, leaving = Watcher("idle"), Watcher("leaving")
    for watcher in (*moving, idle, leaving):
        gathering.enter(watcher)
    planned.pop()[1]()
    for watcher in (*moving, idle):
        watcher.got.clear()
    for number, watcher in enumerate(moving):
        gathering.move(watcher, {"focus": None, "cursor": (number, 0), "typing": False})
    gathering.leave(leaving)
    planned.pop()[1]()
    everybody = {watcher.participant for watcher in moving}
    for watcher in (*moving, idle):
        [told] = [orjson.loads(payload) for payload in watcher.got]
        assert told["gone"] == ["leaving"]
        assert {one["participant"] for one in told["people"]} == everybody - {watcher.participant}
        assert all(one["cursor"][0] == len(one["participant"].split(",")) - 1 for one in told["people"])


def test_where_very_many_move_frames_come_less_often_and_then_as_ever() -> None:
    """Rule P4."""
    planned: list[tuple[float, Callable[[], None]]] = []
    gathering = Gathering(lambda who: {"name": who, "role": "participant"}, lambda *plan: planned.append(plan))
    crowd = [Watcher(str(number)) for number in range(400)]

    def moved(step: int, people: list[Watcher]) -> float:
        for watcher in people:
            gathering.move(watcher, {"focus": None, "cursor": (step, step), "typing": False})
        seconds, flush = planned.pop()
        assert not planned
        flush()
        return seconds

    for watcher in crowd:
        gathering.enter(watcher)
    assert moved(0, crowd) == INTERVAL
    assert moved(1, crowd[:1]) == 400 * 400 / ENTRIES > INTERVAL
    assert moved(2, crowd[:100]) == INTERVAL
    assert moved(3, crowd[:1]) == 100 * 400 / ENTRIES
    assert moved(4, crowd[:1]) == INTERVAL


def test_a_second_later_the_same_person_may_call_again_and_another_may_at_once() -> None:
    """Rule P8."""
    planned: list[tuple[float, Callable[[], None]]] = []
    gathering = Gathering(lambda who: {"name": who, "role": "facilitator"}, lambda *plan: planned.append(plan))
    anna, ben = Watcher("a"), Watcher("b")
    gathering.enter(anna)
    planned.clear()
    assert [gathering.summon(anna, "x") for _ in range(3)] == [True, True, False]
    assert gathering.summon(ben, "x")
    assert [seconds for seconds, _ in planned] == [1.0, 1.0, 1.0]
    planned[0][1]()
    assert [gathering.summon(anna, "x") for _ in range(2)] == [True, False]
    assert len(anna.called) == 4
