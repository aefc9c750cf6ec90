"""The shapes of what tells what became of things: revisions, life lines, and what happened since."""

from typing import Annotated, Any, Literal

from pydantic import Field

from domain.vocabulary import Category
from projections.catch_up import Kind
from server.documents.shapes import Shape, Time, Version

State = Literal["must_do", "not_now", "unjudged", "retired", "combined", "withdrawn"]


class Titled(Shape):
    """An activity by its id, and by the title that it has now."""

    activity: str
    title: str


class Revision(Shape):
    """One change of one field of one thing. Of what concerns the room itself `activity` and `note` are null."""

    version: Version
    at: Time
    by: str | None
    kind: str
    """The type of the event that it is of."""
    activity: str | None
    note: str | None
    field: str
    """The field's name in the canvas."""
    before: Any
    """Null where the thing was not there; of a combination the ids of its sources."""
    after: Any
    """Null where the thing is not there any more."""
    reason: str | None
    iteration: str | None
    """The one that was open; of the events that open and close one, that one."""
    undoes: Version | None
    """The version that was taken back."""


class RevisionsList(Shape):
    """Revisions in order. `next` is passed back as `after`; null where nothing follows."""

    revisions: list[Revision]
    next: Version | None
    undone: dict[str, Version] = Field(default={})
    """Of the versions here that were taken back, by which one each; absent where there are none."""


class EventsFound(Shape):
    """The events that were sought, ascending, among all up to `version`."""

    version: Version
    versions: list[Version]


class LifeMoment(Revision):
    """One change of one field of the activity; a stroke of typing is one change, with the version of its end."""

    activity: str
    undone_by: Version | None
    """The version that took it back, where that holds."""
    first: Version
    """Of a stroke the first version; else the version itself."""
    sources: list[Titled]
    """What a combination was made of, where it made this activity."""
    into: Titled | None
    """What a combination made, where this activity became part of it."""


class Lifeline(Shape):
    """The life of one activity."""

    activity: str
    title: str
    """The one that it has now, or had last."""
    state: State
    sources: list[Titled]
    into: Titled | None
    moments: list[LifeMoment]


class MomentAt(Shape):
    """A version, and when it was reached; null before the first event."""

    version: Version
    at: Time | None


class Sentence(Shape):
    """One thing that happened, in words."""

    kind: Kind
    text: str
    count: int
    """Of how many things it tells."""
    activities: list[str]
    """The ids of those that are activities."""


class CatchUp(Shape):
    """What happened since a version: in sentences, the most important first, and counted by kind."""

    since: MomentAt
    to: MomentAt
    sentences: list[Sentence]
    counts: dict[Kind, int]


class Counts(Shape):
    """How many activities: an activity can be in several counts."""

    added: int
    retired: int
    restored: int
    combined: int
    """How many were made of others."""
    must_do: int
    """Those that stand so and had no judgement before."""
    parked: int
    """Those that are not relevant now and had no judgement before."""
    flipped: int
    """Those that have the other judgement than before."""
    cleared: int
    """Those that had a judgement and have none any more."""
    reworded: int
    moved: int
    placed: int


class AtStep(Shape):
    """What happened at one step; null is the end product as a whole."""

    step: str | None
    counts: Counts


class Standing(Shape):
    """How many activities stood on the canvas in the end, by judgement."""

    must_do: int
    not_now: int
    unjudged: int


class IterationMade(Shape):
    """What an iteration made of what the one before had left. All null but the counts: what is in no iteration yet."""

    iteration: str | None
    name: str | None
    goal: str | None
    first: Version | None = Field(alias="from")
    to: Version | None
    """Null while it is open."""
    opened: Time | None
    closed: Time | None
    override_reason: str | None
    """Why it was closed all the same, where something was missing."""
    since: Version
    """What it is compared with: where the one before was closed."""
    counts: Counts
    categories: dict[Category | Literal["unsorted"], Counts]
    steps: list[AtStep]
    standing: Standing


class Iterations(Shape):
    """All iterations in their order, and last what happened since the newest was closed, if anything."""

    iterations: list[IterationMade]


class PartOf(Titled):
    """What an activity is a part of in the end, and how that stands."""

    state: State


class Answer(Titled):
    """An activity that answers a question."""

    state: State
    into: PartOf | None
    """What it became part of in the end."""


class Became(Shape):
    """How many of the activities stand how."""

    must_do: int
    not_now: int
    unjudged: int
    combined: int
    retired: int


class Asked(Shape):
    """A question, and the activities that it led to."""

    prompt: str
    """The key of a prompt, or the text of a question of the room's own."""
    activities: list[Answer]
    counts: Became


class Questions(Shape):
    """The questions that anything came of, the most fruitful first."""

    questions: list[Asked]


class Mark(Shape):
    """Something that a time is remembered by."""

    version: Version
    at: Time
    kind: Literal["IterationOpened", "IterationClosed", "StepEntered", "PhaseSet"]
    value: Any
    """The iteration's id; the step's, or null; the phase, or null."""


class Timeline(Shape):
    """The course of a room at a glance, in parts of `size` versions."""

    version: Version
    size: Annotated[int, Field(ge=1)]
    times: list[Time]
    """When each part ended."""
    people: dict[str, list[int]]
    """For each participant how many events they made in each part."""
    marks: list[Mark]
