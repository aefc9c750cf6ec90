"""What a new room starts with: its opening, its facilitator, and what stands in a template."""

import json
from importlib import resources
from typing import Any, Literal
from uuid import uuid4

from domain import events as e
from domain.events import Event
from domain.vocabulary import Language, Step

Template = Literal["blank", "lego"]


def opening(
    room: str, title: str, language: Language, facilitator: str, copied: e.WorkshopCopied | None = None
) -> tuple[Event, ...]:
    """The first events of every room: its opening, what stood in the room that it is a copy of, its facilitator."""
    return (
        e.WorkshopOpened(room=room, title=title, language=language),
        *((copied,) if copied else ()),
        e.ParticipantJoined(participant=facilitator, role="facilitator"),
    )


def furnishing(template: Template, language: Language) -> tuple[Event, ...]:
    """What a template puts into a room. Nobody did it, so nobody can undo it."""
    if template == "blank":
        return ()
    plan = _plan(template, language)
    steps = tuple(Step(id=str(uuid4()), name=step["name"]) for step in plan["steps"])
    last: dict[str, str] = {}
    notes = []
    for note in plan["notes"]:
        block, id_ = note["block"], str(uuid4())
        notes.append(e.NoteAdded(note=id_, block=block, text=note["text"], after=last.get(block)))
        last[block] = id_
    return (
        e.WorkshopDescribed(goal=plan["goal"], subject=plan["subject"]),
        e.StepsDefined(steps=steps),
        e.StepEntered(step=steps[plan["step"]].id),
        *notes,
    )


def _plan(template: Template, language: Language) -> dict[str, Any]:
    file = resources.files("server") / "templates" / f"{template}.{language}.json"
    plan: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return plan
