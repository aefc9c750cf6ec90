"""What is done with a data folder from the command line: listing, exporting, rebuilding."""

import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

import orjson

from domain.evolve import evolve
from domain.workshop import SNAPSHOT, initial
from projections import canvas as canvases
from server import codec, loading
from server.cache import EVERY, Cache, Snapshot, code_hash
from server.folder import FolderError, alone, history_file, log_file, opened
from server.following import rows_of
from server.history import History, Row
from server.loading import DamagedError
from server.log import NOTHING, Head, Log, LogError
from server.store import SQLiteLog

PAGE: Final = 1_000
PROGRESS: Final = 0.5
"""Seconds between two lines of progress."""


def rooms(folder: Path) -> int:
    """List the rooms of a folder: id, events, people, when something last happened, title."""
    _exists(folder)
    with opened(folder) as (log, cache):
        found = log.rooms()
        for room in found:
            print(_line(log, cache, room))
        print(f"{len(found)} room{'' if len(found) == 1 else 's'} in {folder}", file=sys.stderr)
    return 0


def export(folder: Path, room: str) -> int:
    """Write a room's log to the standard output: the facts alone, one event a line."""
    _exists(folder)
    with opened(folder) as (log, _):
        upto = log.head(room).version
        if not upto:
            raise FolderError(f"There is no room {room} in {folder}; `kern rooms` lists those that are.")
        for lines in exported(log, room, upto):
            sys.stdout.buffer.write(lines)
        sys.stdout.buffer.flush()
    return 0


def exported(log: Log, room: str, upto: int) -> Iterator[bytes]:
    """Encode a room's log, some lines at a time: each event is canonical JSON and a line's end."""
    after = 0
    while after < upto:
        page = log.events(room, after, min(PAGE, upto - after))
        yield b"".join(codec.canonical(codec.unseal(stored)) + b"\n" for stored in page)
        after = page[-1].version


def rebuild(folder: Path) -> int:
    """Make every snapshot and every revision anew from the log, which is checked on the way; 1 if a room can't be read.

    The revisions of a room are replaced when the new ones are whole.
    """
    _exists(folder)
    damaged = 0
    with alone(folder), opened(folder) as (log, cache), closing(History(history_file(folder))) as history:
        cache.clear()
        found = log.rooms()
        for room in set(history.rooms()) - set(found):
            history.forget(room)
        start, events = time.monotonic(), 0
        for number, room in enumerate(found, 1):
            try:
                events += _rebuilt(log, cache, history, room, f"room {number} of {len(found)} ({room})")
            except (DamagedError, LogError) as error:  # one room's; the others are rebuilt all the same
                damaged += 1
                print(f"room {room} can't be rebuilt: {error}", file=sys.stderr)
        seconds = max(time.monotonic() - start, 1e-9)
    print(f"{len(found) - damaged} of {len(found)} rooms rebuilt, {events} events, {events / seconds:,.0f} events/s")
    return 1 if damaged else 0


def _rebuilt(log: SQLiteLog, cache: Cache, history: History, room: str, label: str) -> int:
    """Fold one room, keeping its revisions, every thousandth canvas and, at the end, the workshop."""
    workshop, canvas = initial(), canvases.initial()
    position, told = NOTHING, time.monotonic()
    generation = history.begin(room, code_hash())
    head = log.head(room).version
    while page := log.events(room, position.version, PAGE):
        rows: list[Row] = []
        for stored in page:
            position = Head(stored.version, loading.chained(position.digest, stored))
            recorded = codec.recorded(codec.unseal(stored))
            evolve(workshop, recorded)
            rows += rows_of(canvas, recorded)
            canvases.advance(canvas, recorded)
            if position.version % EVERY == 0 and position.version < head:
                cache.put(room, Snapshot(position.version, position.digest, orjson.dumps(canvas)))
        generation = history.put(generation, position, rows)
        if time.monotonic() - told > PROGRESS:
            told = time.monotonic()
            print(f"{label}: {position.version} of {head} events", file=sys.stderr)
    cache.put(room, Snapshot(position.version, position.digest, orjson.dumps(canvas), SNAPSHOT.dump_json(workshop)))
    history.serve(generation)
    return position.version


def _line(log: SQLiteLog, cache: Cache, room: str) -> str:
    try:
        loaded = loading.load(log, cache, room)
    except (DamagedError, LogError) as error:
        return f"{room}  can't be read: {error}"
    counts = f"{loaded.head.version:>7} events  {len(loaded.canvas['people']):>4} people"
    return f"{room}  {counts}  {loaded.at}  {loaded.canvas['title']}"


def _exists(folder: Path) -> None:
    if not log_file(folder).exists():
        raise FolderError(f"There is no data in {folder}; name the folder of your server with --data.")
