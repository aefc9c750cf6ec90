"""What a command of many events comes to: the events, and what is left as it is."""

from typing import NamedTuple

from domain.events import Event


class Skipped(NamedTuple):
    """What is left as it is: a version, and the code that says why."""

    version: int
    because: str


class Plan(NamedTuple):
    """What such a command makes, and what it leaves as it is."""

    events: tuple[Event, ...]
    skipped: tuple[Skipped, ...]
