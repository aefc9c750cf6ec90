"""The calls for auditors: the newest digest, signed checkpoints, and the key by which their signatures are told."""

from typing import Annotated, Final

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from server.http.calls import Body, answer, asked_of, rooms_of
from server.http.past import version_named
from server.http.problems import ProblemError
from server.http.reading import entered, query_of
from server.proving.attesting import Attesting
from server.proving.signing import SignedOtherwiseError


class CheckpointsPage(Body):
    """Which checkpoints: those of versions behind `after`."""

    after: Annotated[int, Field(ge=0)] = 0
    limit: Annotated[int, Field(ge=1, le=1_000)] = 1_000


async def audit(request: Request) -> Response:
    """Tell the newest event's version and digest: whoever holds these can tell whether the log was altered since."""
    room, _ = await entered(request)
    return answer({"version": room.version, "head": room.digest, "algorithm": "sha-256"})


async def key(request: Request) -> Response:
    """Show the key by which this server's checkpoints are verified, and those that it had before."""
    signer = _attesting(request).signer
    return answer({"key": signer.key, "former": await asked_of(rooms_of(request), signer.former)})


async def checkpoints(request: Request) -> Response:
    """List a page of a room's checkpoints, in order: there is one of each iteration's close."""
    room, _ = await entered(request)
    page = query_of(request, CheckpointsPage)
    version_named(room, page.after)
    attesting, rooms = _attesting(request), rooms_of(request)
    await asked_of(rooms, attesting.attend, room)
    found, following = await asked_of(rooms, attesting.signer.page, room.id, page.after, page.limit)
    return answer({"checkpoints": [one._asdict() for one in found], "next": following})


async def make_checkpoint(request: Request) -> Response:
    """Sign a checkpoint of the newest version; one that there is already is given again."""
    room, _ = await entered(request)
    attesting, rooms = _attesting(request), rooms_of(request)
    try:
        noted = await asked_of(rooms, attesting.newest, room)
    except SignedOtherwiseError as error:
        raise ProblemError("signed_otherwise", version=error.version) from None
    return answer(noted._asdict(), 201)


def _attesting(request: Request) -> Attesting:
    attesting: Attesting = request.app.state.attesting
    return attesting


ROUTES: Final[list[BaseRoute]] = [
    Route("/api/key", key),
    Route("/api/rooms/{room}/audit", audit),
    Route("/api/rooms/{room}/checkpoints", checkpoints, methods=["GET"]),
    Route("/api/rooms/{room}/checkpoints", make_checkpoint, methods=["POST"]),
]
