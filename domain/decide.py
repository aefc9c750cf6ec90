"""decide(command, state, by): the events that a command makes, or why it is rejected. Nothing changes by deciding.

The order of checks is the contract's: fields, what is not allowed, the lock, texts, things and ids, then the rules. No
events means that all is as the command wants it already. What a decision needs of the past, `former.needed` says.
"""

from typing import Final, TypeAlias, assert_never, get_args

from domain import commands as c
from domain.commands import Command
from domain.deciding import activities, checks, course, notes, people, redaction
from domain.deciding.restoring import restore_iteration
from domain.deciding.sweeping import undo_person
from domain.deciding.taking_back import redo, undo
from domain.errors import Locked, NotAllowed
from domain.events import Event
from domain.former import Past
from domain.plan import Plan
from domain.taken_out import Borne
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
FACILITATORS_ONLY: Final = frozenset({*get_args(Leading), c.Redact, c.RestoreIteration, c.UndoPerson})


def decide(command: Command, state: Workshop, by: str, past: Past | None = None) -> tuple[Event, ...]:
    """`by` is the participant who sent it; `past` what `former.needed` says that the decision needs."""
    allowed(command, state, by)
    return _decide(command, state, by, past)


def allowed(command: Command, state: Workshop, by: str) -> None:
    """What can be told of a command before it is decided: its fields, its sender's role, the lock."""
    checks.well_formed(command)
    role = state.people.get(by)
    if role == "facilitator":
        return
    if role != "participant" or type(command) in FACILITATORS_ONLY:
        raise NotAllowed if role is None else NotAllowed(role=role)
    if state.locked:
        raise Locked


def planned(command: c.RestoreIteration | c.UndoPerson, state: Workshop, by: str, past: Past | None) -> Plan:
    """The events that such a command would make, and what it would leave as it is."""
    allowed(command, state, by)
    return _planned(command, state, by, past)


def _planned(command: c.RestoreIteration | c.UndoPerson, state: Workshop, by: str, past: Past | None) -> Plan:
    if isinstance(command, c.RestoreIteration):
        return restore_iteration(command, state, by, past)
    return undo_person(command, state, by, past)


def _decide(command: Command, state: Workshop, by: str, past: Past | None) -> tuple[Event, ...]:
    text = past if isinstance(past, str) else None
    match command:
        case c.JudgeActivity():
            return activities.judge(command, state)
        case c.RewordActivity():
            return activities.reword(command, state, text)
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
            return notes.reword(command, state, text)
        case c.MoveNote():
            return notes.move(command, state)
        case c.RemoveNote():
            return notes.remove(command, state)
        case c.Undo():
            return undo(state, by, skip=bool(command.skip))
        case c.Redo():
            return redo(state, by, skip=bool(command.skip))
        case c.Redact():
            return redaction.redact(command, state, past if isinstance(past, Borne) else None)
        case c.RestoreIteration() | c.UndoPerson():
            return _planned(command, state, by, past).events
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
