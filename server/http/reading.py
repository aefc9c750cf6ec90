"""How requests are read: who asks, in which language, with which body and parameters. Everything wrong is a problem."""

import re
from typing import Final, TypeVar

import orjson
from pydantic import BaseModel, ValidationError
from starlette.requests import Request

from server.http.problems import ProblemError
from server.live.loading import DamagedError, UnknownRoomError
from server.live.room import Room
from server.live.rooms import Rooms
from server.storage.log import LogError, PersonKept
from server.wire.faults import fault_of
from server.wire.protocol import FRAME_BYTES

M = TypeVar("M", bound=BaseModel)

_PREFERENCE: Final = re.compile(r"(nl|en)(?:-[\w-]+)?(?:\s*;\s*q=([01](?:\.\d+)?))?", re.IGNORECASE)


def language_of(request: Request) -> str | None:
    """Read which of our languages the reader prefers; None where they name none of them."""
    header = request.headers.get("accept-language", "")
    found = [(float(quality or 1), tag.lower()) for tag, quality in _PREFERENCE.findall(header)]
    return max(found, key=lambda one: one[0])[1] if found else None


async def body_of(request: Request, model: type[M]) -> M:
    """Read a JSON body of at most a frame's size."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise ProblemError("unsupported_media_type")
    raw = bytearray()
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > FRAME_BYTES:
            raise ProblemError("payload_too_large")
    try:
        value = orjson.loads(bytes(raw))
    except orjson.JSONDecodeError:
        raise ProblemError("malformed") from None
    try:
        return model.model_validate(value)
    except ValidationError as error:
        raise ProblemError("invalid", **fault_of(error)) from None


def query_of(request: Request, model: type[M]) -> M:
    """Read the parameters of the address; one that is doubled or unknown is wrong too."""
    values = dict(request.query_params.multi_items())
    if len(values) < len(request.query_params.multi_items()):
        raise ProblemError("invalid", field="query", problem="a parameter stands there twice")
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise ProblemError("invalid", **fault_of(error)) from None


async def room_of(request: Request, named: str | None = None) -> Room:
    """Find a room, that of the address unless named; an unknown one looks like one that is not for who asks."""
    rooms: Rooms = request.app.state.rooms
    try:
        return await rooms.get(request.path_params["room"] if named is None else named)
    except UnknownRoomError:
        raise ProblemError("not_found") from None
    except DamagedError:
        raise ProblemError("room_damaged") from None
    except LogError:
        raise ProblemError("not_stored", retry_after_ms=1_000) from None


async def entered(request: Request, named: str | None = None) -> tuple[Room, PersonKept]:
    """Find a room, that of the address unless named, and the person whose token it is."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise ProblemError("unauthorized")
    room = await room_of(request, named)
    person = room.person(token.strip())
    if person is None or room.removed(person.participant):
        raise ProblemError("not_found")
    request.state.language = str(room.canvas["language"])
    return room, person
