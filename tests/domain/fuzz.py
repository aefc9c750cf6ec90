"""Three people do whatever comes to mind, and after each thing that they did the laws of the domain must hold.

The long form, with the seeds from A up to B: python -m tests.domain.fuzz --seeds A B [--commands N]
"""

import argparse
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final, TypeAlias
from uuid import UUID

from domain import events as e
from domain.commands import Command, RestoreIteration, UndoPerson
from domain.decide import decide, planned
from domain.errors import ChangedSince, Rejected
from domain.events import EVENTS, Event, Recorded
from domain.evolve import evolve
from domain.former import DoneBy, Past, StoodAt, TextAt, changes_of, needed
from domain.vocabulary import VALUE_PROPOSITIONS
from domain.workshop import SNAPSHOT, Workshop, initial
from projections import canvas as canvases
from projections.copying import written
from projections.former import stood
from projections.patch import apply
from tests.domain.agreement import check_agreement
from tests.domain.compensated import changes_between, check_restored, check_swept, touches_of
from tests.domain.every_action import FACILITATORS_ALONE
from tests.domain.proposals import proposal
from tests.domain.specification import Fields, data_of, read
from tests.domain.untouched import change_of, check_untouched

FACILITATOR: Final = "frida"
PEOPLE: Final = (FACILITATOR, "piet", "anna")
GUESTS: Final = ("olga", "karel", "lea", "omar")
"""They only look on; their roles change, and some are removed."""
ROLES: Final = (
    *zip(PEOPLE, ("facilitator", "participant", "participant"), strict=True),
    *((guest, "observer") for guest in GUESTS),
)
NOT_UNDONE: Final = {
    *("enter_step", "open_iteration", "close_iteration", "lock_canvas", "unlock_canvas"),
    *("set_phase", "define_questions", "change_role", "remove_person", "undo", "redo"),
}
Check: TypeAlias = Callable[[dict[str, Any], dict[str, Any]], None]
MOMENT: Final = "2026-01-01T00:00:00.000000Z"


class Room:
    """What a server would hold of a room: the log with its patches, the state and the canvas."""

    def __init__(self) -> None:
        self.state: Workshop = initial()
        self.canvas = canvases.initial()
        self.log: list[tuple[Recorded, str]] = []

    def commit(self, events: tuple[Event, ...], by: str | None, command: str | None) -> None:
        for event in events:
            recorded = Recorded(self.state.version + 1, MOMENT, by, command, event)
            changes = canvases.changes(self.canvas, recorded)
            self.log.append((recorded, json.dumps(changes)))
            apply(self.canvas, changes)
            evolve(self.state, recorded)

    def copy(self) -> "Room":
        """Answer the room as it is read from a cache: the same, and nothing in it is shared with this one."""
        room = Room()
        room.state = SNAPSHOT.validate_json(SNAPSHOT.dump_json(self.state))
        room.canvas = json.loads(json.dumps(self.canvas))
        return room

    def shown(self) -> str:
        return json.dumps(self.canvas, sort_keys=True)

    def looked_back(self, command: Command) -> Past | None:
        match needed(command, self.state):
            case TextAt(thing, field, version):
                return self.text_at(thing, field, version)
            case StoodAt(version):
                return stood(self.canvas_at(version))
            case DoneBy(participant, upto):
                return changes_of(participant, [recorded for recorded, _ in self.log[:upto]])
            case None:
                return None

    def canvas_at(self, version: int) -> dict[str, Any]:
        canvas: dict[str, Any] = canvases.initial()
        for _, changes in self.log[:version]:
            apply(canvas, json.loads(changes))
        return canvas

    def text_at(self, thing: str, field: str, base: int) -> str:
        """Look up in the log what a text said at a version."""
        for recorded, _ in reversed(self.log[:base]):
            data = recorded.event.data()
            for kept in (*data.get("notes", ()), *data.get("activities", ())):
                if isinstance(kept, dict) and kept["id"] == thing:
                    return str(kept.get(field, ""))
            names = {data.get("activity"), data.get("note"), data.get("into")}
            if thing in names and data.get("field", field) == field and (field in data or "text" in data):
                return str(data.get("text", data.get(field)))
        return ""


class Session:
    """One seed: a room and the chance that decides what happens in it."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.room = Room()
        self.met: Counter[str] = Counter()
        joined = [e.ParticipantJoined.model_validate({"participant": who, "role": role}) for who, role in ROLES]
        self.room.commit((e.WorkshopOpened(room="r", title="Toys", language="en"), *joined), None, None)

    def goes_on_in_a_copy(self) -> None:
        """Leave the room for another one that begins with what stands here."""
        here, self.room = self.room, Room()
        joined = [e.ParticipantJoined.model_validate({"participant": who, "role": role}) for who, role in ROLES]
        copied = written(here.canvas, "r", here.state.version)
        self.room.commit((e.WorkshopOpened(room="copy", title="Toys", language="en"), copied, *joined), None, None)
        check_agreement(self.room.state, self.room.canvas)
        check_sense(self.room.state)
        for member in ("blocks", "categories", "steps", "step", "goal", "subject", "questions"):
            assert self.room.canvas[member] == here.canvas[member], member

    def id(self) -> str:
        return str(UUID(int=self.chance.getrandbits(128), version=4))

    def step(self) -> None:
        """Let somebody ask for something, and look whether all is well afterwards."""
        fields = proposal(self.chance, self.id, self.room.state)
        leading = fields["action"] in FACILITATORS_ALONE and self.chance.random() < 0.8
        by = FACILITATOR if leading else self.chance.choice(PEOPLE)
        events = self._decided(fields, by)
        if not events:
            return
        self.met[fields["action"]] += 1
        before = self.room.shown()
        check = self._expected(fields, by, events)
        self.room.commit(events, by, self.id())
        check(json.loads(before), self.room.canvas)
        check_agreement(self.room.state, self.room.canvas)
        check_sense(self.room.state)
        if fields["action"] not in NOT_UNDONE:
            self._check_taking_back(fields, by, before)
        if self.chance.random() < 0.1:  # the room leaves and comes back
            self.room.state = self.room.copy().state

    def _expected(self, fields: Fields, by: str, events: tuple[Event, ...]) -> Check:
        """Tell what must be so once these have happened, given the canvas before and the one after."""
        state, undoes = self.room.state, events[0].undoes
        if undoes is not None:
            return partial(check_untouched, change_of(state, by, undoes))
        if fields["action"] not in {"restore_iteration", "undo_person"}:
            return lambda _, __: None
        command = read(fields)
        assert isinstance(command, RestoreIteration | UndoPerson)
        past = self.room.looked_back(command)
        plan = planned(command, state, by, past)
        assert data_of(plan.events) == data_of(events)
        if isinstance(command, RestoreIteration):
            then = self.room.canvas_at(state.closed[command.iteration])
            return lambda before, after: check_restored(then, before, after, plan)
        who, ends = fields["participant"], (fields["from"], fields["to"])
        touches = touches_of(list(past) if isinstance(past, tuple) else changes_between(state, who, *ends))
        return lambda before, after: check_swept(touches, before, after, plan)

    def _decided(self, fields: Fields, by: str) -> tuple[Event, ...]:
        try:
            command = read(fields)
            events = self._decide(command, by)
        except Rejected as rejection:
            self.met[rejection.code] += 1
            return ()
        self.met["unchanged"] += not events
        return events

    def _decide(self, command: Command, by: str) -> tuple[Event, ...]:
        """Decide; now and then make sure that deciding changes nothing and comes out the same again."""
        past = self.room.looked_back(command)
        if self.chance.random() < 0.9:
            return decide(command, self.room.state, by, past)
        before = SNAPSHOT.dump_json(self.room.state)
        try:
            events = decide(command, self.room.state, by, past)
            assert data_of(events) == data_of(decide(command, self.room.state, by, past)), "decided twice, two outcomes"
        finally:
            assert before == SNAPSHOT.dump_json(self.room.state), "deciding changed the workshop"
        return events

    def _check_taking_back(self, fields: Fields, by: str, before: str) -> None:
        """Check, on a copy, that the change can be taken back at once, redone and taken back again."""
        room, after = self.room.copy(), self.room.shown()
        assert room.state == self.room.state, "a snapshot is not the workshop that it was made of"
        stroke = fields.get("stroke")
        try:
            self._take_back(room, "undo", by)
        except ChangedSince:
            assert stroke, f"{fields} can't be undone"
            return
        told = told_of_retired if fields["action"] == "undo_person" else str
        undone = told(room.shown())
        assert stroke or undone == told(before), f"undoing {fields} leaves something behind"
        self._take_back(room, "redo", by)
        assert told(room.shown()) == told(after), f"redoing {fields} is not the change"
        self._take_back(room, "undo", by)
        assert told(room.shown()) == undone, f"undoing {fields} a second time is not undoing it"

    def _take_back(self, room: Room, action: str, by: str) -> None:
        locked, room.state.locked = room.state.locked, False
        events = decide(read({"action": action}), room.state, by)
        room.state.locked = locked
        room.commit(events, by, self.id())
        check_agreement(room.state, room.canvas)
        check_sense(room.state)


def told_of_retired(shown: str) -> str:
    """Leave away the category of what is retired.

    No event tells it: who takes back a retiring of long ago, after others restored, moved and retired the same
    activity and took that back, brings it back where it stood then, and retires it from there when that is taken back.
    """
    canvas = json.loads(shown)
    for activity in canvas["retired"].values():
        del activity["category"]
    return json.dumps(canvas, sort_keys=True)


def check_sense(state: Workshop) -> None:
    """Check what holds in every room, whatever was done or taken back in it."""
    standing = [id_ for ids in state.categories.values() for id_ in ids]
    assert sorted(standing) == sorted(state.activities), "an activity stands in two lists, or in none"
    assert all(id_ in state.categories[activity.category] for id_, activity in state.activities.items())
    assert not state.activities or state.blocks[VALUE_PROPOSITIONS], "activities without a value proposition"
    assert state.activities.keys().isdisjoint(state.retired)
    noted = [id_ for ids in state.blocks.values() for id_ in ids]
    assert sorted(noted) == sorted(state.notes), "a note stands in two blocks, or in none"
    for activity in (*state.activities.values(), *state.retired.values()):
        assert len(set(activity.links)) == len(activity.links), "a link stands twice"
        assert set(activity.links) <= state.notes.keys(), "a link to nothing"
        assert len({comment.id for comment in activity.comments}) == len(activity.comments), "a comment stands twice"
        assert activity.title == activity.texts["title"][-1].text
        assert activity.details == activity.texts["details"][-1].text
    assert {activity.step for activity in state.activities.values()} <= {None, *state.steps}, "a step that is gone"
    assert state.step in {None, *state.steps}


def check_log(room: Room) -> None:
    """Check that patches alone make the canvas and events alone make the state, through JSON, as from a disk."""
    canvas: dict[str, Any] = canvases.initial()
    state = initial()
    for recorded, changes in room.log:
        apply(canvas, json.loads(changes))
        data = json.loads(json.dumps(recorded.event.data()))
        event = EVENTS[type(recorded.event).__name__].model_validate(data)
        assert event.data() == recorded.event.data()
        evolve(state, recorded._replace(event=event))
    assert json.dumps(canvas, sort_keys=True) == room.shown(), "the fold of all changes is not the canvas"
    assert state == room.state, "the events, read again, make another workshop"


def play(seed: int, commands: int) -> Counter[str]:
    """Play a seed, its second half in a copy; answers how often each action was accepted and each code met."""
    session = Session(seed)
    for number in range(commands):
        try:
            if number == commands // 2:
                check_log(session.room)
                session.goes_on_in_a_copy()
            session.step()
        except Exception as error:
            error.add_note(f"seed {seed}, command {number}")
            raise
    check_log(session.room)
    return session.met


def lengths(first: int, end: int, most: int) -> Iterator[tuple[int, int]]:
    """Give each seed a length: many short stories, some long ones."""
    for seed in range(first, end):
        yield seed, max(10, most * (seed % 5 + 1) // 5)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", nargs=2, type=int, default=(0, 100), metavar=("A", "B"))
    parser.add_argument("--commands", type=int, default=300, help="commands in the longest stories")
    given = parser.parse_args()
    met: Counter[str] = Counter()
    first, end = given.seeds
    for seed, commands in lengths(first, end, given.commands):
        met += play(seed, commands)
        if seed % 25 == 0:
            print(f"seed {seed}: {sum(met.values()):,} commands so far", flush=True)
    for name, count in sorted(met.items()):
        print(f"{count:9,} {name}")


if __name__ == "__main__":
    main()
