"""Everything that is made from the log, made anew: into a place of its own, which takes the former one's when whole.

A rebuild that was stopped goes on where it was: snapshots and revisions name the code and the event that they are of.
"""

import shutil
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

import orjson

from domain.events import Recorded
from domain.evolve import evolve
from domain.workshop import SNAPSHOT, Workshop
from projections import canvas as canvases
from projections.summaries import closes
from server.commands.upkeep import exists
from server.live import loading
from server.live.loading import DamagedError
from server.past.blocks import Row
from server.past.following import Follower, cut_of, rows_of
from server.past.history import Cut, History
from server.storage import codec
from server.storage.cache import EVERY, WORKSHOP_EVERY, Cache, Snapshot
from server.storage.codec import Stored
from server.storage.derived import DerivedError
from server.storage.folder import FolderError, alone, cache_file, history_file, log_file, rebuilding
from server.storage.log import Head, LogError
from server.storage.store import SQLiteLog

PROGRESS: Final = 0.5
"""Seconds between two lines of progress."""


class Made(NamedTuple):
    """The log, and what is made from it."""

    log: SQLiteLog
    cache: Cache
    history: History


def rebuild(folder: Path) -> int:
    """Make every snapshot and every revision anew from the log, which is checked on the way; 1 if a room can't be read.

    What was there before is kept until all is whole. Raises FolderError where it could not be made.
    """
    exists(folder)
    start = time.monotonic()
    with alone(folder, to_rebuild=True), _wholly():
        with _made(folder) as made:
            rooms = made.log.rooms()
            rebuilt = [
                _tried(made, room, f"room {number} of {len(rooms)} ({room})") for number, room in enumerate(rooms, 1)
            ]
        _switch(folder)
    seconds = max(time.monotonic() - start, 1e-9)
    whole = [events for events in rebuilt if events is not None]
    print(f"{len(whole)} of {len(rooms)} rooms rebuilt, {sum(whole)} events, {sum(whole) / seconds:,.0f} events/s")
    return 0 if len(whole) == len(rooms) else 1


@contextmanager
def _wholly() -> Iterator[None]:
    """Say that nothing was changed, where not all could be made."""
    try:
        yield
    except (DerivedError, OSError, sqlite3.Error) as error:
        raise FolderError(
            f"Not rebuilt, and what was there before is still: {error}. Run it again to go on."
        ) from error


@contextmanager
def _made(folder: Path) -> Iterator[Made]:
    """Open the log, and what is being made from it."""
    place = rebuilding(folder)
    place.mkdir(exist_ok=True)
    with (
        closing(SQLiteLog(log_file(folder))) as log,
        closing(Cache(cache_file(place))) as cache,
        closing(History(history_file(place))) as history,
    ):
        yield Made(log, cache, history)


def _tried(made: Made, room: str, label: str) -> int | None:
    """Fold one room; how many events, or none where it can't be read: the others are rebuilt all the same."""
    try:
        return _rebuilt(made, room, label)
    except DerivedError:
        raise
    except (DamagedError, LogError) as error:
        print(f"room {room} can't be rebuilt: {error}", file=sys.stderr)
        return None


def _rebuilt(made: Made, room: str, label: str) -> int:
    """Fold one room, keeping its revisions, every thousandth canvas and, at the end, the workshop; how many events."""
    log, cache, history = made
    generation = Follower(log, cache, history).going_on(room)
    began = generation.head.version
    state = State(
        loading.load_workshop(log, cache, room, began), loading.canvas_at(log, cache, room, began), generation.head
    )
    head, told = log.head(room).version, time.monotonic()
    while page := log.events(room, state.position.version, loading.PAGE):
        rows, cuts = list[Row](), list[Cut]()
        for stored in page:
            recorded = state.advance(stored, rows)
            if closes(recorded):
                cuts.append(cut_of(log, cache, room, state.canvas, recorded))
            if stored.version % EVERY == 0 and stored.version < head:
                cache.put(room, state.snapshot(whole=stored.version % WORKSHOP_EVERY == 0))
        generation = history.put(generation, state.position, rows, cuts)
        if time.monotonic() - told > PROGRESS:
            told = time.monotonic()
            print(f"{label}: {state.position.version} of {head} events", file=sys.stderr)
    cache.put(room, state.snapshot(whole=True))
    return state.position.version - began


@dataclass(slots=True)
class State:
    """What a room is at one position of its log."""

    workshop: Workshop
    canvas: dict[str, Any]
    position: Head

    def advance(self, stored: Stored, rows: list[Row]) -> Recorded:
        """Take the next event, and add the revisions that it makes. Raises DamagedError."""
        self.position = Head(stored.version, loading.chained(self.position.digest, stored))
        try:  # each event passes here: loading.readable says the same, and costs more than reading one
            recorded = codec.recorded(codec.unseal(stored))
            evolve(self.workshop, recorded if stored.taken is None else codec.remembered(stored))
            rows += rows_of(self.canvas, recorded)
            canvases.advance(self.canvas, recorded)
        except loading.UNREADABLE as error:
            raise loading.unreadable(stored, error) from error
        return recorded

    def snapshot(self, *, whole: bool = False) -> Snapshot:
        """Keep the canvas, and the workshop too where all of it is wanted."""
        workshop = SNAPSHOT.dump_json(self.workshop) if whole else None
        return Snapshot(self.position.version, self.position.digest, orjson.dumps(self.canvas), workshop)


def _switch(folder: Path) -> None:
    """Have what was made take the place of what was there before."""
    place = rebuilding(folder)
    for made, former in ((cache_file(place), cache_file(folder)), (history_file(place), history_file(folder))):
        _settle(made)
        with suppress(sqlite3.DatabaseError):  # a former one that is damaged has nothing to be kept
            _settle(former)
        for beside in ("-wal", "-shm"):  # SQLite would take a write-ahead log for the new file's
            Path(f"{former}{beside}").unlink(missing_ok=True)
        made.replace(former)
    shutil.rmtree(place)


def _settle(file: Path) -> None:
    """Bring all of a database into its one file: its write-ahead log is gone then."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
