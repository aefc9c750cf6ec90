"""The life of an activity in numbers."""

from tests.protocol.scene import Scene
from tests.support.calls import Reply
from tests.support.live import Live, new_id
from tests.support.patch import Json


def asked(scene: Scene, card: str, token: str | None = None) -> Reply:
    return scene.server.http.call("GET", f"{scene.path}/activities/{card}/life", token=token or scene.room.token)


def life(scene: Scene, card: str) -> Json:
    reply = asked(scene, card)
    assert reply.status == 200, reply.content
    return dict(reply.json)


async def added(live: Live, card: str, **fields: str | None) -> str:
    """Add an activity; when that was."""
    [event] = await live.ok("add_activity", **{"activity": card, "title": "Make", "category": "production", **fields})
    return str(event["at"])


async def test_changes_are_counted_with_who_made_them_and_when_they_began_and_ended(workshop: Scene) -> None:
    """Rules H24, H3."""
    host, note = await workshop.furnished()
    guest, card = await workshop.enter("participant", "Guest"), new_id()
    since = await added(host, card)
    assert life(workshop, card) == {"changes": 0, "since": since, "last": since, "by": []}
    await guest.at(host.version)
    [moved] = await guest.ok("move_activity", activity=card, category="problem_solving")
    assert life(workshop, card) == {"changes": 1, "since": since, "last": moved["at"], "by": [guest.me]}
    await host.ok("judge_activity", activity=card, judgement="must_do", reason="It sells")
    await host.ok("link_activity", activity=card, note=note)
    [retired] = await host.ok("retire_activity", activity=card)
    assert life(workshop, card) == {"changes": 4, "since": since, "last": retired["at"], "by": [guest.me, host.me]}
    token = workshop.room.join("observer", "Watching")
    assert asked(workshop, card, token).json == life(workshop, card)
    assert workshop.server.http.call("GET", f"{workshop.path}/activities/{card}/life").status == 401


async def test_a_stretch_of_typing_is_one_change_and_its_undo_another(workshop: Scene) -> None:
    """Rules H24, T9, U7."""
    host, _ = await workshop.furnished()
    card = new_id()
    last = await added(host, card)
    for stroke in (new_id(), new_id()):
        for text in ("Make m", "Make more", f"Make more {stroke}"):
            fields: Json = {"activity": card, "field": "title", "text": text, "base": host.version, "stroke": stroke}
            last = (await host.ok("reword_activity", **fields))[0]["at"]
    told = life(workshop, card)
    assert (told["changes"], told["last"]) == (2, last)
    await host.ok("reword_activity", activity=card, field="details", text="By hand", base=host.version)
    assert life(workshop, card)["changes"] == 3
    [undone] = await host.ok("undo")
    assert (life(workshop, card)["changes"], life(workshop, card)["last"]) == (4, undone["at"])


async def test_what_only_names_an_activity_does_not_change_it(workshop: Scene) -> None:
    """Rule H24."""
    host, _ = await workshop.furnished()
    card, other = new_id(), new_id()
    since = await added(host, card)
    await added(host, other)
    await host.ok("move_activity", activity=other, category="production", after=None)
    await host.ok("move_activity", activity=other, category="production", after=card)
    await host.ok("comment_on_activity", activity=card, comment=new_id(), text=f"Why {card}?")
    await host.ok("undo")
    await host.ok("describe_workshop", subject=card)
    assert life(workshop, card) == {"changes": 0, "since": since, "last": since, "by": []}
    assert life(workshop, other)["changes"] == 2


async def test_links_that_go_and_come_with_their_note_and_a_combination_are_changes(workshop: Scene) -> None:
    """Rule H24."""
    host, _ = await workshop.furnished()
    card, other, both, note = new_id(), new_id(), new_id(), new_id()
    await added(host, card)
    await added(host, other)
    await host.ok("add_note", note=note, block="channels", text="Shop")
    await host.ok("link_activity", activity=card, note=note)
    await host.ok("remove_note", note=note)
    assert life(workshop, card)["changes"] == 2
    await host.ok("undo")
    assert life(workshop, card)["changes"] == 3
    fields: Json = {"activities": [other, card], "into": both, "title": "Both", "category": "production"}
    [combined] = await host.ok("combine_activities", **fields)
    assert [life(workshop, one)["changes"] for one in (card, other, both)] == [4, 1, 0]
    assert life(workshop, both) == {"changes": 0, "since": combined["at"], "last": combined["at"], "by": []}
    await host.ok("restore_activity", activity=other)
    assert life(workshop, other)["changes"] == 2


async def test_an_activity_that_came_with_a_copy_is_there_since_the_copying(workshop: Scene) -> None:
    """Rules H24, H18."""
    host, _ = await workshop.furnished()
    card = new_id()
    await added(host, card)
    await host.ok("judge_activity", activity=card, judgement="must_do")
    http = workshop.server.http
    made = http.call("POST", "/api/rooms", {"title": "T", "copy": {"room": workshop.room.id}}, workshop.room.token).json
    copied = http.get(f"/api/rooms/{made['room']}/events", made["token"])["events"][1]
    told = http.get(f"/api/rooms/{made['room']}/activities/{card}/life", made["token"])
    assert told == {"changes": 0, "since": copied["at"], "last": copied["at"], "by": []}


async def test_an_activity_that_does_not_stand_in_the_room_has_no_life(workshop: Scene) -> None:
    """Rules H24, H4."""
    host, note = await workshop.furnished()
    card = new_id()
    since = await added(host, card)
    assert asked(workshop, card, Scene(workshop.server).room.token).status == 404
    await host.ok("undo")
    for unknown in (card, note, new_id(), "x", workshop.room.id):
        reply = asked(workshop, unknown)
        assert (reply.status, reply.problem) == (404, "not_found")
    await host.ok("redo")
    assert life(workshop, card) == {"changes": 0, "since": since, "last": since, "by": []}
