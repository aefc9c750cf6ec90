"""The thread that writes, on a log that fails on demand."""

import queue
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

import pytest

from server.storage.codec import Stored
from server.storage.log import Append, ConflictError, LogError
from server.storage.writing import ThreadWriter
from tests.server.memory_log import MemoryLog
from tests.server.scribe import Scribe, opened

Calls: TypeAlias = queue.SimpleQueue[Callable[[], None]]


class FailingLog(MemoryLog):
    """A log that fails before or after its commit, and can be made unreadable for some time."""

    def __init__(self) -> None:
        super().__init__()
        self.before: Exception | None = None
        self.after: Exception | None = None
        self.unreadable = 0
        self.asked: queue.SimpleQueue[int] = queue.SimpleQueue()

    def append(self, batch: Sequence[Append]) -> None:
        if self.before is not None:
            raise self.before
        super().append(batch)
        if self.after is not None:
            raise self.after

    def events(self, room: str, after: int, limit: int) -> list[Stored]:
        if self.unreadable:
            self.unreadable -= 1
            self.asked.put(self.unreadable)
            raise LogError("the disk can't be read")
        return super().events(room, after, limit)


@pytest.fixture
def log() -> FailingLog:
    return FailingLog()


@pytest.fixture
def scribe(log: FailingLog) -> Scribe:
    return opened(log)


@pytest.fixture
def calls() -> Calls:
    return queue.SimpleQueue()


@pytest.fixture
def writer(log: FailingLog, calls: Calls, monkeypatch: pytest.MonkeyPatch) -> Iterator[ThreadWriter]:
    monkeypatch.setattr("server.storage.writing.ASK_AGAIN", 0)
    writer = ThreadWriter(log, calls.put)
    yield writer
    writer.stop()


def outcome(writer: ThreadWriter, calls: Calls, append: Append) -> LogError | None:
    """Write, and wait until the writer says what became of it."""
    outcomes: list[LogError | None] = []
    writer.write([append], outcomes.append)
    calls.get(timeout=30)()
    return outcomes[0]


def test_what_was_written_is_called_written(
    log: FailingLog, scribe: Scribe, writer: ThreadWriter, calls: Calls
) -> None:
    assert outcome(writer, calls, scribe.append(scribe.note())) is None
    assert log.head("room").version == 3
    assert not writer.failing


@pytest.mark.parametrize("error", [LogError("no room"), RuntimeError("a fault of ours")])
def test_what_was_not_written_is_called_failed_and_the_next_one_is_written(
    log: FailingLog, scribe: Scribe, writer: ThreadWriter, calls: Calls, error: Exception
) -> None:
    append = scribe.append(scribe.note())
    log.before = error
    assert isinstance(outcome(writer, calls, append), LogError)
    assert writer.failing
    log.before = None
    assert outcome(writer, calls, append) is None
    assert not writer.failing


@pytest.mark.parametrize("error", [LogError("I/O"), ConflictError("its own"), RuntimeError("a fault of ours")])
def test_an_error_after_the_commit_got_through_is_no_failure(
    log: FailingLog, scribe: Scribe, writer: ThreadWriter, calls: Calls, error: Exception
) -> None:
    log.after = error
    assert outcome(writer, calls, scribe.append(scribe.note())) is None
    assert log.head("room").version == 3


def test_a_conflict_is_called_a_conflict_and_does_not_count_as_a_failing_log(
    log: FailingLog, scribe: Scribe, writer: ThreadWriter, calls: Calls
) -> None:
    late = Scribe()
    late.version, late.digest = scribe.version, scribe.digest
    log.append([scribe.append(scribe.note("First"))])
    assert isinstance(outcome(writer, calls, late.append(late.note("Second"))), ConflictError)
    assert not writer.failing


@pytest.mark.parametrize("stored", [False, True])
def test_while_the_log_can_not_be_read_it_goes_on_asking(
    log: FailingLog, scribe: Scribe, writer: ThreadWriter, calls: Calls, *, stored: bool
) -> None:
    log.before, log.after = (None, LogError("I/O")) if stored else (LogError("I/O"), None)
    log.unreadable = 5
    error = outcome(writer, calls, scribe.append(scribe.note()))
    assert (error is None) == stored
    assert log.unreadable == 0
    assert not writer.asking


def test_a_writer_that_is_stopped_while_it_asks_ends_and_says_nothing(
    log: FailingLog, scribe: Scribe, writer: ThreadWriter, calls: Calls
) -> None:
    log.after = LogError("I/O")
    log.unreadable = 10**9
    outcomes: list[LogError | None] = []
    writer.write([scribe.append(scribe.note())], outcomes.append)
    log.asked.get(timeout=30)
    assert writer.asking
    writer.stop()
    assert calls.empty()
    assert outcomes == []


def test_a_writer_that_is_stopped_finishes_what_was_handed_over(
    log: FailingLog, scribe: Scribe, writer: ThreadWriter, calls: Calls
) -> None:
    for _ in range(3):
        writer.write([scribe.append(scribe.note())], lambda _: None)
    writer.stop()
    assert log.head("room").version == 5
    assert calls.qsize() == 3
