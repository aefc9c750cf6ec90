"""A canvas written down as the one event by which another room begins with it, and read back from that event.

Flat lists in the order of the canvas: a note's place is told by what stands before it in its block, an activity's by
what stands before it in its category. What belongs to people or to the course of that room (who did it, iterations, the
lock, the phase) stays there.
"""

from collections.abc import Iterator
from typing import Any, Final

from domain.events import WorkshopCopied
from domain.vocabulary import BLOCKS, LISTS, UNSORTED
from projections.patch import Operation, replace

FIELDS: Final = ("details", "judgement", "reason", "step", "links")
"""Members of an activity that are left out where there is nothing in them."""

ORIGINS: Final = {"prompt": "prompt", "activities": "sources"}
"""How the event calls what the canvas says of an activity's origin."""


def written(canvas: dict[str, Any], room: str, version: int) -> WorkshopCopied:
    """Write the canvas of a room's version down."""
    activities = list(_activities(canvas))
    members = {
        **{word: canvas[word] for word in ("goal", "subject") if canvas[word]},
        **({} if canvas["questions"] is None else {"questions": canvas["questions"]}),
        "room": room,
        "version": version,
        "steps": canvas["steps"],
        "step": canvas["step"],
        "notes": [_note(canvas["notes"][id_]) for block in BLOCKS for id_ in canvas["blocks"][block]],
        "activities": [_activity(activity) for activity in activities],
        "comments": [
            {"activity": activity["id"], "id": comment["id"], "text": comment["text"]}
            for activity in activities
            for comment in activity["comments"]
        ],
    }
    return WorkshopCopied.model_validate(members)


def changes(event: WorkshopCopied) -> list[Operation]:
    """Make the patch that puts all of it onto an empty canvas."""
    content = event.model_dump(mode="json", exclude_unset=True)
    notes = {note["id"]: {**note, "by": None} for note in content["notes"]}
    blocks: dict[str, list[str]] = {block: [] for block in BLOCKS}
    for note in content["notes"]:
        blocks[note["block"]].append(note["id"])
    categories: dict[str, list[str]] = {name: [] for name in LISTS}
    things: dict[bool, dict[str, Any]] = {False: {}, True: {}}
    for kept in content["activities"]:
        retired = kept.get("retired", False)
        things[retired][kept["id"]] = _shown(kept)
        if not retired:
            categories[kept.get("category") or UNSORTED].append(kept["id"])
    for said in content["comments"]:
        activity = things[False].get(said["activity"]) or things[True][said["activity"]]
        activity["comments"].append({"id": said["id"], "text": said["text"], "by": None})
    members = {
        "goal": content.get("goal", ""),
        "subject": content.get("subject", ""),
        "notes": notes,
        "blocks": blocks,
        "activities": things[False],
        "categories": categories,
        "retired": things[True],
        "steps": content["steps"],
        "step": content["step"],
        "questions": content.get("questions"),
    }
    return [replace(f"/{member}", value) for member, value in members.items()]


def _activities(canvas: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Those that stand, in the order of the canvas, then the retired ones."""
    for name in LISTS:
        yield from (canvas["activities"][id_] for id_ in canvas["categories"][name])
    yield from canvas["retired"].values()


def _note(note: dict[str, Any]) -> dict[str, Any]:
    return {member: note[member] for member in ("id", "block", "text")}


def _activity(activity: dict[str, Any]) -> dict[str, Any]:
    kept = {member: activity[member] for member in ("id", "category", "title")}
    kept |= {field: activity[field] for field in FIELDS if activity[field]}
    kept |= _origin(activity["origin"] or {})
    if "retired_because" in activity:
        kept |= {"retired": True, **_because(activity["retired_because"])}
    return kept


def _origin(origin: dict[str, Any]) -> dict[str, Any]:
    return {ORIGINS[member]: origin[member] for member in ORIGINS if member in origin}


def _because(because: dict[str, Any] | str | None) -> dict[str, Any]:
    if isinstance(because, dict):
        return {"into": because["into"]}
    return {} if because is None else {"because": because}


def _shown(kept: dict[str, Any]) -> dict[str, Any]:
    """An activity as the canvas has it, but for its comments."""
    origin = None
    if "prompt" in kept:
        origin = {"kind": "prompt", "prompt": kept["prompt"]}
    elif "sources" in kept:
        origin = {"kind": "combination", "activities": kept["sources"]}
    shown = {
        "id": kept["id"],
        "category": kept["category"],
        "title": kept["title"],
        "details": kept.get("details", ""),
        "judgement": kept.get("judgement"),
        "reason": kept.get("reason"),
        "step": kept.get("step"),
        "links": kept.get("links", []),
        "comments": [],
        "by": None,
        "origin": origin,
    }
    if kept.get("retired"):
        into = {"kind": "combination", "into": kept["into"]} if "into" in kept else None
        shown["retired_because"] = into or kept.get("because")
    return shown
