"""What is done with a data folder from the command line: listing, exporting, rebuilding."""

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import orjson

from domain.evolve import evolve
from domain.workshop import SNAPSHOT, initial
from projections import canvas as canvases
from server import codec, loading
from server.cache import EVERY, Cache, Snapshot
from server.folder import FolderError, alone, log_file, opened
from server.loading import DamagedError
from server.log import Log, LogError
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
    """Drop every snapshot and make it anew from the log, which is checked on the way; 1 if a room can't be read."""
    _exists(folder)
    damaged = 0
    with alone(folder), opened(folder) as (log, cache):
        cache.clear()
        found = log.rooms()
        start, events = time.monotonic(), 0
        for number, room in enumerate(found, 1):
            try:
                events += _rebuilt(log, cache, room, f"room {number} of {len(found)} ({room})")
            except (DamagedError, LogError) as error:  # one room's; the others are rebuilt all the same
                damaged += 1
                print(f"room {room} can't be rebuilt: {error}", file=sys.stderr)
        seconds = max(time.monotonic() - start, 1e-9)
    print(f"{len(found) - damaged} of {len(found)} rooms rebuilt, {events} events, {events / seconds:,.0f} events/s")
    return 1 if damaged else 0


def _rebuilt(log: SQLiteLog, cache: Cache, room: str, label: str) -> int:
    """Fold one room, keeping every thousandth canvas and, at the end, the workshop."""
    workshop, canvas = initial(), canvases.initial()
    digest, version, told = bytes(32), 0, time.monotonic()
    head = log.head(room).version
    while page := log.events(room, version, PAGE):
        for stored in page:
            digest = loading.chained(digest, stored)
            recorded = codec.recorded(codec.unseal(stored))
            evolve(workshop, recorded)
            canvases.advance(canvas, recorded)
            version = stored.version
            if version % EVERY == 0 and version < head:
                cache.put(room, Snapshot(version, digest, orjson.dumps(canvas)))
        if time.monotonic() - told > PROGRESS:
            told = time.monotonic()
            print(f"{label}: {version} of {head} events", file=sys.stderr)
    cache.put(room, Snapshot(version, digest, orjson.dumps(canvas), SNAPSHOT.dump_json(workshop)))
    return version


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
