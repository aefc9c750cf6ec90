"""What would be different if events happened that nobody has made yet."""

from collections.abc import Callable
from typing import Any

from domain.events import Event, Recorded
from projections import canvas as canvases
from projections.compare import Difference, differences
from projections.revisions import Revision, revisions


def preview(canvas: Callable[[], dict[str, Any]], version: int, by: str, events: tuple[Event, ...]) -> list[Difference]:
    """Compare the canvas of a version, read anew at each call, with what somebody's events would make of it."""
    before, after = canvas(), canvas()
    between: list[Revision] = []
    for number, event in enumerate(events, version + 1):
        recorded = Recorded(number, "", by, None, event)
        between += revisions(after, recorded)
        canvases.advance(after, recorded)
    return differences(before, after, between)
