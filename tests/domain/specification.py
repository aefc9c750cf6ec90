"""given(facts).when(command, by=…).then(facts): the words in which the rules of the workshop are specified.

Nothing here knows a rule. Every decision is made twice and must leave the state as it was; after every fact the state,
the canvas that is folded from patches and the state that comes back from a snapshot must agree.
"""

import json
from typing import Any, NamedTuple, Self, TypeAlias
from uuid import UUID, uuid5

from pydantic import ValidationError

from domain import events as e
from domain.commands import COMMANDS, Command, Redact
from domain.decide import decide
from domain.errors import Invalid, Rejected
from domain.events import Event, Recorded
from domain.evolve import evolve
from domain.former import DoneBy, Past, StoodAt, changes_of, needed
from domain.taken_out import Borne
from domain.workshop import SNAPSHOT, Workshop, initial
from projections import canvas as canvases
from projections.former import stood
from tests.domain.agreement import check_agreement

Fields: TypeAlias = dict[str, Any]
"""The fields of a command, as plain JSON."""

FRIDA, PIET, ANNA, OLGA = "frida", "piet", "anna", "olga"
"""A facilitator, two participants and an observer."""
PEOPLE = {FRIDA: "facilitator", PIET: "participant", ANNA: "participant", OLGA: "observer"}
UPON_A_VERSION = {"reword_activity", "reword_note", "restore_iteration", "undo_person"}
NAMES = UUID("6b65726e-0000-4000-8000-000000000000")


def named(name: str) -> str:
    """Give the id that goes by this name in a test: the same UUID every time."""
    return str(uuid5(NAMES, name))


class Did(NamedTuple):
    """What somebody did by one command."""

    by: str
    events: tuple[Event, ...]


def did(by: str, *events: Event) -> Did:
    return Did(by, events)


class Story:
    """A room so far: its log, the workshop and the canvas that it makes."""

    def __init__(self) -> None:
        self.log: list[Recorded] = []
        self.state: Workshop = initial()
        self.document = canvases.initial()
        self._commands = 0

    def given(self, *facts: Event | Did) -> Self:
        """Let this have happened; what nobody did (a template's) has neither an author nor a command."""
        for fact in facts:
            if isinstance(fact, Did):
                self._commit(fact.by, fact.events)
            else:
                self._record(fact, None, None)
        return self

    def when(self, action: str, *, by: str = PIET, past: str | None = None, **fields: Any) -> "Outcome":  # noqa: ANN401 - plain JSON
        """Ask for something; what says no `base` was made upon the newest version."""
        if action in UPON_A_VERSION:
            fields.setdefault("base", self.state.version)
        try:
            events = self._decided(read({"action": action, **fields}), by, past)
        except Rejected as rejection:
            return Outcome(self, by, (), rejection)
        return Outcome(self, by, events, None)

    def does(self, by: str, action: str, **fields: Any) -> Self:  # noqa: ANN401 - plain JSON
        """Let somebody do something that changes the workshop."""
        outcome = self.when(action, by=by, **fields)
        assert outcome.events, f"{action} by {by}: {outcome.said()}"
        self._commit(by, outcome.events)
        return self

    @property
    def version(self) -> int:
        return self.state.version

    @property
    def canvas(self) -> str:
        """The canvas now, as JSON in one order, to compare it with itself at another moment."""
        return json.dumps(self.document, sort_keys=True)

    def activity(self, name: str) -> dict[str, Any]:
        """Answer the activity of that name as people see it, on the canvas or retired."""
        shown: dict[str, Any] = self.document["activities"] | self.document["retired"]
        return dict(shown[named(name)])

    def _decided(self, command: Command, by: str, past: str | None) -> tuple[Event, ...]:
        before = SNAPSHOT.dump_json(self.state)
        known = past or self.looked_back(command)
        try:
            events = decide(command, self.state, by, known)
            assert data_of(decide(command, self.state, by, known)) == data_of(events), "decided twice, two outcomes"
        finally:
            assert SNAPSHOT.dump_json(self.state) == before, "deciding changed the workshop"
        return events

    def looked_back(self, command: Command) -> Past | None:
        """Look up what the decision needs of the past, as a server does; an old text the test says itself."""
        if isinstance(command, Redact):
            return NOWHERE_ELSE
        match needed(command, self.state):
            case StoodAt(version):
                return stood(self.canvas_at(version))
            case DoneBy(participant, upto):
                return changes_of(participant, self.log[:upto])
            case _:
                return None

    def canvas_at(self, version: int) -> dict[str, Any]:
        """Answer the canvas as it was."""
        canvas = canvases.initial()
        for recorded in self.log[:version]:
            canvases.advance(canvas, recorded)
        return canvas

    def _commit(self, by: str, events: tuple[Event, ...]) -> None:
        self._commands += 1
        command = named(f"command {self._commands}")
        for event in events:
            self._record(event, by, command)

    def _record(self, event: Event, by: str | None, command: str | None) -> None:
        recorded = Recorded(self.state.version + 1, "2026-01-01T00:00:00.000000Z", by, command, event)
        self.log.append(recorded)
        canvases.advance(self.document, recorded)
        evolve(self.state, recorded)
        check_agreement(self.state, self.document)
        # The story goes on from a snapshot, as a room does that left and came back.
        self.state = SNAPSHOT.validate_json(SNAPSHOT.dump_json(self.state))


NOWHERE_ELSE = Borne(None, None, ())
"""What the log says of a text that stands there once, and in no activity or note."""


class Outcome:
    """What came of a command."""

    def __init__(self, story: Story, by: str, events: tuple[Event, ...], rejection: Rejected | None) -> None:
        self.story, self.by, self.events, self.rejection = story, by, events, rejection

    def then(self, *events: Event) -> Story:
        """Expect exactly these facts; answers the story with them in it."""
        assert self.rejection is None, self.said()
        assert data_of(self.events) == data_of(events)
        return self.accepted()

    def accepted(self) -> Story:
        """Expect that the workshop changed; answers the story with the change in it."""
        return self.story.given(did(self.by, *self.made()))

    def made(self) -> tuple[Event, ...]:
        """Expect that something changes; answers the facts."""
        assert self.events, self.said()
        return self.events

    def rejected(self, code: str, **data: object) -> None:
        """Expect a rejection that tells at least this."""
        assert self.rejection is not None, self.said()
        assert self.rejection.code == code, self.said()
        assert self.rejection.data | data == self.rejection.data, self.said()

    def unchanged(self) -> None:
        """Expect that all is as the command wants it already."""
        assert not self.events, self.said()
        assert self.rejection is None, self.said()

    def said(self) -> str:
        if self.rejection is not None:
            return f"rejected {self.rejection.code} {self.rejection.data}"
        return f"accepted {data_of(self.events)}"


def read(fields: dict[str, Any]) -> Command:
    """Read a command as it comes over the wire; what is no command is `invalid`, and names the field."""
    try:
        return COMMANDS.validate_python(fields)
    except ValidationError as error:
        path = [str(part) for part in error.errors()[0]["loc"]]
        raise Invalid(field=".".join(path[1:]) or "action") from None


def data_of(events: tuple[Event, ...]) -> list[tuple[str, dict[str, Any]]]:
    """Tell events as the log has them: absent members are something else than null."""
    return [(type(event).__name__, event.data()) for event in events]


def blank(*facts: Event | Did) -> Story:
    """Open a room with four people in it and nothing on its canvas."""
    joined = [e.ParticipantJoined.model_validate({"participant": who, "role": role}) for who, role in PEOPLE.items()]
    return Story().given(e.WorkshopOpened(room="r", title="Toys", language="en"), *joined).given(*facts)


def given(*facts: Event | Did) -> Story:
    """Let these have happened in a room in which a value proposition stands, the note `value`."""
    return blank(note("value", "value_propositions"), *facts)


def note(name: str, block: str = "channels", *, after: str | None = None) -> e.NoteAdded:
    """Give the fact that a note came to stand, first or behind another."""
    return e.NoteAdded.model_validate(
        {"note": named(name), "block": block, "text": f"The {name}", "after": after and named(after)}
    )


def activity(
    name: str, category: str | None = "production", *, after: str | None = None, **members: str
) -> e.ActivityAdded:
    """Give the fact that an activity came to stand, first or behind another."""
    place = {"category": category, "after": after and named(after)}
    return e.ActivityAdded.model_validate({"activity": named(name), "title": f"Do {name}", **place, **members})


def steps(*names: str) -> e.StepsDefined:
    """Give the fact that the workshop has these steps."""
    return e.StepsDefined.model_validate({"steps": listed(*names)})


def listed(*names: str) -> list[dict[str, str]]:
    """Give steps as `define_steps` has them."""
    return [{"id": named(name), "name": name.capitalize()} for name in names]
