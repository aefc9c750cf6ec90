"""The names that people go by."""

import asyncio

import pytest

from tests.protocol.conftest import launched
from tests.protocol.scene import Scene
from tests.support.calls import Reply
from tests.support.patch import Json
from tests.support.process import Server


def renamed(scene: Scene, token: str | None, body: Json) -> Reply:
    return scene.server.http.call("PATCH", f"{scene.path}/people/me", body, token=token)


def listed(scene: Scene) -> list[str]:
    return [person["name"] for person in scene.room.get("/people")["people"]]


async def test_whoever_goes_by_another_name_is_shown_by_it_everywhere(scene: Scene) -> None:
    """Rules H20, L17."""
    host, guest = await scene.enter(), await scene.enter("observer", "Guest")
    version = scene.room.head()
    reply = renamed(scene, guest.token, {"name": "  Noe\u0308l "})
    assert (reply.status, reply.json) == (200, {"participant": guest.me, "name": "Noël", "role": "observer"})
    assert listed(scene) == ["Facilitator", "Noël"]
    people = [{"participant": host.me, "name": "Facilitator", "role": "facilitator"}, reply.json]
    for live in (host, guest):
        await live.until(lambda live=live: live.replica.people == people)  # type: ignore[misc]
    await host.until(lambda: any(p["name"] == "Noël" for m in host.messages for p in m["people"]))
    again, welcome = await scene.welcomed(token=guest.token)
    assert (welcome["you"], welcome["people"]) == (reply.json, people)
    assert scene.room.head() == version
    again.socket.transport.abort()


NAMES: dict[str, tuple[Json, str]] = {
    "blank": ({"name": " \n "}, "text_empty"),
    "too long": ({"name": "x" * 201}, "text_too_long"),
    "none": ({}, "invalid"),
    "null": ({"name": None}, "invalid"),
    "with another's id": ({"name": "Noor", "participant": "somebody"}, "invalid"),
}


@pytest.mark.parametrize("fault", NAMES)
def test_a_name_that_is_none_changes_nothing(workshop: Scene, fault: str) -> None:
    """Rules H20, H1."""
    body, code = NAMES[fault]
    reply = renamed(workshop, workshop.room.token, body)
    assert (reply.status, reply.problem) == (422, code)
    assert listed(workshop) == ["Facilitator"]


def test_a_name_is_changed_by_who_bears_it(workshop: Scene) -> None:
    """Rules H20, H3, H4."""
    other = Scene(workshop.server)
    assert (renamed(workshop, None, {"name": "Noor"}).status, listed(workshop)) == (401, ["Facilitator"])
    assert (renamed(workshop, other.room.token, {"name": "Noor"}).status, listed(workshop)) == (404, ["Facilitator"])


def test_a_name_stays_over_a_restart_and_the_old_one_is_kept_nowhere() -> None:
    """Rule H20."""

    async def play(server: Server) -> None:
        scene = Scene(server, name="Wilhelmina")
        live, _ = await scene.furnished()
        assert renamed(scene, scene.room.token, {"name": "Noor"}).status == 200
        await scene.leave()
        server.kill()
        server.start()
        assert listed(scene) == ["Noor"]
        back = await scene.enter()
        assert back.replica.you["name"] == "Noor"
        assert back.me == live.me
        await scene.leave()
        server.terminate()
        assert b"Wilhelmina" not in (server.data / "kern.db").read_bytes()
        server.start()

    with launched("direct", "--commands-per-second", "0") as server:
        asyncio.run(play(server))
