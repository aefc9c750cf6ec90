"""The invites that facilitators give out and end."""

import asyncio
import re

import pytest

from server.http.invitations import MOST_INVITES
from tests.protocol.conftest import launched
from tests.protocol.scene import Scene
from tests.support.calls import Reply
from tests.support.patch import Json
from tests.support.process import Server

ROLES = ["facilitator", "participant", "observer"]


def called(scene: Scene, method: str, path: str = "", body: Json | None = None, token: str | None = None) -> Reply:
    return scene.server.http.call(method, f"{scene.path}/invites{path}", body, token or scene.room.token)


def listed(scene: Scene) -> list[Json]:
    return list(called(scene, "GET").json["invites"])


def joined(scene: Scene, invite: str) -> Reply:
    return scene.server.http.call("POST", f"{scene.path}/join", {"invite": invite, "name": "Noor"})


@pytest.mark.parametrize("role", ROLES)
def test_an_invite_lets_people_in_with_its_role_until_it_is_ended(workshop: Scene, role: str) -> None:
    """Rules H21, H9, H4."""
    before = listed(workshop)
    reply = called(workshop, "POST", body={"role": role})
    made = reply.json
    assert (reply.status, made["link"]) == (201, f"/join/{workshop.room.id}#{made['invite']}")
    assert set(made) == {"invite", "link"}
    assert joined(workshop, made["invite"]).json["role"] == role
    [new] = [one for one in listed(workshop) if one not in before]
    assert new["role"] == role
    assert called(workshop, "DELETE", f"/{made['invite']}").status == 204
    assert listed(workshop) == before
    gone = joined(workshop, made["invite"])
    assert (gone.status, gone.content) == (404, joined(workshop, "nothing").content)
    assert len(workshop.room.get("/people")["people"]) == 2


def test_links_of_the_opening_are_listed_and_can_be_ended_by_their_ids(workshop: Scene) -> None:
    """Rule H21."""
    found = listed(workshop)
    assert [one["role"] for one in found] == ROLES
    assert len({one["id"] for one in found}) == 3
    assert all(set(one) == {"id", "role"} and re.fullmatch(r"[0-9a-f]{16}", one["id"]) for one in found)
    assert joined(workshop, found[1]["id"]).status == 404
    ended = called(workshop, "DELETE", f"/{found[1]['id']}")
    assert (ended.status, ended.content) == (204, b"")
    assert [joined(workshop, workshop.room.invites[role]).status for role in ROLES] == [200, 404, 200]
    assert listed(workshop) == [found[0], found[2]]


def test_an_invite_that_is_not_there_can_not_be_ended(workshop: Scene) -> None:
    """Rule H21."""
    other = Scene(workshop.server)
    gone = listed(workshop)[0]["id"]
    called(workshop, "DELETE", f"/{gone}")
    for named in (gone, "nothing", listed(other)[0]["id"], other.room.invites["observer"], gone[:8], "%00"):
        reply = called(workshop, "DELETE", f"/{named}")
        assert (reply.status, reply.problem) == (404, "not_found")
    assert (len(listed(workshop)), len(listed(other))) == (2, 3)


def test_invites_are_for_facilitators(workshop: Scene) -> None:
    """Rules H21, H3."""
    found = listed(workshop)
    for role in ("participant", "observer"):
        token = workshop.room.join(role, "Guest")
        for method, path, body in (
            ("GET", "", None),
            ("POST", "", {"role": role}),
            ("DELETE", f"/{found[0]['id']}", None),
        ):
            reply = called(workshop, method, path, body, token)
            assert (reply.status, reply.problem) == (403, "not_allowed")
    assert workshop.server.http.call("GET", f"{workshop.path}/invites").status == 401
    assert listed(workshop) == found


@pytest.mark.parametrize("body", [{}, {"role": "boss"}, {"role": None}, {"role": "observer", "name": "Noor"}])
def test_an_invite_is_to_a_role_and_nothing_else(workshop: Scene, body: Json) -> None:
    """Rules H21, G1."""
    reply = called(workshop, "POST", body=body)
    assert (reply.status, reply.problem) == (422, "invalid")
    assert len(listed(workshop)) == 3


def test_a_room_has_so_many_invites_at_the_most(workshop: Scene) -> None:
    """Rule H21."""
    made = [called(workshop, "POST", body={"role": "observer"}) for _ in range(MOST_INVITES - 3)]
    assert {reply.status for reply in made} == {201}
    reply = called(workshop, "POST", body={"role": "observer"})
    assert (reply.status, reply.problem, reply.json["most"]) == (409, "too_many", MOST_INVITES)
    called(workshop, "DELETE", f"/{made[0].json['invite']}")
    assert called(workshop, "POST", body={"role": "observer"}).status == 201


def test_what_was_made_and_what_was_ended_stays_so_over_a_restart() -> None:
    """Rule H21."""

    async def play(server: Server) -> None:
        scene = Scene(server)
        made = called(scene, "POST", body={"role": "observer"}).json["invite"]
        called(scene, "DELETE", f"/{scene.room.invites['facilitator']}")
        found = listed(scene)
        server.kill()
        server.start()
        assert listed(scene) == found
        assert joined(scene, made).json["role"] == "observer"
        assert joined(scene, scene.room.invites["facilitator"]).status == 404
        server.terminate()
        assert made.encode() not in (server.data / "kern.db").read_bytes()
        server.start()

    with launched("direct", "--commands-per-second", "0") as server:
        asyncio.run(play(server))
