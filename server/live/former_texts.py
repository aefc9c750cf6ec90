"""What a text said at a version that is older than what the workshop remembers: it is in the log."""

from typing import Any, Final

from domain.former import TextAt
from domain.taken_out import mark
from server.storage import codec
from server.storage.codec import Stored
from server.storage.log import Log

PAGE: Final = 20
"""Events read at a time. The first is nearly always the one, unless much was said of the thing besides."""


def former_text(log: Log, room: str, wanted: TextAt) -> str:
    """Look up a text at a rewording's `base`, where the workshop does not have it. Raises LogError."""
    thing, field, base = wanted
    upto = base
    while events := log.text_events(room, thing, upto, PAGE):
        for stored in events:
            text = _said(stored.kind, codec.marked(stored)["data"], thing, field)
            if text is not None:
                gone = text in {mark(since) for since in _since(stored, upto=base)}
                return "" if gone else text
        upto = events[-1].version - 1
    return ""


def _since(stored: Stored, upto: int) -> list[int]:
    """Tell at which versions, up to one, texts of an event were taken out: whoever has seen that saw them empty."""
    return [] if stored.taken is None else [since for since in stored.taken.since.values() if since <= upto]


def _said(kind: str, data: dict[str, Any], thing: str, field: str) -> str | None:
    """Tell what the text of a thing's field is from an event on; None where the event says nothing of it."""
    if kind in {"NoteAdded", "NoteReworded", "NoteRestored"}:
        return data["text"] if data["note"] == thing else None
    if kind == "ActivityReworded":
        return data["text"] if data["activity"] == thing and data["field"] == field else None
    if kind in {"ActivityAdded", "ActivityReturned"} and data["activity"] == thing:
        return str(data.get(field, ""))
    if kind == "WorkshopCopied":
        return _copied(data, thing, field)
    if kind == "ActivitiesCombined" and data["into"] == thing:
        return str(data["title"]) if field == "title" else ""
    return None


def _copied(data: dict[str, Any], thing: str, field: str) -> str | None:
    """Tell what a thing's text was in the workshop that this one is a copy of."""
    kept = next((one for one in (*data["notes"], *data["activities"]) if one["id"] == thing), None)
    return None if kept is None else str(kept.get(field, ""))
