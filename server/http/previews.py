"""The call that tells what a command would change, and changes nothing."""

import asyncio
from collections import Counter
from typing import Annotated, Any, Final, Literal

import orjson
from pydantic import Field, RootModel
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from domain import commands as c
from domain.events import IterationRestored, PersonUndone
from domain.vocabulary import Id
from projections.preview import preview
from server.http.calls import answer, asked_of, rooms_of
from server.http.problems import ProblemError
from server.http.reading import body_of, entered
from server.live.batch import Asked
from server.wire.answers import Answer, NotStored, Planned, Refused

REFUSED: Final = ("changed_since", "unknown_iteration", "unknown_participant", "value_proposition_first")
"""The codes of commands that would be rejected, beside those of every call."""


class RestorationPreviewed(c.RestoreIteration):
    """The command as it would be sent; what only sending it needs may be left out."""

    type: Literal["do"] | None = None
    id: Id | None = None


class SweepPreviewed(c.UndoPerson):
    """The command as it would be sent; what only sending it needs may be left out."""

    type: Literal["do"] | None = None
    id: Id | None = None


class Previewed(RootModel[Annotated[RestorationPreviewed | SweepPreviewed, Field(discriminator="action")]]):
    """A command that has a preview."""


async def previewed(request: Request) -> Response:
    """Tell what a command would change, and what it would leave as it is."""
    room, person = await entered(request)
    asked = await body_of(request, Previewed)
    rooms = rooms_of(request)
    await rooms.begun(room)
    told: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
    fields = asked.root.model_dump(by_alias=True, exclude={"type", "id"})
    room.preview(Asked("", fields, person.participant, told.set_result))
    planned = await asyncio.shield(told)
    if isinstance(planned, Refused):
        raise ProblemError(planned.code, **planned.data)
    if isinstance(planned, NotStored):
        raise ProblemError("not_stored", retry_after_ms=planned.retry_after_ms)
    if not isinstance(planned, Planned):
        raise TypeError(planned)
    if planned.version != room.version:  # somebody was faster while this waited for the disk
        raise ProblemError("changed_since")
    shown = room.canvas_json()

    def canvas() -> dict[str, Any]:
        read: dict[str, Any] = orjson.loads(shown)
        return read

    found = await asked_of(rooms, preview, canvas, planned.version, person.participant, planned.events, of=room.id)
    told_of = {version for one in found for version in one.versions}
    also = Counter(
        type(event).__name__
        for version, event in enumerate(planned.events, planned.version + 1)
        if version not in told_of and not isinstance(event, IterationRestored | PersonUndone)
    )
    answered = {
        "differences": [one._asdict() for one in found],
        "skipped": [one._asdict() for one in planned.skipped],
    }
    return answer(answered | {"also": also} if also else answered)


ROUTES: Final[list[BaseRoute]] = [Route("/api/rooms/{room}/preview", previewed, methods=["POST"])]
