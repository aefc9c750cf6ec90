"""What the calls over HTTP have in common: how they ask the rooms and the log, and how they answer."""

import asyncio
import inspect
from collections.abc import Sequence
from typing import Any, Final

import orjson
from pydantic import BaseModel, ConfigDict
from starlette.requests import Request
from starlette.responses import Response

from domain.deciding import checks
from domain.errors import Rejected
from domain.events import Event
from domain.vocabulary import TITLE_LENGTH, Language
from server.erasing.names import Erasing
from server.http.problems import ProblemError
from server.http.reading import entered, language_of
from server.live.loading import DamagedError
from server.live.room import Room
from server.live.rooms import Rooms
from server.past.histories import Histories
from server.storage.log import InviteKept, LogError, PersonKept
from server.wire.answers import Accepted, Answer, NotStored

MEDIA: Final = {
    "json": "application/json",
    "jsonl": "application/jsonl",
    "csv": "text/csv; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
}
"""What each form of a download is."""


class Body(BaseModel):
    """What all bodies have in common: an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def rooms_of(request: Request) -> Rooms:
    """Find the rooms of this server, unless it is about to stop."""
    rooms: Rooms = request.app.state.rooms
    if rooms.draining:
        raise ProblemError("draining", retry_after_ms=1_000)
    return rooms


def histories_of(request: Request) -> Histories:
    """Find the histories of this server's rooms."""
    histories: Histories = request.app.state.histories
    return histories


def erasing_of(request: Request) -> Erasing:
    """Find what erases on this server."""
    erasing: Erasing = request.app.state.erasing
    return erasing


async def led(request: Request, named: str | None = None) -> tuple[Room, PersonKept]:
    """Find a room, that of the address unless named, for one of its facilitators."""
    room, person = await entered(request, named)
    role = room.role(person)
    if role != "facilitator":
        raise ProblemError("not_allowed", role=role)
    return room, person


async def recorded(
    room: Room,
    facts: tuple[Event, ...],
    by: str | None,
    *,
    people: Sequence[PersonKept] = (),
    invites: Sequence[InviteKept] = (),
) -> None:
    """Record what the server knows to be so, and wait until it is durable."""
    answered: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
    room.record(facts, by, answered.set_result, people=people, invites=invites)
    answer = await asyncio.shield(answered)
    if isinstance(answer, NotStored):
        raise ProblemError("not_stored", retry_after_ms=answer.retry_after_ms)
    if not isinstance(answer, Accepted):
        raise TypeError(answer)


async def asked_of(rooms: Rooms, call: Any, *arguments: object, of: str = "") -> Any:  # noqa: ANN401 - what it answers
    """Ask the rooms or the log for something; what goes wrong there is a problem. `of` is as in `Readers.read`."""
    try:
        if inspect.iscoroutinefunction(call):
            return await call(*arguments)
        return await rooms.read(call, *arguments, of=of)
    except (DamagedError, ValueError):  # bytes that are no event
        raise ProblemError("room_damaged") from None
    except LogError:
        raise ProblemError("not_stored", retry_after_ms=1_000) from None


def text_of(field: str, text: str) -> str:
    """Take a title or a name as it is kept."""
    try:
        return checks.required(field, text, TITLE_LENGTH)
    except Rejected as rejection:
        raise ProblemError(rejection.code, **rejection.data) from None


def spoken(request: Request) -> Language:
    """Tell in which language to write for the reader: the one that they prefer, else that of their room."""
    return "nl" if (language_of(request) or request.state.language) == "nl" else "en"


def download(content: bytes, name: str, media: str, language: str | None = None) -> Response:
    """Answer a file to be kept."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    if language is not None:
        headers["Content-Language"] = language
    return Response(content, media_type=media, headers=headers)


def answer(value: object, status: int = 200) -> Response:
    """Answer JSON."""
    return Response(orjson.dumps(value), status, media_type="application/json")
