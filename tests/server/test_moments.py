"""A time, an iteration: which version people mean by it."""

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from server.live.loading import DamagedError
from server.past.moments import utc, version_at, version_of
from server.storage.codec import Stored
from tests.server.memory_log import MemoryLog
from tests.server.scribe import AT, Scribe, opened

ITERATIONS: list[dict[str, Any]] = [{"id": "first", "to": 7}, {"id": "second", "to": None}]


class Counting(MemoryLog):
    """A log that counts how often it is asked."""

    asked = 0

    def events(self, room: str, after: int, limit: int) -> list[Stored]:
        """Count, and read."""
        self.asked += 1
        return super().events(room, after, limit)


@pytest.fixture
def log() -> Counting:
    log = Counting()
    scribe = opened(log)
    log.append([scribe.append(*(scribe.note() for _ in range(998)))])
    return log


def test_a_time_means_the_last_event_at_it_or_before(log: Counting) -> None:
    for version in (1, 2, 500, 999, 1_000):
        assert version_at(log, "room", AT.format(version), 1_000) == version
    assert version_at(log, "room", AT.format(0), 1_000) == 0
    assert version_at(log, "room", "0001-01-01T00:00:00.000000Z", 1_000) == 0
    assert version_at(log, "room", "9999-12-31T23:59:59.999999Z", 1_000) == 1_000
    assert version_at(log, "room", AT.format(900), 400) == 400
    log.asked = 0
    version_at(log, "room", AT.format(321), 1_000)
    assert log.asked <= 11


def test_of_events_at_one_time_the_last_is_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = Random(7)
    seconds = sorted(chance.randrange(12) for _ in range(60))
    times: Iterator[int] = iter(seconds)
    scribe, log = Scribe(), MemoryLog()
    monkeypatch.setattr("tests.server.scribe.AT", type("Given", (), {"format": lambda *_: AT.format(next(times))}))
    log.append([scribe.opening()])
    log.append([scribe.append(*(scribe.note() for _ in range(58)))])
    for second in range(12):
        expected = sum(one <= second for one in seconds)
        assert version_at(log, "room", AT.format(second), 60) == expected


def test_a_log_with_a_gap_is_damaged() -> None:
    log = MemoryLog()
    scribe = opened(log)
    notes = [scribe.note() for _ in range(5)]
    del notes[2]
    log.append([scribe.append(*notes)])
    with pytest.raises(DamagedError, match="version 5 is missing"):
        version_at(log, "room", AT.format(5), 7)


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("2026-01-31T09:30:00Z", "2026-01-31T09:30:00.000000Z"),
        ("2026-01-31t09:30:00.1234567z", "2026-01-31T09:30:00.123456Z"),
        ("2026-01-31T00:30:00.5+01:00", "2026-01-30T23:30:00.500000Z"),
        ("2026-01-31T00:30:00 01:00", "2026-01-30T23:30:00.000000Z"),
        ("2025-12-31T23:30:00-01:30", "2026-01-01T01:00:00.000000Z"),
        ("2026-01-31T09:30:00-00:00", "2026-01-31T09:30:00.000000Z"),
        ("0001-01-01T00:30:00Z", "0001-01-01T00:30:00.000000Z"),
        ("0001-01-01T12:30:00+01:00", "0001-01-01T11:30:00.000000Z"),
    ],
)
def test_a_time_is_read_in_any_offset(given: str, written: str) -> None:
    assert utc(given) == written


@pytest.mark.parametrize(
    "given",
    [
        *("", "today", "2026-01-31", "2026-01-31T09:30", "2026-01-31T09:30:00", "2026-02-30T09:30:00Z"),
        *("2026-01-31T24:00:00+01:00", "2026-01-31T09:30:00+24:00", "0001-01-01T00:30:00+01:00", "1769850000"),
    ],
)
def test_what_is_no_time_is_refused(given: str) -> None:
    with pytest.raises(ValueError, match="must be a time"):
        utc(given)


def test_an_iteration_means_its_closing_and_the_newest_version_while_it_is_open() -> None:
    assert version_of(ITERATIONS, "first", 20) == 7
    assert version_of(ITERATIONS, "second", 20) == 20
    assert version_of(ITERATIONS, "third", 20) is None
