"""Floods, before and after login: memory stays bounded, the answer is a documented one, a bystander notices nothing."""

import contextlib
import json
import os
import socket
import struct
from collections.abc import Iterator

import pytest

from tests.adversary.probing import Bystander
from tests.load.line import GoneError, Line, command, frame
from tests.support.calls import Room
from tests.support.live import new_id
from tests.support.process import Server, serving
from tests.support.running import run

CHUNK = b"a" * 2**16
MANY = 256
MOST_GROWN = 24_000_000
TOO_LARGE, TOO_MANY = 4413, 4429
HEAD = b"GET /healthz HTTP/1.1\r\nHost: x\r\n"
POST = b"POST /api/rooms HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
ENDLESS: dict[str, tuple[bytes, bytes]] = {
    "a header": (HEAD + b"X-Endless: ", CHUNK),
    "headers": (HEAD, b"X-Many: bbbbbbbb\r\n" * 4096),
    "an address": (b"GET /", CHUNK),
    "a method": (b"G", b"E" * 2**16),
    "a body": (POST, b"10000\r\n" + CHUNK + b"\r\n"),
}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving() as started:
        yield started


def poured(connection: socket.socket, beginning: bytes, chunk: bytes) -> None:
    """Send what never ends, until the other side has had enough of it or a fair amount went out."""
    connection.settimeout(5)
    with contextlib.suppress(OSError):
        connection.sendall(beginning)
        for _ in range(MANY):
            connection.sendall(chunk)


@pytest.mark.parametrize("what", ENDLESS)
def test_an_endless_request_costs_a_bounded_memory(server: Server, what: str) -> None:
    before = server.resident()
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        poured(connection, *ENDLESS[what])
        grown = server.resident() - before
    assert grown < MOST_GROWN
    assert server.http.call("GET", "/healthz").status == 200
    assert server.complaints() == ""


def test_an_endless_message_in_fragments_is_too_large(server: Server) -> None:
    room, before = Room.open(server.http), server.resident()
    line = Line(server.port, room.id, room.token)
    more = _continued(CHUNK[:1000]) * 64
    poured(line.socket, _continued(b"{", opcode=1), more)
    assert server.resident() - before < MOST_GROWN
    code, _ = ended(line)
    assert code in {TOO_LARGE, None}
    assert server.complaints() == ""


def _continued(payload: bytes, opcode: int = 0) -> bytes:
    """Build a frame that is not the last of its message."""
    whole = frame(payload, opcode)
    return struct.pack("!B", opcode) + whole[1:]


def test_many_who_say_nothing_do_not_keep_others_out(server: Server) -> None:
    async def play() -> None:
        bystander = await Bystander(Room.open(server.http)).open()
        with contextlib.ExitStack() as silent:
            for _ in range(300):
                connection = silent.enter_context(socket.create_connection(("127.0.0.1", server.port)))
                connection.sendall(b"GET /api/rooms/x/live HTTP/1.1\r\nHo")
            await bystander.works()
            await bystander.leave()

    run(play())
    assert server.complaints() == ""


def test_who_floods_is_told_to_slow_down_and_then_cut_off() -> None:
    """The limit is each participant's: the bystander works on."""

    async def bystand(bystander: Bystander) -> None:
        await bystander.open()
        await bystander.works()
        await bystander.leave()

    with serving("--commands-per-second", "5") as server:
        room = Room.open(server.http)
        line = Line(server.port, room.id, room.token)
        bystander = Bystander(room)
        for _ in range(1000):
            with contextlib.suppress(OSError):
                line.socket.sendall(_note())
        code, told = ended(line)
        assert "slow_down" in told
        assert code == TOO_MANY
        run(bystand(bystander))
        accepted = sum(event["type"] == "NoteAdded" for event in room.events())
        assert accepted <= 5 * 2 + 5 + 2
        assert server.complaints() == ""


def ended(line: Line) -> tuple[int | None, list[str]]:
    """Read to the end: the close code, if the end was orderly, and the types of what was told before."""
    told: list[str] = []
    with contextlib.closing(line):
        try:
            while True:
                told.append(json.loads(line.receive())["type"])
        except GoneError as error:
            return (error.args[0] if error.args else None), told
        except OSError:
            return None, told


def _note() -> bytes:
    fields = {"action": "add_note", "note": new_id(), "block": "channels", "text": os.urandom(8).hex()}
    return command({"type": "do", "id": new_id(), **fields})
