"""The things on a canvas: notes, activities and the comments on them; and the phase that the workshop is in.

A thing remembers, beside its content, the version that each of its fields last changed at (its *stamps*; a field
without one bears `since`), its texts of late (to merge onto), and its first version.
"""

from dataclasses import dataclass, field
from typing import Final, NamedTuple

TEXTS_KEPT: Final = 4
"""Former texts that a thing keeps in memory for merging; older ones are looked up in the log."""


class Text(NamedTuple):
    """What a field said from `version` on."""

    version: int
    text: str


class Phase(NamedTuple):
    """What the workshop is busy with, and until when (as `domain.instant` writes it)."""

    label: str | None
    ends_at: str | None


@dataclass(slots=True)
class Comment:
    id: str
    text: str
    by: str | None


@dataclass(slots=True)
class Note:
    id: str
    block: str
    text: str
    by: str | None
    since: int
    stamps: dict[str, int] = field(default_factory=dict)
    texts: dict[str, tuple[Text, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class Activity:
    id: str
    category: str
    title: str
    by: str | None
    since: int
    details: str = ""
    judgement: str | None = None
    reason: str | None = None
    step: str | None = None
    links: tuple[str, ...] = ()
    comments: tuple[Comment, ...] = ()
    prompt: str | None = None
    sources: tuple[str, ...] = ()
    into: str | None = None
    because: str | None = None
    stamps: dict[str, int] = field(default_factory=dict)
    texts: dict[str, tuple[Text, ...]] = field(default_factory=dict)
