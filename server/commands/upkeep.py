"""What is done with a data folder from the command line: listing and exporting."""

import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import NamedTuple, assert_never

import orjson

from domain.vocabulary import Language
from server.live import called, loading
from server.live.loading import DamagedError
from server.past import exporting
from server.past.exporting import Document, Form
from server.storage.cache import Cache
from server.storage.folder import FolderError, epoch_of, log_file, opened
from server.storage.log import LogError
from server.storage.store import SQLiteLog


def rooms(folder: Path) -> int:
    """List the rooms of a folder: id, events, people, when something last happened, title."""
    exists(folder)
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
    exists(folder)
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


def _line(log: SQLiteLog, cache: Cache, room: str) -> str:
    try:
        loaded = loading.load(log, cache, room)
    except (DamagedError, LogError) as error:
        return f"{room}  can't be read: {error}"
    counts = f"{loaded.head.version:>7} events  {len(loaded.canvas['people']):>4} people"
    return f"{room}  {counts}  {loaded.at}  {loaded.canvas['title']}"


def exists(folder: Path) -> None:
    """Ask for a folder that has a log. Raises FolderError."""
    if not log_file(folder).exists():
        raise FolderError(f"There is no data in {folder}; name the folder of your server with --data.")
