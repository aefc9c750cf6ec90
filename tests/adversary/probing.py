"""Sends the catalogue of bad input and says what came back; a bystander in the room must notice nothing."""

import asyncio
import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, Self

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.adversary.bad_commands import Bad
from tests.adversary.bad_requests import BadRequest
from tests.adversary.fields import Props
from tests.support.calls import Room
from tests.support.canonical import canonical
from tests.support.expect import expect
from tests.support.live import Live, Place, new_id

PATIENCE = 10.0
SILENCE = "no answer"


@dataclass
class Findings:
    """How many kinds were tried, and which were answered otherwise than documented."""

    tried: list[tuple[str, str, str]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def note(self, bad: Bad | BadRequest, answer: object) -> None:
        """Note one answer."""
        self.tried.append(bad.name)
        if answer not in bad.allowed:
            allowed = " or ".join(map(str, sorted(bad.allowed)))
            self.wrong.append(ascii(f"{' / '.join(bad.name)}: {answer}, not {allowed}"))


class Probe:
    """A bare connection that sends anything."""

    def __init__(self, place: Place, token: str) -> None:
        self.place, self.token = place, token
        self._socket: ClientConnection | None = None

    async def bare(self, **options: Any) -> Self:  # noqa: ANN401 - options of `connect`
        """Connect and say nothing."""
        self._socket = await connect(self.place.url, compression=None, max_size=None, **options)
        return self

    async def ready(self) -> Self:
        """Connect, unless connected, and say hello."""
        if self._socket is None:
            await self.bare()
            answer = await self.answer(
                {"type": "hello", "protocol": 1, "token": self.token, "since": None, "epoch": None}
            )
            expect(answer == "welcome", f"a good hello: {answer}")
        return self

    async def answer(self, payload: Any) -> str:  # noqa: ANN401 - anything at all
        """Send, and give the first thing that answers it: a receipt, an error, the close."""
        assert self._socket is not None
        id_ = payload.get("id") if isinstance(payload, dict) else None
        raw = payload if isinstance(payload, str | bytes) else json.dumps(payload)
        try:
            with suppress(ConnectionClosed):
                await self._socket.send(raw)
            async with asyncio.timeout(PATIENCE):
                while True:
                    found = _answer(json.loads(await self._socket.recv()), id_)
                    if found:
                        return found
        except ConnectionClosed:
            code = self._socket.close_code
            self._socket = None
            return f"closed {code}"
        except TimeoutError:
            return SILENCE

    async def wait(self) -> str:
        """Say nothing, and give how it ended."""
        assert self._socket is not None
        await self._socket.wait_closed()
        return f"closed {self._socket.close_code}"

    async def close(self) -> None:
        """Leave."""
        if self._socket is not None:
            self._socket.transport.abort()
            await self._socket.wait_closed()
            self._socket = None


def _answer(message: dict[str, Any], id_: object) -> str:
    match message:
        case {"type": "receipt", "id": found, "outcome": "rejected", "code": code, "message": str()} if found == id_:
            return f"rejected {code}"
        case {"type": "receipt", "id": found, "outcome": outcome} if found == id_:
            return str(outcome)
        case {"type": "events", "events": events} if any(event["command"] == id_ for event in events if id_):
            return "accepted"
        case {"type": "error", "code": str(), "message": str()}:
            return "error"
        case {"type": "welcome" | "pong" | "not_stored" | "slow_down" as type_}:
            return str(type_)
        case _:
            return ""


class Bystander:
    """Works in the room while all this goes on, and holds what the server holds."""

    def __init__(self, room: Room) -> None:
        self.live = Live(Place(room.http.port, room.id), room.join("participant", "Bystander"))
        self.room = room

    async def open(self) -> Self:
        """Come in."""
        await self.live.open()
        return self

    async def works(self) -> None:
        """Make a change, which is answered as ever."""
        await self.live.ok("add_note", note=new_id(), block="channels", text="Undisturbed")

    async def leave(self) -> None:
        """Check that nothing was noticed: no error, no stranger's presence, the canvas of the server."""
        await self.works()
        await self.live.at(self.room.head())
        expect(canonical(self.live.canvas) == canonical(self.room.get("/canvas")["canvas"]), "another canvas")
        names = {p["participant"]: p["name"] for p in self.room.get("/people")["people"]}
        for message in self.live.messages:
            expect(message["type"] == "presence", f"the bystander was told {message}")
            for person in message["people"]:
                expect(names[person["participant"]] == person["name"], f"a stranger is present: {person}")
        await self.live.close()


async def furnish(room: Room) -> Props:
    """Put into the room what the bad commands are aimed at."""
    host = await Live(Place(room.http.port, room.id), room.token).open()
    ids = (new_id(), new_id(), new_id(), new_id(), new_id(), new_id())
    props = Props(*ids, participant=_guest(room), iteration=new_id(), head=0)
    await host.ok("add_note", note=props.note, block="value_propositions", text="Play")
    await host.ok("define_steps", steps=[{"id": props.step, "name": "Development"}])
    await host.ok("define_questions", questions=[{"id": props.question, "text": "Who makes it?"}])
    for activity in (props.activity, props.other, props.retired):
        await host.ok("add_activity", activity=activity, title="Make blocks", category="production")
    await host.ok("retire_activity", activity=props.retired)
    await host.ok("open_iteration", iteration=props.iteration, name="Kick-off")
    await host.ok("close_iteration", override_reason="No time")
    head = host.version
    await host.close()
    return replace(props, head=head)


def _guest(room: Room) -> str:
    """Have somebody join who does nothing; their id."""
    room.join("observer", "Guest")
    return str(room.get("/people")["people"][-1]["participant"])


async def probe_messages(probe: Probe, kinds: Iterable[Bad], bystander: Bystander) -> Findings:
    """Send each on a connection that has said hello, a new one where the last was closed."""
    findings = Findings()
    for number, bad in enumerate(kinds):
        await probe.ready()
        findings.note(bad, await probe.answer(bad.payload))
        if number % 25 == 0:
            await bystander.works()
    await probe.close()
    return findings


async def probe_hellos(place: Place, kinds: Iterable[Bad]) -> Findings:
    """Send each as the first frame of a connection."""
    findings = Findings()
    for bad in kinds:
        probe = await Probe(place, "").bare()
        findings.note(bad, await probe.answer(bad.payload))
        await probe.close()
    return findings


async def probe_handshakes(place: Place, token: str) -> Findings:
    """Connect from where one may not, to what there is not, or say nothing."""
    findings = Findings()
    refused = frozenset({"refused 403"})
    for origin in (
        "http://evil.example",
        "https://127.0.0.1",
        "null",
        "http://127.0.0.1.evil.example",
        "file://",
        "nonsense",
    ):
        bad = Bad("handshake", "origin", origin, None, refused)
        try:
            await (await Probe(place, token).bare(origin=origin)).close()
            findings.note(bad, "accepted")
        except InvalidStatus as error:
            findings.note(bad, f"refused {error.response.status_code}")
    for room in ("nowhere", "__proto__", "%00", "r" * 2000):
        bad = Bad("handshake", "room", room[:20], None, frozenset({"closed 4404", "refused 404", "refused 400"}))
        findings.note(bad, await _to_room(Place(place.port, room), token))
    silent = await Probe(place, token).bare()
    findings.note(Bad("handshake", "hello", "none in time", None, frozenset({"closed 4408"})), await silent.wait())
    return findings


async def _to_room(place: Place, token: str) -> str:
    try:
        probe = await Probe(place, token).bare()
        return await probe.answer({"type": "hello", "protocol": 1, "token": token, "since": None, "epoch": None})
    except InvalidStatus as error:
        return f"refused {error.response.status_code}"


def probe_http(room: Room, kinds: Iterable[BadRequest]) -> Findings:
    """Send each request; an error must be a problem with a code."""
    findings = Findings()
    for bad in kinds:
        findings.note(bad, _status(room, bad))
    return findings


def _status(room: Room, bad: BadRequest) -> int | str:
    try:
        reply = room.http.send(bad.method, bad.path, bad.content, bad.headers)
    except ConnectionError as error:
        return f"no answer, {error}"
    return reply.status if reply.problem else f"{reply.status} without a problem ({reply.content[:60]!r})"
