"""What is done with a data folder from the command line: listing, exporting, rebuilding."""

import sys
import time
from collections.abc import Iterable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple, assert_never

import orjson

from domain.evolve import evolve
from domain.vocabulary import Language
from domain.workshop import SNAPSHOT, initial
from projections import canvas as canvases
from projections.summaries import closes
from server import called, codec, exporting, loading
from server.cache import EVERY, Cache, Snapshot, code_hash
from server.exporting import Document, Form
from server.folder import FolderError, alone, epoch_of, history_file, log_file, opened
from server.following import cut_of, rows_of
from server.history import Cut, History, Row
from server.loading import DamagedError
from server.log import NOTHING, Head, LogError
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


class Wanted(NamedTuple):
    """What somebody wants to take along: in which form, which document, in which language (the room's own)."""

    form: Form
    document: Document | None
    language: Language | None


def export(folder: Path, room: str, wanted: Wanted) -> int:
    """Write what people take with them of a room to the standard output; in its own language unless told."""
    _exists(folder)
    if wanted.document is not None and wanted.form not in exporting.WRITTEN:
        raise FolderError(f"The {wanted.document} can't be written as {wanted.form}; take md or html.")
    with opened(folder) as (log, cache):
        upto = log.head(room).version
        if not upto:
            raise FolderError(f"There is no room {room} in {folder}; `kern rooms` lists those that are.")
        try:
            for part in _exported(log, cache, room, upto, wanted):
                sys.stdout.buffer.write(part)
        except DamagedError as error:
            raise FolderError(f"The room {room} can't be read: {error}.") from error
        sys.stdout.buffer.flush()
    return 0


def _exported(log: SQLiteLog, cache: Cache, room: str, upto: int, wanted: Wanted) -> Iterable[bytes]:
    if wanted.form == "jsonl":
        return exporting.lines(log, room, upto)
    canvas = loading.canvas_at(log, cache, room, upto)
    spoken: Language = wanted.language or canvas["language"]
    people = called.names(log.people(room), spoken)
    match wanted.form:
        case "json":
            return [exporting.canvas_answer(room, upto, epoch_of(log), orjson.dumps(canvas))]
        case "csv":
            return exporting.table(canvas, exporting.told(log, room, upto), people, spoken)
        case "md" | "html":
            source = exporting.Source(log, cache, room, upto, partial(exporting.told, log, room, upto), people)
            return [exporting.document(source, wanted.document or "guideline", wanted.form, spoken)]
        case _:
            assert_never(wanted.form)


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
        rows, cuts = list[Row](), list[Cut]()
        for stored in page:
            position = Head(stored.version, loading.chained(position.digest, stored))
            recorded = codec.recorded(codec.unseal(stored))
            evolve(workshop, recorded if stored.taken is None else codec.remembered(stored))
            rows += rows_of(canvas, recorded)
            canvases.advance(canvas, recorded)
            if closes(recorded):
                cuts.append(cut_of(log, cache, room, canvas, recorded))
            if position.version % EVERY == 0 and position.version < head:
                cache.put(room, Snapshot(position.version, position.digest, orjson.dumps(canvas)))
        generation = history.put(generation, position, rows, cuts)
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
