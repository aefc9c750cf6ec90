"""What happened: past-tense facts, a closed union tagged by a literal type name.

A fact has the fields of its action as they were accepted, and whatever else is needed to read it alone: `after` is the
id that the thing really came to stand behind (null: first), `undoes` the version that it takes back. Optional members
are absent where they don't apply. `WORDS` names the members that people wrote, as patterns of JSON Pointers.
"""

from typing import Any, ClassVar, Final, NamedTuple, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from domain.vocabulary import Block, Category, Judgement, Language, Question, Role, Step, TextField


class Fact(BaseModel):
    """What all events have in common."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    WORDS: ClassVar[tuple[str, ...]] = ()

    undoes: int | None = None

    def data(self) -> dict[str, Any]:
        """The members that apply, as plain values: what stands in the log under `data`."""
        return self.model_dump(exclude_unset=True)


class WorkshopOpened(Fact):
    WORDS = ("title",)
    room: str
    title: str
    language: Language


class ParticipantJoined(Fact):
    participant: str
    role: Role


class WorkshopDescribed(Fact):
    WORDS = ("title", "goal", "subject")
    title: str | None = None
    goal: str | None = None
    subject: str | None = None


class StepsDefined(Fact):
    WORDS = ("steps/*/name",)
    steps: tuple[Step, ...]


class StepEntered(Fact):
    step: str | None


class NoteAdded(Fact):
    WORDS = ("text",)
    note: str
    block: Block
    text: str
    after: str | None


class Rewording(Fact):
    """What both rewordings have. Where the inputs of two people overlapped it is `merged`, and both are kept."""

    WORDS = ("text", "ours", "theirs")
    text: str
    base: int | None = None
    stroke: str | None = None
    merged: bool | None = None
    ours: str | None = None
    theirs: str | None = None


class NoteReworded(Rewording):
    note: str


class NoteMoved(Fact):
    note: str
    block: Block
    after: str | None


class NoteRemoved(Fact):
    """`unlinked`: the activities that were linked to it, and are not any more."""

    note: str
    unlinked: tuple[str, ...]


class Relink(BaseModel):
    """A link that comes back with its note, behind the link to `after` (null: first)."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    activity: str
    after: str | None


class NoteRestored(Fact):
    """A removal was taken back: the note, its author and its links are what they were."""

    WORDS = ("text",)
    note: str
    block: Block
    text: str
    after: str | None
    author: str | None
    links: tuple[Relink, ...]


class ActivityAdded(Fact):
    WORDS = ("title", "details", "prompt")
    activity: str
    title: str
    category: Category | None
    after: str | None
    details: str | None = None
    step: str | None = None
    prompt: str | None = None


class ActivityReworded(Rewording):
    activity: str
    field: TextField


class ActivityMoved(Fact):
    activity: str
    category: Category | None
    after: str | None


class ActivityPlaced(Fact):
    activity: str
    step: str | None


class ActivityJudged(Fact):
    WORDS = ("reason",)
    activity: str
    judgement: Judgement | None
    reason: str | None = None


class ActivityLinked(Fact):
    """`after`: the link behind which it stands (null: first); the last one where it is absent."""

    activity: str
    note: str
    after: str | None = None


class ActivityUnlinked(Fact):
    activity: str
    note: str


class ActivitiesCombined(Fact):
    """`links`: those of the sources, each once; their comments come along under the ids they have."""

    WORDS = ("title",)
    activities: tuple[str, ...]
    into: str
    title: str
    category: Category
    after: str | None
    step: str | None
    links: tuple[str, ...]


class ActivityRetired(Fact):
    """`into` and `step`: only where a restoring is taken back, what the retired activity had before it."""

    WORDS = ("reason",)
    activity: str
    reason: str | None = None
    into: str | None = None
    step: str | None = None


class ActivityRestored(Fact):
    WORDS = ("reason",)
    activity: str
    category: Category | None
    after: str | None
    step: str | None
    reason: str | None = None


class ActivityWithdrawn(Fact):
    """An adding or a combining was taken back: the activity is as if it had never been."""

    activity: str


class ActivityCommented(Fact):
    """`after`: the comment behind which it stands (null: first); the last one where it is absent."""

    WORDS = ("text",)
    activity: str
    comment: str
    text: str
    after: str | None = None


class CommentWithdrawn(Fact):
    activity: str
    comment: str


class CommentRestored(Fact):
    """The withdrawal of somebody else's comment was taken back: it is theirs, as it was."""

    WORDS = ("text",)
    activity: str
    comment: str
    text: str
    after: str | None
    author: str | None


class ReturnedComment(BaseModel):
    """A comment that comes back with its activity; they come in their order."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    text: str
    author: str | None


class ActivityReturned(Fact):
    """An activity that had been withdrawn is back as it stood. `prompt` or `sources`: where it came from."""

    WORDS = ("title", "details", "reason", "prompt", "comments/*/text")
    activity: str
    category: Category | None
    after: str | None
    title: str
    author: str | None
    details: str | None = None
    judgement: Judgement | None = None
    reason: str | None = None
    step: str | None = None
    links: tuple[str, ...] | None = None
    comments: tuple[ReturnedComment, ...] | None = None
    prompt: str | None = None
    sources: tuple[str, ...] | None = None


class IterationOpened(Fact):
    WORDS = ("name", "goal")
    iteration: str
    name: str
    goal: str | None = None


class IterationClosed(Fact):
    WORDS = ("override_reason",)
    iteration: str
    override_reason: str | None = None


class IterationRestored(Fact):
    """The events behind this one, by the same command, bring the activities to where they stood at its close."""

    iteration: str
    base: int


class CanvasLocked(Fact):
    pass


class CanvasUnlocked(Fact):
    pass


class PhaseSet(Fact):
    """What the workshop is busy with, and until when; both null: with nothing in particular. Nothing ends by itself."""

    WORDS = ("label",)
    label: str | None
    ends_at: str | None


class QuestionsDefined(Fact):
    WORDS = ("questions/*/text",)
    questions: tuple[Question, ...]


class ParticipantRoleChanged(Fact):
    participant: str
    role: Role


class ParticipantRemoved(Fact):
    """They are in the room no more; what they did stays, and stays theirs."""

    participant: str


class PersonUndone(Fact):
    """The events behind this one, by the same command, take back what somebody did after `from`, up to `to`."""

    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True)
    participant: str
    from_: int = Field(alias="from")
    to: int
    base: int


class TakenOut(BaseModel):
    """A place from which a text was taken out: a version, and the pointer into its data."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    version: int
    pointer: str


class TextRedacted(Fact):
    """A text was taken out of the log, at `pointer` of `version` and with it in `also`: nobody can read it again.

    `activity` or `note`: what it was said of. There is no `reason` where an older backup had brought the text back.
    """

    WORDS = ("reason",)
    version: int
    pointer: str
    activity: str | None = None
    note: str | None = None
    reason: str | None = None
    also: tuple[TakenOut, ...]


class CopiedNote(BaseModel):
    """A note of the copied workshop; within a block they come in the order in which they stand."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    block: Block
    text: str


class CopiedActivity(BaseModel):
    """An activity of the copied workshop; those that stand come in their order, and `retired` ones last.

    `prompt` or `sources`: where it came from; `because` or `into`: why it is retired.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    category: Category | None
    title: str
    details: str | None = None
    judgement: Judgement | None = None
    reason: str | None = None
    step: str | None = None
    links: tuple[str, ...] | None = None
    prompt: str | None = None
    sources: tuple[str, ...] | None = None
    retired: bool | None = None
    because: str | None = None
    into: str | None = None


class CopiedComment(BaseModel):
    """A comment of the copied workshop; those on one activity come in their order."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    activity: str
    id: str
    text: str


class WorkshopCopied(Fact):
    """The room begins with what stood in another one, `room`, at `version`. Everything keeps its id; nobody made it."""

    WORDS = (
        *("goal", "subject", "steps/*/name", "questions/*/text", "notes/*/text", "comments/*/text"),
        *("activities/*/title", "activities/*/details", "activities/*/reason"),
        *("activities/*/prompt", "activities/*/because"),
    )
    room: str
    version: int
    goal: str | None = None
    subject: str | None = None
    steps: tuple[Step, ...]
    step: str | None
    questions: tuple[Question, ...] | None = None
    notes: tuple[CopiedNote, ...]
    activities: tuple[CopiedActivity, ...]
    comments: tuple[CopiedComment, ...]


Event: TypeAlias = (
    WorkshopOpened
    | ParticipantJoined
    | WorkshopDescribed
    | StepsDefined
    | StepEntered
    | NoteAdded
    | NoteReworded
    | NoteMoved
    | NoteRemoved
    | NoteRestored
    | ActivityAdded
    | ActivityReworded
    | ActivityMoved
    | ActivityPlaced
    | ActivityJudged
    | ActivityLinked
    | ActivityUnlinked
    | ActivitiesCombined
    | ActivityRetired
    | ActivityRestored
    | ActivityWithdrawn
    | ActivityCommented
    | CommentWithdrawn
    | CommentRestored
    | ActivityReturned
    | IterationOpened
    | IterationClosed
    | IterationRestored
    | CanvasLocked
    | CanvasUnlocked
    | PhaseSet
    | QuestionsDefined
    | ParticipantRoleChanged
    | ParticipantRemoved
    | PersonUndone
    | WorkshopCopied
    | TextRedacted
)

EVENTS: Final[dict[str, type[Event]]] = {kind.__name__: kind for kind in Event.__args__}
"""Every type by its literal name, which is what the log stores: moving a class breaks nothing."""


class Recorded(NamedTuple):
    """An event with its place in the room's log: who did it, by which command, when (RFC 3339, microseconds)."""

    version: int
    at: str
    by: str | None
    command: str | None
    event: Event
