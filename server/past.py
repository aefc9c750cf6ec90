"""The calls that look back: the canvas as it is and as it was, and who changed what."""

from typing import Annotated, Final, TypeAlias

import orjson
from pydantic import AfterValidator, Field, WithJsonSchema
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from domain.events import EVENTS
from projections import canvas as canvases
from server import moments
from server.calls import Body, asked_of, histories_of, rooms_of
from server.history import Sought
from server.moments import Time
from server.problems import ProblemError
from server.reading import entered, query_of
from server.room import Room
from server.rooms import Rooms


class Moment(Body):
    """Which canvas: as it is, or of a version, at a time, or of an iteration as it was closed. One of them at most."""

    version: Annotated[int, Field(ge=0)] | None = None
    at: Time | None = None
    iteration: str | None = None


def known_kind(kind: str) -> str:
    """Take the type of an event. Raises ValueError where there is none of that name."""
    if kind not in EVENTS:
        raise ValueError("must be a type of event")
    return kind


Kind: TypeAlias = Annotated[str, AfterValidator(known_kind), WithJsonSchema({"type": "string", "enum": [*EVENTS]})]


class RevisionsPage(Body):
    """Which revisions: those behind `after`, of one activity, by one participant, of one kind of event, unless any."""

    activity: str | None = None
    participant: str | None = None
    kind: Annotated[str, AfterValidator(known_kind), WithJsonSchema({"type": "string", "enum": [*EVENTS]})] | None = (
        None
    )
    after: Annotated[int, Field(ge=0)] = 0
    limit: Annotated[int, Field(ge=1, le=1_000)] = 1_000


async def canvas(request: Request) -> Response:
    """Show the canvas, as it is or as it was at a version, at a time, or when an iteration was closed."""
    room, _ = await entered(request)
    moment = query_of(request, Moment)
    rooms = rooms_of(request)
    version = await _version(rooms, room, moment)
    shown = await canvas_json(rooms, room, version)
    head = orjson.dumps({"room": room.id, "version": version, "epoch": room.epoch})
    return Response(head[:-1] + b',"canvas":' + shown + b"}", media_type="application/json")


async def revisions(request: Request) -> Response:
    """List a page of revisions, in order: who changed which field of what, from what to what, and why."""
    room, _ = await entered(request)
    page = query_of(request, RevisionsPage)
    version_named(room, page.after)
    rooms, histories = rooms_of(request), histories_of(request)
    upto = await asked_of(rooms, histories.reach, room)
    sought = Sought(activity=page.activity, kind=page.kind, participant=page.participant)
    found, following = await asked_of(rooms, histories.history.page, room.id, sought, page.after, upto, page.limit)
    rest = orjson.dumps({"next": following})
    return Response(b'{"revisions":[' + b",".join(found) + b"]," + rest[1:], media_type="application/json")


async def canvas_json(rooms: Rooms, room: Room, version: int) -> bytes:
    """Encode the canvas of a version that the room has reached."""
    if version == room.version:
        return room.canvas_json()
    if version == 0:
        return orjson.dumps(canvases.initial())
    return orjson.dumps(await asked_of(rooms, rooms.canvas_at, room, version))


def version_named(room: Room, version: int | None) -> int:
    """Answer the version that somebody names, the newest unless told; one beyond it is not there."""
    if version is None:
        return room.version
    if version > room.version:
        raise ProblemError("not_found")
    return version


def version_of(room: Room, iteration: str) -> int:
    """Answer the version at which an iteration was closed, the newest while it is open."""
    version = moments.version_of(room.canvas["iterations"], iteration, room.version)
    if version is None:
        raise ProblemError("not_found")
    return version


async def _version(rooms: Rooms, room: Room, moment: Moment) -> int:
    given = [name for name in ("version", "at", "iteration") if getattr(moment, name) is not None]
    if len(given) > 1:
        raise ProblemError("invalid", field=given[1], problem=f"does not go with {given[0]}")
    if moment.at is not None:
        found: int = await asked_of(rooms, moments.version_at, rooms.log, room.id, moment.at, room.version)
        return found
    if moment.iteration is not None:
        return version_of(room, moment.iteration)
    return version_named(room, moment.version)


ROUTES: Final[list[BaseRoute]] = [
    Route("/api/rooms/{room}/canvas", canvas),
    Route("/api/rooms/{room}/revisions", revisions),
]
