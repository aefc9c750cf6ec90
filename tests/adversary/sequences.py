"""Long random sequences through the domain alone, one after another, repeatable from their seed.

What the fuzzer over the network can't ask, since others act in between: taking a change back at once brings back the
canvas byte for byte, taking that back brings the change again, and a state from its snapshot decides alike.
"""

import json
import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from domain import decide as deciding
from domain import events as e
from domain.commands import COMMANDS, Command
from domain.errors import Rejected
from domain.evolve import evolve
from domain.former import DoneBy, Past, StoodAt, TextAt, changes_of, needed
from domain.workshop import SNAPSHOT, Workshop, initial
from projections import canvas as canvases
from projections.former import stood
from tests.adversary.actions import Eyes, random_action
from tests.support.canonical import canonical
from tests.support.expect import expect
from tests.support.patch import Json, apply

PEOPLE = {"f0": "facilitator", "f1": "facilitator", "p0": "participant", "p1": "participant", "p2": "participant"}
NOT_COVERED = frozenset(
    {"undo", "redo", "enter_step", "open_iteration", "close_iteration", "lock_canvas", "unlock_canvas"}
    | {"set_phase", "define_questions"}
)
MOMENT = "2025-01-01T00:00:00.000000Z"
REMEMBERED = 30


@dataclass
class Sequence:
    """A workshop in memory, its canvas as the product keeps it and as folded here."""

    random: random.Random
    workshop: Workshop = field(default_factory=initial)
    kept: dict[str, Any] = field(default_factory=canvases.initial)
    log: list[e.Recorded] = field(default_factory=list)
    folded: list[Json] = field(default_factory=lambda: [json.loads(json.dumps(canvases.initial()))])
    seen: Counter[str] = field(default_factory=Counter)

    @property
    def canvas(self) -> Json:
        """The canvas as it is now."""
        return self.folded[-1]

    def begin(self) -> None:
        """Open the workshop, let everyone join, and put a value proposition down."""
        self._record((e.WorkshopOpened(room="r", title="T", language="en"),), "f0", None)
        for participant, role in PEOPLE.items():
            self._record((e.ParticipantJoined(participant=participant, role=role),), participant, None)  # type: ignore[arg-type]
        eyes = self._eyes("f0")
        self.do("f0", "add_note", {"note": eyes.new_id(), "block": "value_propositions", "text": "Play"})

    def do(self, by: str, action: str, fields: Json) -> bool:
        """Decide and record; whether it made events. Raises Rejected."""
        command = COMMANDS.validate_python({"action": action, **fields})
        events = deciding.decide(command, self.workshop, by, self._looked_back(command))
        self._record(events, by, str(self._eyes(by).new_id()))
        return bool(events)

    def _looked_back(self, command: Command) -> Past | None:
        match needed(command, self.workshop):
            case TextAt(thing, name, base):
                return self._text_at(thing, name, base)
            case StoodAt(version):
                return stood(self.folded[version])
            case DoneBy(participant, upto):
                return changes_of(participant, self.log[:upto])
            case None:
                return None

    def _text_at(self, thing: str, name: str, base: int) -> str:
        for canvas in reversed(self.folded[: base + 1]):
            for kind in ("notes", "activities", "retired"):
                if thing in canvas[kind]:
                    return str(canvas[kind][thing][name])
        return ""

    def _record(self, events: tuple[e.Event, ...], by: str, command: str | None) -> None:
        for event in events:
            recorded = e.Recorded(len(self.folded), MOMENT, by, command, event)
            self.log.append(recorded)
            evolve(self.workshop, recorded)
            changes = json.loads(json.dumps(canvases.advance(self.kept, recorded)))
            self.folded.append(apply(self.canvas, changes))

    def _eyes(self, by: str) -> Eyes:
        start = max(0, len(self.folded) - REMEMBERED)
        past = list(enumerate(self.folded[start:], start)) if self.random.random() < 0.2 else []
        stroke = f"{self.random.randrange(2):08}-0000-4000-8000-000000000000"
        return Eyes(self.random, PEOPLE[by], self.canvas, len(self.folded) - 1, past, stroke)

    def step(self) -> None:
        """Let somebody act at random; now and then take it back at once, or go through a snapshot."""
        by = self.random.choice(list(PEOPLE))
        action, fields = random_action(self._eyes(by))
        before = self.canvas
        try:
            made = self.do(by, action, fields)
        except (Rejected, ValidationError) as rejection:
            self.seen[str(getattr(rejection, "code", "invalid"))] += 1
            return
        self.seen[action] += 1
        if made and action not in NOT_COVERED and "stroke" not in fields and self.random.random() < 0.3:
            self._there_and_back(by, action, fields, before)
        if self.random.random() < 0.02:
            self.workshop = SNAPSHOT.validate_json(SNAPSHOT.dump_json(self.workshop))
            expect(canonical(json.loads(json.dumps(self.kept))) == canonical(self.canvas), "the kept canvas differs")

    def _there_and_back(self, by: str, action: str, fields: Json, before: Json) -> None:
        after = self.canvas
        self.do(by, "undo", {})
        expect(canonical(self.canvas) == canonical(before), f"undo leaves traces of {action} {fields}")
        self.do(by, "redo", {})
        expect(canonical(self.canvas) == canonical(after), f"redo does not bring back {action} {fields}")
        self.seen["there and back"] += 1


def play(seed: int, steps: int) -> Counter[str]:
    """Play one sequence; what happened how often."""
    sequence = Sequence(random.Random(seed))
    sequence.begin()
    for _ in range(steps):
        sequence.step()
    return sequence.seen
