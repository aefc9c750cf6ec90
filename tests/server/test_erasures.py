"""The file that remembers what was erased, and the erasing that follows it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import orjson
import pytest

from domain import events as e
from server.commands.erase import caught_up, erase
from server.erasing.eraser import Eraser
from server.past.history import History
from server.storage.cache import Snapshot
from server.storage.erasures import Erasure, ErasuresFile, Text
from server.storage.folder import FolderError, alone, history_file, log_file, opened
from server.storage.log import Append, ErasureKept, LogError, PersonKept, Redaction
from server.storage.store import SQLiteLog
from tests.server.scribe import EPOCH, Scribe
from tests.server.scribe import opened as opened_room

WILHELMINA = PersonKept("w1", "Wilhelmina", "participant", b"w" * 32)
AT = "2026-01-31T09:30:00.000000Z"


def erasure(id_: str = "e1", participant: str = "w1") -> Erasure:
    return Erasure(id=id_, at=AT, room="room", participant=participant)


@contextmanager
def eraser(folder: Path, file: ErasuresFile) -> Iterator[tuple[Eraser, SQLiteLog]]:
    with opened(folder) as (log, cache):
        history = History(history_file(folder))
        try:
            yield Eraser(log, cache, history, file, EPOCH, lambda: AT), log
        finally:
            history.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with one room, in which Wilhelmina is the second who joined."""
    data = tmp_path / "data"
    data.mkdir()
    with opened(data) as (log, _):
        joined = opened_room(log).seal(e.ParticipantJoined(participant="w1", role="participant"), by="w1")
        log.append([Append("room", (joined,), people=(WILHELMINA,))])
    return data


def test_a_line_that_was_cut_off_counts_for_nothing_and_spoils_nothing(tmp_path: Path) -> None:
    file = ErasuresFile(tmp_path / "apart" / "erasures.jsonl")
    assert file.read() == []
    file.add([erasure()])
    with file.path.open("a") as torn:
        torn.write('{"id":"e2","at"')
    assert file.read() == [erasure()]
    file.add([erasure("e3")])
    assert file.read() == [erasure(), erasure("e3")]


def test_each_erasure_is_in_the_file_once(tmp_path: Path) -> None:
    file = ErasuresFile(tmp_path / "erasures.jsonl")
    file.add([erasure()])
    file.add([erasure(), erasure("e2")])
    assert [one.id for one in file.read()] == ["e1", "e2"]
    assert file.path.stat().st_mode & 0o077 == 0


def test_a_file_that_is_none_is_told_and_nothing_is_served(folder: Path, tmp_path: Path) -> None:
    file = ErasuresFile(tmp_path / "erasures.jsonl")
    file.path.write_text('{"what": "ever"}\n')
    with eraser(folder, file) as (one, _), pytest.raises(LogError, match="line 1"):
        one.begin()


def test_what_was_erased_is_in_no_file_and_what_is_left_is_told(folder: Path) -> None:
    file = ErasuresFile(folder / "erasures.jsonl")
    assert holding(folder, b"Wilhelmina")
    with eraser(folder, file) as (one, log):
        one.name("room", "w1")
        assert log.unsettled() == log.erasures() != []
        assert file.read() == []
        one.settle()
        assert log.unsettled() == []
        assert [person.name for person in log.people("room")] == ["Anna", ""]
        assert holding(folder, b"Wilhelmina") == []
    assert holding(folder, b"Wilhelmina") == []
    assert [told.participant for told in file.read()] == ["w1"]


def test_what_a_crash_came_between_is_made_up_for(folder: Path) -> None:
    file = ErasuresFile(folder / "erasures.jsonl")
    with eraser(folder, file) as (one, _):
        one.name("room", "w1")
    with eraser(folder, file) as (one, log):
        one.begin()
        assert (log.unsettled(), len(file.read())) == ([], 1)


def test_a_text_that_a_crash_left_in_what_was_made_of_it_is_gone_before_anything_is_served(folder: Path) -> None:
    """The log has forgotten it already; a snapshot and the revisions have not."""
    file = ErasuresFile(folder / "erasures.jsonl")
    with eraser(folder, file) as (one, log):
        scribe = Scribe()
        scribe.version, scribe.digest = 3, log.head("room").digest.hex()
        note = scribe.note("Call Jan Jansen")
        log.append([scribe.append(note)])
        with opened(folder) as (_, cache):
            cache.put("room", Snapshot(4, note.digest, b'{"Call Jan Jansen":1}'))
        taken = Text(version=4, pointer="/text", commitment=orjson.loads(note.body)["data"]["text"])
        kept = Erasure(id="e1", at=AT, room="room", by="a1", texts=(taken,))
        event = scribe.seal(e.TextRedacted(version=4, pointer="/text", reason="A name", also=()))
        redaction = Redaction({4: ["/text"]}, 5, ErasureKept("e1", kept.encoded()))
        log.append([Append("room", (event,), redaction=redaction)])
        one.begin()
        assert (log.unsettled(), log.redacted_at("room")) == ([], 5)
        assert holding(folder, b"Jan Jansen") == []
    with opened(folder) as (_, cache):
        assert cache.nearest("room", 10) is None


def test_a_text_is_told_by_what_it_was_committed_to(folder: Path) -> None:
    """Another log may have another text in that place."""
    file = ErasuresFile(folder / "erasures.jsonl")
    with eraser(folder, file) as (one, log):
        others = Text(version=1, pointer="/title", commitment="0" * 64)
        beyond = Text(version=99, pointer="/title", commitment="0" * 64)
        file.add([Erasure(id="e1", at=AT, room="room", texts=(others, beyond))])
        file.add([Erasure(id="e2", at=AT, room="elsewhere", texts=(others,))])
        one.begin()
        assert (log.head("room").version, log.redacted_at("room"), log.unsettled()) == (3, 0, [])
        assert len(log.erasures()) == 2


def test_beside_live_rooms_texts_wait_for_the_next_start(folder: Path) -> None:
    with eraser(folder, ErasuresFile(folder / "erasures.jsonl")) as (one, log):
        title = orjson.loads(log.events("room", 0, 1)[0].body)["data"]["title"]
        one.file.add(
            [Erasure(id="e1", at=AT, room="room", texts=(Text(version=1, pointer="/title", commitment=title),))]
        )
        assert one.catch_up(names_alone=True) == []
        assert log.redacted_at("room") == 0
        one.begin()
        assert log.redacted_at("room") == 4


def test_an_older_backup_brings_no_name_back(folder: Path, tmp_path: Path) -> None:
    """With the file apart, and with the folder's own where only the log was put back."""
    backup = tmp_path / "backup"
    shutil.copytree(folder, backup)
    for file in (ErasuresFile(tmp_path / "erasures.jsonl"), ErasuresFile(folder / "erasures.jsonl")):
        with eraser(folder, file) as (one, _):
            one.begin()
            one.name("room", "w1")
            one.settle()
        shutil.copy(log_file(backup), log_file(folder))
        assert holding(folder, b"Wilhelmina")
        caught_up(folder, ErasuresFile(file.path))
        assert holding(folder, b"Wilhelmina") == []
        file.path.unlink()
        shutil.copy(log_file(backup), log_file(folder))


def test_a_name_that_was_taken_since_stays(folder: Path) -> None:
    file = ErasuresFile(folder / "erasures.jsonl")
    with eraser(folder, file) as (one, log):
        one.name("room", "w1")
        one.settle()
        log.rename("room", "w1", "Mina")
    with eraser(folder, ErasuresFile(file.path)) as (one, log):
        one.begin()
        assert [person.name for person in log.people("room")] == ["Anna", "Mina"]


def test_a_file_that_was_lost_is_written_anew(folder: Path, tmp_path: Path) -> None:
    with eraser(folder, ErasuresFile(folder / "erasures.jsonl")) as (one, _):
        one.name("room", "w1")
        one.settle()
    other = ErasuresFile(tmp_path / "other.jsonl")
    with eraser(folder, other) as (one, _):
        one.begin()
    assert [told.participant for told in other.read()] == ["w1"]


def test_kern_erase_on_a_stopped_server_names_who_is_there(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = ErasuresFile(folder / "erasures.jsonl")
    with pytest.raises(FolderError, match="w1  Wilhelmina"):
        erase(folder, file, "room", "nobody")
    with pytest.raises(FolderError, match="no room"):
        erase(folder, file, "elsewhere", "w1")
    assert erase(folder, file, "room", "w1") == 0
    assert "w1 is erased" in capsys.readouterr().out
    assert holding(folder, b"Wilhelmina") == []


def test_kern_erase_says_where_the_server_that_runs_does_not_see_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.commands.erase.PATIENCE", 0.1)
    with alone(folder), pytest.raises(FolderError, match="--erasures"):
        erase(folder, ErasuresFile(folder / "erasures.jsonl"), "room", "w1")


def holding(folder: Path, secret: bytes) -> list[str]:
    """Name the files of a folder that hold some bytes."""
    return [file.name for file in sorted(folder.rglob("*")) if file.is_file() and secret in file.read_bytes()]
