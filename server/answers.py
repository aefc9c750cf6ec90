"""What a room answers to one who asked for something, apart from the events that everybody gets."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias


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


Answer: TypeAlias = Accepted | Duplicate | Unchanged | Refused | NotStored
Reply: TypeAlias = Callable[[Answer], None]
