"""`kern verify` for an export and for a room of a data folder, beside a running server too."""

import io
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import orjson
import pytest

from domain import events as e
from server.cli import main
from server.commands import verifying
from server.storage.folder import log_file
from server.storage.log import ErasureKept, Redaction
from server.storage.store import SQLiteLog
from tests.server.log_contract import taken_out
from tests.server.played import Played, played
from tests.server.scribe import new_id, opened
from tests.support.process import Server


@pytest.fixture(scope="module")
def story() -> Played:
    return played(5)


@pytest.fixture
def folder(tmp_path: Path, story: Played) -> Path:
    """A data folder with the room that was played, and another."""
    log = SQLiteLog(log_file(tmp_path))
    story.write(log)
    played(6, 50).write(log, room="other")
    log.close()
    return tmp_path


@pytest.fixture
def database(folder: Path) -> Iterator[sqlite3.Connection]:
    database = sqlite3.connect(log_file(folder), isolation_level=None)
    yield database
    database.close()


def verified(named: str, folder: Path) -> int:
    return main(["verify", named, "--data", str(folder)])


def exported(folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> bytes:
    assert main(["export", "room", "--data", str(folder)]) == 0
    return capfdbinary.readouterr().out


def test_a_room_and_its_export_hold_and_say_the_same_digest(
    folder: Path, story: Played, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = folder / "log.jsonl"
    content = exported(folder, capfdbinary)
    file.write_bytes(content)
    expected = f"{story.head} events hold; the digest of the newest is {story.stored[-1].digest.hex()}\n".encode()
    assert (verified("room", folder), capfdbinary.readouterr().out) == (0, expected)
    assert (verified(str(file), folder / "elsewhere"), capfdbinary.readouterr().out) == (0, expected)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert (verified("-", folder / "elsewhere"), capfdbinary.readouterr().out) == (0, expected)


def test_an_export_that_was_altered_is_named_with_the_version(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    lines = exported(folder, capfdbinary).splitlines(keepends=True)
    file = folder / "log.jsonl"
    file.write_bytes(b"".join([*lines[:40], *lines[43:]]))
    assert (verified(str(file), folder), capfdbinary.readouterr().out) == (1, b"broken at version 41: it is missing\n")
    file.write_bytes(b"")
    assert verified(str(file), folder) == 1
    assert capfdbinary.readouterr().out.startswith(b"broken at version 1: ")


EVENT = "WHERE originator_id = 'room' AND originator_version = ?"
TEXT = "WHERE room = 'room' AND version = ?"
HARMS = {
    "another byte": "UPDATE stored_events SET state = CAST(replace(state, '\"by\":', '\"by\" :') AS BLOB) EVENT",
    "another digest": "UPDATE stored_events SET state = CAST(zeroblob(32) || substr(state, 33) AS BLOB) EVENT",
    "no bytes": "UPDATE stored_events SET state = 'words' || CAST(x'ff' AS VARCHAR) EVENT",
    "no body": "UPDATE stored_events SET state = NULL EVENT",
    "another type": "UPDATE stored_events SET topic = 'CanvasLocked' EVENT",
    "another room": "UPDATE stored_events SET originator_id = 'elsewhere' EVENT",
    "a missing event": "DELETE FROM stored_events EVENT",
    "another text": "UPDATE words SET texts = replace(texts, '\"]', '!\"]') TEXT",
    "a text too many": "UPDATE words SET texts = replace(texts, '\"]', '\",\"x\"]') TEXT",
    "a text that is none": "UPDATE words SET texts = '[1]' TEXT",
    "texts that are none": "UPDATE words SET texts = '[' TEXT",
    "another salt": "UPDATE words SET salt = zeroblob(16) TEXT",
    "missing texts": "DELETE FROM words TEXT",
}


@pytest.mark.parametrize("harm", HARMS)
def test_whatever_is_altered_in_a_folder_is_named_with_the_version(
    folder: Path, database: sqlite3.Connection, capsys: pytest.CaptureFixture[str], story: Played, harm: str
) -> None:
    version = next(stored.version for stored in story.stored[100:] if stored.words is not None)
    assert database.execute(HARMS[harm].replace("EVENT", EVENT).replace("TEXT", TEXT), (version,)).rowcount == 1
    assert verified("room", folder) == 1
    assert capsys.readouterr().out.startswith(f"broken at version {version}: ")
    assert verified("other", folder) == 0


def test_texts_of_an_event_without_any_and_texts_without_an_event_are_found(
    folder: Path, database: sqlite3.Connection, capsys: pytest.CaptureFixture[str], story: Played
) -> None:
    wordless = next(stored.version for stored in story.stored if stored.words is None)
    database.execute("INSERT INTO words VALUES ('room', ?, zeroblob(16), '[]')", (wordless,))
    assert verified("room", folder) == 1
    assert capsys.readouterr().out.startswith(f"broken at version {wordless}: ")
    database.execute("DELETE FROM words WHERE version = ?", (wordless,))
    last = max(stored.version for stored in story.stored if stored.words is not None)
    database.execute("DELETE FROM stored_events WHERE originator_id = 'room' AND originator_version >= ?", (last,))
    assert verified("room", folder) == 1
    assert capsys.readouterr().out == f"broken at version {last}: it is missing, though later texts are there\n"


def test_it_says_how_far_it_is(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, story: Played
) -> None:
    monkeypatch.setattr(verifying, "PROGRESS", 0)
    monkeypatch.setattr(verifying, "PAGE", 100)
    assert verified("room", folder) == 0
    assert capsys.readouterr().err.startswith(f"100 of {story.head} events\n200 of {story.head} events\n")


def test_what_is_neither_a_file_nor_a_room_is_told_in_a_sentence(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verified("nowhere", folder) == 1
    assert "neither a file nowhere nor a room of that id" in capsys.readouterr().err
    assert verified("nowhere", folder / "elsewhere") == 1
    assert "neither a file nowhere nor data in" in capsys.readouterr().err
    assert not (folder / "elsewhere").exists()


def test_a_room_is_checked_beside_a_running_server(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    server = Server(tmp_path / "data").start()
    try:
        made = server.http.call("POST", "/api/rooms", {"title": "Bricks", "template": "lego"}).json
        assert verified(made["room"], Path(server.data)) == 0
        told = server.http.get(f"/api/rooms/{made['room']}/audit", made["token"])
        assert f"{told['version']} events hold; the digest of the newest is {told['head']}" in capsys.readouterr().out
    finally:
        server.kill()


def test_a_text_that_is_gone_without_a_redaction_that_says_so_is_told(
    folder: Path, database: sqlite3.Connection, capsys: pytest.CaptureFixture[str]
) -> None:
    """Rule R5, for the rows of a data folder: also where a redaction names another text."""
    version, texts = database.execute(
        "SELECT version, texts FROM words WHERE room = 'room' ORDER BY version LIMIT 1 OFFSET 1"
    ).fetchone()
    blank = b"[" + b",".join([b"0"] * len(orjson.loads(texts))) + b"]"
    database.execute(
        "UPDATE words SET salt = zeroblob(16), texts = ? WHERE room = 'room' AND version = ?",
        (blank.ljust(len(texts)), version),
    )
    database.execute("INSERT INTO redacted VALUES ('room', ?, '{}', '{\"/text\":9}', 9)", (version,))
    assert verified("room", folder) == 1
    assert f"broken at version {version}" in capsys.readouterr().out


TAKEN = {
    "nothing is kept": ("DELETE FROM redacted", ""),
    "the salt of a text that stays is missing": ("UPDATE redacted SET salts = CAST('{}' AS BLOB)", ""),
    "the salt of a text that stays is another": (
        "UPDATE redacted SET salts = CAST(json_set(salts, '$.\"/title\"', '0') AS BLOB)",
        "the text of /title",
    ),
    "a salt too many": ("UPDATE redacted SET salts = CAST(json_set(salts, '$.\"/details\"', '0') AS BLOB)", ""),
    "of another text": ("UPDATE redacted SET since = CAST('{\"/title\":4}' AS BLOB)", ""),
    "of no text": ('UPDATE words SET texts = CAST(\'["Jan","Keep"]\' AS BLOB) WHERE version = 3', ""),
}
"""What is done to what is kept, and what is said of it."""


@pytest.mark.parametrize("harm", TAKEN)
def test_what_is_kept_of_texts_that_were_taken_out_is_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], harm: str
) -> None:
    """A reader can't do without it: where it is not right, the room is damaged, so the log is broken there."""
    card = e.ActivityAdded(activity=new_id(), title="Keep", category=None, after=None, details="Jan")
    room_without(tmp_path, card, "/details")
    assert verified("room", tmp_path) == 0
    done, said = TAKEN[harm]
    with closing(sqlite3.connect(log_file(tmp_path), isolation_level=None)) as database:
        assert database.execute(done).rowcount == 1
    capsys.readouterr()
    assert verified("room", tmp_path) == 1
    assert capsys.readouterr().out.startswith(f"broken at version 3: {said}")


def test_that_all_texts_of_an_event_were_taken_out_is_checked_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    room_without(tmp_path, e.NoteAdded(note=new_id(), block="channels", text="Jan", after=None), "/text")
    assert verified("room", tmp_path) == 0
    with closing(sqlite3.connect(log_file(tmp_path), isolation_level=None)) as database:
        database.execute("DELETE FROM redacted")
    capsys.readouterr()
    assert verified("room", tmp_path) == 1
    assert capsys.readouterr().out.startswith("broken at version 3: ")


def room_without(folder: Path, fact: e.Event, pointer: str) -> None:
    """Make a room in whose third event a text was taken out."""
    log = SQLiteLog(log_file(folder))
    scribe = opened(log)
    log.append([scribe.append(scribe.seal(fact))])
    redaction = Redaction({3: [pointer]}, 4, ErasureKept("e1", "{}"))
    log.append([replace(scribe.append(taken_out(scribe, 3, pointer)), redaction=redaction)])
    log.close()
