"""The call by which people take something with them: the canvas, the log, the revisions, the documents."""

from collections.abc import AsyncIterator, Iterator
from functools import partial
from typing import Final

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from domain.vocabulary import Language
from server.http.calls import MEDIA, Body, asked_of, download, histories_of, rooms_of, spoken
from server.http.problems import ProblemError
from server.http.reading import entered, query_of
from server.live.room import Room
from server.live.rooms import Rooms
from server.past import exporting
from server.past.exporting import Document, Form


class Export(Body):
    """In which form: the canvas, the log, the revisions, or a document; the latter two in which language."""

    format: Form
    document: Document = "guideline"
    language: Language | None = None


async def export(request: Request) -> Response:
    """Download what a room has: the canvas, the log alone, the revisions as a table, the guideline or the minutes."""
    room, _ = await entered(request)
    asked = query_of(request, Export)
    if "document" in asked.model_fields_set and asked.format not in exporting.WRITTEN:
        raise ProblemError("invalid", field="document", problem=f"does not go with {asked.format}")
    rooms, upto = rooms_of(request), room.version
    name, media = f"{room.id}.{asked.format}", MEDIA[asked.format]
    language = asked.language or spoken(request)
    if asked.format == "json":
        content = exporting.canvas_answer(room.id, upto, room.epoch, room.canvas_json())
        return download(content, name, media)
    if asked.format == "jsonl":
        return await _streamed(room, exporting.lines(rooms.log, room.id, upto), rooms, download(b"", name, media))
    names = room.names_now(language)
    if asked.format == "csv":
        return await _streamed(
            room, await _table(request, room, names, language), rooms, download(b"", name, media, language)
        )
    histories = histories_of(request)
    await asked_of(rooms, histories.reach, room)
    pages = partial(histories.history.each, room.id, upto)
    source = exporting.Source(rooms.log, rooms.cache, room.id, upto, pages, names)
    content = await asked_of(rooms, exporting.document, source, asked.document, asked.format, language, of=room.id)
    name = name if asked.document == "guideline" else f"{room.id}-{asked.document}.{asked.format}"
    response = download(content, name, media, language)
    if asked.format == "html":  # it is there to be read and printed, and may be kept
        response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


async def _table(request: Request, room: Room, names: dict[str, str], language: Language) -> Iterator[bytes]:
    rooms, histories = rooms_of(request), histories_of(request)
    upto = await asked_of(rooms, histories.reach, room)
    canvas = await asked_of(rooms, rooms.canvas_at, room, upto)
    return exporting.table(canvas, histories.history.each(room.id, upto), names, language)


async def _streamed(room: Room, pages: Iterator[bytes], rooms: Rooms, like: Response) -> Response:
    """Answer a file page by page, so that a long one is never in memory as a whole; with the headers of another one."""
    # Before the answer begins, there is still time for a problem.
    first = await asked_of(rooms, next, pages, b"", of=room.id)

    async def parts() -> AsyncIterator[bytes]:
        page = first
        while page:
            yield page
            page = await rooms.read(next, pages, b"", of=room.id)

    headers = dict(like.headers)
    del headers["content-length"]
    return StreamingResponse(parts(), media_type=like.media_type, headers=headers)


ROUTES: Final[list[BaseRoute]] = [Route("/api/rooms/{room}/export", export)]
