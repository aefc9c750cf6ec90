"""The checks that several decisions make, in the contract's order: fields, texts, things, ids, then the rules."""

from collections.abc import Container, Sequence

from domain import commands as c
from domain.commands import Command, Placing
from domain.errors import (
    ActivityRetired,
    ChangedSince,
    IdTaken,
    Invalid,
    Redacted,
    TextEmpty,
    TextTooLong,
    TooMany,
    UnknownActivity,
    UnknownNote,
    UnknownStep,
    ValuePropositionFirst,
)
from domain.ordering import last
from domain.taken_out import is_mark
from domain.text import merge, normalise
from domain.things import Activity, Note, Text
from domain.vocabulary import VALUE_PROPOSITIONS
from domain.workshop import Workshop


def well_formed(command: Command) -> None:
    """What is wrong with the fields of a command whoever sent it, where reading them did not tell."""
    match command:
        case c.AddActivity() | c.MoveActivity():
            _not_itself(command.activity, command.after)
        case c.AddNote() | c.MoveNote():
            _not_itself(command.note, command.after)
        case c.CombineActivities():
            _each_once("activities", command.activities)
        case c.DefineSteps():
            _each_once("steps", [step.id for step in command.steps])
        case c.DefineQuestions():
            _each_once("questions", [question.id for question in command.questions])
        case _:
            pass


def _not_itself(thing: str, after: str | None) -> None:
    if after == thing:
        raise Invalid(field="after", problem="names the thing itself")


def _each_once(field: str, ids: Sequence[str]) -> None:
    if len(set(ids)) < len(ids):
        raise Invalid(field=field, problem="has one id twice")


def required(field: str, text: str, limit: int) -> str:
    """The text as it is kept; a blank one is refused. `limit` in code points."""
    kept = optional(field, text, limit)
    if kept is None:
        raise TextEmpty(field=field)
    return kept


def optional(field: str, text: str | None, limit: int) -> str | None:
    """The text as it is kept; None where there is none, or a blank one."""
    kept = normalise(text) if text else ""
    if len(kept) > limit:
        raise TextTooLong(field=field, limit=limit, length=len(kept))
    return kept or None


def the_activity(state: Workshop, id_: str) -> Activity:
    """An activity on the canvas."""
    activity = state.activities.get(id_)
    if activity is not None:
        return activity
    retired = state.retired.get(id_)
    if retired is None:
        raise UnknownActivity(activity=id_)
    if retired.into is not None:
        raise ActivityRetired(activity=id_, into=retired.into)
    raise ActivityRetired(activity=id_)


def the_note(state: Workshop, id_: str) -> Note:
    note = state.notes.get(id_)
    if note is None:
        raise UnknownNote(note=id_)
    return note


def known_step(state: Workshop, id_: str | None) -> None:
    if id_ is not None and id_ not in state.steps:
        raise UnknownStep(step=id_)


def free(state: Workshop, id_: str) -> None:
    """An id that was never used in this room."""
    if id_ in state.ids:
        raise IdTaken(id=id_)


def free_or_known(state: Workshop, ids: Sequence[str], known: Container[str]) -> None:
    """Ids of a list that is defined anew: those that it has already, and others that were never used in this room."""
    for id_ in ids:
        if id_ not in known:
            free(state, id_)


def head_is(state: Workshop, base: int) -> None:
    """What is done upon a moment as a whole is done while that moment is the newest."""
    if not 0 <= base <= state.version:
        raise Invalid(field="base", problem=f"must be from 0 to {state.version}")
    if base < state.version:
        raise ChangedSince


def room_for(count: int, most: int) -> None:
    if count >= most:
        raise TooMany(most=most)


def needs_value_proposition(state: Workshop) -> None:
    """M1: no activity comes onto the canvas before a note stands under value propositions."""
    if not state.has_value_proposition():
        raise ValuePropositionFirst


def may_leave(state: Workshop, note: Note) -> None:
    """M1: the last value proposition stays as long as activities stand."""
    if note.block == VALUE_PROPOSITIONS and state.activities and len(state.blocks[VALUE_PROPOSITIONS]) == 1:
        raise ValuePropositionFirst


def text_at(texts: tuple[Text, ...], base: int, since: int, head: int, past: str | None) -> str:
    """What the text said at version `base`; `past` is that text where it had to be looked up in the log.

    Upon a text that was taken out of the log since, nothing can be built.
    """
    if not since <= base <= head:
        raise Invalid(field="base", problem=f"must be from {since} to {head}")
    text = next((text for version, text in reversed(texts) if version <= base), past)
    if text is None:
        msg = "a text that old has to be looked up first"
        raise LookupError(msg)
    if is_mark(text):
        raise Redacted
    return text


def merged(field: str, base: str, mine: str, theirs: str, limit: int) -> tuple[str, bool]:
    """The author's change taken onto the text as it stands, and whether the two overlap."""
    outcome = merge(base, mine, theirs)
    text = normalise(outcome.text)
    if len(text) > limit:
        raise TextTooLong(field=field, limit=limit, length=len(text), current=theirs)
    return text, outcome.overlap


def place(command: Placing, others: tuple[str, ...]) -> str | None:
    """What the thing comes to stand behind among the others; None is first."""
    if command.goes_last:
        return last(others)
    after = command.after
    return after if after is None or after in others else last(others)
