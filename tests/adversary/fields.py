"""Each action's fields, by what they hold; from this table the catalogue of bad commands follows."""

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from tests.support.live import new_id
from tests.support.patch import Json

Kind: TypeAlias = Literal[
    "new", "activity", "retired", "note", "step", "text", "details", "word", "category", "block", "judgement", "field",
    "base", "head", "version", "iteration", "after", "flag", "steps", "questions", "activities", "stroke", "time",
    "participant", "role",
]  # fmt: skip


@dataclass(frozen=True)
class Field:
    """One field of an action: `most` is the limit of a text, `nullable` says that null is a value."""

    name: str
    kind: Kind
    most: int = 0
    required: bool = True
    nullable: bool = False


def _maybe(name: str, kind: Kind, most: int = 0) -> Field:
    return Field(name, kind, most, required=False, nullable=True)


FIELDS: dict[str, tuple[Field, ...]] = {
    "describe_workshop": (
        Field("title", "word", 200, required=False, nullable=True),
        Field("goal", "word", 1000, required=False),
        Field("subject", "word", 1000, required=False),
    ),
    "define_steps": (Field("steps", "steps"),),
    "enter_step": (Field("step", "step", nullable=True),),
    "add_note": (Field("note", "new"), Field("block", "block"), Field("text", "text", 1000), _maybe("after", "after")),
    "reword_note": (
        Field("note", "note"), Field("text", "text", 1000), Field("base", "base"), _maybe("stroke", "stroke"),
    ),
    "move_note": (Field("note", "note"), Field("block", "block"), _maybe("after", "after")),
    "remove_note": (Field("note", "note"),),
    "add_activity": (
        Field("activity", "new"), Field("title", "text", 200), Field("category", "category", nullable=True),
        _maybe("details", "word", 4000), _maybe("step", "step"), _maybe("after", "after"), _maybe("prompt", "word"),
    ),
    "reword_activity": (
        Field("activity", "activity"), Field("field", "field"), Field("text", "text", 200), Field("base", "base"),
        _maybe("stroke", "stroke"),
    ),
    "move_activity": (
        Field("activity", "activity"), Field("category", "category", nullable=True),
        _maybe("after", "after"),
    ),
    "place_activity": (Field("activity", "activity"), Field("step", "step", nullable=True)),
    "judge_activity": (
        Field("activity", "activity"), Field("judgement", "judgement", nullable=True), _maybe("reason", "word", 1000),
    ),
    "link_activity": (Field("activity", "activity"), Field("note", "note")),
    "unlink_activity": (Field("activity", "activity"), Field("note", "note")),
    "combine_activities": (
        Field("activities", "activities"), Field("into", "new"), Field("title", "text", 200),
        Field("category", "category"),
    ),
    "retire_activity": (Field("activity", "activity"), _maybe("reason", "word", 1000)),
    "restore_activity": (Field("activity", "retired"), _maybe("reason", "word", 1000)),
    "comment_on_activity": (Field("activity", "activity"), Field("comment", "new"), Field("text", "text", 1000)),
    "open_iteration": (Field("iteration", "new"), Field("name", "text", 200), _maybe("goal", "word", 1000)),
    "close_iteration": (_maybe("override_reason", "word", 1000),),
    "restore_iteration": (Field("iteration", "iteration"), Field("base", "head")),
    "undo_person": (
        Field("participant", "participant"), Field("from", "version"), Field("to", "version"), Field("base", "head"),
    ),
    "undo": (_maybe("skip", "flag"),),
    "redo": (_maybe("skip", "flag"),),
    "lock_canvas": (),
    "unlock_canvas": (),
    "set_phase": (Field("label", "word", 200, nullable=True), Field("ends_at", "time", nullable=True)),
    "define_questions": (Field("questions", "questions"),),
    "change_role": (Field("participant", "participant"), Field("role", "role")),
    "remove_person": (Field("participant", "participant"),),
}  # fmt: skip


CHOICE = {"role": "observer", "category": "production", "block": "channels", "judgement": "must_do", "field": "title"}


@dataclass(frozen=True)
class Props:
    """What stands in the room that the bad commands are aimed at."""

    activity: str
    other: str
    retired: str
    note: str
    step: str
    question: str
    participant: str
    iteration: str
    head: int

    def good(self, field: Field) -> Any:  # noqa: ANN401 - any JSON value
        """Give a value that would be right."""
        match field.kind:
            case "activity" | "retired" | "note" | "step" | "participant" | "iteration":
                return getattr(self, field.kind)
            case "new" | "stroke":
                return new_id()
            case "text" | "details" | "word":
                return "Right"
            case "base" | "head" | "version":
                return self.head
            case "after":
                return None
            case "flag":
                return False
            case "steps":
                return [{"id": self.step, "name": "Development"}]
            case "questions":
                return [{"id": self.question, "text": "Who makes it?"}]
            case "time":
                return "2026-01-31T09:30:00Z"
            case "activities":
                return [self.activity, self.other]
            case "category" | "block" | "judgement" | "field" | "role":
                return CHOICE[field.kind]

    def command(self, action: str) -> Json:
        """Give a command that would be right, with a fresh id."""
        fields = {field.name: self.good(field) for field in FIELDS[action]}
        return {"type": "do", "id": new_id(), "action": action, **fields}
