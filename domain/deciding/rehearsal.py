"""Trying out: a copy of the workshop on which a command of many events finds out what each of them would meet."""

from dataclasses import replace
from typing import Final, TypeVar

from domain.events import Event, Recorded
from domain.evolve import evolve
from domain.things import Activity, Note
from domain.undo import Change, History
from domain.workshop import Workshop

T = TypeVar("T", Note, Activity)

COMMAND: Final = ""
"""The command of what is only tried out: none that is sent has this id."""


class Rehearsal:
    """Somebody's events, tried out one after the other. The workshop itself stays as it is."""

    def __init__(self, state: Workshop, by: str) -> None:
        self.state, self.by = _copy(state), by
        self.events: list[Event] = []

    def add(self, *events: Event) -> None:
        """Let these happen."""
        for event in events:
            evolve(self.state, Recorded(self.state.version + 1, "", self.by, COMMAND, event))
            self.events.append(event)


def _copy(state: Workshop) -> Workshop:
    """What evolving changes in place is copied; the rest is never changed, and shared."""
    return replace(
        state,
        people=dict(state.people),
        notes={id_: _thing(note) for id_, note in state.notes.items()},
        blocks=dict(state.blocks),
        activities={id_: _thing(activity) for id_, activity in state.activities.items()},
        categories=dict(state.categories),
        retired={id_: _thing(activity) for id_, activity in state.retired.items()},
        closed=dict(state.closed),
        ids=set(state.ids),
        stamps=dict(state.stamps),
        histories={who: _history(history) for who, history in state.histories.items()},
    )


def _thing(thing: T) -> T:
    return replace(thing, stamps=dict(thing.stamps), texts=dict(thing.texts))


def _history(history: History) -> History:
    return replace(history, done=_changes(history.done), undone=_changes(history.undone))


def _changes(changes: list[Change]) -> list[Change]:
    """The newest may be added to: it is tried out as well."""
    return [*changes[:-1], *(replace(change, earlier=list(change.earlier)) for change in changes[-1:])]
