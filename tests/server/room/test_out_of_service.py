"""A room that can not be used, or not yet."""

import pytest

from server.live import loading
from server.live.pace import Pace
from server.live.room import Room
from server.sockets.session import Session
from server.wire.answers import NotStored
from server.wire.frames import Frame
from server.wire.protocol import Hello
from tests.server.desk import Desk, NoCache, add_note, join


class Door:
    """Where a session's frames would go."""

    def __init__(self) -> None:
        self.frames: list[Frame] = []
        self.closed: int | None = None

    def send(self, frame: Frame) -> None:
        self.frames.append(frame)

    welcome = offer = send

    def close(self, code: int) -> None:
        self.closed = code


@pytest.mark.parametrize(("state", "code"), [("damaged", 1011), ("closing", 4503)])
def test_who_enters_a_room_as_it_goes_out_of_service_is_sent_away(room: Room, state: str, code: int) -> None:
    """While what they missed was read, all who were there already have been."""
    door = Door()
    hello = Hello(type="hello", protocol=1, token="t")
    session = Session(door, room, room.people["anna"], Pace(0, lambda: 0.0), hello)
    setattr(room, state, True)
    session.enter(50, None)
    session.receive(b'{"type":"ping","n":1}')
    session.leave()
    assert (door.closed, door.frames, room.members) == (code, [], set())


def test_nothing_is_recorded_in_a_room_that_is_out_of_service(desk: Desk, room: Room) -> None:
    room.damage()
    assert isinstance(join(room, "carl")[0], NotStored)
    desk.take()
    assert not desk.writer.holds


def test_nothing_is_recorded_in_a_room_before_its_decisions_are_loaded(desk: Desk, room: Room) -> None:
    assert room.version == 2
    seen = desk.new("room", loading.load_canvas(desk.log, NoCache(), "room"))
    assert isinstance(join(seen, "carl")[0], NotStored)
    held = add_note(seen)
    seen.begin(loading.load_workshop(desk.log, NoCache(), "room", 2), desk.log.unindexed("room"))
    desk.commit()
    assert (held, seen.version) == ([], 3)
