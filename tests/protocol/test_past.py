"""Looking back: the canvas of a time and of an iteration."""

from urllib.parse import quote

import pytest

from tests.protocol.scene import Scene
from tests.support.live import new_id
from tests.support.patch import Json


def shown(scene: Scene, query: str) -> Json:
    return dict(scene.room.get(f"/canvas?{query}"))


async def test_the_canvas_of_a_time_is_that_after_the_last_event_up_to_it(workshop: Scene) -> None:
    """Rules H25, E3."""
    await workshop.furnished()
    events = workshop.room.events()
    for event in events:
        last = max(other["version"] for other in events if other["at"] <= event["at"])
        assert shown(workshop, f"at={event['at']}") == shown(workshop, f"version={last}")
    assert shown(workshop, "at=1999-12-31T23:59:59Z") == shown(workshop, "version=0")
    assert shown(workshop, "at=9999-12-31T23:59:59.999999Z") == shown(workshop, f"version={len(events)}")
    hour_later = events[0]["at"].replace("Z", "-01:00")
    assert shown(workshop, f"at={hour_later}")["version"] == len(events)
    hour_before = events[0]["at"].replace("Z", "+01:00")
    assert shown(workshop, f"at={quote(hour_before)}")["version"] == 0


async def test_the_canvas_of_an_iteration_is_as_it_was_closed_and_as_it_is_while_it_is_open(workshop: Scene) -> None:
    """Rules H25, C7."""
    live, note = await workshop.furnished()
    first, second = new_id(), new_id()
    await live.ok("open_iteration", iteration=first, name="First")
    assert shown(workshop, f"iteration={first}")["version"] == live.version
    [closed] = await live.ok("close_iteration")
    await live.ok("reword_note", note=note, text="Play more", base=live.version)
    await live.ok("open_iteration", iteration=second, name="Second")
    then = shown(workshop, f"iteration={first}")
    assert then == shown(workshop, f"version={closed['version']}")
    assert then["canvas"]["notes"][note]["text"] == "Play"
    assert shown(workshop, f"iteration={second}") == shown(workshop, "")


@pytest.mark.parametrize(
    ("query", "status", "field"),
    [
        (f"iteration={new_id()}", 404, None),
        ("iteration=x", 404, None),
        ("iteration=", 404, None),
        ("at=yesterday", 422, "at"),
        ("at=", 422, "at"),
        ("at=2026-01-31", 422, "at"),
        ("at=2026-01-31T09:30:00Z&version=1", 422, "at"),
        ("version=1&iteration=x", 422, "iteration"),
        ("at=2026-01-31T09:30:00Z&iteration=x", 422, "iteration"),
    ],
)
def test_a_moment_that_there_is_not_and_one_that_is_named_twice(
    workshop: Scene, query: str, status: int, field: str | None
) -> None:
    """Rules H25, H6."""
    reply = workshop.get(f"/canvas?{query}")
    assert (reply.status, reply.json.get("field")) == (status, field)
