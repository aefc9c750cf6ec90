"""What one client holds of a room, kept by applying what the server sends and believing none of it."""

import json
from dataclasses import dataclass, field
from typing import Any

from tests.support.canonical import digest
from tests.support.expect import expect
from tests.support.patch import Json, apply


@dataclass
class Wire:
    """Parses frames and proves digests; shared by many clients, the same bytes are parsed and proved once.

    Sharing changes no verdict: the same frame after the same digest gives the same answer.
    """

    parsed: dict[str, Json] = field(default_factory=dict)
    proved: dict[int, tuple[Json, str]] = field(default_factory=dict)

    def parse(self, raw: str) -> Json:
        """Give the message of a text frame; events frames are remembered."""
        if raw in self.parsed:
            return self.parsed[raw]
        message = json.loads(raw)
        expect(isinstance(message, dict) and isinstance(message.get("type"), str), f"no message: {raw[:200]}")
        if message["type"] == "events":
            self.parsed[raw] = message
        return dict(message)

    def prove(self, previous: str, event: Json) -> None:
        """Check that the event's digest follows from `previous` and its content."""
        known, before = self.proved.get(id(event), (None, ""))
        if known is event and before == previous:
            return
        expect(event["digest"] == digest(previous, event), f"event {event['version']}: its digest does not follow")
        self.proved[id(event)] = (event, previous)


@dataclass
class Replica:
    """Canvas, version and digest as one client knows them; every event that ever reached it."""

    wire: Wire = field(default_factory=Wire)
    version: int | None = None
    epoch: str | None = None
    shape: str | None = None
    digest: str | None = None
    canvas: Any = None
    you: Json = field(default_factory=dict)
    people: list[Json] = field(default_factory=list)
    events: dict[int, Json] = field(default_factory=dict)

    def hello(self, token: str, *, fresh: bool) -> Json:
        """Give the greeting that asks for what this replica lacks, or for everything."""
        known: Json = {"since": None, "epoch": None}
        if not fresh and self.version is not None:
            known = {"since": self.version, "epoch": self.epoch, "digest": self.digest, "shape": self.shape}
        given = {name: value for name, value in known.items() if value is not None or name in {"since", "epoch"}}
        return {"type": "hello", "protocol": 1, "token": token, **given}

    def welcome(self, message: Json) -> list[Json]:
        """Take a welcome; the events that it brought."""
        expect(message["type"] == "welcome" and message["protocol"] == 1, f"no welcome: {str(message)[:300]}")
        expect(("canvas" in message) != ("events" in message), "a welcome has either canvas or events")
        self.you, self.people = message["you"], message["people"]
        if "events" in message:
            expect(message["epoch"] == self.epoch, "events of another epoch")
            self._take(message["events"])
            expect(self.version == message["version"], f"welcome to {message['version']}, events to {self.version}")
            self.shape = message["shape"]
            return list(message["events"])
        self.canvas, self.version = message["canvas"], message["version"]
        self.epoch, self.shape = message["epoch"], message["shape"]
        held = self.events.get(message["version"])
        self.digest = held["digest"] if held else None
        return []

    def frame(self, message: Json) -> list[Json]:
        """Take a frame of events, which must begin where this replica ends."""
        expect(self.version is not None, "events before the welcome")
        expect(message["from"] == (self.version or 0) + 1, f"a frame from {message['from']} at {self.version}")
        expect(message["events"], "an empty frame of events")
        self._take(message["events"])
        expect(self.version == message["to"], f"a frame to {message['to']} with events to {self.version}")
        return list(message["events"])

    def _take(self, events: list[Json]) -> None:
        for event in events:
            version = (self.version or 0) + 1
            expect(event["version"] == version, f"event {event['version']} where {version} was due")
            if self.digest or version == 1:
                self.wire.prove(self.digest or "0" * 64, event)
            self.canvas = apply(self.canvas, event["changes"])
            self.version, self.digest = version, event["digest"]
            seen = self.events.setdefault(version, event)
            expect(seen is event or seen == event, f"event {version} came in two forms")
