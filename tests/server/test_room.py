"""One room, whose commits succeed and fail by hand."""

from collections.abc import Callable
from typing import Any

import pytest

from domain import events as e
from domain.events import Recorded
from domain.evolve import evolve
from server import loading
from server.answers import Accepted, Answer, Duplicate, NotStored, Refused, Unchanged
from server.frames import Frame
from server.log import Append, ConflictError, LogError
from server.pace import Pace
from server.protocol import Hello
from server.room import Room
from server.session import Session
from tests.server.desk import Desk, Listener, NoCache, add_note, ask, listener
from tests.server.scribe import Scribe, new_id, person

REUSED = Refused("command_reused")
FULL = LogError("no room on the disk")


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def room(desk: Desk) -> Room:
    return desk.open()


@pytest.fixture
def ben(room: Room) -> Listener:
    return listener(room)


def join(room: Room, who: str) -> list[Answer]:
    answers: list[Answer] = []
    joined = e.ParticipantJoined(participant=who, role="participant")
    room.record((joined,), who, answers.append, people=[person(who)], invites=[])
    return answers


def elsewhere(desk: Desk, *, command: str | None = None) -> Scribe:
    """Have another server write to the room."""
    head = desk.log.head("room")
    scribe = Scribe()
    scribe.version, scribe.digest = head.version, head.digest.hex()
    desk.log.append([scribe.append(scribe.note("From elsewhere", command=command))])
    return scribe


# ---- one commit, one frame; the gate


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


# ---- failures


def test_after_a_failure_nobody_saw_anything_and_the_senders_are_told(desk: Desk, room: Room, ben: Listener) -> None:
    flying, joining = add_note(room), join(room, "carl")
    desk.take()
    gathering, rejected = add_note(room), ask(room, "retire_activity", activity=new_id())
    desk.fail(FULL)
    told = [answers.pop() for answers in (flying, gathering, joining, rejected)]
    assert all(isinstance(answer, NotStored) for answer in told)
    assert ben.heard == []
    meanwhile = add_note(room)
    assert isinstance(meanwhile[0], NotStored)
    desk.reload()
    assert add_note(room) == []
    desk.commit()
    assert ben.versions() == [3]
    assert desk.log.head("room").version == 3


def test_a_log_that_can_not_be_read_after_a_failure_is_read_later(desk: Desk, room: Room) -> None:
    add_note(room)
    desk.fail(FULL)
    desk.reloads.clear()
    room.reloaded(None)
    assert desk.reloads == [room]
    desk.reload()
    add_note(room)
    desk.commit()
    assert room.version == 3


def test_on_a_conflict_commands_are_decided_again(desk: Desk, room: Room, ben: Listener) -> None:
    elsewhere(desk)
    answers = add_note(room, "Ours")
    desk.fail(ConflictError("version 3"))
    assert answers == []
    desk.reload()
    desk.commit()
    assert answers == []
    assert [event.words for event in desk.log.events("room", 2, 9)] == [("From elsewhere",), ("Ours",)]
    assert [message["type"] for message in ben.heard] == ["resync", "events"]
    assert ben.versions() == [4]


def test_on_a_conflict_a_command_that_went_elsewhere_too_is_a_duplicate(desk: Desk, room: Room) -> None:
    command = new_id()
    add_note(room, id_=command)
    desk.take()
    desk.log.append(desk.writer.batch)
    again = desk.load()
    assert again.version == 3
    answers = add_note(room)
    desk.fail(ConflictError("version 3"))
    desk.reload()
    desk.commit()
    assert desk.log.head("room").version == 4
    assert answers == []


def test_on_a_conflict_whatever_waits_is_decided_again_and_nothing_is_called_not_stored(desk: Desk, room: Room) -> None:
    """Also what comes while the room goes back to the log: it may be among what is decided again."""
    elsewhere(desk)
    undone = ask(room, "undo", by="ben")
    command, note = new_id(), new_id()
    made = add_note(room, id_=command, note=note)
    repeated = add_note(room, id_=command, note=note)
    rejected = add_note(room, note=note)
    desk.fail(ConflictError("version 3"))
    meanwhile = add_note(room, id_=command, note=note)
    assert (made, repeated, rejected, meanwhile) == ([], [], [], [])
    desk.reload()
    desk.commit()
    assert (made, repeated, meanwhile) == ([], [Duplicate((4,))], [Duplicate((4,))])
    assert [type(answer) for answer in (*undone, *rejected)] == [Refused, Refused]
    assert room.version == 4


def test_commands_in_conflict_keep_their_order(desk: Desk, room: Room) -> None:
    elsewhere(desk)
    for text in ("one", "two"):
        add_note(room, text)
    desk.take()
    add_note(room, "three")
    desk.fail(ConflictError("version 3"))
    desk.reload()
    desk.commit()
    assert [event.words for event in desk.log.events("room", 3, 9)] == [("one",), ("two",), ("three",)]


# ---- faults of ours


class Poison:
    """An evolve that fails on a note that says so."""

    def __call__(self, workshop: Any, recorded: Recorded) -> Any:  # noqa: ANN401 - as evolve has it
        if isinstance(recorded.event, e.NoteAdded) and recorded.event.text == "poison":
            raise RuntimeError("a fault of ours")
        return evolve(workshop, recorded)


def test_a_fault_in_the_middle_of_a_change_sends_the_room_back_to_the_log(
    desk: Desk, room: Room, ben: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.room.evolve", Poison())
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
    monkeypatch.setattr("server.room.evolve", Poison())
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
    monkeypatch.setattr("server.room.evolve", Poison())
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


# ---- what was sent before


def committed(desk: Desk, _: Room) -> None:
    desk.commit()


def flying(desk: Desk, _: Room) -> None:
    desk.take()


def gathering(_: Desk, __: Room) -> None:
    return


def indexed(desk: Desk, room: Room) -> None:
    """So many commands later that it is in the index, and not among those of late any more."""
    for _ in range(3):
        for _ in range(256):
            add_note(room)
        desk.commit()
    add_note(room)
    desk.commit()


@pytest.mark.parametrize("where", [gathering, flying, committed, indexed])
def test_a_command_that_was_sent_before_makes_nothing_wherever_it_is(
    desk: Desk, room: Room, where: Callable[[Desk, Room], None]
) -> None:
    command, note = new_id(), new_id()
    add_note(room, id_=command, note=note)
    where(desk, room)
    again = add_note(room, id_=command, note=note)
    changed = add_note(room, "Another text", id_=command, note=note)
    stolen = ask(room, "add_note", by="ben", id_=command, note=note, block="channels", text="A wall")
    desk.commit()
    assert again == [Duplicate((3,))]
    assert (changed, stolen) == ([REUSED], [REUSED])
    assert [event.version for event in desk.log.events("room", 2, 999) if command.encode() in event.body] == [3]


def test_commands_go_into_the_index_many_at_a_time_and_stay_known_after_a_reload(desk: Desk, room: Room) -> None:
    commands = [(new_id(), new_id()) for _ in range(300)]
    for number, (command, note) in enumerate(commands):
        add_note(room, id_=command, note=note)
        if number == 254:
            desk.commit()
            add_note(room)
            desk.commit()
            assert desk.log.indexed("room") == []
    desk.commit()
    add_note(room)
    desk.commit()
    assert len(desk.log.indexed("room")) >= 256
    again = desk.load()
    for command, note in commands:
        answers = add_note(again, id_=command, note=note)
        assert isinstance(answers[0], Duplicate)
    assert add_note(again) == []


def test_a_duplicate_of_several_events_names_them_all(desk: Desk, room: Room) -> None:
    stroke, note = new_id(), new_id()
    add_note(room, note=note)
    desk.commit()
    for text in ("A wa", "A wall o"):
        ask(room, "reword_note", note=note, text=text, base=room.version, stroke=stroke)
        desk.commit()
    command = new_id()
    ask(room, "undo", id_=command)
    desk.commit()
    made = tuple(one.version for one in desk.log.events("room", 0, 99) if command.encode() in one.body)
    assert ask(room, "undo", id_=command) == [Duplicate(made)]


def test_a_rejected_command_leaves_no_trace(desk: Desk, room: Room) -> None:
    command = new_id()
    assert ask(room, "undo", id_=command) == [Refused("nothing_to_undo")]
    assert add_note(room, id_=command) == []
    desk.commit()
    assert room.version == 3


def test_what_can_not_be_looked_up_waits_in_order_and_is_never_called_not_stored(
    desk: Desk, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    command, note = new_id(), new_id()
    add_note(room, id_=command, note=note)
    desk.commit()

    def unreadable(*_: object) -> bytes:
        raise LogError("the disk can't be read")

    with monkeypatch.context() as patch:
        patch.setattr(desk.log, "salt", unreadable)
        again, other = add_note(room, id_=command, note=note), add_note(room, "behind it")
        assert not room.quiet
        desk.timers.pop()()
        assert (again, other) == ([], [])
    desk.timers.pop()()
    desk.commit()
    assert again == [Duplicate((3,))]
    assert room.version == 4


# ---- old texts


def test_a_rewording_of_a_text_as_it_stood_long_ago_is_merged(
    desk: Desk, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = new_id()
    add_note(room, "red wall", note=note)
    desk.commit()
    base = room.version
    for number in range(200):
        ask(room, "reword_note", note=note, text=f"red wall {number}", base=room.version)
        desk.commit()
    looked: list[int] = []
    text_events = desk.log.text_events

    def spied(id_: str, thing: str, upto: int) -> Any:  # noqa: ANN401 - as the log has it
        looked.append(upto)
        return text_events(id_, thing, upto)

    monkeypatch.setattr(desk.log, "text_events", spied)
    ask(room, "reword_note", note=note, text="blue wall", base=base)
    desk.commit()
    assert room.canvas["notes"][note]["text"] == "blue wall 199"
    assert looked == [base]


def test_an_old_text_that_can_not_be_looked_up_leaves_the_command_not_stored(
    desk: Desk, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = new_id()
    add_note(room, note=note)
    for number in range(200):
        ask(room, "reword_note", note=note, text=f"Wall {number}", base=room.workshop.version)
    desk.commit()

    def unreadable(*_: object) -> Any:  # noqa: ANN401 - it answers nothing
        raise LogError("the disk can't be read")

    monkeypatch.setattr(desk.log, "text_events", unreadable)
    answers = ask(room, "reword_note", note=note, text="Walls", base=3)
    assert isinstance(answers[0], NotStored)


def test_a_batch_says_who_joined_with_it(desk: Desk, room: Room) -> None:
    join(room, "carl")
    desk.take()
    append: Append = desk.writer.batch[0]
    assert [one.participant for one in append.people] == ["carl"]
    assert [stored.kind for stored in append.events] == ["ParticipantJoined"]


# ---- out of service


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
