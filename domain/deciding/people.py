"""Decisions about who is in the workshop, and what they may do in it."""

from domain import commands as c
from domain import events as e
from domain.errors import LastFacilitator, UnknownParticipant
from domain.workshop import Workshop


def change_role(command: c.ChangeRole, state: Workshop) -> tuple[e.Event, ...]:
    if _role(state, command.participant) == command.role:
        return ()
    _somebody_else_leads(state, command.participant)
    return (e.ParticipantRoleChanged(participant=command.participant, role=command.role),)


def remove(command: c.RemovePerson, state: Workshop) -> tuple[e.Event, ...]:
    _role(state, command.participant)
    _somebody_else_leads(state, command.participant)
    return (e.ParticipantRemoved(participant=command.participant),)


def _role(state: Workshop, participant: str) -> str:
    role = state.people.get(participant)
    if role is None:
        raise UnknownParticipant(participant=participant)
    return role


def _somebody_else_leads(state: Workshop, participant: str) -> None:
    """A room keeps a facilitator: without one nobody could ever make another."""
    if not any(role == "facilitator" and who != participant for who, role in state.people.items()):
        raise LastFacilitator
