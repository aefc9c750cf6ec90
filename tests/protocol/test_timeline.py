"""The course of a room at a glance, and comparisons in words."""

import pytest

from tests.protocol.scene import Scene
from tests.support.live import new_id
from tests.support.patch import Json


async def played(scene: Scene) -> tuple[str, str]:
    """Open and close an iteration, enter a step and leave it, and set a phase; the iteration and the step."""
    host, _ = await scene.furnished()
    iteration = new_id()
    [defined] = await host.ok("define_steps", steps=[{"id": new_id(), "name": "Idea"}])
    step = defined["data"]["steps"][0]["id"]
    await host.ok("open_iteration", iteration=iteration, name="Kick-off")
    await host.ok("enter_step", step=step)
    await host.ok("enter_step", step=None)
    await host.ok("set_phase", label="Writing", ends_at=None)
    await host.ok("close_iteration", override_reason="Time")
    return iteration, str(step)


async def test_a_timeline_has_who_did_how_much_when_and_what_is_remembered(workshop: Scene) -> None:
    """Rule H37."""
    iteration, step = await played(workshop)
    guest = await workshop.enter("participant", "Guest")
    await guest.ok("add_activity", activity=new_id(), title="Sell", category="production")
    events = workshop.room.events()
    line: Json = workshop.room.get("/timeline")
    assert (line["version"], line["size"], line["times"]) == (len(events), 1, [event["at"] for event in events])
    for participant, changes in line["people"].items():
        assert changes == [int(event["by"] == participant) for event in events]
    assert {event["by"] for event in events} - {None} == set(line["people"])
    assert [(mark["kind"], mark["value"]) for mark in line["marks"]] == [
        ("IterationOpened", iteration),
        ("StepEntered", step),
        ("StepEntered", None),
        ("PhaseSet", {"label": "Writing", "ends_at": None}),
        ("IterationClosed", iteration),
    ]
    at = {event["version"]: (event["type"], event["at"]) for event in events}
    assert all(at[mark["version"]] == (mark["kind"], mark["at"]) for mark in line["marks"])


async def test_a_long_timeline_is_divided_into_so_many_parts_at_most(workshop: Scene) -> None:
    """Rule H37."""
    await played(workshop)
    head = len(workshop.room.events())
    for parts in (1, 2, 3, head):
        line = workshop.room.get(f"/timeline?parts={parts}")
        assert len(line["times"]) == -(-head // line["size"]) <= parts
        assert all(len(changes) == len(line["times"]) for changes in line["people"].values())
        whole = sum(sum(changes) for changes in line["people"].values())
        assert whole == sum(event["by"] is not None for event in workshop.room.events())


@pytest.mark.parametrize("query", ["parts=0", "parts=501", "parts=x", "x=1"])
def test_a_timeline_has_a_sensible_number_of_parts(workshop: Scene, query: str) -> None:
    """Rules H37, H6."""
    assert workshop.get(f"/timeline?{query}").status == 422


async def test_a_comparison_is_told_in_words_where_a_language_is_named(workshop: Scene) -> None:
    """Rule H30."""
    host, _ = await workshop.furnished()
    since = host.version
    card = new_id()
    await host.ok("add_activity", activity=card, title="*Sell*", category="production")
    query = f"/compare?from={since}&to={host.version}"
    plain = workshop.room.get(query)
    assert "sentence" not in plain
    told = workshop.room.get(f"{query}&language=en")
    assert told["sentence"] == "1 added."
    [one] = told["differences"]
    assert one.pop("sentence") == "“*Sell*” (by Facilitator)"
    assert one == plain["differences"][0]
    dutch = workshop.room.get(f"{query}&language=nl")
    assert (dutch["sentence"], dutch["differences"][0]["sentence"]) == (
        "1 erbij.",
        "‘*Sell*’ (door Facilitator)",
    )
