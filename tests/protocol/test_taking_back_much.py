"""Restoring an iteration, taking back what one person did, and telling beforehand what that would change."""

import pytest

from tests.protocol.scene import Scene
from tests.protocol.test_actions import activity
from tests.support.calls import Reply
from tests.support.canonical import canonical
from tests.support.live import Live, new_id
from tests.support.patch import Json


def preview(scene: Scene, token: str | None = None, **body: object) -> Reply:
    return scene.server.http.call("POST", f"{scene.path}/preview", body, token or scene.room.token)


def told(activity: Json) -> Json:
    return {member: value for member, value in activity.items() if member != "comments"}


async def kicked_off(scene: Scene) -> tuple[Live, str, list[str]]:
    """Close an iteration with three activities; the facilitator, the iteration, the activities."""
    host, note = await scene.furnished()
    iteration = new_id()
    cards = [await activity(host, title) for title in ("One", "Two", "Three")]
    await host.ok("link_activity", activity=cards[0], note=note)
    await host.ok("open_iteration", iteration=iteration, name="Kick-off")
    await host.ok("close_iteration", override_reason="No time")
    return host, iteration, cards


async def test_restoring_an_iteration_brings_its_activities_back_in_one_batch(workshop: Scene) -> None:
    """Rules W1, W3, W4, W5."""
    host, iteration, (one, two, three) = await kicked_off(workshop)
    guest = await workshop.enter("participant")
    then = host.canvas
    new, both = await activity(guest, "New"), new_id()
    await guest.ok("combine_activities", activities=[one, two], into=both, title="Both", category="production")
    await guest.ok("reword_activity", activity=three, field="title", text="Otherwise", base=guest.version)
    await guest.ok("comment_on_activity", activity=three, comment=new_id(), text="Why?")
    await host.at(guest.version)
    before = host.canvas
    await host.no("changed_since", "restore_iteration", iteration=iteration, base=host.version - 1)
    await host.no("invalid", "restore_iteration", iteration=iteration, base=host.version + 1)
    await host.no("unknown_iteration", "restore_iteration", iteration=new_id(), base=host.version)

    events = await host.ok("restore_iteration", iteration=iteration, base=host.version)

    first, *others = events
    assert (first["type"], first["data"]["iteration"], first["changes"]) == ("IterationRestored", iteration, [])
    assert {event["command"] for event in events} == {first["command"]}
    assert [event["version"] for event in others] == list(range(first["version"] + 1, events[-1]["version"] + 1))
    assert {id_: told(card) for id_, card in host.canvas["activities"].items()} == {
        id_: told(card) for id_, card in then["activities"].items()
    }
    assert host.canvas["categories"] == then["categories"]
    assert {new, both} == set(host.canvas["retired"])
    assert len(host.canvas["activities"][three]["comments"]) == 1
    answer = await host.do("restore_iteration", iteration=iteration, base=host.version)
    assert answer.outcome == "unchanged"
    undone = await host.ok("undo")
    assert [event["data"]["undoes"] for event in undone] == [event["version"] for event in reversed(others)]
    assert canonical(host.canvas) == canonical(before)


async def test_an_open_iteration_is_as_it_is(workshop: Scene) -> None:
    """Rule W1."""
    host, _ = await workshop.furnished()
    iteration = new_id()
    await host.ok("open_iteration", iteration=iteration, name="Kick-off")
    await activity(host)
    assert (await host.do("restore_iteration", iteration=iteration, base=host.version)).outcome == "unchanged"


async def test_what_one_person_did_is_taken_back_and_what_others_did_stays(workshop: Scene) -> None:
    """Rules W2, W4, W5, W7."""
    host, _, (one, two, _three) = await kicked_off(workshop)
    guest = await workshop.enter("participant")
    await guest.ok("judge_activity", activity=two, judgement="not_now")
    start = guest.version
    await guest.ok("judge_activity", activity=one, judgement="must_do")
    await host.at(guest.version)
    await host.ok("judge_activity", activity=one, judgement="not_now", reason="Too dear")
    await guest.at(host.version)
    new = await activity(guest, "New")
    await guest.ok("comment_on_activity", activity=one, comment=new_id(), text="Why?")
    await guest.ok("reword_activity", activity=two, field="title", text="Mine", base=guest.version)
    await host.at(guest.version)
    fields: Json = {"participant": guest.me, "from": start, "to": host.version, "base": host.version}
    body = preview(workshop, action="undo_person", **fields).json
    assert body["skipped"] == [{"version": start + 1, "because": "changed_since"}]
    assert {(one["activity"], one["kind"]) for one in body["differences"]} == {(two, "reworded"), (new, "retired")}
    assert body["also"] == {"CommentWithdrawn": 1}

    events = await host.ok("undo_person", **fields)

    assert [event["type"] for event in events] == [
        "PersonUndone",
        "ActivityReworded",
        "CommentWithdrawn",
        "ActivityWithdrawn",
    ]
    assert [event["data"].get("undoes") for event in events] == [None, start + 5, start + 4, start + 3]
    assert {event["by"] for event in events} == {host.me}
    cards = host.canvas["activities"]
    assert new not in cards
    assert (cards[one]["judgement"], cards[two]["judgement"], cards[two]["title"]) == ("not_now", "not_now", "Two")
    await guest.at(host.version)
    await guest.no("changed_since", "undo")
    await guest.ok("undo", skip=True)
    assert guest.canvas["activities"][two]["judgement"] is None


async def test_versions_that_are_not_in_order_and_people_that_never_were(workshop: Scene) -> None:
    """Rules W2, W3."""
    host, _ = await workshop.furnished()
    head = host.version
    for after, upto in ((-1, 1), (2, 1), (0, head + 1)):
        fields: Json = {"participant": host.me, "from": after, "to": upto, "base": head}
        await host.no("invalid", "undo_person", **fields)
    rest: Json = {"from": 0, "to": head, "base": head}
    await host.no("unknown_participant", "undo_person", participant="nobody", **rest)
    await host.no("changed_since", "undo_person", participant=host.me, **{**rest, "base": head - 1, "to": 1})


async def test_a_preview_tells_what_comparing_tells_afterwards_and_changes_nothing(workshop: Scene) -> None:
    """Rules W6, H28."""
    host, iteration, (one, two, _) = await kicked_off(workshop)
    guest = await workshop.enter("participant")
    await guest.ok("combine_activities", activities=[one, two], into=new_id(), title="Both", category="production")
    await activity(guest, "New")
    await host.at(guest.version)
    head = host.version
    commands: list[Json] = [
        {"action": "restore_iteration", "iteration": iteration, "base": head},
        {"action": "undo_person", "participant": guest.me, "from": 0, "to": head, "base": head},
    ]
    for command in commands:
        answers = [preview(workshop, **command), preview(workshop, type="do", id=new_id(), **command)]
        assert [answer.status for answer in answers] == [200, 200]
        assert answers[0].json == answers[1].json
        assert (workshop.room.head(), answers[0].json["skipped"]) == (head, [])
        events = await host.ok(**command)
        compared = workshop.room.get(f"/compare?from={events[0]['version'] - 1}&to={host.version}")
        assert answers[0].json["differences"] == compared["differences"] != []
        await host.ok("undo")
        head = commands[1]["base"] = host.version


@pytest.mark.parametrize(
    ("status", "code", "changed"),
    [
        (409, "unknown_iteration", {"iteration": "x"}),
        (409, "changed_since", {"base": 1}),
        (422, "invalid", {"base": 999}),
        (422, "invalid", {"base": "1"}),
        (422, "invalid", {"colour": "red"}),
        (422, "invalid", {"action": "undo"}),
        (422, "invalid", {"id": "x"}),
    ],
)
async def test_a_preview_of_what_would_be_rejected_says_so(
    workshop: Scene, status: int, code: str, changed: Json
) -> None:
    """Rules W6, H1."""
    host, iteration, _ = await kicked_off(workshop)
    body = {"action": "restore_iteration", "iteration": iteration, "base": host.version, **changed}
    answer = preview(workshop, **body)
    assert (answer.status, answer.json["code"]) == (status, code)


async def test_a_preview_is_for_facilitators(workshop: Scene) -> None:
    """Rules W6, A2, H3."""
    host, iteration, cards = await kicked_off(workshop)
    body: Json = {"action": "restore_iteration", "iteration": iteration, "base": host.version}
    for role in ("participant", "observer"):
        token = workshop.room.join(role, "Somebody")
        answer = preview(workshop, token, **{**body, "base": workshop.room.head()})
        assert (answer.status, answer.json["code"]) == (403, "not_allowed")
    assert workshop.server.http.call("POST", f"{workshop.path}/preview", body).status == 401
    for card in cards:
        await host.ok("retire_activity", activity=card)
    await host.ok("remove_note", note=next(iter(host.canvas["notes"])))
    answer = preview(workshop, **{**body, "base": workshop.room.head()})
    assert (answer.status, answer.json["code"]) == (409, "value_proposition_first")


async def test_what_can_not_be_had_back_is_told(workshop: Scene) -> None:
    """Rule W7."""
    host, note = await workshop.furnished()
    step, shop, iteration = new_id(), new_id(), new_id()
    await host.ok("define_steps", steps=[{"id": step, "name": "Idea"}])
    await host.ok("add_note", note=shop, block="channels", text="Shop")
    card = await activity(host, "One", step=step)
    await host.ok("link_activity", activity=card, note=shop)
    await host.ok("link_activity", activity=card, note=note)
    await host.ok("open_iteration", iteration=iteration, name="Kick-off")
    await host.ok("close_iteration", override_reason="No time")
    await host.ok("place_activity", activity=card, step=None)
    [dropped] = await host.ok("define_steps", steps=[])
    [removed] = await host.ok("remove_note", note=shop)
    await host.ok("reword_activity", activity=card, field="title", text="Otherwise", base=host.version)
    body = preview(workshop, action="restore_iteration", iteration=iteration, base=host.version).json
    assert [(one["kind"], one["after"]) for one in body["differences"]] == [("reworded", "One")]
    assert body["skipped"] == [
        {"version": dropped["version"] - 1, "because": "unknown_step"},
        {"version": removed["version"], "because": "unknown_note"},
    ]
    await host.ok("restore_iteration", iteration=iteration, base=host.version)
    restored = host.canvas["activities"][card]
    assert (restored["title"], restored["step"], restored["links"]) == ("One", None, [note])


async def test_a_text_that_was_taken_out_of_the_log_does_not_come_back(workshop: Scene) -> None:
    """Rules W7, R6."""
    host, _ = await workshop.furnished()
    guest = await workshop.enter("participant")
    iteration, card, gone = new_id(), new_id(), new_id()
    [added] = await host.ok("add_activity", activity=card, title="Ask Jan", category="production")
    [other] = await host.ok("add_activity", activity=gone, title="Ask Piet", category="production")
    await host.ok("open_iteration", iteration=iteration, name="Kick-off")
    await host.ok("close_iteration", override_reason="No time")
    await guest.at(host.version)
    fields: Json = {"participant": host.me, "from": other["version"] - 1, "to": other["version"], "base": host.version}
    await host.ok("undo_person", **fields)  # the second activity is withdrawn
    [reworded] = await guest.ok("reword_activity", activity=card, field="title", text="Ask around", base=host.version)
    await guest.ok("judge_activity", activity=card, judgement="must_do")
    await host.at(guest.version)
    for version in (added["version"], other["version"]):
        await host.ok("redact", version=version, pointer="/title", reason="A name")
    await guest.at(host.version)
    head = workshop.room.head()
    swept: Json = {"participant": guest.me, "from": 0, "to": head, "base": head}
    left = preview(workshop, action="undo_person", **swept).json["skipped"]
    assert left == [{"version": reworded["version"], "because": "redacted"}]
    told_so = preview(workshop, action="restore_iteration", iteration=iteration, base=head).json
    closed = workshop.room.get("/canvas")["canvas"]["iterations"][0]["to"]
    assert told_so["skipped"] == [
        {"version": closed, "because": "redacted"},
        {"version": reworded["version"], "because": "redacted"},
    ]
    await host.at(head)
    await host.ok("restore_iteration", iteration=iteration, base=head)
    assert [(one["title"], one["judgement"]) for one in host.canvas["activities"].values()] == [("Ask around", None)]


async def test_the_history_and_the_minutes_tell_what_was_taken_back_and_for_what(workshop: Scene) -> None:
    """Rules W4, H26, H27, H33."""
    host, iteration, (one, two, _) = await kicked_off(workshop)
    guest = await workshop.enter("participant", name="Noor")
    [judged] = await guest.ok("judge_activity", activity=one, judgement="must_do")
    await host.at(guest.version)
    fields: Json = {"participant": guest.me, "from": 0, "to": host.version, "base": host.version}
    said, back = await host.ok("undo_person", **fields)
    page = workshop.room.get("/revisions")
    assert page["undone"] == {str(judged["version"]): back["version"]}
    told_of = {revision["version"]: revision for revision in page["revisions"]}
    assert (told_of[said["version"]]["field"], told_of[said["version"]]["after"]) == ("person", guest.me)
    assert told_of[back["version"]]["undoes"] == judged["version"]
    await host.ok("undo")
    undone = workshop.room.get("/revisions").get("undone", {})
    assert str(judged["version"]) not in undone, "it was done again"
    await host.ok("retire_activity", activity=two)
    restored = await host.ok("restore_iteration", iteration=iteration, base=host.version)
    revisions = {one["version"]: one for one in workshop.room.get("/revisions")["revisions"]}
    assert (revisions[restored[0]["version"]]["field"], revisions[restored[0]["version"]]["after"]) == (
        "restored",
        iteration,
    )
    minutes = workshop.server.http.call(
        "GET", f"{workshop.path}/export?format=md&document=minutes&language=en", token=workshop.room.token
    ).content.decode()
    assert "What Noor did was taken back" in minutes
    assert "The iteration “Kick-off” was restored" in minutes
