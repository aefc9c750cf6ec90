"""Under lasting load the write-ahead log is copied into the database, and its file is used again."""

from pathlib import Path

from server.storage.codec import Stored
from server.storage.log import Append
from server.storage.store import CHECKPOINT_EVERY, SQLiteLog


def events(first: int, count: int) -> tuple[Stored, ...]:
    words = ("a reason of some sixty letters, as people write them in a room",)
    return tuple(
        Stored(v, "ActivityJudged", bytes(400), bytes(32), bytes(16), words) for v in range(first, first + count)
    )


def test_the_file_does_not_grow_with_what_was_written(tmp_path: Path) -> None:
    log = SQLiteLog(tmp_path / "kern.db")
    file = tmp_path / "kern.db-wal"
    sizes = []
    for batch in range(200):
        log.append([Append("room", events(batch * 250 + 1, 250))])
        sizes.append(file.stat().st_size)
    log.close()
    written = 200 * 250
    assert written > 8 * CHECKPOINT_EVERY
    assert sizes[-1] < 4 * CHECKPOINT_EVERY * 1_000, "it holds a few rounds of copying, not all that was ever written"
