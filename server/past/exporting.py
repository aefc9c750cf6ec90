"""What people take with them: the canvas, the log, the revisions as a table, documents. Blocking: on a thread.

The same log, names and language give the same bytes, whether a server gives them or the command line does.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, Literal, NamedTuple

import orjson

from domain.vocabulary import Language
from projections import canvas as canvases
from projections import trail
from projections.document import Block
from projections.guideline import Course, Report, guideline
from projections.markdown import written
from projections.minutes import minutes
from projections.print_page import printed
from server.live import loading
from server.live.loading import pages
from server.past.following import rows_of
from server.past.minuting import session
from server.storage import codec
from server.storage.cache import Cache
from server.storage.log import NOTHING, Log

PAGE: Final = 1_000

Form = Literal["json", "jsonl", "csv", "md", "html"]
Document = Literal["guideline", "minutes"]
WRITTEN: Final[tuple[Form, ...]] = ("md", "html")
"""The forms in which a document is written."""


def canvas_answer(room: str, version: int, epoch: str, canvas: bytes) -> bytes:
    """Give a canvas, which is encoded already, as it is answered."""
    return orjson.dumps({"room": room, "version": version, "epoch": epoch})[:-1] + b',"canvas":' + canvas + b"}"


def lines(log: Log, room: str, upto: int) -> Iterator[bytes]:
    """Encode a room's log, some lines at a time: each event is canonical JSON and a line's end."""
    for page in pages(log, room, upto):
        yield b"".join(codec.canonical(codec.unseal(stored)) + b"\n" for stored in page)


def table(
    canvas: dict[str, Any], pages: Iterable[list[bytes]], people: Mapping[str, str], language: Language
) -> Iterator[bytes]:
    """Write revisions as a table, a page at a time, with the names of a canvas."""
    names = trail.now(canvas, people)
    yield trail.header(language).encode()
    for page in pages:
        yield "".join(trail.row(orjson.loads(one), names, language) for one in page).encode()


class Source(NamedTuple):
    """What a document is made from: a room at a version, its revisions by then, and the names of its people."""

    log: Log
    cache: Cache
    room: str
    version: int
    pages: Callable[[], Iterable[list[bytes]]]
    people: Mapping[str, str]


def document(source: Source, which: Document, form: Form, language: Language) -> bytes:
    """Write the guideline or the minutes, as Markdown or as a page to print."""
    made = _minutes(source, language) if which == "minutes" else _guideline(source, language)
    return (printed(made, language) if form == "html" else written(made)).encode()


def _guideline(source: Source, language: Language) -> list[Block]:
    log, cache, room, version, _, people = source
    canvas = loading.canvas_at(log, cache, room, version)
    courses = {one["id"]: _course(log, room, one) for one in canvas["iterations"]}
    report = Report(canvas, version, _event(log, room, version)["at"][:10], courses, people)
    return guideline(report, language)


def _minutes(source: Source, language: Language) -> list[Block]:
    log, cache, room, version, pages, people = source

    def canvas_at(at: int) -> dict[str, Any]:
        return loading.canvas_at(log, cache, room, at)

    return minutes(session(log, room, version, pages(), canvas_at, people), language)


def told(log: Log, room: str, upto: int) -> Iterator[list[bytes]]:
    """Tell the revisions of a room from its log alone, a page at a time."""
    canvas, page = canvases.initial(), list[bytes]()
    for stored, _ in loading.chain(log, room, NOTHING, upto):
        with loading.readable(stored):
            recorded = codec.recorded(codec.unseal(stored))
            page += [row.revision for row in rows_of(canvas, recorded)]
            canvases.advance(canvas, recorded)
        if len(page) >= PAGE:
            yield page
            page = []
    yield page


def _course(log: Log, room: str, iteration: Mapping[str, Any]) -> Course:
    opened = _event(log, room, iteration["from"])["at"][:10]
    if iteration["to"] is None:
        return Course(opened, None, None)
    closed = _event(log, room, iteration["to"])
    return Course(opened, closed["at"][:10], closed["data"].get("override_reason"))


def _event(log: Log, room: str, version: int) -> dict[str, Any]:
    return codec.unseal(log.events(room, version - 1, 1)[0])
