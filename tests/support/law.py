"""The law of the contract: no gap, a chain of digests, and `changes` that fold to what the server answers."""

import json
import re
from collections.abc import Iterable
from typing import Any

from tests.support.calls import Room
from tests.support.canonical import NO_EVENT, canonical, digest
from tests.support.expect import expect
from tests.support.patch import Json, apply, read

MEMBERS = {
    "format",
    "version",
    "epoch",
    "type",
    "schema",
    "at",
    "by",
    "command",
    "data",
    "words",
    "salt",
    "changes",
    "digest",
}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
SALT = re.compile(r"[0-9a-f]{32}")


def check_form(event: Json) -> None:
    """Check that an event has the members of the contract, and nothing that can't be hashed everywhere alike."""
    name = f"event {event.get('version')}"
    expect(set(event) - {"salts"} == MEMBERS, f"{name} has the members {sorted(event)}")
    expect(event["format"] == 1 and isinstance(event["schema"], int), f"{name}: format or schema")
    expect(MOMENT.fullmatch(event["at"]), f"{name}: at {event['at']}")
    expect(event["words"] == sorted(set(event["words"])), f"{name}: words {event['words']}")
    expect(bool(event["words"]) == (event["salt"] is not None), f"{name}: salt {event['salt']} for {event['words']}")
    expect(event["salt"] is None or SALT.fullmatch(event["salt"]), f"{name}: salt {event['salt']}")
    expect(
        all(isinstance(read(event["data"], pointer), str) for pointer in event["words"]), f"{name}: a word is no string"
    )
    expect(json.dumps(sorted(_names(event["data"]))).isascii(), f"{name}: a member's name is not ASCII")


def _names(value: Any) -> Iterable[str]:  # noqa: ANN401 - any JSON value
    if isinstance(value, dict):
        yield from value
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _names(part)


def check_chain(events: list[Json], room: str) -> None:
    """Check that versions are gapless from 1, moments never step back, commands are contiguous, digests follow."""
    previous, moment, last, ended = NO_EVENT, "", None, set[str]()
    for version, event in enumerate(events, 1):
        check_form(event)
        expect(event["version"] == version, f"event {event['version']} where {version} is due")
        expect(event["at"] >= moment, f"event {version}: time steps back")
        previous = digest(previous, event)
        expect(event["digest"] == previous, f"event {version} ({event['type']}): its digest does not follow")
        if event["command"] != last and last is not None:
            ended.add(last)
        expect(event["command"] not in ended, f"event {version}: command {event['command']} begins a second time")
        moment, last = event["at"], event["command"]
    expect(events and events[0]["type"] == "WorkshopOpened", "version 1 is not WorkshopOpened")
    expect(events[0]["data"]["room"] == room, f"the room of the first event is {events[0]['data']}")


def check_fold(room: Room, events: list[Json], versions: Iterable[int]) -> Json:
    """Check that folding all changes meets the server's canvas at these versions and at the head; the head's canvas."""
    wanted = {0, len(events), *versions}
    canvas = room.get("/canvas?version=0")["canvas"]
    for version in range(len(events) + 1):
        canvas = apply(canvas, events[version - 1]["changes"]) if version else canvas
        if version in wanted:
            answer = room.get(f"/canvas?version={version}")
            expect(answer["version"] == version, f"the canvas of {version} says {answer['version']}")
            expect(canonical(answer["canvas"]) == canonical(canvas), f"the fold is not the canvas of version {version}")
    now = room.get("/canvas")
    expect(now["version"] == len(events), f"the canvas is at {now['version']}, the log at {len(events)}")
    expect(canonical(now["canvas"]) == canonical(canvas), "the fold is not the canvas of today")
    return dict(canvas)


def check_export(room: Room, events: list[Json]) -> None:
    """Check that the jsonl export is the log, line by line, in canonical JSON and without `changes`."""
    reply = room.http.call("GET", f"/api/rooms/{room.id}/export?format=jsonl", token=room.token)
    lines = [canonical({name: event[name] for name in event if name != "changes"}) + "\n" for event in events]
    expect(reply.content == "".join(lines).encode(), "the jsonl export is not the log")


def check_room(room: Room, versions: Iterable[int] = ()) -> list[Json]:
    """All of the law for one room; its events."""
    events = room.events()
    check_chain(events, room.id)
    check_fold(room, events, versions)
    check_export(room, events)
    return events
