"""The call by which people take something with them: the canvas, the log, the revisions, the guideline."""

from collections.abc import AsyncIterator, Iterator
from typing import Final

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from domain.vocabulary import Language
from server import exporting
from server.calls import MEDIA, Body, asked_of, download, histories_of, rooms_of, spoken
from server.exporting import Form
from server.reading import entered, query_of
from server.room import Room


class Export(Body):
    """In which form: the canvas, the log, the revisions, the guideline; the latter two in which language."""

    format: Form
    language: Language | None = None


async def export(request: Request) -> Response:
    """Download what a room has: the canvas, the log alone, the revisions as a table, or the guideline."""
    room, _ = await entered(request)
    asked = query_of(request, Export)
    rooms, upto = rooms_of(request), room.version
    name, media = f"{room.id}.{asked.format}", MEDIA[asked.format]
    language = asked.language or spoken(request)
    if asked.format == "json":
        content = exporting.canvas_answer(room.id, upto, room.epoch, room.canvas_json())
        return download(content, name, media)
    if asked.format == "jsonl":
        return await _streamed(request, exporting.lines(rooms.log, room.id, upto), name, media)
    names = room.names_now(language)
    if asked.format == "csv":
        return await _streamed(request, await _table(request, room, names, language), name, media, language)
    canvas = await asked_of(rooms, rooms.canvas_at, room, upto)
    content = await asked_of(rooms, exporting.document, rooms.log, canvas, room.id, upto, names, language)
    return download(content, name, media, language)


async def _table(request: Request, room: Room, names: dict[str, str], language: Language) -> Iterator[bytes]:
    rooms, histories = rooms_of(request), histories_of(request)
    upto = await asked_of(rooms, histories.reach, room)
    canvas = await asked_of(rooms, rooms.canvas_at, room, upto)
    return exporting.table(canvas, histories.history.each(room.id, upto), names, language)


async def _streamed(
    request: Request, pages: Iterator[bytes], name: str, media: str, language: str | None = None
) -> Response:
    """Answer a file page by page, so that a long one is never in memory as a whole."""
    rooms = rooms_of(request)
    first = await asked_of(rooms, next, pages, b"")  # before the answer begins, there is still time for a problem

    async def parts() -> AsyncIterator[bytes]:
        page = first
        while page:
            yield page
            page = await rooms.read(next, pages, b"")

    headers = dict(download(b"", name, media, language).headers)
    del headers["content-length"]
    return StreamingResponse(parts(), media_type=media, headers=headers)


ROUTES: Final[list[BaseRoute]] = [Route("/api/rooms/{room}/export", export)]
