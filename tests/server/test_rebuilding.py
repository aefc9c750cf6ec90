"""What is rebuilt from the log is what followed it live, byte for byte: revisions, what took back what, iterations."""

import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random

import orjson
import pytest

from projections.summaries import beginning, summary
from server import following, upkeep
from server.folder import history_file, opened
from server.following import Follower
from server.history import History
from tests.server.played import played

TABLES = {
    "revisions": "SELECT code, served, r.* FROM revisions r JOIN generations USING (generation)"
    " ORDER BY r.version, number",
    "undoings": "SELECT code, u.* FROM undoings u JOIN generations USING (generation) ORDER BY u.undone, u.version",
    "cuts": "SELECT code, c.* FROM cuts c JOIN generations USING (generation) ORDER BY c.version",
    "position": "SELECT room, version, digest FROM generations",
}


def kept(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """Give all that is kept, but for the numbers of generations."""
    with closing(sqlite3.connect(history_file(folder))) as database:
        found = {name: database.execute(sql).fetchall() for name, sql in TABLES.items()}
    numbered = {"revisions": 2, "undoings": 1, "cuts": 1}
    return {
        name: [row[: numbered[name]] + row[numbered[name] + 1 :] if name in numbered else row for row in rows]
        for name, rows in found.items()
    }


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
    assert upkeep.rebuild(tmp_path) == 0
    assert kept(tmp_path) == live
    history_file(tmp_path).unlink()
    assert upkeep.rebuild(tmp_path) == 0
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
