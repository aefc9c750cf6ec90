"""The life of one activity in numbers: how often it was changed, since when it is there, and who changed it."""

from collections.abc import Iterable
from typing import Any, Final

import orjson

from server.storage.log import Log

BEGINNINGS: Final = {"ActivityAdded": "activity", "ActivitiesCombined": "into", "ActivityReturned": "activity"}
"""What brings an activity, and the member that names it; a copied room brings all that it has."""

NO_CHANGES: Final = {
    *("ActivityAdded", "ActivityWithdrawn", "ActivityReturned", "WorkshopCopied"),
    *("ActivityCommented", "CommentWithdrawn", "CommentRestored", "TextRedacted"),
}
"""What is no change of an activity: that it comes, that its coming is taken back, and what is said about it."""


def life_of(log: Log, room: str, activity: str, upto: int) -> dict[str, Any]:
    """Tell the life of an activity that stands in a room, up to a version. Blocking; raises LogError, ValueError."""
    return _told(activity, map(orjson.loads, log.activity_events(room, activity, upto)))


def _told(activity: str, events: Iterable[dict[str, Any]]) -> dict[str, Any]:
    since: str | None = None
    last, changes, strokes, people = "", 0, set[str](), dict[str, None]()
    for event in events:
        kind, data = event["type"], event["data"]
        if since is None and _begins(kind, data, activity):
            since = last = event["at"]
        elif _changes(kind, data, activity):
            last = event["at"]
            stroke = data.get("stroke")
            changes += stroke not in strokes
            if stroke is not None:
                strokes.add(stroke)
            if event["by"] is not None:
                people[event["by"]] = None
    return {"changes": changes, "since": since, "last": last, "by": list(people)}


def _begins(kind: str, data: dict[str, Any], activity: str) -> bool:
    if kind == "WorkshopCopied":
        return any(copied["id"] == activity for copied in data["activities"])
    return kind in BEGINNINGS and data[BEGINNINGS[kind]] == activity


def _changes(kind: str, data: dict[str, Any], activity: str) -> bool:
    """Whether an event changes this very activity, and does not just name it, as one does that stands behind it."""
    if kind in NO_CHANGES:
        return False
    if kind == "NoteRestored":
        return any(link["activity"] == activity for link in data["links"])
    named = (data.get("activity"), *data.get("activities", ()), *data.get("unlinked", ()))
    return activity in named
