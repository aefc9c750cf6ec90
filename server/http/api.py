"""The HTTP API: rooms, prompts, people, events, export. JSON in and out; errors are problems."""

import asyncio
from contextlib import suppress
from typing import Annotated, Final

import orjson
from pydantic import Field, StrictInt
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute

from domain import events as e
from domain.messages import host_name
from domain.vocabulary import Language
from projections.copying import written
from server.http import auditing, codes, doors, downloads, finding, invitations, past, previews, recalling
from server.http.calls import Body, answer, asked_of, led, recorded, rooms_of, spoken, text_of
from server.http.problems import ProblemError
from server.http.prompts import prompts_in
from server.http.reading import body_of, entered, language_of, query_of
from server.live import access
from server.live.openings import Template, furnishing, opening
from server.past.life import life_of
from server.sockets.connection import live
from server.storage.log import PersonKept


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


class Reader(Body):
    """In which language; unless told, the one that the reader prefers."""

    language: Language | None = None


class Page(Body):
    """Which events: those behind `after`."""

    after: Annotated[int, Field(ge=0)] = 0
    limit: Annotated[int, Field(ge=1, le=1_000)] = 1_000


async def open_room(request: Request) -> Response:
    """Open a room; answer who the facilitator is and how others join. A copy takes a token of its source."""
    asked = await body_of(request, OpenRoom)
    language, copied = asked.language, None
    if asked.source is not None:
        if "template" in asked.model_fields_set:
            raise ProblemError("invalid", field="template", problem="does not go with copy")
        copied, spoken = await _copied(request, asked.source)
        language = asked.language if "language" in asked.model_fields_set else spoken
    title = text_of("title", asked.title)
    name = text_of("name", asked.name) if asked.name and asked.name.strip() else host_name(language)
    rooms = rooms_of(request)
    room, participant, token = access.new_id(), access.new_id(), access.new_secret()
    invites, kept = access.new_invites()
    person = PersonKept(participant, name, "facilitator", access.hashed(token))
    code = await asked_of(rooms, rooms.write, codes.renewed, rooms.log, room)
    created = rooms.create(room)
    try:
        opened = opening(room, title, language, participant, copied)
        furniture = furnishing(asked.template, language)
        both = [recorded(created, opened, participant, people=[person], invites=kept)]
        both += [recorded(created, furniture, None)] if furniture else []
        await asyncio.gather(*both)  # put down in this very turn, so they are one commit
    except ProblemError:
        rooms.forget(created)
        with suppress(ProblemError):  # a code without a room opens nothing, and may stay
            await asked_of(rooms, rooms.write, rooms.log.end_code, room)
        raise
    links = {role: access.link(room, invite) for role, invite in invites.items()}
    return answer({"room": room, "token": token, "participant": participant, "links": links, "code": code}, 201)


async def prompts(request: Request) -> Response:
    """List the questions that help to find activities."""
    language = query_of(request, Reader).language or language_of(request) or "en"
    return Response(prompts_in(language), headers={"Content-Language": language}, media_type="application/json")


async def people(request: Request) -> Response:
    """List all who joined and stay."""
    room, _ = await entered(request)
    return answer({"people": room.people_list(spoken(request))})


async def events(request: Request) -> Response:
    """List a page of events, in order."""
    room, _ = await entered(request)
    page = query_of(request, Page)
    version = room.version
    if page.after > version:
        raise ProblemError("not_found")
    upto = min(version, page.after + page.limit)
    encoded = await asked_of(rooms_of(request), rooms_of(request).events_after, room, page.after, upto)
    rest = orjson.dumps({"version": version, "more": upto < version})
    return Response(b'{"events":[' + b",".join(encoded) + b"]," + rest[1:], media_type="application/json")


async def life(request: Request) -> Response:
    """Tell the life of an activity in numbers."""
    room, _ = await entered(request)
    rooms, activity = rooms_of(request), request.path_params["activity"]
    if activity not in room.canvas["activities"] and activity not in room.canvas["retired"]:
        raise ProblemError("not_found")
    return answer(await asked_of(rooms, life_of, rooms.log, room.id, activity, room.version))


ROUTES: Final[list[BaseRoute]] = [
    Route("/api/rooms", open_room, methods=["POST"]),
    *doors.ROUTES,
    *invitations.ROUTES,
    Route("/api/prompts", prompts),
    *past.ROUTES,
    *previews.ROUTES,
    *auditing.ROUTES,
    Route("/api/rooms/{room}/people", people),
    Route("/api/rooms/{room}/events", events),
    Route("/api/rooms/{room}/activities/{activity}/life", life),
    *finding.ROUTES,
    *recalling.ROUTES,
    *downloads.ROUTES,
    WebSocketRoute("/api/rooms/{room}/live", live),
]


async def _copied(request: Request, source: Source) -> tuple[e.WorkshopCopied, Language]:
    """Write down what stands in a room, or stood there; its facilitators may ask for it. In its language."""
    room, _ = await led(request, source.room)
    version, shown = room.version, room.canvas
    if source.version is not None and source.version != version:
        if source.version > version:
            raise ProblemError("not_found")
        version = source.version
        shown = await asked_of(rooms_of(request), rooms_of(request).canvas_at, room, version)
    return written(shown, room.id, version), room.canvas["language"]
