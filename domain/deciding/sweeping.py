"""Taking back what somebody did between two moments, change by change, the newest first.

Each is taken back as undo would, so nothing that others built upon it is overwritten: such a change is left as it is,
and so are those that it stood on. They are told.
"""

from domain import commands as c
from domain import events as e
from domain.deciding import checks
from domain.deciding.rehearsal import Rehearsal
from domain.deciding.taking_back import taken_back
from domain.errors import Invalid, Rejected, UnknownParticipant
from domain.former import Past
from domain.plan import Plan, Skipped
from domain.undo import Change
from domain.workshop import Workshop


def undo_person(command: c.UndoPerson, state: Workshop, by: str, past: Past | None) -> Plan:
    """`past`: all changes of that person, where the workshop does not remember those that are asked about."""
    whose = command.participant
    if whose not in state.people and whose not in state.histories:
        raise UnknownParticipant(participant=whose)
    checks.head_is(state, command.base)
    if not 0 <= command.from_ <= state.version:
        raise Invalid(field="from", problem=f"must be from 0 to {state.version}")
    if not command.from_ <= command.to <= state.version:
        raise Invalid(field="to", problem=f"must be from {command.from_} to {state.version}")
    rehearsal = Rehearsal(state, by)
    done = rehearsal.state.histories[whose].done if whose in state.histories else []
    if isinstance(past, tuple):
        done[:] = past
    meant = [change for change in done if command.from_ < change.version <= command.to]
    rehearsal.add(
        e.PersonUndone.model_validate(
            {"participant": whose, "from": command.from_, "to": command.to, "base": command.base}
        )
    )
    skipped = [left for change in reversed(meant) if (left := _take_back(rehearsal, change)) is not None]
    events = tuple(rehearsal.events) if len(rehearsal.events) > 1 else ()
    return Plan(events, tuple(reversed(skipped)))


def _take_back(rehearsal: Rehearsal, change: Change) -> Skipped | None:
    try:
        events = taken_back(rehearsal.state, change, rehearsal.by)
    except Rejected as rejection:
        return Skipped(change.version, rejection.code)
    rehearsal.add(*events)
    return None
