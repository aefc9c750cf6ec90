"""decide(command, state, by): the events that a command makes, or why it is rejected. Nothing changes by deciding.

The order of checks is the contract's: fields, what is not allowed, the lock, texts, things and ids, then the rules. No
events means that all is as the command wants it already.
"""

from typing import Final, TypeAlias, assert_never, get_args

from domain import commands as c
from domain.commands import Command
from domain.deciding import activities, checks, course, notes, people
from domain.deciding.taking_back import redo, undo
from domain.errors import Locked, NotAllowed
from domain.events import Event
from domain.workshop import Workshop

Leading: TypeAlias = (
    c.DescribeWorkshop
    | c.DefineSteps
    | c.EnterStep
    | c.OpenIteration
    | c.CloseIteration
    | c.LockCanvas
    | c.UnlockCanvas
    | c.SetPhase
    | c.DefineQuestions
    | c.ChangeRole
    | c.RemovePerson
)
FACILITATORS_ONLY: Final = frozenset(get_args(Leading))


def decide(command: Command, state: Workshop, by: str, past: str | None = None) -> tuple[Event, ...]:
    """`by` is the participant who sent it; `past` the text at `base`, where `older_text` says that it is needed."""
    checks.well_formed(command)
    role = state.people.get(by)
    if role == "facilitator":
        return _decide(command, state, by, past)
    if role != "participant" or type(command) in FACILITATORS_ONLY:
        raise NotAllowed if role is None else NotAllowed(role=role)
    if state.locked:
        raise Locked
    return _decide(command, state, by, past)


def older_text(command: Command, state: Workshop) -> tuple[str, str] | None:
    """The thing and the field whose text at `base` the state does not remember; it is in the log."""
    if not isinstance(command, c.RewordActivity | c.RewordNote):
        return None
    if isinstance(command, c.RewordActivity):
        id_, field = command.activity, str(command.field)
    else:
        id_, field = command.note, "text"
    thing = state.activities.get(id_) or state.notes.get(id_)
    if thing is None or not thing.since <= command.base < thing.texts[field][0].version:
        return None
    return id_, field


def _decide(command: Command, state: Workshop, by: str, past: str | None) -> tuple[Event, ...]:
    match command:
        case c.JudgeActivity():
            return activities.judge(command, state)
        case c.RewordActivity():
            return activities.reword(command, state, past)
        case c.AddActivity():
            return activities.add(command, state)
        case c.MoveActivity():
            return activities.move(command, state)
        case c.PlaceActivity():
            return activities.place(command, state)
        case c.LinkActivity():
            return activities.link(command, state)
        case c.UnlinkActivity():
            return activities.unlink(command, state)
        case c.CombineActivities():
            return activities.combine(command, state)
        case c.RetireActivity():
            return activities.retire(command, state)
        case c.RestoreActivity():
            return activities.restore(command, state)
        case c.CommentOnActivity():
            return activities.comment(command, state)
        case c.AddNote():
            return notes.add(command, state)
        case c.RewordNote():
            return notes.reword(command, state, past)
        case c.MoveNote():
            return notes.move(command, state)
        case c.RemoveNote():
            return notes.remove(command, state)
        case c.Undo():
            return undo(state, by, skip=bool(command.skip))
        case c.Redo():
            return redo(state, by, skip=bool(command.skip))
        case _:
            return _lead(command, state)


def _lead(command: Leading, state: Workshop) -> tuple[Event, ...]:
    """Decide what only facilitators may ask for."""
    match command:
        case c.DescribeWorkshop():
            return course.describe(command, state)
        case c.DefineSteps():
            return course.define_steps(command, state)
        case c.EnterStep():
            return course.enter_step(command, state)
        case c.OpenIteration():
            return course.open_iteration(command, state)
        case c.CloseIteration():
            return course.close_iteration(command, state)
        case c.LockCanvas():
            return course.lock(state)
        case c.UnlockCanvas():
            return course.unlock(state)
        case c.SetPhase():
            return course.set_phase(command, state)
        case c.DefineQuestions():
            return course.define_questions(command, state)
        case c.ChangeRole():
            return people.change_role(command, state)
        case c.RemovePerson():
            return people.remove(command, state)
        case _:
            assert_never(command)
