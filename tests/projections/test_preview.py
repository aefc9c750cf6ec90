"""A preview tells what comparing the two moments tells afterwards, and changes nothing."""

import json

import pytest

from domain.commands import RestoreIteration, UndoPerson
from domain.decide import planned
from domain.errors import Rejected
from domain.workshop import SNAPSHOT
from projections import canvas as canvases
from projections.compare import differences
from projections.patch import apply
from projections.preview import preview
from projections.revisions import revisions
from tests.domain.fuzz import FACILITATOR, PEOPLE, Room, Session
from tests.domain.specification import Fields, read


def commands(session: Session) -> list[Fields]:
    """Give what a facilitator might take back now: each iteration, and each person's work since some moment."""
    state, chance = session.room.state, session.chance
    restoring = [{"action": "restore_iteration", "iteration": id_, "base": state.version} for id_ in state.closed]
    undoing = [
        {
            "action": "undo_person",
            "participant": who,
            "from": chance.randint(0, state.version),
            "to": state.version,
            "base": state.version,
        }
        for who in PEOPLE
    ]
    return [*restoring, *undoing]


def check(room: Room, fields: Fields) -> int:
    """Check one command's preview against what happens; answers how many differences it made."""
    command = read(fields)
    assert isinstance(command, RestoreIteration | UndoPerson)
    before, shown = SNAPSHOT.dump_json(room.state), room.shown()
    try:
        plan = planned(command, room.state, FACILITATOR, room.looked_back(command))
    except Rejected:
        return 0
    told = preview(lambda: json.loads(shown), room.state.version, FACILITATOR, plan.events)
    assert (SNAPSHOT.dump_json(room.state), room.shown()) == (before, shown), "a preview changed something"
    after = room.copy()
    between = []
    for event in plan.events:
        after.commit((event,), FACILITATOR, "c")
        recorded, changes = after.log[-1]
        canvas = json.loads(shown)
        for _, earlier in after.log[:-1]:
            apply(canvas, json.loads(earlier))
        between += revisions(canvas, recorded)
        assert canvases.changes(canvas, recorded) == json.loads(changes)
    assert told == differences(json.loads(shown), after.canvas, between)
    return len(told)


@pytest.mark.parametrize("seed", range(8))
def test_a_preview_is_what_comparing_says_of_the_command(seed: int) -> None:
    session = Session(seed)
    met = 0
    for number in range(120):
        session.step()
        if number % 15 == 14:
            session.room.state.locked = False
            met += sum(check(session.room, fields) for fields in commands(session))
            session.room.state.locked = bool(session.room.canvas["locked"])
    assert met, "nothing would ever have changed"
