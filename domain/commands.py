"""What people ask for: imperative intents, a closed union tagged by `action`.

A command says only what its sender wants; who sent it and whether they may is for `decide`. `after` names what the
thing is to stand behind: null is first, absent is last. Any other optional field that is null counts as absent.
"""

from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, TypeAdapter

from domain.instant import Instant
from domain.vocabulary import Block, Category, Id, Judgement, Question, Reference, Role, Step, TextField


class Intent(BaseModel):
    """What all commands have in common: they are values, and an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Placing(Intent):
    """A command that may say where a thing goes in its list."""

    after: Reference | None = None

    @property
    def goes_last(self) -> bool:
        """Whether the sender left the place open."""
        return "after" not in self.model_fields_set


class DescribeWorkshop(Intent):
    action: Literal["describe_workshop"]
    title: str | None = None
    goal: str = ""
    subject: str = ""


class DefineSteps(Intent):
    action: Literal["define_steps"]
    steps: tuple[Step, ...]


class EnterStep(Intent):
    action: Literal["enter_step"]
    step: Reference | None


class AddNote(Placing):
    action: Literal["add_note"]
    note: Id
    block: Block
    text: str


class RewordNote(Intent):
    action: Literal["reword_note"]
    note: Reference
    text: str
    base: StrictInt
    stroke: Id | None = None


class MoveNote(Placing):
    action: Literal["move_note"]
    note: Reference
    block: Block


class RemoveNote(Intent):
    action: Literal["remove_note"]
    note: Reference


class AddActivity(Placing):
    action: Literal["add_activity"]
    activity: Id
    title: str
    category: Category | None
    details: str | None = None
    step: Reference | None = None
    prompt: str | None = None


class RewordActivity(Intent):
    action: Literal["reword_activity"]
    activity: Reference
    field: TextField
    text: str
    base: StrictInt
    stroke: Id | None = None


class MoveActivity(Placing):
    action: Literal["move_activity"]
    activity: Reference
    category: Category | None


class PlaceActivity(Intent):
    action: Literal["place_activity"]
    activity: Reference
    step: Reference | None


class JudgeActivity(Intent):
    action: Literal["judge_activity"]
    activity: Reference
    judgement: Judgement | None
    reason: str | None = None


class LinkActivity(Intent):
    action: Literal["link_activity"]
    activity: Reference
    note: Reference


class UnlinkActivity(Intent):
    action: Literal["unlink_activity"]
    activity: Reference
    note: Reference


class CombineActivities(Intent):
    action: Literal["combine_activities"]
    activities: Annotated[tuple[Reference, ...], Field(min_length=2)]
    into: Id
    title: str
    category: Category


class RetireActivity(Intent):
    action: Literal["retire_activity"]
    activity: Reference
    reason: str | None = None


class RestoreActivity(Intent):
    action: Literal["restore_activity"]
    activity: Reference
    reason: str | None = None


class CommentOnActivity(Intent):
    action: Literal["comment_on_activity"]
    activity: Reference
    comment: Id
    text: str


class OpenIteration(Intent):
    action: Literal["open_iteration"]
    iteration: Id
    name: str
    goal: str | None = None


class CloseIteration(Intent):
    action: Literal["close_iteration"]
    override_reason: str | None = None


class RestoreIteration(Intent):
    action: Literal["restore_iteration"]
    iteration: Reference
    base: StrictInt


class UndoPerson(Intent):
    """Take back what somebody did after the version `from`, up to the version `to`."""

    action: Literal["undo_person"]
    participant: Reference
    from_: Annotated[StrictInt, Field(alias="from")]
    to: StrictInt
    base: StrictInt


class Undo(Intent):
    action: Literal["undo"]
    skip: StrictBool | None = None


class Redo(Intent):
    action: Literal["redo"]
    skip: StrictBool | None = None


class LockCanvas(Intent):
    action: Literal["lock_canvas"]


class UnlockCanvas(Intent):
    action: Literal["unlock_canvas"]


class SetPhase(Intent):
    action: Literal["set_phase"]
    label: str | None
    ends_at: Instant | None


class DefineQuestions(Intent):
    action: Literal["define_questions"]
    questions: tuple[Question, ...]


class ChangeRole(Intent):
    action: Literal["change_role"]
    participant: Reference
    role: Role


class RemovePerson(Intent):
    action: Literal["remove_person"]
    participant: Reference


class Redact(Intent):
    action: Literal["redact"]
    version: StrictInt
    pointer: Reference
    reason: str


Command: TypeAlias = Annotated[
    DescribeWorkshop
    | DefineSteps
    | EnterStep
    | AddNote
    | RewordNote
    | MoveNote
    | RemoveNote
    | AddActivity
    | RewordActivity
    | MoveActivity
    | PlaceActivity
    | JudgeActivity
    | LinkActivity
    | UnlinkActivity
    | CombineActivities
    | RetireActivity
    | RestoreActivity
    | CommentOnActivity
    | OpenIteration
    | CloseIteration
    | RestoreIteration
    | UndoPerson
    | Undo
    | Redo
    | LockCanvas
    | UnlockCanvas
    | SetPhase
    | DefineQuestions
    | ChangeRole
    | RemovePerson
    | Redact,
    Field(discriminator="action"),
]

COMMANDS: TypeAdapter[Command] = TypeAdapter(Command)
"""Reads a command from the plain fields that came over the wire."""
