"""What is rebuilt from the log is what followed it live, byte for byte: revisions, what took back what, iterations."""

import re
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from random import Random

import orjson
import pytest

from projections.summaries import beginning, summary
from server.commands import rebuilding
from server.live import loading
from server.past import following
from server.past.blocks import Block
from server.past.following import Follower
from server.past.history import History
from server.storage import derived
from server.storage.folder import FolderError, alone, cache_file, history_file, opened
from server.storage.folder import rebuilding as half_made
from tests.server.played import played

TABLES = {
    "revisions": "SELECT room, code, served, heads, revisions FROM blocks JOIN generations USING (generation)"
    " ORDER BY room, blocks.version",
    "mentions": "SELECT DISTINCT room, field, words.word FROM mentions m JOIN generations USING (generation)"
    " JOIN words ON words.generation = m.generation AND words.number = m.word ORDER BY 1, 2, 3",
    "undoings": "SELECT room, undone, u.version FROM undoings u JOIN generations USING (generation) ORDER BY 1, 2, 3",
    "cuts": "SELECT room, c.version, summary FROM cuts c JOIN generations USING (generation) ORDER BY 1, 2",
    "position": "SELECT room, version, digest FROM generations ORDER BY 1",
}


def kept(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """Give all that is kept, but for the numbers of generations and words, and where one block ends."""
    with closing(sqlite3.connect(history_file(folder))) as database:
        found = {name: database.execute(sql).fetchall() for name, sql in TABLES.items()}
    found["revisions"] = [(*one[:3], *kept) for one in found["revisions"] for kept in _revisions(*one[-2:])]
    return found


def _revisions(heads: bytes, revisions: bytes) -> list[tuple[int, bytes]]:
    return [(kept.version, kept.revision) for kept in Block.unpacked(heads, revisions).revisions]


@pytest.mark.parametrize("seed", [3, 5])
def test_what_is_rebuilt_is_what_followed_live(tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "PAGE", 17)
    story, chance = played(seed), Random(seed)
    with opened(tmp_path) as (log, cache), closing(History(history_file(tmp_path))) as history:
        follower = Follower(log, cache, history)
        while log.head("room").version < story.head:
            story.write(log, log.head("room").version + chance.randrange(1, 90))
            while not follower.follow("room", log.head("room").version):
                pass
    live = kept(tmp_path)
    assert [len(live[name]) > 0 for name in TABLES] == [True] * len(TABLES)
    assert rebuilding.rebuild(tmp_path) == 0
    assert kept(tmp_path) == live
    history_file(tmp_path).unlink()
    assert rebuilding.rebuild(tmp_path) == 0
    assert kept(tmp_path) == live


def test_each_iteration_is_kept_once_as_the_canvases_at_its_ends_tell_it(tmp_path: Path) -> None:
    story = played(3)
    with opened(tmp_path) as (log, cache), closing(History(history_file(tmp_path))) as history:
        story.write(log)
        follower = Follower(log, cache, history)
        while not follower.follow("room", story.head):
            pass
        cuts = history.cuts("room", story.head)
        undoings = history.undoings("room", range(story.head), story.head)
    canvases = story.moments.canvases
    ends = [one["to"] for one in canvases[-1]["iterations"] if one["to"] is not None]
    assert [cut.version for cut in cuts] == ends
    for cut in cuts:
        since = beginning(canvases[-1], cut.version - 1, copied=False)
        assert orjson.loads(cut.summary) == summary(canvases[since], canvases[cut.version])
    told = {(one.version, one.undoes) for one in story.moments.revisions if one.undoes is not None}
    assert undoings == sorted(told)


KILLED = """
import os, signal, sys
from pathlib import Path
from server.live import loading
from server.commands import rebuilding

def told(line, file, steps=iter(range(int(sys.argv[2]) - 1, -1, -1))):
    print(line, file=file, flush=True)
    if not next(steps):
        os.kill(os.getpid(), signal.SIGKILL)

loading.PAGE, rebuilding.PROGRESS, rebuilding.print = 20, 0, told
rebuilding.rebuild(Path(sys.argv[1]))
"""
"""A rebuild that is killed behind its n-th step."""


@pytest.fixture
def followed(tmp_path: Path) -> Path:
    """A folder with two rooms of some hundred events, which were followed live."""
    with opened(tmp_path) as (log, cache), closing(History(history_file(tmp_path))) as history:
        follower = Follower(log, cache, history)
        for room, seed in (("room", 3), ("other", 5)):
            played(seed).write(log, room=room)
            while not follower.follow(room, played(seed).head):
                pass
    return tmp_path


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Give what is in the files that are read, but for what SQLite writes about its own work."""
    return {file.name: file.read_bytes() for file in (cache_file(folder), history_file(folder))}


def killed_at(folder: Path, step: int) -> list[int]:
    """Kill a rebuild behind a step; the positions in the room that it told."""
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(folder), str(step)], capture_output=True, text=True, check=False
    )
    assert done.returncode == -signal.SIGKILL
    return positions(done.stderr)


def positions(told: str) -> list[int]:
    return [int(found) for found in re.findall(r": (\d+) of \d+ events", told)]


def test_a_rebuild_that_is_killed_changes_nothing_and_goes_on_where_it_was(
    followed: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    live, before = kept(followed), bytes_of(followed)
    assert killed_at(followed, 3) == [20, 40, 60]
    assert killed_at(followed, 2) == [80, 100]
    assert bytes_of(followed) == before
    monkeypatch.setattr(loading, "PAGE", 20)
    monkeypatch.setattr(rebuilding, "PROGRESS", 0)
    assert rebuilding.rebuild(followed) == 0
    assert positions(capsys.readouterr().err)[0] == 120
    assert kept(followed) == live
    assert not half_made(followed).exists()


def test_what_other_code_left_half_made_is_made_anew(followed: Path) -> None:
    live = kept(followed)
    killed_at(followed, 3)
    with closing(sqlite3.connect(history_file(half_made(followed)))) as database, database:
        database.execute("UPDATE generations SET code = 'other'")
        database.execute("UPDATE mentions SET block = block + 1")
    assert rebuilding.rebuild(followed) == 0
    assert kept(followed) == live


def test_what_is_half_made_is_dropped_by_whoever_else_has_the_folder(followed: Path) -> None:
    killed_at(followed, 3)
    assert history_file(half_made(followed)).exists()
    with alone(followed):
        assert not half_made(followed).exists()


def test_a_full_disk_leaves_what_was_there_and_says_so(followed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    live, before = kept(followed), bytes_of(followed)
    with monkeypatch.context() as full:
        full.setattr(derived, "PRAGMAS", (*derived.PRAGMAS, "max_page_count=12"))
        with pytest.raises(FolderError, match=r"Not rebuilt, .* full\. Run it again to go on"):
            rebuilding.rebuild(followed)
    assert bytes_of(followed) == before
    assert rebuilding.rebuild(followed) == 0
    assert kept(followed) == live


def test_a_write_ahead_log_of_the_former_file_is_not_taken_for_the_new_one_s(followed: Path) -> None:
    live = kept(followed)
    file = history_file(followed)
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA wal_autocheckpoint=0")
        with database:
            database.execute("UPDATE mentions SET block = block + 1")
        left = {beside: Path(f"{file}{beside}").read_bytes() for beside in ("-wal", "-shm")}
    for beside, content in left.items():  # as after a crash
        Path(f"{file}{beside}").write_bytes(content)
    assert rebuilding.rebuild(followed) == 0
    assert kept(followed) == live
