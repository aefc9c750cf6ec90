"""What facilitators let others in by, over HTTP: invites, each to a role, and the room's code, for participants."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from domain.vocabulary import Role
from server.http import codes
from server.http.calls import Body, answer, asked_of, led, rooms_of
from server.http.problems import ProblemError
from server.http.reading import body_of
from server.live import access
from server.storage.log import InviteKept

MOST_INVITES: Final = 200


class Invite(Body):
    """A new invite to a role."""

    role: Role


async def make_invite(request: Request) -> Response:
    """Make an invite; the link is shown this once."""
    room, _ = await led(request)
    asked = await body_of(request, Invite)
    rooms = rooms_of(request)
    if len(await asked_of(rooms, rooms.log.invites, room.id)) >= MOST_INVITES:
        raise ProblemError("too_many", most=MOST_INVITES)
    invite = access.new_secret()
    kept = InviteKept(access.hashed(invite), asked.role)
    await asked_of(rooms, rooms.write, rooms.log.add_invite, room.id, kept)
    return answer({"invite": invite, "link": access.link(room.id, invite)}, 201)


async def invites(request: Request) -> Response:
    """List the invites that somebody can still join by; what is secret about them is not known any more."""
    room, _ = await led(request)
    rooms = rooms_of(request)
    found = [
        (access.ROLES.index(kept.role), access.public_id(kept.invite))
        for kept in await asked_of(rooms, rooms.log.invites, room.id)
    ]
    return answer({"invites": [{"id": id_, "role": access.ROLES[role]} for role, id_ in sorted(found)]})


async def end_invite(request: Request) -> Response:
    """End an invite, named by itself or by its id in the list: nobody joins by it any more; who did stays."""
    room, _ = await led(request)
    rooms, named = rooms_of(request), request.path_params["invite"]
    secret = access.hashed(named)
    for kept in await asked_of(rooms, rooms.log.invites, room.id):
        if kept.invite == secret or access.public_id(kept.invite) == named:
            await asked_of(rooms, rooms.write, rooms.log.end_invite, room.id, kept.invite)
            return Response(status_code=204)
    raise ProblemError("not_found")


async def code(request: Request) -> Response:
    """Show the room's code; one that has none gets one."""
    room, _ = await led(request)
    rooms = rooms_of(request)
    return answer({"code": await asked_of(rooms, rooms.write, codes.code_of, rooms.log, room.id)})


async def renew_code(request: Request) -> Response:
    """Give the room another code; the old one is ended."""
    room, _ = await led(request)
    rooms = rooms_of(request)
    return answer({"code": await asked_of(rooms, rooms.write, codes.renewed, rooms.log, room.id)}, 201)


async def end_code(request: Request) -> Response:
    """End the room's code, if it has one."""
    room, _ = await led(request)
    rooms = rooms_of(request)
    await asked_of(rooms, rooms.write, rooms.log.end_code, room.id)
    return Response(status_code=204)


ROUTES: Final[list[BaseRoute]] = [
    Route("/api/rooms/{room}/invites", make_invite, methods=["POST"]),
    Route("/api/rooms/{room}/invites", invites, methods=["GET"]),
    Route("/api/rooms/{room}/invites/{invite}", end_invite, methods=["DELETE"]),
    Route("/api/rooms/{room}/code", code, methods=["GET"]),
    Route("/api/rooms/{room}/code", renew_code, methods=["POST"]),
    Route("/api/rooms/{room}/code", end_code, methods=["DELETE"]),
]
