"""One example of each action of the contract, in a room in which all of them can be done."""

from typing import Final

from domain import events as e
from tests.domain.specification import (
    ANNA,
    OLGA,
    PIET,
    Did,
    Fields,
    Outcome,
    Story,
    activity,
    did,
    given,
    listed,
    named,
    note,
    steps,
)

EVERY_ACTION: Final[dict[str, tuple[type[e.Event], Fields]]] = {
    "describe_workshop": (e.WorkshopDescribed, {"title": "Bricks", "goal": "Sell more", "subject": "A set"}),
    "define_steps": (e.StepsDefined, {"steps": listed("idea", "selection", "diffusion")}),
    "enter_step": (e.StepEntered, {"step": named("idea")}),
    "add_note": (e.NoteAdded, {"note": named("m"), "block": "channels", "text": "Shops", "after": named("n")}),
    "reword_note": (e.NoteReworded, {"note": named("n"), "text": "Web shop", "stroke": named("stroke")}),
    "move_note": (e.NoteMoved, {"note": named("n"), "block": "key_partners", "after": None}),
    "remove_note": (e.NoteRemoved, {"note": named("n")}),
    "add_activity": (
        e.ActivityAdded,
        {
            "activity": named("sell"),
            "title": "Sell",
            "category": None,
            "details": "Online",
            "step": named("idea"),
            "after": None,
            "prompt": "production.1",
        },
    ),
    "reword_activity": (
        e.ActivityReworded,
        {"activity": named("design"), "field": "details", "text": "On paper", "stroke": named("stroke")},
    ),
    "move_activity": (e.ActivityMoved, {"activity": named("design"), "category": None, "after": None}),
    "place_activity": (e.ActivityPlaced, {"activity": named("design"), "step": named("idea")}),
    "judge_activity": (
        e.ActivityJudged,
        {"activity": named("design"), "judgement": "not_now", "reason": "Too early"},
    ),
    "link_activity": (e.ActivityLinked, {"activity": named("design"), "note": named("value")}),
    "unlink_activity": (e.ActivityUnlinked, {"activity": named("design"), "note": named("n")}),
    "combine_activities": (
        e.ActivitiesCombined,
        {
            "activities": [named("design"), named("build")],
            "into": named("both"),
            "title": "Both",
            "category": "problem_solving",
        },
    ),
    "retire_activity": (e.ActivityRetired, {"activity": named("design"), "reason": "Too early"}),
    "restore_activity": (e.ActivityRestored, {"activity": named("old"), "reason": "Time has come"}),
    "comment_on_activity": (
        e.ActivityCommented,
        {"activity": named("design"), "comment": named("d"), "text": "Why?"},
    ),
    "open_iteration": (e.IterationOpened, {"iteration": named("first"), "name": "Kick-off", "goal": "Begin"}),
    "close_iteration": (e.IterationClosed, {"override_reason": "No time"}),
    "restore_iteration": (e.IterationRestored, {"iteration": named("zeroth")}),
    "undo_person": (e.PersonUndone, {"participant": ANNA, "from": 15, "to": 16}),
    "undo": (e.ActivityJudged, {"skip": True}),
    "redo": (e.ActivityJudged, {"skip": False}),
    "lock_canvas": (e.CanvasLocked, {}),
    "unlock_canvas": (e.CanvasUnlocked, {}),
    "set_phase": (e.PhaseSet, {"label": "Writing alone", "ends_at": "2026-01-31T09:30:00.000000Z"}),
    "define_questions": (
        e.QuestionsDefined,
        {"questions": [{"id": named("who"), "text": "Who makes it?"}, {"id": named("why"), "text": "Why us?"}]},
    ),
    "change_role": (e.ParticipantRoleChanged, {"participant": OLGA, "role": "participant"}),
    "remove_person": (e.ParticipantRemoved, {"participant": OLGA}),
    "redact": (e.TextRedacted, {"version": 1, "pointer": "/title", "reason": "It names somebody"}),
}
"""The action, the (first) type of event that it makes, and all the fields that it may have (bar `base`)."""

OF_MANY_EVENTS: Final = {"restore_iteration", "undo_person"}
"""What they make begins with an event that says what the others are for."""

FACILITATORS_ALONE: Final = {
    "describe_workshop",
    "define_steps",
    "enter_step",
    "open_iteration",
    "close_iteration",
    "restore_iteration",
    "undo_person",
    "lock_canvas",
    "unlock_canvas",
    "set_phase",
    "define_questions",
    "change_role",
    "remove_person",
    "redact",
}


def closed(name: str) -> tuple[e.Event, ...]:
    """Give the facts that an iteration was opened and closed."""
    return (
        e.IterationOpened(iteration=named(name), name=name.capitalize()),
        e.IterationClosed(iteration=named(name)),
    )


BEFORE: Final[dict[str, tuple[e.Event | Did, ...]]] = {
    "close_iteration": (e.IterationOpened(iteration=named("zeroth"), name="Zeroth"),),
    "unlock_canvas": (e.CanvasLocked(),),
    "restore_iteration": (
        *closed("zeroth"),
        did(PIET, e.ActivityPlaced(activity=named("design"), step=named("selection"))),
    ),
    "undo_person": (*closed("zeroth"), did(ANNA, e.ActivityPlaced(activity=named("design"), step=named("selection")))),
}
"""What an action needs beside the furniture."""


def furnished() -> Story:
    """Furnish a room: a value proposition, a note, steps, two activities that stand and one that is retired."""
    return given(
        steps("idea", "selection"),
        note("n"),
        activity("design"),
        activity("build", after="design"),
        activity("old", after="build"),
        e.ActivityLinked(activity=named("design"), note=named("n")),
        e.ActivityRetired(activity=named("old")),
    )


class Example:
    """An action in a room where it can be done; with something to undo or redo for `by`."""

    def __init__(self, action: str, *, by: str = PIET, locked: bool = False) -> None:
        self.action, self.by = action, by
        self.story = furnished().given(*BEFORE.get(action, ()))
        if action in {"undo", "redo"}:
            self.story.given(did(by, e.ActivityJudged(activity=named("build"), judgement="must_do")))
        if action == "redo":
            self.story.does(by, "undo")
        if locked:
            self.story.given(e.CanvasLocked())

    def asked(self, *, by: str = "", **changed: object) -> Outcome:
        """Ask for it, with some fields changed."""
        fields: Fields = EVERY_ACTION[self.action][1] | changed
        return self.story.when(self.action, by=by or self.by, **fields)
