"""The call that finds events in the whole past of a room, so that a table of them needs no more than what is seen."""

from collections.abc import Callable
from typing import Annotated, Final, NamedTuple, TypeAlias

import orjson
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from domain.vocabulary import TITLE_LENGTH, Language
from projections import trail
from projections.finding import finder
from projections.trail import Told
from server.http.calls import answer, asked_of, histories_of, rooms_of, spoken
from server.http.past import Which
from server.http.reading import entered, query_of
from server.live.rooms import Rooms
from server.past.history import PAGE, History
from server.past.seeking import Sought

Finder: TypeAlias = Callable[[Told], bool]


class Found(Which):
    """Which events, and which text is in their words, in which language."""

    text: Annotated[str, Field(max_length=TITLE_LENGTH)] | None = None
    language: Language | None = None


class Among(NamedTuple):
    """The revisions that are looked through."""

    history: History
    room: str
    sought: Sought
    upto: int


async def versions(request: Request) -> Response:
    """Find the versions of all events that are of an activity, by a participant, of a kind, or have a text."""
    room, _ = await entered(request)
    asked = query_of(request, Found)
    rooms, histories = rooms_of(request), histories_of(request)
    upto = await asked_of(rooms, histories.reach, room)
    text = (asked.text or "").strip()
    if not text:
        found = await asked_of(rooms, histories.history.versions, room.id, asked.sought(), upto)
        return answer({"version": upto, "versions": found})
    language = asked.language or spoken(request)
    has = finder(text, trail.now(room.canvas, room.names_now(language)), language)
    found = await _sought(rooms, Among(histories.history, room.id, asked.sought(), upto), has)
    response = answer({"version": upto, "versions": found})
    response.headers["Content-Language"] = language
    return response


async def _sought(rooms: Rooms, among: Among, has: Finder) -> list[int]:
    """Look through the revisions a page at a time, so that others have their turn between two of them."""
    found: list[int] = []
    after: int | None = 0
    while after is not None:
        some, after = await asked_of(rooms, _page, among, after, has)
        found += some
    return found


def _page(among: Among, after: int, has: Finder) -> tuple[list[int], int | None]:
    page, following = among.history.page(among.room, among.sought, after, among.upto, PAGE)
    told = map(orjson.loads, page)
    return list(dict.fromkeys(one["version"] for one in told if has(one))), following


ROUTES: Final[list[BaseRoute]] = [Route("/api/rooms/{room}/revisions/versions", versions)]
