"""The shapes of the room's things as they go out: the canvas, events, people."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from domain.vocabulary import Block, Category, Judgement, Language, Question, Role, Step

Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Version = Annotated[int, Field(ge=0)]
Time = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$")]


class Shape(BaseModel):
    """What all shapes have in common: the docstring below a member describes it."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Person(Shape):
    """Somebody who joined the room."""

    participant: str
    """The id by which events name this person."""
    name: str
    role: Role
    former: Annotated[int, Field(ge=1)] = 1
    """Only of somebody whose name was erased: their number, which stands in their name's place."""
    removed: bool = False
    """True for somebody who was removed, with the role that they had last; absent for all others."""


class Note(Shape):
    """A note in one of the eight blocks that hold notes."""

    id: str
    block: Block
    text: str
    by: str | None
    """Who wrote it; null where the room's template did."""


class Comment(Shape):
    """What somebody said about an activity."""

    id: str
    text: str
    by: str | None


class Prompted(Shape):
    """The activity answers a guiding question."""

    kind: Literal["prompt"]
    prompt: str


class Combination(Shape):
    """The activity was made of others."""

    kind: Literal["combination"]
    activities: list[str]


class CombinedInto(Shape):
    """The activity was put away because it became part of another one."""

    kind: Literal["combination"]
    into: str


class Activity(Shape):
    """A key activity: one card."""

    id: str
    category: Category | None
    """Null while it is not sorted."""
    title: str
    details: str
    judgement: Judgement | None
    reason: str | None
    """Why it was judged so."""
    step: str | None
    """The step of the innovation process at which it stands; null is the end product as a whole."""
    links: list[str]
    """The notes that it serves."""
    comments: list[Comment]
    by: str | None
    origin: Prompted | Combination | None


class Retired(Activity):
    """An activity that was put away, as it was then."""

    retired_because: str | CombinedInto | None
    """The reason that was given, or what it became part of."""


class Iteration(Shape):
    """A named cut in the history; `from` and `to` are the versions at which it was opened and closed."""

    id: str
    name: str
    goal: str | None
    first: Version = Field(alias="from")
    to: Version | None
    """Null while it is open."""


class Phase(Shape):
    """What the workshop is busy with. Nothing ends by itself: `ends_at` is for a timer that everybody sees."""

    label: str | None
    ends_at: Time | None


class Member(Shape):
    """A participant, as the canvas knows them."""

    role: Role


class Canvas(Shape):
    """All that stands in a room at one version."""

    title: str
    language: Language
    goal: str
    subject: str
    locked: bool
    notes: dict[str, Note]
    blocks: dict[Block, list[str]]
    """The ids of each block's notes, in order."""
    activities: dict[str, Activity]
    categories: dict[Category | Literal["unsorted"], list[str]]
    """The ids of each category's activities, in order."""
    retired: dict[str, Retired]
    steps: list[Step]
    step: str | None
    """The step that the workshop is at."""
    iterations: list[Iteration]
    iteration: str | None
    """The one that is open."""
    phase: Phase | None
    """What the workshop is busy with; null: with nothing in particular."""
    questions: list[Question] | None
    """The room's own general questions; null: those of `GET /api/prompts`."""
    people: dict[str, Member]


class Operation(Shape):
    """One operation of a JSON Patch (RFC 6902) on the canvas; `value` is absent where it removes."""

    op: Literal["add", "replace", "remove"]
    path: str
    value: Any = None


class Event(Shape):
    """A fact in the room's log. Its digest chains it to the one before: docs/protocol.md says how it is computed."""

    format: Literal[1]
    """The form of this envelope and of its digest."""
    version: Annotated[int, Field(ge=1)]
    """1, 2, 3 … in each room, without a gap."""
    epoch: str
    type: str
    schema_: Annotated[int, Field(ge=1)] = Field(alias="schema")
    """The form of this type's data."""
    at: Time
    by: str | None
    """Who did it; null for what the server itself did."""
    command: str | None
    """The command that it came of."""
    data: dict[str, Any]
    words: list[str]
    """JSON Pointers to the strings in data that people wrote, sorted."""
    salt: Annotated[str, Field(pattern="^[0-9a-f]{32}$")] | None
    """Null where words is empty, and where a word was redacted."""
    salts: dict[str, str] = Field(default={})
    """Only where a word was redacted: the own salts of those that stay."""
    changes: list[Operation]
    """What turns the canvas of the version before into that of this version."""
    digest: Digest
