"""The HTTP API: rooms, joining, the canvas, people, events, export. JSON in and out; errors are problems."""

import asyncio
import inspect
from collections.abc import AsyncIterator, Sequence
from typing import Annotated, Any, Final, Literal

import orjson
from pydantic import BaseModel, ConfigDict, Field, StrictInt
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route, WebSocketRoute

from domain import events as e
from domain.deciding import checks
from domain.errors import Rejected
from domain.messages import default_name
from domain.vocabulary import MOST_PEOPLE, TITLE_LENGTH, Language
from projections import canvas as canvases
from projections.copying import written
from server import access
from server.answers import Accepted, Answer, NotStored
from server.connection import live
from server.loading import DamagedError
from server.log import InviteKept, LogError, PersonKept
from server.openings import Template, furnishing, opening
from server.problems import ProblemError
from server.reading import body_of, entered, query_of, room_of
from server.room import Room
from server.rooms import Rooms
from server.upkeep import exported


class Body(BaseModel):
    """What all bodies have in common: an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(Body):
    """The room that a new one begins as a copy of: as it is, or as it was at a version."""

    room: str
    version: Annotated[StrictInt, Field(ge=0)] | None = None


class OpenRoom(Body):
    """A new room. The caller becomes a facilitator. A copy has the language of its source unless told."""

    title: str
    language: Language = "en"
    name: str | None = None
    template: Template = "blank"
    source: Source | None = Field(default=None, alias="copy")


class Join(Body):
    """Somebody who was given a link."""

    invite: str
    name: str


class Moment(Body):
    """Which canvas: of a version, or as it is."""

    version: Annotated[int, Field(ge=0)] | None = None


class Page(Body):
    """Which events: those behind `after`."""

    after: Annotated[int, Field(ge=0)] = 0
    limit: Annotated[int, Field(ge=1, le=1_000)] = 1_000


class Export(Body):
    """In which form."""

    format: Literal["jsonl"]


async def open_room(request: Request) -> Response:
    """Open a room; answer who the facilitator is and how others join. A copy takes a token of its source."""
    asked = await body_of(request, OpenRoom)
    language, copied = asked.language, None
    if asked.source is not None:
        if "template" in asked.model_fields_set:
            raise ProblemError("invalid", field="template", problem="does not go with copy")
        copied, spoken = await _copied(request, asked.source)
        language = asked.language if "language" in asked.model_fields_set else spoken
    title = _text("title", asked.title)
    name = _name(asked.name, "facilitator", language)
    rooms = _rooms(request)
    room, participant, token = access.new_id(), access.new_id(), access.new_secret()
    invites, kept = access.new_invites()
    person = PersonKept(participant, name, "facilitator", access.hashed(token))
    created = rooms.create(room)
    try:
        opened = opening(room, title, language, participant, copied)
        furniture = furnishing(asked.template, language)
        both = [_recorded(created, opened, participant, people=[person], invites=kept)]
        both += [_recorded(created, furniture, None)] if furniture else []
        await asyncio.gather(*both)  # put down in this very turn, so they are one commit
    except ProblemError:
        rooms.forget(created)
        raise
    links = {role: access.link(room, invite) for role, invite in invites.items()}
    return _json({"room": room, "token": token, "participant": participant, "links": links}, 201)


async def join(request: Request) -> Response:
    """Let somebody in who has an invite."""
    asked = await body_of(request, Join)
    room = await room_of(request)
    rooms = _rooms(request)
    await rooms.begun(room)
    if room.damaged:
        raise ProblemError("room_damaged")
    invite = await _reading(rooms, rooms.log.invite, room.id, access.hashed(asked.invite))
    if invite is None:
        raise ProblemError("not_found")
    name = _name(asked.name, invite.role, str(room.canvas["language"]))
    if len(room.workshop.people) >= MOST_PEOPLE:
        raise ProblemError("too_many", most=MOST_PEOPLE)
    participant, token = access.new_id(), access.new_secret()
    person = PersonKept(participant, name, invite.role, access.hashed(token))
    joined = e.ParticipantJoined(participant=participant, role=invite.role)
    await _recorded(room, (joined,), participant, people=[person])
    return _json({"token": token, "participant": participant, "role": invite.role, "name": name})


async def canvas(request: Request) -> Response:
    """Show the canvas, as it is or as it was at a version."""
    room, _ = await entered(request)
    version = query_of(request, Moment).version
    if version is None or version == room.version:
        version, shown = room.version, room.canvas_json()
    elif version > room.version:
        raise ProblemError("not_found")
    elif version == 0:
        shown = orjson.dumps(canvases.initial())
    else:
        shown = orjson.dumps(await _reading(_rooms(request), _rooms(request).canvas_at, room, version))
    head = orjson.dumps({"room": room.id, "version": version, "epoch": room.epoch})
    return Response(head[:-1] + b',"canvas":' + shown + b"}", media_type="application/json")


async def people(request: Request) -> Response:
    """List all who joined and stay."""
    room, _ = await entered(request)
    return _json({"people": room.people_list()})


async def events(request: Request) -> Response:
    """List a page of events, in order."""
    room, _ = await entered(request)
    page = query_of(request, Page)
    version = room.version
    if page.after > version:
        raise ProblemError("not_found")
    upto = min(version, page.after + page.limit)
    encoded = await _reading(_rooms(request), _rooms(request).events_after, room, page.after, upto)
    rest = orjson.dumps({"version": version, "more": upto < version})
    return Response(b'{"events":[' + b",".join(encoded) + b"]," + rest[1:], media_type="application/json")


async def export(request: Request) -> Response:
    """Download the log: the facts alone, one event a line."""
    room, _ = await entered(request)
    form = query_of(request, Export).format
    rooms, upto = _rooms(request), room.version

    pages = exported(rooms.log, room.id, upto)
    first = await _reading(rooms, next, pages, b"")  # before the answer begins, there is still time for a problem

    async def lines() -> AsyncIterator[bytes]:
        page = first
        while page:
            yield page
            page = await rooms.read(next, pages, b"")

    disposition = f'attachment; filename="{room.id}.{form}"'
    return StreamingResponse(lines(), media_type="application/jsonl", headers={"Content-Disposition": disposition})


ROUTES: Final[list[BaseRoute]] = [
    Route("/api/rooms", open_room, methods=["POST"]),
    Route("/api/rooms/{room}/join", join, methods=["POST"]),
    Route("/api/rooms/{room}/canvas", canvas),
    Route("/api/rooms/{room}/people", people),
    Route("/api/rooms/{room}/events", events),
    Route("/api/rooms/{room}/export", export),
    WebSocketRoute("/api/rooms/{room}/live", live),
]


async def _recorded(
    room: Room,
    facts: tuple[e.Event, ...],
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


async def _copied(request: Request, source: Source) -> tuple[e.WorkshopCopied, Language]:
    """Write down what stands in a room, or stood there; its facilitators may ask for it. In its language."""
    room, person = await entered(request, source.room)
    role = room.role(person)
    if role != "facilitator":
        raise ProblemError("not_allowed", role=role)
    version, shown = room.version, room.canvas
    if source.version is not None and source.version != version:
        if source.version > version:
            raise ProblemError("not_found")
        version = source.version
        shown = await _reading(_rooms(request), _rooms(request).canvas_at, room, version)
    return written(shown, room.id, version), room.canvas["language"]


async def _reading(rooms: Rooms, call: Any, *arguments: object) -> Any:  # noqa: ANN401 - what the call answers
    try:
        if inspect.iscoroutinefunction(call):
            return await call(*arguments)
        return await rooms.read(call, *arguments)
    except (DamagedError, ValueError):  # bytes that are no event
        raise ProblemError("room_damaged") from None
    except LogError:
        raise ProblemError("not_stored", retry_after_ms=1_000) from None


def _rooms(request: Request) -> Rooms:
    rooms: Rooms = request.app.state.rooms
    if rooms.draining:
        raise ProblemError("draining", retry_after_ms=1_000)
    return rooms


def _text(field: str, text: str) -> str:
    try:
        return checks.required(field, text, TITLE_LENGTH)
    except Rejected as rejection:
        raise ProblemError(rejection.code, **rejection.data) from None


def _name(name: str | None, role: str, language: str) -> str:
    return _text("name", name) if name and name.strip() else default_name(role, language)


def _json(value: object, status: int = 200) -> Response:
    return Response(orjson.dumps(value), status, media_type="application/json")
