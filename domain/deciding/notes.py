"""Decisions about notes."""

from domain import commands as c
from domain import events as e
from domain.deciding import checks
from domain.deciding.wording import rewording
from domain.ordering import placed, without
from domain.vocabulary import MOST_NOTES, PROSE_LENGTH
from domain.workshop import Workshop


def add(command: c.AddNote, state: Workshop) -> tuple[e.Event, ...]:
    text = checks.required("text", command.text, PROSE_LENGTH)
    checks.free(state, command.note)
    checks.room_for(len(state.notes), MOST_NOTES)
    after = checks.place(command, state.blocks[command.block])
    return (e.NoteAdded(note=command.note, block=command.block, text=text, after=after),)


def reword(command: c.RewordNote, state: Workshop, past: str | None) -> tuple[e.Event, ...]:
    sent = checks.required("text", command.text, PROSE_LENGTH)
    note = checks.the_note(state, command.note)
    base = checks.text_at(note.texts["text"], command.base, note.since, state.version, past)
    wording = rewording("text", base, sent, note.text, PROSE_LENGTH, required=True)
    if wording is None:
        return ()
    return (e.NoteReworded(note=note.id, base=command.base, **wording.members(command.stroke)),)


def move(command: c.MoveNote, state: Workshop) -> tuple[e.Event, ...]:
    note = checks.the_note(state, command.note)
    ids = state.blocks[command.block]
    others = without(ids, note.id) if note.block == command.block else ids
    after = checks.place(command, others)
    if note.block == command.block and placed(others, note.id, after) == ids:
        return ()
    if note.block != command.block:
        checks.may_leave(state, note)
    return (e.NoteMoved(note=note.id, block=command.block, after=after),)


def remove(command: c.RemoveNote, state: Workshop) -> tuple[e.Event, ...]:
    note = checks.the_note(state, command.note)
    checks.may_leave(state, note)
    return (removal(state, note.id),)


def removal(state: Workshop, note: str, **taking: int) -> e.NoteRemoved:
    """The removal of a note, with the links that go along."""
    linked = (a.id for things in (state.activities, state.retired) for a in things.values() if note in a.links)
    return e.NoteRemoved(note=note, unlinked=tuple(linked), **taking)
