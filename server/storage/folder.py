"""The data folder: what stands in it, and that one server alone writes to it."""

import fcntl
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from server.storage.cache import Cache
from server.storage.store import SQLiteLog


class FolderError(Exception):
    """The data folder can't be used; the message says why, in a sentence."""


def log_file(folder: Path) -> Path:
    """Name the file of the log."""
    return folder / "kern.db"


def cache_file(folder: Path) -> Path:
    """Name the file of the snapshots."""
    return folder / "cache.db"


def history_file(folder: Path) -> Path:
    """Name the file of the revisions."""
    return folder / "history.db"


def rebuilding(folder: Path) -> Path:
    """Name the place within a folder in which all that is made from the log is made anew."""
    return folder / "rebuilding"


@contextmanager
def alone(folder: Path, *, to_rebuild: bool = False) -> Iterator[None]:
    """Hold the folder as its only writer. Raises FolderError where another server has it.

    What a rebuild left half made is dropped by all but the next one: nobody takes out of it what is erased meanwhile.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "server.lock").open("w")
    except OSError as error:
        raise FolderError(f"The data folder {folder} can't be written: {error.strerror}.") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise FolderError(
                f"Another server is using the data folder {folder}; stop it first, or give this one a folder of its"
                " own with --data."
            ) from None
        if not to_rebuild:
            shutil.rmtree(rebuilding(folder), ignore_errors=True)
        yield


@contextmanager
def opened(folder: Path) -> Iterator[tuple[SQLiteLog, Cache]]:
    """Open the log and the snapshots, for the one who holds the folder."""
    log = SQLiteLog(log_file(folder))
    cache = Cache(cache_file(folder))
    try:
        yield log, cache
    finally:
        cache.close()
        log.close()


def epoch_of(log: SQLiteLog) -> str:
    """Read the epoch of this log, or begin the first one."""
    return log.fact("epoch", secrets.token_hex(4))
