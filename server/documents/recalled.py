"""The shapes of what tells what became of things: life lines, and what happened since."""

from typing import Any, Literal

from projections.catch_up import Kind
from server.documents.shapes import Shape, Time, Version


class Titled(Shape):
    """An activity by its id, and by the title that it has now."""

    activity: str
    title: str


class LifeMoment(Shape):
    """One change of one field of the activity; a stroke of typing is one change."""

    version: Version
    """Of a stroke the last one."""
    at: Time
    by: str | None
    kind: str
    """The type of the event that it is of."""
    activity: str
    note: str | None
    field: str
    before: Any
    after: Any
    reason: str | None
    iteration: str | None
    undoes: Version | None
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
    state: Literal["must_do", "not_now", "unjudged", "retired", "combined", "withdrawn"]
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
