"""The calls that look back: the canvas as it is and as it was, and who changed what, what lies between two moments."""

import re
from typing import Annotated, Final, Literal, TypeAlias

import orjson
from pydantic import AfterValidator, Field, WithJsonSchema
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from domain.events import EVENTS
from domain.vocabulary import Language
from projections import canvas as canvases
from projections.comparison import markdown, table
from projections.lifeline import taken_back
from server.http.calls import MEDIA, Body, answer, asked_of, download, histories_of, rooms_of, spoken
from server.http.problems import ProblemError
from server.http.reading import entered, query_of
from server.live.room import Room
from server.live.rooms import Rooms
from server.past import moments
from server.past.comparing import Cut, as_json, compared, in_words
from server.past.exporting import canvas_answer
from server.past.history import History
from server.past.moments import Time
from server.past.seeking import Sought


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


class Compared(Body):
    """What is compared with what: each a version or an iteration's id; and in which form and language."""

    one: str = Field(alias="from")
    other: str = Field(alias="to")
    format: Literal["json", "md", "csv"] = "json"
    language: Language | None = None


VERSIONS: Final = 200
"""As many are named at once at the most."""

WRITTEN: Final = {"md": markdown, "csv": table}


Kind: TypeAlias = Annotated[str, AfterValidator(known_kind), WithJsonSchema({"type": "string", "enum": [*EVENTS]})]


def some_versions(given: str) -> str:
    """Take some versions with commas between them. Raises ValueError where it is something else, or too many."""
    if not re.fullmatch(r"\d{1,12}(,\d{1,12})*", given, re.ASCII) or given.count(",") >= VERSIONS:
        raise ValueError(f"must be 1 to {VERSIONS} versions with commas between them")
    return given


Versions: TypeAlias = Annotated[str, AfterValidator(some_versions), WithJsonSchema({"type": "string"})]


class Which(Body):
    """Of which activity, by which participant, of which kind of event; unless any."""

    activity: str | None = None
    participant: str | None = None
    kind: Kind | None = None

    def sought(self, versions: str | None = None) -> Sought:
        """Say it as the history is asked."""
        named = None if versions is None else tuple(map(int, versions.split(",")))
        return Sought(activity=self.activity, kind=self.kind, participant=self.participant, versions=named)


class RevisionsPage(Which):
    """Which revisions: those behind `after`, and of these events alone unless of any."""

    versions: Versions | None = None
    after: Annotated[int, Field(ge=0)] = 0
    limit: Annotated[int, Field(ge=1, le=1_000)] = 1_000


async def canvas(request: Request) -> Response:
    """Show the canvas, as it is or as it was at a version, at a time, or when an iteration was closed."""
    room, _ = await entered(request)
    moment = query_of(request, Moment)
    rooms = rooms_of(request)
    version = await _version(rooms, room, moment)
    shown = await canvas_json(rooms, room, version)
    return Response(canvas_answer(room.id, version, room.epoch, shown), media_type="application/json")


async def revisions(request: Request) -> Response:
    """List a page of revisions, in order: who changed which field of what, from what to what, and why."""
    room, _ = await entered(request)
    page = query_of(request, RevisionsPage)
    version_named(room, page.after)
    rooms, histories = rooms_of(request), histories_of(request)
    upto = await asked_of(rooms, histories.reach, room)
    sought = page.sought(page.versions)
    found, following = await asked_of(rooms, histories.history.page, room.id, sought, page.after, upto, page.limit)
    undone = await asked_of(rooms, _undone, histories.history, room.id, found, upto)
    rest = orjson.dumps({"next": following} | ({"undone": undone} if undone else {}), option=orjson.OPT_NON_STR_KEYS)
    return Response(b'{"revisions":[' + b",".join(found) + b"]," + rest[1:], media_type="application/json")


async def compare(request: Request) -> Response:
    """Tell what lies between two moments, in the workshop's words; as a document or a table it is a download."""
    room, _ = await entered(request)
    asked = query_of(request, Compared)
    cuts = (_cut(room, "from", asked.one), _cut(room, "to", asked.other))
    rooms, history = rooms_of(request), histories_of(request)
    await asked_of(rooms, history.reach, room)
    comparison = await asked_of(rooms, compared, rooms.log, rooms.cache, history.history, room.id, cuts)
    if asked.format == "json" and asked.language is None:
        return answer(as_json(comparison))
    language = asked.language or spoken(request)
    comparison = comparison._replace(people=room.names_now(language))
    if asked.format == "json":
        return answer(in_words(comparison, language))
    written = WRITTEN[asked.format](comparison, language)
    name = f"{room.id}-{cuts[0].version}-{cuts[1].version}.{asked.format}"
    return download(written.encode(), name, MEDIA[asked.format], language)


def _undone(history: History, room: str, found: list[bytes], upto: int) -> dict[int, int]:
    """Tell which versions among these revisions were taken back, and by which ones."""
    versions = {orjson.loads(one)["version"] for one in found}
    back = taken_back(history.undoings(room, versions, upto))
    return {version: back[version] for version in sorted(versions & back.keys())}


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


def _cut(room: Room, field: str, named: str) -> Cut:
    """Answer the moment that is named by a version or an iteration."""
    if not re.fullmatch(r"-?\d+", named, re.ASCII):
        return Cut(version_of(room, named), named)
    if named.startswith("-"):
        raise ProblemError("invalid", field=field, problem="is below 0")
    digits = named.lstrip("0") or "0"
    if len(digits) > len(str(room.version)):  # Python reads no more than some thousands of digits as a number
        raise ProblemError("not_found")
    return Cut(version_named(room, int(digits)), None)


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
    Route("/api/rooms/{room}/compare", compare),
]
