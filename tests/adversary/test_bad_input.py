"""Bad input of hundreds of kinds gets a documented answer each, and nobody else notices."""

import asyncio
from collections.abc import Iterator

import pytest

from tests.adversary.bad_commands import bad_commands, forbidden
from tests.adversary.bad_messages import after_hello, as_hello
from tests.adversary.bad_requests import bad_requests
from tests.adversary.probing import (
    Bystander,
    Findings,
    Probe,
    furnish,
    probe_handshakes,
    probe_hellos,
    probe_http,
    probe_messages,
)
from tests.support.calls import Room
from tests.support.live import Place
from tests.support.process import Server, serving
from tests.support.running import run


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving() as started:
        yield started


async def everything(room: Room) -> dict[str, Findings]:
    place = Place(room.http.port, room.id)
    props = await furnish(room)
    bystander = await Bystander(room).open()
    facilitator, observer = Probe(place, room.token), Probe(place, room.join("observer", "Observer"))
    waiting = asyncio.create_task(probe_handshakes(place, room.token))
    found = {
        "commands": await probe_messages(facilitator, bad_commands(props), bystander),
        "roles": await probe_messages(observer, forbidden(props), bystander),
        "messages": await probe_messages(facilitator, after_hello(props), bystander),
        "hellos": await probe_hellos(place, as_hello(room.token)),
        "requests": probe_http(room, bad_requests(room)),
        "handshakes": await waiting,
    }
    await bystander.leave()
    return found


@pytest.fixture(scope="module")
def findings(server: Server) -> dict[str, Findings]:
    return run(everything(Room.open(server.http)))


@pytest.mark.parametrize("part", ["commands", "roles", "messages", "hellos", "handshakes", "requests"])
def test_each_kind_gets_its_documented_answer(findings: dict[str, Findings], part: str) -> None:
    print(f"{part}: {len(set(findings[part].tried))} kinds")
    assert not findings[part].wrong, "\n".join(findings[part].wrong)


def test_there_are_at_least_three_hundred_kinds(findings: dict[str, Findings]) -> None:
    kinds = {kind for part in findings.values() for kind in part.tried}
    print(f"{len(kinds)} kinds of bad input")
    assert len(kinds) >= 300


def test_the_server_takes_none_of_it_for_an_error_of_its_own(server: Server, findings: dict[str, Findings]) -> None:
    assert findings
    assert server.complaints() == ""
    assert server.http.call("GET", "/readyz").status == 200
