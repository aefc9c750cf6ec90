"""A room that begins as a copy of another one."""

from typing import Any

import pytest

from domain.things import TEXTS_KEPT
from tests.protocol.scene import Scene
from tests.support.calls import Reply, Room
from tests.support.law import check_room
from tests.support.live import Live, Place, new_id
from tests.support.patch import Json
from tests.support.process import Server


def ask(scene: Scene, token: str | None, copy: Json, **more: Any) -> Reply:  # noqa: ANN401 - any fields
    return scene.server.http.call("POST", "/api/rooms", {"title": "Again", "copy": copy, **more}, token)


def copied(scene: Scene, **more: Any) -> Room:  # noqa: ANN401 - any fields
    reply = ask(scene, scene.room.token, {"room": scene.room.id, **more.pop("of", {})}, **more)
    assert reply.status == 201, reply.content
    return Room(scene.server.http, reply.json["room"], reply.json["token"], {})


def shown(room: Room, path: str = "/canvas") -> Json:
    return dict(room.get(path)["canvas"])


def without_authors(value: Any) -> Any:  # noqa: ANN401 - walks any JSON
    if isinstance(value, dict):
        return {name: None if name == "by" else without_authors(part) for name, part in value.items()}
    return [without_authors(part) for part in value] if isinstance(value, list) else value


async def lively(scene: Scene) -> tuple[Live, str, str]:
    """Fill a room; its facilitator, a note and an activity in it."""
    host, note = await scene.furnished()
    card, other, both = new_id(), new_id(), new_id()
    await host.ok("describe_workshop", goal="Sell", subject="Bricks")
    step, question = ({"id": new_id(), kind: "First"} for kind in ("name", "text"))
    await host.ok("define_steps", steps=[step])
    await host.ok("enter_step", step=step["id"])
    await host.ok("define_questions", questions=[question])
    for id_ in (card, other):
        await host.ok("add_activity", activity=id_, title="Make", category="production", step=step["id"], prompt="p.1")
        await host.ok("comment_on_activity", activity=id_, comment=new_id(), text="Why?")
    await host.ok("judge_activity", activity=card, judgement="must_do", reason="It sells")
    await host.ok("link_activity", activity=card, note=note)
    await host.ok("combine_activities", activities=[card, other], into=both, title="Both", category="problem_solving")
    await host.ok("restore_activity", activity=card)
    await host.ok("open_iteration", iteration=new_id(), name="First")
    await host.ok("set_phase", label="Writing", ends_at=None)
    await host.ok("lock_canvas")
    return host, note, card


async def test_a_copy_begins_with_all_that_stands_and_nothing_of_the_people(workshop: Scene) -> None:
    """Rules H18, C8, E1, E2."""
    await lively(workshop)
    copy = copied(workshop, name="Frida")
    there, here = shown(workshop.room), shown(copy)
    kept = {"goal", "subject", "notes", "blocks", "activities", "categories", "retired", "steps", "step", "questions"}
    assert {member: here[member] for member in kept} == {member: without_authors(there[member]) for member in kept}
    assert (here["title"], here["locked"], here["phase"], here["iterations"]) == ("Again", False, None, [])
    log = check_room(copy)
    assert [event["type"] for event in log] == ["WorkshopOpened", "WorkshopCopied", "ParticipantJoined"]
    assert {(event["by"], event["command"]) for event in log} == {(log[2]["data"]["participant"], None)}
    assert (log[1]["data"]["room"], log[1]["data"]["version"]) == (workshop.room.id, workshop.room.head())
    assert [person["name"] for person in copy.get("/people")["people"]] == ["Frida"]


async def test_a_copy_may_be_of_any_version(workshop: Scene) -> None:
    """Rules H18, H6."""
    host, note = await workshop.furnished()
    version = host.version
    await host.ok("reword_note", note=note, text="Learn", base=version)
    assert shown(copied(workshop, of={"version": version}))["notes"][note]["text"] == "Play"
    assert shown(copied(workshop, of={"version": version + 1}))["notes"][note]["text"] == "Learn"
    assert shown(copied(workshop, of={"version": None}))["notes"][note]["text"] == "Learn"
    assert shown(copied(workshop, of={"version": 0}))["notes"] == {}
    beyond = ask(workshop, workshop.room.token, {"room": workshop.room.id, "version": version + 2})
    assert (beyond.status, beyond.problem) == (404, "not_found")


async def test_a_copy_is_a_room_to_work_in(workshop: Scene) -> None:
    """Rules H18, A4, T3, T4, U2, U3."""
    _, note, card = await lively(workshop)
    copy = copied(workshop)
    live = await Live(Place(workshop.server.port, copy.id), copy.token).open()
    await live.no("nothing_to_undo", "undo")
    for taken in (note, card, live.canvas["activities"][card]["comments"][0]["id"], live.canvas["questions"][0]["id"]):
        await live.no("id_taken", "add_note", note=taken, block="channels", text="Shop")
    for number in range(TEXTS_KEPT + 2):
        await live.ok("reword_note", note=note, text=f"Play {number}", base=live.version)
        await live.ok("reword_activity", activity=card, field="title", text=f"Make {number}", base=live.version)
    await live.ok("reword_note", note=note, text="We Play", base=2)
    await live.ok("reword_activity", activity=card, field="title", text="We Make", base=2)
    assert live.canvas["notes"][note]["text"] == f"We Play {TEXTS_KEPT + 1}"
    assert live.canvas["activities"][card]["title"] == f"We Make {TEXTS_KEPT + 1}"
    await live.ok("retire_activity", activity=card)
    await live.ok("undo")
    await live.ok("redo")
    await live.close()
    assert shown(copy) == live.canvas
    check_room(copy)
    assert note in shown(workshop.room)["notes"]


async def test_only_a_facilitator_copies_a_room(workshop: Scene) -> None:
    """Rules H18, H3, H4, H1."""
    source, other = {"room": workshop.room.id}, Room.open(workshop.server.http)
    host, guest = await workshop.enter(), await workshop.enter("participant")
    cases: list[tuple[str | None, Json, int, str]] = [
        (None, source, 401, "unauthorized"),
        (None, {"room": "nowhere"}, 401, "unauthorized"),
        (other.token, source, 404, "not_found"),
        (other.token, {"room": "nowhere"}, 404, "not_found"),
        (guest.token, source, 403, "not_allowed"),
        (workshop.room.join("observer", "Watching"), source, 403, "not_allowed"),
    ]
    for token, copy, status, code in cases:
        reply = ask(workshop, token, copy)
        assert (reply.status, reply.problem) == (status, code)
    await host.ok("change_role", participant=guest.me, role="facilitator")
    assert ask(workshop, guest.token, source).status == 201
    await host.ok("remove_person", participant=guest.me)
    assert ask(workshop, guest.token, source).status == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"copy": {"room": "r"}, "template": "lego"}, "template"),
        ({"copy": {"room": "r"}, "template": "blank"}, "template"),
        ({"copy": {}}, "copy.room"),
        ({"copy": {"room": "r", "version": -1}}, "copy.version"),
        ({"copy": {"room": "r", "version": "1"}}, "copy.version"),
        ({"copy": {"room": "r", "colour": "red"}}, "copy.colour"),
        ({"copy": "r"}, "copy"),
        ({"source": {"room": "r"}}, "source"),
    ],
)
def test_what_is_wrong_with_what_is_to_be_copied_is_named(direct: Server, body: Json, field: str) -> None:
    """Rules H18, H5."""
    reply = direct.http.call("POST", "/api/rooms", {"title": "Again", **body})
    assert (reply.status, reply.problem, reply.json["field"]) == (422, "invalid", field)


def test_a_copy_has_the_language_of_its_source_unless_told(direct: Server) -> None:
    """Rule H18."""
    scene = Scene(direct, language="nl", template="lego")
    assert shown(copied(scene))["language"] == "nl"
    assert shown(copied(scene, language="en"))["language"] == "en"
    assert copied(scene).get("/people")["people"][0]["name"] == "Begeleider"


async def test_a_copy_of_any_moment_is_the_canvas_of_that_moment_and_can_be_compared(workshop: Scene) -> None:
    """Rules H18, H25, H26, H28."""
    host, _, card = await lively(workshop)
    await host.ok("close_iteration", override_reason="No time")
    await host.ok("retire_activity", activity=card)
    iteration = host.canvas["iterations"][0]
    kept = ("goal", "subject", "notes", "blocks", "activities", "categories", "retired", "steps", "step", "questions")
    moments = [3, iteration["from"], iteration["to"], *range(5, host.version, 4)]
    for version in moments:
        there = shown(workshop.room, f"/canvas?version={version}")
        copy = copied(workshop, of={"version": version})
        here = shown(copy)
        assert {member: here[member] for member in kept} == {member: without_authors(there[member]) for member in kept}
        compared = copy.get(f"/compare?from=0&to={copy.head()}")
        assert {one["activity"] for one in compared["differences"]} == set(there["activities"])
        assert {(one["kind"], *one["versions"]) for one in compared["differences"]} <= {("added", 2)}
        revisions = copy.get("/revisions")["revisions"]
        assert [(one["kind"], one["field"]) for one in revisions][1] == ("WorkshopCopied", "room")
        assert copy.get("/compare?from=2&to=3")["differences"] == []
    assert shown(workshop.room, f"/canvas?iteration={iteration['id']}") == shown(
        workshop.room, f"/canvas?version={iteration['to']}"
    )
