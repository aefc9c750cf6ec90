"""The committer alone, with rooms that do nothing but gather."""

from collections.abc import Callable

import pytest

from server.storage.committer import Committer
from server.storage.log import Append, LogError
from tests.server.desk import HeldWriter


class Gathers:
    """A room, to the committer."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.learned: list[str] = []
        self.fault: Exception | None = None

    def take(self) -> Append:
        return Append(self.name, ())

    def committed(self) -> None:
        if self.fault is not None:
            raise self.fault
        self.learned.append("committed")

    def failed(self, error: LogError) -> None:
        if self.fault is not None:
            raise self.fault
        self.learned.append(str(error))

    def damage(self) -> None:
        self.learned.append("damaged")


def turn(turns: list[Callable[[], None]]) -> None:
    """Let everything happen that was put off."""
    while turns:
        turns.pop(0)()


@pytest.fixture
def writer() -> HeldWriter:
    return HeldWriter()


@pytest.fixture
def turns() -> list[Callable[[], None]]:
    return []


@pytest.fixture
def committer(writer: HeldWriter, turns: list[Callable[[], None]]) -> Committer:
    return Committer(writer, turns.append)


def test_what_is_ready_in_one_turn_is_one_batch(
    committer: Committer, writer: HeldWriter, turns: list[Callable[[], None]]
) -> None:
    birch, willow = Gathers("birch"), Gathers("willow")
    for room in (birch, willow, birch):
        committer.ready(room)
    assert not writer.holds
    turn(turns)
    assert turns == []
    assert [append.room for append in writer.batch] == ["birch", "willow"]


def test_one_batch_is_written_at_a_time(
    committer: Committer, writer: HeldWriter, turns: list[Callable[[], None]]
) -> None:
    birch, willow = Gathers("birch"), Gathers("willow")
    committer.ready(birch)
    turn(turns)
    committer.ready(willow)
    assert turns == []
    assert [append.room for append in writer.batch] == ["birch"]
    writer.report(None)
    turn(turns)
    assert birch.learned == ["committed"]
    assert [append.room for append in writer.batch] == ["willow"]
    writer.report(None)
    assert not writer.holds
    assert (committer.commits, committer.failures) == (2, 0)


def test_each_room_of_a_failed_batch_learns_why(
    committer: Committer, writer: HeldWriter, turns: list[Callable[[], None]]
) -> None:
    birch, willow = Gathers("birch"), Gathers("willow")
    committer.ready(birch)
    committer.ready(willow)
    turn(turns)
    writer.report(LogError("no room"))
    assert (birch.learned, willow.learned) == (["no room"], ["no room"])
    assert (committer.idle, committer.commits, committer.failures) == (True, 0, 1)


def test_a_room_that_withdraws_is_not_asked(
    committer: Committer, writer: HeldWriter, turns: list[Callable[[], None]]
) -> None:
    birch = Gathers("birch")
    committer.ready(birch)
    committer.withdraw(birch)
    turn(turns)
    assert not writer.holds
    committer.ready(birch)
    turn(turns)
    assert writer.holds


@pytest.mark.parametrize("error", [None, LogError("no room")])
def test_the_fault_of_one_room_keeps_no_other_one_waiting(
    committer: Committer, writer: HeldWriter, turns: list[Callable[[], None]], error: LogError | None
) -> None:
    birch, willow, later = Gathers("birch"), Gathers("willow"), Gathers("later")
    birch.fault = RuntimeError("a fault of ours")
    committer.ready(birch)
    committer.ready(willow)
    turn(turns)
    committer.ready(later)
    writer.report(error)
    turn(turns)
    assert birch.learned == ["damaged"]
    assert willow.learned == ["committed" if error is None else "no room"]
    assert [append.room for append in writer.batch] == ["later"]
