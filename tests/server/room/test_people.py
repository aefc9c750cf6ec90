"""Roles that change, and people who are removed, while the room is live."""

from domain import events as e
from server.live.room import Room
from server.storage.log import ConflictError, LogError
from server.wire.answers import Refused
from tests.server.desk import Desk, Listener, add_note, ask, elsewhere, join, listener
from tests.server.scribe import new_id


def with_carl(desk: Desk, room: Room) -> Listener:
    join(room, "carl")
    desk.commit()
    return listener(room, "carl")


def heard(somebody: Listener) -> list[str]:
    return [message["type"] for message in somebody.heard]


def test_who_is_removed_gets_the_event_and_is_then_sent_away(desk: Desk, room: Room, ben: Listener) -> None:
    carl = with_carl(desk, room)
    ask(room, "remove_person", participant="carl")
    desk.take()
    assert (carl.heard, carl.dismissed, room.people_list()[1].get("removed")) == ([], None, None)
    desk.commit()
    assert (heard(carl), carl.dismissed) == (["events"], 4403)
    assert heard(ben)[-2:] == ["events", "people"]
    assert ben.heard[-1]["people"] == room.people_list()
    assert room.people_list()[1] == {
        "participant": "carl",
        "name": "Carl",
        "role": "participant",
        "removed": True,
    }


def test_what_they_had_under_way_is_not_allowed(desk: Desk, room: Room) -> None:
    with_carl(desk, room)
    ask(room, "remove_person", participant="carl")
    desk.take()
    late = ask(room, "add_note", by="carl", note=new_id(), block="channels", text="Late")
    desk.commit()
    assert [(answer.code, answer.data) for answer in late if isinstance(answer, Refused)] == [("not_allowed", {})]
    assert room.version == 4


def test_what_was_decided_before_the_removal_stands(desk: Desk, room: Room) -> None:
    carl = with_carl(desk, room)
    ask(room, "add_note", by="carl", note=new_id(), block="channels", text="In time")
    ask(room, "remove_person", participant="carl")
    desk.commit()
    assert [note["by"] for note in room.canvas["notes"].values()] == ["carl"]
    assert carl.versions() == [4, 5]


def test_nobody_is_sent_away_by_what_was_not_stored(desk: Desk, room: Room) -> None:
    carl = with_carl(desk, room)
    ask(room, "remove_person", participant="carl")
    desk.fail(LogError("no room on the disk"))
    desk.reload()
    assert carl.dismissed is None
    assert not room.removed("carl")
    answers = ask(room, "change_role", participant="carl", role="participant")
    assert [type(answer).__name__ for answer in answers] == ["Unchanged"]


def test_a_new_role_is_told_to_all_and_outlives_a_removal_and_a_restart(desk: Desk, room: Room, ben: Listener) -> None:
    carl = with_carl(desk, room)
    ask(room, "change_role", participant="carl", role="observer")
    desk.commit()
    assert heard(carl) == ["events", "people"]
    assert room.people_list()[1] == {"participant": "carl", "name": "Carl", "role": "observer"}
    ask(room, "remove_person", participant="carl")
    desk.commit()
    gone = {"participant": "carl", "name": "Carl", "role": "observer", "removed": True}
    assert ben.heard[-1]["people"][1] == gone
    again = desk.load()
    assert again.people_list() == room.people_list()
    assert again.removed("carl")


def test_a_role_that_changes_with_the_joining_is_kept_too(desk: Desk, room: Room) -> None:
    join(room, "carl")
    ask(room, "change_role", participant="carl", role="facilitator")
    ask(room, "remove_person", participant="carl")
    desk.commit()
    assert [(one["role"], one.get("removed")) for one in desk.load().people_list()] == [
        ("facilitator", None),
        ("facilitator", True),
    ]


def test_who_was_removed_by_another_server_is_sent_away_when_the_room_learns_of_it(desk: Desk, room: Room) -> None:
    carl, ben = with_carl(desk, room), listener(room)
    elsewhere(desk, e.ParticipantRemoved(participant="carl"))
    add_note(room)
    desk.fail(ConflictError("version 4"))
    desk.reload()
    desk.commit()
    assert (carl.heard, carl.dismissed) == ([], 4403)
    assert heard(ben) == ["resync", "events"]
    assert room.people_list()[1]["removed"] is True
