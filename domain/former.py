"""What decisions need of the past beyond what the workshop remembers: it is looked up in the log first.

A rewording needs the text that its author saw; restoring an iteration the activities as they stood at its close; taking
back what somebody did more changes than are remembered of everybody.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias

from domain import commands as c
from domain.commands import Command
from domain.events import Recorded
from domain.evolve import evolve
from domain.taken_out import Borne
from domain.things import Activity
from domain.undo import Change, History
from domain.workshop import Workshop, initial

EVERYTHING: Final = 2**53
"""Changes that are remembered of the one person whom somebody asks about: all."""


@dataclass(slots=True, frozen=True)
class Stood:
    """The activities of a moment: those on the canvas, in their lists, and those that were retired."""

    activities: dict[str, Activity]
    categories: dict[str, tuple[str, ...]]
    retired: dict[str, Activity]


Past: TypeAlias = str | Stood | tuple[Change, ...] | Borne
"""What was looked up: a text, the activities of a moment, all changes of one person, oldest first, or what a redaction
takes out."""


class TextAt(NamedTuple):
    """What a thing's field said at a version."""

    thing: str
    field: str
    version: int


class StoodAt(NamedTuple):
    """The activities as they stood at a version."""

    version: int


class DoneBy(NamedTuple):
    """What somebody has done, up to a version, and not taken back."""

    participant: str
    upto: int


Needed: TypeAlias = TextAt | StoodAt | DoneBy


def needed(command: Command, state: Workshop) -> Needed | None:
    """What a decision needs to know of the past; None where the workshop has it, or where it comes to no decision."""
    match command:
        case c.RewordActivity():
            return _text_at(state, command.activity, command.field, command.base)
        case c.RewordNote():
            return _text_at(state, command.note, "text", command.base)
        case c.RestoreIteration():
            at = state.closed.get(command.iteration)
            return None if at is None or command.base != state.version else StoodAt(at)
        case c.UndoPerson():
            history = state.histories.get(command.participant)
            forgotten = history is not None and len(history.done) >= history.depth
            if history is None or not forgotten or command.base != state.version:
                return None
            return DoneBy(command.participant, state.version) if history.done[0].version > command.from_ else None
        case _:
            return None


def changes_of(participant: str, log: Iterable[Recorded]) -> tuple[Change, ...]:
    """All that somebody has done and not taken back, from the whole log up to some version."""
    state = initial()
    history = state.histories[participant] = History(depth=EVERYTHING)
    for recorded in log:
        evolve(state, recorded)
    return tuple(history.done)


def _text_at(state: Workshop, id_: str, field: str, base: int) -> TextAt | None:
    thing = state.activities.get(id_) or state.notes.get(id_)
    if thing is None or not thing.since <= base < thing.texts[field][0].version:
        return None
    return TextAt(id_, field, base)
