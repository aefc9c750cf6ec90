"""One commit, one frame; and what is said waits until all that it speaks of is durable."""

import pytest

from server.live.room import Room
from server.wire.answers import Accepted, Refused, Unchanged
from tests.server.desk import Desk, Listener, add_note, ask, join
from tests.server.scribe import new_id


def test_what_was_decided_together_comes_in_one_frame_once_it_is_durable(desk: Desk, room: Room, ben: Listener) -> None:
    for _ in range(3):
        add_note(room)
    desk.take()
    assert ben.heard == []
    assert room.version == 2
    desk.commit()
    assert len(ben.heard) == 1
    assert ben.versions() == [3, 4, 5]


def test_what_comes_in_while_a_commit_is_on_its_way_goes_with_the_next(desk: Desk, room: Room, ben: Listener) -> None:
    add_note(room)
    desk.take()
    add_note(room)
    add_note(room)
    desk.commit()
    assert [(frame["from"], frame["to"]) for frame in ben.heard] == [(3, 3), (4, 5)]


def test_rooms_that_have_something_are_written_together(desk: Desk, room: Room) -> None:
    other = desk.open("other")
    add_note(room)
    add_note(other)
    desk.take()
    assert [append.room for append in desk.writer.batch] == ["room", "other"]


def test_a_rejection_in_a_quiet_room_is_answered_at_once(room: Room) -> None:
    answers = ask(room, "undo")
    assert answers == [Refused("nothing_to_undo")]


@pytest.mark.parametrize("flying", [False, True])
def test_what_makes_no_event_is_answered_when_all_before_it_is_durable(desk: Desk, room: Room, *, flying: bool) -> None:
    note = new_id()
    add_note(room, note=note)
    if flying:
        desk.take()
    rejected = add_note(room, note=note)
    unchanged = ask(room, "move_note", note=note, block="channels", after=None)
    assert (rejected, unchanged) == ([], [])
    desk.commit()
    assert isinstance(rejected[0], Refused)
    assert unchanged == [Unchanged()]


def test_the_canvas_and_the_people_are_those_of_the_durable_version(desk: Desk, room: Room, ben: Listener) -> None:
    answers = join(room, "carl")
    add_note(room)
    desk.take()
    assert "carl" not in room.canvas["people"]
    assert [one["participant"] for one in room.people_list()] == ["anna"]
    assert room.canvas["notes"] == {}
    desk.commit()
    assert answers == [Accepted((3,))]
    assert [frame["type"] for frame in ben.heard] == ["events", "people"]
    assert [one["participant"] for one in room.people_list()] == ["anna", "carl"]
