"""What a room answers to one who asked for something, apart from the events that everybody gets."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from domain.events import Event
from domain.plan import Skipped


@dataclass(slots=True, frozen=True)
class Accepted:
    """It was made events, which are durable now: the receipt is the events themselves."""

    versions: tuple[int, ...]


@dataclass(slots=True, frozen=True)
class Duplicate:
    """It was sent before, and made these versions then."""

    versions: tuple[int, ...]


@dataclass(slots=True, frozen=True)
class Unchanged:
    """All was as the command wants it."""


@dataclass(slots=True, frozen=True)
class Refused:
    """It was rejected: the code, and what goes with it."""

    code: str
    data: Mapping[str, object] = field(default_factory=dict)


@dataclass(slots=True, frozen=True)
class NotStored:
    """The log can't be written now: nothing happened, and nobody saw anything."""

    retry_after_ms: int


@dataclass(slots=True, frozen=True)
class Planned:
    """It was only asked what the command would make of the canvas at a version, and what it would leave as it is."""

    version: int
    events: tuple[Event, ...]
    skipped: tuple[Skipped, ...]


Answer: TypeAlias = Accepted | Duplicate | Unchanged | Refused | NotStored | Planned
Reply: TypeAlias = Callable[[Answer], None]
