"""How people come in, over HTTP, and the name that they go by."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from domain import events as e
from domain.messages import guest_name
from domain.vocabulary import MOST_PEOPLE, Role
from server.http.calls import Body, answer, asked_of, erasing_of, recorded, rooms_of, text_of
from server.http.codes import read_code
from server.http.problems import ProblemError
from server.http.reading import body_of, entered, room_of
from server.live import access
from server.live.room import Room
from server.storage.log import LogError, PersonKept


class Join(Body):
    """Somebody who was given a link."""

    invite: str
    name: str


class JoinByCode(Body):
    """Somebody who was told the room's code."""

    code: str
    name: str


class Rename(Body):
    """What somebody wants to be called from now on."""

    name: str


async def join(request: Request) -> Response:
    """Let somebody in who has an invite."""
    asked = await body_of(request, Join)
    room = await room_of(request)
    rooms = rooms_of(request)
    invite = await asked_of(rooms, rooms.log.invite, room.id, access.hashed(asked.invite))
    if invite is None:
        raise ProblemError("not_found")
    return answer(await _let_in(request, room, invite.role, asked.name))


async def join_by_code(request: Request) -> Response:
    """Let a participant in who has the room's code. Wrong ones are counted, for each address."""
    asked = await body_of(request, JoinByCode)
    rooms, tries = rooms_of(request), request.app.state.tries
    address = request.client.host if request.client else ""
    if wait := tries.wait_ms(address):
        raise ProblemError("too_many_tries", retry_after_ms=wait)
    try:
        found = rooms.log.room_of_code(read_code(asked.code))  # not awaited: between asking and counting nobody gets in
    except LogError:
        raise ProblemError("not_stored", retry_after_ms=1_000) from None
    if found is None:
        tries.wrong(address)
        raise ProblemError("not_found")
    room = await room_of(request, found)
    return answer({"room": room.id, **await _let_in(request, room, "participant", asked.name)})


async def rename(request: Request) -> Response:
    """Go by another name."""
    room, person = await entered(request)
    asked = await body_of(request, Rename)
    rooms = rooms_of(request)
    name = text_of("name", asked.name)
    if name != room.people[person.participant].name:
        await asked_of(rooms, rooms.write, rooms.log.rename, room.id, person.participant, name)
        room.rename(person.participant, name)
    return answer({"participant": person.participant, "name": name, "role": room.role(person)})


async def erase_name(request: Request) -> Response:
    """Erase a name, one's own or, for facilitators, anybody's: events stay, and a number stands for it everywhere."""
    room, person = await entered(request)
    participant, role = request.path_params["participant"], room.role(person)
    if participant != person.participant and role != "facilitator":
        raise ProblemError("not_allowed", role=role)
    if participant not in room.people:
        raise ProblemError("not_found")
    await asked_of(rooms_of(request), erasing_of(request).name, room, participant)
    return Response(status_code=204)


ROUTES: Final[list[BaseRoute]] = [
    Route("/api/rooms/{room}/join", join, methods=["POST"]),
    Route("/api/join", join_by_code, methods=["POST"]),
    Route("/api/rooms/{room}/people/me", rename, methods=["PATCH"]),
    Route("/api/rooms/{room}/people/{participant}/name", erase_name, methods=["DELETE"]),
]


async def _let_in(request: Request, room: Room, role: Role, name: str) -> dict[str, str]:
    """Make somebody new in a room; who gives no name is a guest with a number."""
    await rooms_of(request).begun(room)
    if room.damaged:
        raise ProblemError("room_damaged")
    # From here to the record nothing is awaited: two who come together get two numbers.
    name = text_of("name", name) if name.strip() else _guest(room)
    if len(room.workshop.people) >= MOST_PEOPLE:
        raise ProblemError("too_many", most=MOST_PEOPLE)
    participant, token = access.new_id(), access.new_secret()
    person = PersonKept(participant, name, role, access.hashed(token))
    joined = e.ParticipantJoined(participant=participant, role=role)
    await recorded(room, (joined,), participant, people=[person])
    return {"token": token, "participant": participant, "role": role, "name": name}


def _guest(room: Room) -> str:
    taken, language = room.names(), str(room.canvas["language"])
    return next(name for number in range(1, len(taken) + 2) if (name := guest_name(number, language)) not in taken)
