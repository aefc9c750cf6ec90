"""The calls that tell what became of things: the life line of an activity, and what happened since a version."""

from collections.abc import Iterator
from typing import Annotated, Any, Final

import orjson
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from domain.vocabulary import Language
from projections.catch_up import catch_up as happened
from projections.catch_up_words import told
from projections.lifeline import Combining, Material
from projections.lifeline import lifeline as lived
from projections.questions import questions as answered
from projections.revisions import Revision
from server.http.calls import Body, answer, asked_of, histories_of, rooms_of, spoken
from server.http.past import version_named
from server.http.problems import ProblemError
from server.http.reading import entered, query_of
from server.past import moments
from server.past.comparing import revision_of
from server.past.history import History
from server.past.iterating import iterations as made
from server.past.seeking import Sought
from server.past.timeline import timeline as course
from server.storage.log import Log

PAGE: Final = 1_000


class Since(Body):
    """Since which version, and in which language it is told."""

    since: Annotated[int, Field(ge=0)]
    language: Language | None = None


class Parts(Body):
    """Into how many parts the course of a room is divided at most."""

    parts: Annotated[int, Field(ge=1, le=500)] = 200


async def lifeline(request: Request) -> Response:
    """Tell the life line of an activity: each change of it, what it was made of, and what it became part of."""
    room, _ = await entered(request)
    rooms, histories, activity = rooms_of(request), histories_of(request), request.path_params["activity"]
    upto = await asked_of(rooms, histories.reach, room)
    material = await asked_of(rooms, _material, rooms.log, histories.history, room.id, activity, upto)
    if material is None:
        raise ProblemError("not_found")
    return answer(lived(activity, material, room.canvas))


async def catch_up(request: Request) -> Response:
    """Tell what happened since a version in a few sentences, the most important first."""
    room, person = await entered(request)
    asked = query_of(request, Since)
    rooms, upto = rooms_of(request), room.version
    version_named(room, asked.since)
    language = asked.language or spoken(request)
    people = room.names_now(language)
    now = await asked_of(rooms, rooms.canvas_at, room, upto)
    then = await asked_of(rooms, rooms.canvas_at, room, asked.since)
    news = happened(then, now, person.participant)
    times = [await asked_of(rooms, moments.time_of, rooms.log, room.id, version) for version in (asked.since, upto)]
    found = {
        "since": {"version": asked.since, "at": times[0]},
        "to": {"version": upto, "at": times[1]},
        "sentences": [one.as_answered() for one in told(news, people, language)],
        "counts": {one.kind: one.number for one in news},
    }
    response = answer(found)
    response.headers["Content-Language"] = language
    return response


async def iterations(request: Request) -> Response:
    """Tell what each iteration made of what the one before had left: how many activities, by category and by step."""
    room, _ = await entered(request)
    rooms, histories = rooms_of(request), histories_of(request)
    upto = await asked_of(rooms, histories.reach, room)
    return answer({"iterations": await asked_of(rooms, made, rooms.log, rooms.cache, histories.history, room.id, upto)})


async def timeline(request: Request) -> Response:
    """Show the course of a room at a glance: who did how much when, and what people remember it by."""
    room, _ = await entered(request)
    asked = query_of(request, Parts)
    rooms, histories = rooms_of(request), histories_of(request)
    upto = await asked_of(rooms, histories.reach, room)
    return answer(await asked_of(rooms, course, rooms.log, histories.history, room.id, upto, asked.parts))


async def questions(request: Request) -> Response:
    """Tell which question led to which activities, and what became of them."""
    room, _ = await entered(request)
    return answer({"questions": answered(room.canvas)})


def _material(log: Log, history: History, room: str, activity: str, upto: int) -> Material | None:
    """Gather what a life line is made of; None where there never was such an activity."""
    found = list(_revisions(history, room, Sought(activity=activity), upto))
    strokes, combinations, copied = dict[int, str](), dict[int, Combining](), None
    for event in map(orjson.loads, log.activity_events(room, activity, upto)):
        data: dict[str, Any] = event["data"]
        match event["type"]:
            case "ActivityReworded" if data.get("stroke"):
                strokes[event["version"]] = data["stroke"]
            case "ActivitiesCombined":
                title = data["title"] if isinstance(data["title"], str) else ""
                combinations[event["version"]] = Combining(data["into"], title, tuple(data["activities"]))
            case "WorkshopCopied" if any(one["id"] == activity for one in data["activities"]):
                copied = next(iter(_revisions(history, room, Sought(kind="WorkshopCopied"), upto)), None)
            case _:
                pass
    return Material(found, strokes, combinations, copied) if found or copied else None


def _revisions(history: History, room: str, sought: Sought, upto: int) -> Iterator[Revision]:
    following: int | None = 0
    while following is not None:
        page, following = history.page(room, sought, following, upto, PAGE)
        yield from map(revision_of, page)


ROUTES: Final[list[BaseRoute]] = [
    Route("/api/rooms/{room}/activities/{activity}/lifeline", lifeline),
    Route("/api/rooms/{room}/catch-up", catch_up),
    Route("/api/rooms/{room}/timeline", timeline),
    Route("/api/rooms/{room}/iterations", iterations),
    Route("/api/rooms/{room}/questions", questions),
]
