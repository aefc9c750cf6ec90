"""Events, their digests, and the canvas that they add up to."""

import asyncio
import re
from pathlib import Path
from typing import Any

import pytest

from tests.protocol.scene import Scene
from tests.support.law import check_room
from tests.support.live import Live, new_id
from tests.support.patch import Json

PROTOCOL = Path(__file__).parent.parent.parent / "docs" / "protocol.md"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")


async def everything(scene: Scene) -> tuple[Live, list[Json]]:
    """Use every action there is but those about people, and give the log."""
    live, note = await scene.furnished()
    one, two, both, step = (new_id() for _ in range(4))
    await live.ok("describe_workshop", goal="Sell bricks", subject="Bricks")
    await live.ok("define_steps", steps=[{"id": step, "name": "Idea"}, {"id": new_id(), "name": "Selection"}])
    await live.ok("enter_step", step=step)
    await live.ok("set_phase", label="Writing", ends_at="2026-01-31T09:30:00Z")
    await live.ok("define_questions", questions=[{"id": new_id(), "text": "What is the most profitable?"}])
    await live.ok("open_iteration", iteration=new_id(), name="First", goal="Begin")
    for id_, extra in ((one, {"details": "By hand", "step": step, "prompt": "What sells?"}), (two, {})):
        await live.ok("add_activity", activity=id_, title="Make bricks", category=None, **extra)
        await live.ok("link_activity", activity=id_, note=note)
        await live.ok("comment_on_activity", activity=id_, comment=new_id(), text="Why?")
    await live.ok("reword_activity", activity=one, field="title", text="Make more", base=live.version, stroke=new_id())
    await live.ok("reword_note", note=note, text="Play well", base=live.version)
    await live.ok("move_activity", activity=one, category="production", after=None)
    await live.ok("place_activity", activity=two, step=step)
    await live.ok("judge_activity", activity=one, judgement="must_do", reason="It sells")
    await live.ok("retire_activity", activity=two, reason="Too dear")
    await live.ok("restore_activity", activity=two)
    await live.ok("combine_activities", activities=[one, two], into=both, title="Make", category="production")
    await live.ok("unlink_activity", activity=both, note=note)
    for action in ("undo", "undo", "redo", "lock_canvas", "unlock_canvas"):
        await live.ok(action)
    await live.ok("close_iteration", override_reason="Time is up")
    return live, scene.room.events()


async def test_an_event_has_the_members_of_its_envelope_and_no_others(workshop: Scene) -> None:
    """Rules E1, E2, E3, E5, E11, G3."""
    live, log = await everything(workshop)
    members = {"format", "version", "epoch", "type", "schema", "at", "by", "command", "data", "words", "salt"}
    epoch = workshop.room.get("/canvas")["epoch"]
    for version, event in enumerate(log, 1):
        assert set(event) == members | {"changes", "digest"}
        assert (event["format"], event["schema"], event["version"], event["epoch"]) == (1, 1, version, epoch)
        assert MOMENT.fullmatch(event["at"])
        assert event["at"] >= log[max(0, version - 2)]["at"]
    assert (log[0]["type"], log[0]["data"]["room"]) == ("WorkshopOpened", workshop.room.id)
    assert [event["by"] for event in log] == [live.me] * len(log)
    assert [event["command"] is None for event in log] == [True, True] + [False] * (len(log) - 2)


async def test_an_event_has_the_fields_of_its_action_as_they_were_accepted(workshop: Scene) -> None:
    """Rules E4, T1."""
    live, first = await workshop.furnished()
    note, activity = new_id(), new_id()
    added = await live.ok("add_note", note=note, block="value_propositions", text=" Cafe\u0301 ", after=new_id())
    assert added[0]["data"] == {"note": note, "block": "value_propositions", "text": "Café", "after": first}
    plain = await live.ok("add_activity", activity=activity, title="Make", category=None, details=None, prompt=" ")
    assert plain[0]["data"] == {"activity": activity, "title": "Make", "category": None, "after": None}
    moved = await live.ok("move_note", note=note, block="channels")
    assert moved[0]["data"] == {"note": note, "block": "channels", "after": None}


async def test_words_are_what_people_wrote_and_have_a_salt(workshop: Scene) -> None:
    """Rules E7, E12."""
    _, log = await everything(workshop)
    found = {event["type"]: event["words"] for event in log}
    assert found["ActivityJudged"] == ["/reason"]
    assert found["StepsDefined"] == ["/steps/0/name", "/steps/1/name"]
    assert found["IterationOpened"] == ["/goal", "/name"]
    assert found["ActivityPlaced"] == found["CanvasLocked"] == found["ParticipantJoined"] == []
    salts = [event["salt"] for event in log if event["words"]]
    assert all(re.fullmatch("[0-9a-f]{32}", salt) for salt in salts)
    assert len(set(salts)) == len(salts)
    assert {event["salt"] for event in log if not event["words"]} == {None}


async def test_the_whole_law_holds_for_a_log_of_every_action(workshop: Scene) -> None:
    """Rules E3, E6, E9, E10, H13."""
    _, log = await everything(workshop)
    check_room(workshop.room, range(len(log) + 1))


def auditor() -> dict[str, Any]:
    """Run the code block of the protocol, as a reader would who copies it."""
    code = re.findall(r"```python\n(.*?)```", PROTOCOL.read_text("utf-8"), re.DOTALL)[0]
    names: dict[str, Any] = {}
    exec(code, names)  # noqa: S102 - it is our own documentation
    return names


async def test_the_checker_in_the_protocol_finds_a_true_log_true(workshop: Scene) -> None:
    """Rules E8, E9."""
    _, log = await everything(workshop)
    lines = workshop.get("/export?format=jsonl").content.decode().split("\n")[:-1]
    assert auditor()["check"](lines) == len(log)
    async with asyncio.timeout(10):
        host = await workshop.enter()
        details = next(event for event in log if event["data"].get("details"))
        await host.ok("redact", version=details["version"], pointer="/details", reason="A name")
    lines = workshop.get("/export?format=jsonl").content.decode().split("\n")[:-1]
    assert "redacted" in lines[details["version"] - 1]
    assert auditor()["check"](lines) == len(log) + 1


@pytest.mark.parametrize("change", [("Make bricks", "Make blocks"), ('"must_do"', '"not_now"'), ("T", "U")])
async def test_the_checker_in_the_protocol_names_the_first_version_that_was_changed(
    workshop: Scene, change: tuple[str, str]
) -> None:
    """Rules E8, E9."""
    await everything(workshop)
    lines = workshop.get("/export?format=jsonl").content.decode().split("\n")[:-1]
    at = next(i for i, line in enumerate(lines) if change[0] in line)
    lines[at] = lines[at].replace(*change)
    with pytest.raises(ValueError, match=rf"^{at + 1}$"):
        auditor()["check"](lines)
    del lines[3]
    with pytest.raises(ValueError, match=rf"^{min(at + 1, 4)}$"):
        auditor()["check"](lines)


async def test_a_canvas_always_has_all_of_its_members(workshop: Scene) -> None:
    """Rules C1, C2, C9."""
    await everything(workshop)
    first, now = workshop.room.get("/canvas?version=0")["canvas"], workshop.room.get("/canvas")["canvas"]
    blocks = (
        "customer_segments value_propositions channels customer_relationships revenue_streams key_resources"
        " key_partners cost_structure"
    )
    categories = ("production", "problem_solving", "platform_network", "unsorted")
    texts = {"title": "", "language": "en", "goal": "", "subject": ""}
    assert first == {
        **texts,
        "locked": False,
        "notes": {},
        "blocks": {block: [] for block in blocks.split()},
        "activities": {},
        "categories": {category: [] for category in categories},
        "retired": {},
        "steps": [],
        "step": None,
        "iterations": [],
        "iteration": None,
        "phase": None,
        "questions": None,
        "people": {},
    }
    assert set(now) == set(first)
    for member in ("blocks", "categories"):
        assert set(now[member]) == set(first[member])


async def test_a_thing_that_is_absent_is_null_and_a_text_that_is_absent_is_empty(workshop: Scene) -> None:
    """Rules C3, C4, C8."""
    live, note = await workshop.furnished()
    activity = new_id()
    await live.ok("add_activity", activity=activity, title="Make bricks", category=None)
    canvas = workshop.room.get("/canvas")["canvas"]
    absent = dict.fromkeys(("category", "judgement", "reason", "step", "origin"))
    made = {"id": activity, "title": "Make bricks", "details": "", "links": [], "comments": [], "by": live.me}
    assert canvas["activities"] == {activity: {**made, **absent}}
    assert canvas["notes"] == {note: {"id": note, "block": "value_propositions", "text": "Play", "by": live.me}}
    assert (canvas["goal"], canvas["subject"]) == ("", "")
    assert canvas["categories"]["unsorted"] == [activity]


async def test_an_origin_says_what_an_activity_came_from(workshop: Scene) -> None:
    """Rule C5."""
    live, _ = await workshop.furnished()
    one, two, both = new_id(), new_id(), new_id()
    await live.ok("add_activity", activity=one, title="One", category=None, prompt="What sells?")
    await live.ok("add_activity", activity=two, title="Two", category=None)
    await live.ok("combine_activities", activities=[two, one], into=both, title="Both", category="production")
    canvas = workshop.room.get("/canvas")["canvas"]
    assert canvas["retired"][one]["origin"] == {"kind": "prompt", "prompt": "What sells?"}
    assert canvas["retired"][two]["origin"] is None
    assert canvas["activities"][both]["origin"] == {"kind": "combination", "activities": [two, one]}


async def test_a_retired_activity_is_kept_whole_with_the_reason(workshop: Scene) -> None:
    """Rules C6, A12."""
    live, _ = await workshop.furnished()
    ids = [new_id() for _ in range(4)]
    for id_ in ids:
        await live.ok("add_activity", activity=id_, title="Make bricks", category="production")
    before = workshop.room.get("/canvas")["canvas"]["activities"]
    await live.ok("retire_activity", activity=ids[0], reason="Too dear")
    await live.ok("retire_activity", activity=ids[1])
    into = new_id()
    await live.ok("combine_activities", activities=ids[2:], into=into, title="Make", category="production")
    canvas = workshop.room.get("/canvas")["canvas"]
    combined = {"kind": "combination", "into": into}
    because = dict(zip(ids, ("Too dear", None, combined, combined), strict=True))
    assert canvas["retired"] == {id_: {**before[id_], "retired_because": because[id_]} for id_ in ids}
    assert canvas["categories"]["production"] == [into]


async def test_an_iteration_is_between_two_versions(workshop: Scene) -> None:
    """Rules C7, A14."""
    live, _ = await workshop.furnished()
    first, second = new_id(), new_id()
    opened = (await live.ok("open_iteration", iteration=first, name="First", goal="Begin"))[0]["version"]
    closed = (await live.ok("close_iteration"))[0]["version"]
    again = (await live.ok("open_iteration", iteration=second, name="Second"))[0]["version"]
    canvas = workshop.room.get("/canvas")["canvas"]
    assert canvas["iterations"] == [
        {"id": first, "name": "First", "goal": "Begin", "from": opened, "to": closed},
        {"id": second, "name": "Second", "goal": None, "from": again, "to": None},
    ]
    assert canvas["iteration"] == second


def test_the_documents_are_served(workshop: Scene) -> None:
    """Rule G1."""
    for path in ("/openapi.json", "/asyncapi.json", "/docs", "/docs/live"):
        assert workshop.server.http.call("GET", path).status == 200
