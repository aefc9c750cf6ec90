"""Coming in: the handshake, the hello, and what a welcome has in it. Over both shells."""

import asyncio
import re

import pytest
from websockets.exceptions import InvalidStatus
from websockets.typing import Origin

from tests.protocol.scene import Scene
from tests.support.canonical import canonical
from tests.support.live import Live, new_id
from tests.support.patch import Json
from tests.support.process import Server

MISSING = object()


async def test_messages_are_text_frames_with_one_object_each_and_nothing_is_compressed(scene: Scene) -> None:
    """Rule L1."""
    line = await scene.line(compression="deflate")
    assert line.socket.response is not None
    assert "Sec-WebSocket-Extensions" not in line.socket.response.headers
    assert (await (await line.say(scene.hello())).next())["type"] == "welcome"


async def test_a_handshake_of_this_site_or_of_no_site_is_let_in(scene: Scene) -> None:
    """Rule L2."""
    for origin in (None, Origin(f"http://127.0.0.1:{scene.server.port}")):
        line = await scene.line(origin=origin)
        await (await line.say(scene.hello())).hear("welcome")


@pytest.mark.parametrize("origin", ["http://elsewhere.example", "null", "http://127.0.0.1:1", "https://127.0.0.1"])
async def test_a_handshake_of_another_site_is_refused(scene: Scene, origin: str) -> None:
    """Rule L2."""
    with pytest.raises(InvalidStatus) as refused:
        await scene.line(origin=Origin(origin))
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize("type_", ["do", "ping", "presence"])
async def test_nothing_is_taken_before_the_hello(scene: Scene, type_: str) -> None:
    """Rules L3, L4."""
    line = await scene.line()
    await line.say({"type": type_, "id": new_id(), "action": "undo", "n": 1})
    assert await line.ended() == 4400


async def test_a_socket_without_a_hello_is_closed_after_a_while(impatient: Server) -> None:
    """Rule L3."""
    scene = Scene(impatient)
    line = await scene.line()
    assert await line.ended() == 4408
    await scene.leave()


FAULTS: dict[str, tuple[Json, int]] = {
    "no protocol": ({"protocol": MISSING}, 4400),
    "a protocol in letters": ({"protocol": "1"}, 4400),
    "a protocol that is true": ({"protocol": True}, 4400),
    "another protocol": ({"protocol": 2}, 4409),
    "another protocol and no token": ({"protocol": 2, "token": None}, 4409),
    "no token": ({"token": MISSING}, 4401),
    "token null": ({"token": None, "since": "x"}, 4401),
    "a token of another kind": ({"token": 7}, 4400),
    "a token that opens nothing": ({"token": "nothing"}, 4404),
    "an empty token": ({"token": ""}, 4404),
    "since below nought": ({"since": -1}, 4400),
    "since in letters": ({"since": "1"}, 4400),
    "a language that is not spoken": ({"language": "fr"}, 4400),
    "a member too many": ({"name": "Me"}, 4400),
    "an epoch of another kind": ({"epoch": 1}, 4400),
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_what_is_wrong_with_a_hello_has_its_code(scene: Scene, fault: str) -> None:
    """Rules L4, L6."""
    changed, code = FAULTS[fault]
    hello = {name: value for name, value in scene.hello(**changed).items() if value is not MISSING}
    line = await scene.line()
    await line.say(hello)
    assert await line.ended() == code


async def test_a_room_that_is_not_there_and_one_that_the_token_is_not_for_are_the_same(scene: Scene) -> None:
    """Rule L4."""
    ends = []
    other = Scene(scene.server)
    for room in ("nowhere", "_", other.room.id):
        line = await scene.line(room)
        await line.say(scene.hello())
        ends.append((await line.ended(), line.socket.close_reason))
    assert {code for code, _ in ends} == {4404}
    assert len(set(ends)) == 1


async def test_a_welcome_says_who_and_where_and_has_the_canvas(scene: Scene) -> None:
    """Rules L5, G2."""
    guest = await scene.enter("observer", "Guest", language="nl")
    _, welcome = await scene.welcomed()
    rest = {"canvas", "people", "you", "now", "version", "digest", "epoch", "shape"}
    assert {name: value for name, value in welcome.items() if name not in rest} == {
        "type": "welcome",
        "protocol": 1,
        "room": scene.room.id,
        "limits": {
            "frame_bytes": 65_536,
            "title": 200,
            "details": 4_000,
            "note": 1_000,
            "comment": 1_000,
            "commands_per_second": 0,
        },
    }
    assert welcome["you"]["name"] == "Facilitator"
    assert welcome["you"]["role"] == "facilitator"
    me = {"participant": guest.me, "name": "Guest", "role": "observer"}
    assert welcome["people"] == [welcome["you"], me]
    assert all(person["participant"][0].isalnum() for person in welcome["people"])
    assert welcome["version"] == 3
    assert welcome["digest"] == scene.room.events()[-1]["digest"]
    assert scene.room.events()[-1]["at"] <= welcome["now"]
    assert canonical(welcome["canvas"]) == canonical(scene.room.get("/canvas")["canvas"])
    assert (welcome["epoch"], type(welcome["shape"])) == (scene.room.get("/canvas")["epoch"], str)


async def test_a_welcome_tells_the_servers_time(scene: Scene) -> None:
    """Rules L5, G3."""
    host = await scene.enter()
    before = host.welcomed["now"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", before)
    written = await host.ok("set_phase", label="Writing", ends_at=before)
    assert written[0]["data"]["ends_at"] == before <= written[0]["at"]
    assert written[0]["at"] <= (await scene.welcomed(since=host.version, epoch=host.replica.epoch))[1]["now"]


async def _resumed(scene: Scene, live: Live, **changed: object) -> Json:
    """Say hello as one who holds what `live` holds, but for some members."""
    held = {"since": live.version, "epoch": live.replica.epoch, "digest": live.replica.digest}
    line, welcome = await scene.welcomed(**{**held, "shape": live.replica.shape, **changed})
    assert ("canvas" in welcome) != ("events" in welcome)
    line.socket.transport.abort()
    return welcome


async def test_who_comes_back_gets_the_events_behind_what_they_hold(scene: Scene) -> None:
    """Rules L6, L7."""
    live, _ = await scene.furnished()
    for number in range(3):
        await live.ok("add_note", note=new_id(), block="channels", text=f"Shop {number}")
    head = live.version
    log = scene.room.events()
    for since in (head, head - 2, 0):
        digest = log[since - 1]["digest"] if since else "0" * 64
        for given in ({"digest": digest}, {"digest": None}, {"digest": digest, "shape": None}):
            welcome = await _resumed(scene, live, since=since, **given)
            assert welcome["events"] == log[since:]


async def test_who_holds_something_else_gets_the_canvas(scene: Scene) -> None:
    """Rule L6."""
    live, _ = await scene.furnished()
    changes: list[Json] = [
        {"since": live.version + 1},
        {"since": None},
        {"epoch": "another"},
        {"epoch": None},
        {"digest": "0" * 64},
        {"since": live.version - 1, "digest": live.replica.digest},
        {"since": 0, "digest": "f" * 64},
        {"shape": "another"},
    ]
    for changed in changes:
        welcome = await _resumed(scene, live, **changed)
        assert canonical(welcome["canvas"]) == canonical(live.canvas), changed


async def test_the_connections_of_one_participant_all_live_and_all_get_everything(scene: Scene) -> None:
    """Rules L20, L9."""
    live, _ = await scene.furnished()
    tabs = [await scene.again(live.token) for _ in range(3)]
    await tabs[0].cut()
    events = await tabs[1].ok("add_note", note=new_id(), block="channels", text="Shop")
    for tab in (live, tabs[1], tabs[2]):
        await tab.at(events[-1]["version"])
        assert tab.replica.events[events[-1]["version"]] == events[-1]
    assert live.connected


async def test_one_whose_line_is_dead_is_let_go_and_one_who_answers_stays(impatient: Server) -> None:
    """Rules L21, P5."""
    scene = Scene(impatient)
    live = await scene.enter()
    token = scene.room.join("participant", "Gone")
    deaf = await scene.line(ping_interval=None)
    await deaf.say(scene.hello(token=token))
    await deaf.hear("welcome")
    deaf.socket.transport.pause_reading()
    await live.until(lambda: any(m["gone"] for m in live.messages if m["type"] == "presence"))
    assert live.connected
    deaf.socket.transport.resume_reading()
    await asyncio.wait_for(deaf.socket.wait_closed(), 10)
    await scene.leave()
