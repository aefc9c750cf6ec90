import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from eventsourcing.sqlite import SQLiteConnection

from domain.events import EVENTS
from server.storage.log import Log, LogError
from server.storage.store import WHOLE, SQLiteLog
from tests.server.log_contract import LogContract, Place
from tests.server.scribe import opened


class Folder:
    """A place on the disk."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.file, self._patch = folder / "kern.db", patch
        self.logs: list[SQLiteLog] = []

    def open(self) -> SQLiteLog:
        self.logs.append(SQLiteLog(self.file))
        return self.logs[-1]

    @contextmanager
    def at_commit(self, log: Log, call: Callable[[], None]) -> Iterator[None]:
        assert isinstance(log, SQLiteLog)
        commit = SQLiteConnection.commit

        def commit_after(connection: SQLiteConnection) -> None:
            call_as_sqlite(call)
            commit(connection)

        with self._patch.context() as patch:
            patch.setattr(SQLiteConnection, "commit", commit_after)
            yield


def call_as_sqlite(call: Callable[[], None]) -> None:
    """Call, and fail as SQLite does."""
    try:
        call()
    except LogError as error:
        raise sqlite3.OperationalError(str(error)) from error


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Folder]:
    place = Folder(tmp_path, monkeypatch)
    yield place
    for log in place.logs:
        log.close()


class TestSQLiteLog(LogContract):
    @pytest.fixture
    def place(self, folder: Folder) -> Place:
        return folder


def test_what_was_committed_is_there_after_the_file_was_closed(folder: Folder) -> None:
    first = folder.open()
    opened(first)
    folder.logs.remove(first)
    first.close()
    again = folder.open()
    assert again.head("room").version == 2
    assert [person.participant for person in again.people("room")] == ["anna"]


def test_a_fact_is_what_it_was_when_it_was_first_asked_for(folder: Folder) -> None:
    log = folder.open()
    assert log.fact("epoch", "one") == "one"
    assert log.fact("epoch", "two") == "one"


def test_another_program_that_holds_the_file_makes_writing_fail_and_reading_go_on(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.storage.recorder.LOCK_TIMEOUT", 0.01)
    log = folder.open()
    scribe = opened(log)
    other = sqlite3.connect(folder.file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    append = scribe.append(scribe.note())
    with pytest.raises(LogError):
        log.append([append])
    assert log.head("room").version == 2
    other.execute("ROLLBACK")
    other.close()
    log.append([append])
    assert log.head("room").version == 3


def test_a_log_that_was_damaged_says_so_as_a_log_does(folder: Folder) -> None:
    log = folder.open()
    opened(log)
    with pytest.raises(LogError):
        log._rows("SELECT * FROM what_is_not_there")  # noqa: SLF001 - any error of the database is the log's


def test_deleted_texts_are_overwritten_and_commits_are_synced(folder: Folder) -> None:
    log = folder.open()
    with log._writing.transaction(commit=False) as cursor:  # noqa: SLF001 - what the writing connection was told
        found = []
        for pragma in ("synchronous", "secure_delete", "journal_mode"):
            cursor.execute(f"PRAGMA {pragma}")
            found.append(cursor.fetchone()[0])
    assert found == [2, 1, "wal"]


@pytest.mark.parametrize("kind", EVENTS)
def test_an_activity_that_an_event_is_about_is_the_first_member_of_its_data(kind: str) -> None:
    """The log looks for it there; the others, which name activities somewhere, it reads whole."""
    names = " ".join(nested(EVENTS[kind].model_json_schema()))
    if "activit" in names or "unlinked" in names:
        assert kind in WHOLE or min(EVENTS[kind].model_fields) == "activity"
    else:
        assert kind not in WHOLE


def nested(schema: Any) -> Iterator[str]:  # noqa: ANN401 - walks any JSON
    """Give the names of all members, also of those within others."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        schema = list(schema.values())
    if isinstance(schema, list):
        for part in schema:
            yield from nested(part)
