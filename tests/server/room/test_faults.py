"""Faults of ours in the middle of a change, and events that can not be shown."""

from typing import Any

import pytest

from domain import events as e
from domain.events import Recorded
from domain.evolve import evolve
from server.live.room import Room
from server.storage.log import ConflictError
from server.wire.answers import Accepted, NotStored
from tests.server.desk import Desk, Listener, add_note, elsewhere, join, listener


class Poison:
    """An evolve that fails on a note that says so."""

    def __call__(self, workshop: Any, recorded: Recorded) -> Any:  # noqa: ANN401 - as evolve has it
        if isinstance(recorded.event, e.NoteAdded) and recorded.event.text == "poison":
            raise RuntimeError("a fault of ours")
        return evolve(workshop, recorded)


def test_a_fault_in_the_middle_of_a_change_sends_the_room_back_to_the_log(
    desk: Desk, room: Room, ben: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.live.room.evolve", Poison())
    flying = add_note(room, "flying")
    desk.take()
    gathering = add_note(room, "gathering")
    with pytest.raises(RuntimeError):
        add_note(room, "poison")
    assert isinstance(gathering[0], NotStored)
    desk.commit()
    assert flying == []
    assert ben.versions() == [3]
    desk.reload()
    add_note(room, "afterwards")
    desk.commit()
    assert ben.versions() == [3, 4]
    assert [event.words for event in desk.log.events("room", 2, 9)] == [("flying",), ("afterwards",)]
    assert room.workshop == desk.load().workshop


def test_a_fault_in_a_quiet_room_sends_it_back_to_the_log_too(
    desk: Desk, room: Room, ben: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.live.room.evolve", Poison())
    with pytest.raises(RuntimeError):
        add_note(room, "poison")
    assert isinstance(add_note(room)[0], NotStored)
    desk.reload()
    add_note(room)
    desk.commit()
    assert ben.versions() == [3]


def test_a_fault_while_deciding_again_ends_that_command_alone(
    desk: Desk, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere(desk)
    poisoned, after = add_note(room, "poison"), add_note(room, "after")
    monkeypatch.setattr("server.live.room.evolve", Poison())
    desk.fail(ConflictError("version 3"))
    desk.reload()
    assert isinstance(poisoned[0], NotStored)
    assert isinstance(after[0], NotStored)
    desk.reload()
    desk.commit()
    assert (room.quiet, room.version) == (True, 3)


@pytest.mark.parametrize("fault", [ValueError, KeyError, TypeError, AttributeError])
def test_an_event_that_can_not_be_shown_puts_its_room_alone_out_of_service(
    desk: Desk, room: Room, ben: Listener, monkeypatch: pytest.MonkeyPatch, fault: type[Exception]
) -> None:
    other = desk.open("other")
    carl = listener(other)
    show = Room._show  # noqa: SLF001 - the one step that an event of another shape would break

    def broken(self: Room, *arguments: Any) -> bytes:  # noqa: ANN401 - as the room has it
        if self is room:
            raise fault
        return show(self, *arguments)

    monkeypatch.setattr(Room, "_show", broken)
    joining = join(room, "dora")
    add_note(other)
    desk.commit()
    assert room.damaged
    assert ben.dismissed == 1011
    assert joining == [Accepted((3,))]
    assert (carl.versions(), carl.dismissed) == ([3], None)
    add_note(other)
    desk.commit()
    assert carl.versions() == [3, 4]
