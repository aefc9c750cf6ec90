"""Bad frames and messages: before, as and after the hello."""

import json
from collections.abc import Iterator
from typing import Any

from tests.adversary.bad_commands import DEEP, LONE, Bad, nested
from tests.adversary.fields import Props
from tests.support.live import new_id
from tests.support.patch import Json

MALFORMED, ERROR = frozenset({"closed 4400"}), frozenset({"error"})
TOO_LARGE, NO_TOKEN = frozenset({"closed 4413"}), frozenset({"closed 4401"})
OTHER_PROTOCOL, NO_ROOM = frozenset({"closed 4409"}), frozenset({"closed 4404"})
ALL_TYPES: dict[str, Any] = {
    "null": None,
    "a number": 7,
    "a fraction": 1.5,
    "a text": "x",
    "true": True,
    "a list": [],
    "an object": {},
}
FOR_SERVERS = ("welcome", "events", "receipt", "pong", "people", "resync", "error", "Ping", "ping ", "__proto__")
HUGE = 2**16 + 1


def raw_frames() -> Iterator[tuple[str, str | bytes, frozenset[str]]]:
    """Give frames that are malformed whatever they are meant to be."""
    yield "empty", "", MALFORMED
    yield "not JSON", "hello?", MALFORMED
    yield "cut off", '{"type":"ping","n":', MALFORMED
    yield "two values", '{"type":"ping","n":1}{"type":"ping","n":2}', MALFORMED
    yield "an array", '[{"type":"ping","n":1}]', MALFORMED
    yield "a number", "1", MALFORMED
    yield "a text", '"ping"', MALFORMED
    yield "null", "null", MALFORMED
    yield "not a number", '{"type":"ping","n":NaN}', MALFORMED
    yield "single quotes", "{'type':'ping','n':1}", MALFORMED
    yield "a NUL", '{"type":"ping","n":1}\x00', MALFORMED
    yield "a NUL in a text", '{"type":"pi\x00ng","n":1}', MALFORMED
    yield "nested deep", "[" * 30_000, MALFORMED
    yield "nested deep and closed", "[" * 30_000 + "]" * 30_000, MALFORMED
    yield "binary", b'{"type":"ping","n":1}', MALFORMED
    yield "binary and empty", b"", MALFORMED
    yield "binary noise", bytes(range(256)), MALFORMED
    yield "too large", json.dumps({"type": "ping", "n": 1, "x": "x" * HUGE}), TOO_LARGE
    yield "too large and not JSON", "x" * HUGE, TOO_LARGE
    yield "too large and binary", bytes(HUGE), TOO_LARGE
    yield "much too large", "x" * (16 * HUGE), TOO_LARGE


def after_hello(props: Props) -> Iterator[Bad]:
    """Give what may come on a connection that has said hello."""
    for fault, payload, allowed in raw_frames():
        yield Bad("a frame", "", fault, payload, allowed)
    yield Bad("a frame", "", "nested within a member", {"type": "ping", "n": nested(DEEP)}, ERROR | MALFORMED)
    yield from _types()
    yield from _ids(props)
    yield from _pings()
    yield from _presences(props)
    yield Bad(
        "hello", "", "a second one", {"type": "hello", "protocol": 1, "token": "x", "since": None}, ERROR | MALFORMED
    )


def _types() -> Iterator[Bad]:
    yield Bad("any", "type", "missing", {"n": 1}, ERROR)
    yield Bad("any", "type", "missing of an empty object", {}, ERROR)
    for fault, value in ALL_TYPES.items():
        yield Bad("any", "type", fault, {"type": value, "n": 1}, ERROR)
    for type_ in FOR_SERVERS:
        yield Bad("any", "type", f"{type_!r}, which is not for clients", {"type": type_, "n": 1}, ERROR)
    yield Bad("any", "type", "a lone surrogate", {"type": LONE, "n": 1}, ERROR | MALFORMED)


def _ids(props: Props) -> Iterator[Bad]:
    good = props.command("judge_activity")
    yield Bad("do", "id", "missing", {name: value for name, value in good.items() if name != "id"}, ERROR)
    for fault, value in ALL_TYPES.items():
        yield Bad("do", "id", fault, {**good, "id": value}, ERROR)
    for fault, text in {
        "empty": "",
        "too short": "1-2",
        "in braces": f"{{{new_id()}}}",
        "a lone surrogate": LONE,
    }.items():
        yield Bad("do", "id", fault, {**good, "id": text}, ERROR)
    yield Bad("do", "id", "in capitals", {**good, "id": "A" + new_id()[1:].upper()}, ERROR | {"rejected invalid"})
    for fault, value in {
        **ALL_TYPES,
        "unknown": "fly_away",
        "__proto__": "__proto__",
        "a lone surrogate": LONE,
    }.items():
        yield Bad("do", "action", fault, {**props.command("undo"), "action": value}, frozenset({"rejected invalid"}))
    yield Bad("do", "action", "missing", {"type": "do", "id": new_id()}, frozenset({"rejected invalid"}))


def _pings() -> Iterator[Bad]:
    yield Bad("ping", "n", "missing", {"type": "ping"}, ERROR)
    for name in ("extra", "__proto__", LONE):
        yield Bad("ping", name, "unknown field", {"type": "ping", "n": 1, name: 1}, ERROR)
    for fault, value in ALL_TYPES.items():
        if fault != "a number":
            yield Bad("ping", "n", fault, {"type": "ping", "n": value}, ERROR)


def _presences(props: Props) -> Iterator[Bad]:
    good: Json = {"type": "presence", "focus": None, "cursor": None, "typing": False}
    for field, fine in {"focus": {"null", "a text"}, "cursor": {"null"}, "typing": {"true"}}.items():
        for fault, value in ALL_TYPES.items():
            if fault not in fine:
                yield Bad("presence", field, fault, {**good, field: value}, ERROR)
    cursors = {
        "one": [1],
        "three": [1, 2, 3],
        "texts": ["1", "2"],
        "nulls": [None, None],
        "true": [True, 1],
    }
    for fault, cursor in cursors.items():
        yield Bad("presence", "cursor", f"a list of {fault}", {**good, "cursor": cursor}, ERROR)
    yield Bad("presence", "focus", "too long", {**good, "focus": "x" * 5000}, ERROR)
    yield Bad("presence", "focus", "a lone surrogate", {**good, "focus": LONE}, ERROR | MALFORMED)
    for field, fine in {"view": {"null", "a text"}, "selection": {"a list"}, "hand": {"true"}}.items():
        for fault, value in ALL_TYPES.items():
            if fault not in fine:
                yield Bad("presence", field, fault, {**good, field: value}, ERROR)
    yield Bad("presence", "selection", "a lone surrogate", {**good, "selection": [LONE]}, ERROR | MALFORMED)
    yield Bad("summon", "view", "a lone surrogate", {"type": "summon", "view": LONE}, ERROR | MALFORMED)
    identity: Json = {"participant": props.note, "name": "Somebody else", "role": "facilitator", "__proto__": {}}
    for field, spoofed in {**identity, LONE: None}.items():
        yield Bad("presence", field, "spoofed", {**good, field: spoofed}, ERROR)


def as_hello(token: str) -> Iterator[Bad]:
    """Give what may come in place of a hello; each needs a connection of its own."""
    good: Json = {"type": "hello", "protocol": 1, "token": token, "since": None, "epoch": None}
    for fault, payload, allowed in raw_frames():
        yield Bad("instead of hello", "", fault, payload, allowed)
    for type_ in ("do", "ping", "presence", "welcome", "nothing"):
        yield Bad("instead of hello", "type", type_, {"type": type_, "id": new_id(), "n": 1}, MALFORMED | NO_TOKEN)
    for fault, value in ALL_TYPES.items():
        yield Bad("hello", "protocol", fault, {**good, "protocol": value}, OTHER_PROTOCOL | MALFORMED)
        if fault != "a text":
            yield Bad("hello", "token", fault, {**good, "token": value}, NO_TOKEN | MALFORMED)
        if fault not in {"null", "a number"}:
            yield Bad("hello", "since", fault, {**good, "since": value}, MALFORMED)
        for field in ("epoch", "digest", "shape", "language"):
            if fault not in {"null", "a text"}:
                yield Bad("hello", field, fault, {**good, field: value}, MALFORMED)
    for field, allowed in (("protocol", OTHER_PROTOCOL | MALFORMED), ("token", NO_TOKEN)):
        lacking = {name: value for name, value in good.items() if name != field}
        yield Bad("hello", field, "missing", lacking, allowed)
    yield Bad("hello", "token", "empty", {**good, "token": ""}, NO_TOKEN | NO_ROOM)
    yield Bad("hello", "token", "nobody's", {**good, "token": "x" * 40}, NO_ROOM)
    yield Bad("hello", "token", "a lone surrogate", {**good, "token": LONE}, NO_ROOM | MALFORMED)
    yield Bad("hello", "since", "negative", {**good, "since": -1}, MALFORMED)
    yield Bad("hello", "since", "very negative", {**good, "since": -(2**70)}, MALFORMED)
    for field in ("extra", "__proto__", "participant", "role", LONE):
        yield Bad("hello", field, "unknown field", {**good, field: "facilitator"}, MALFORMED)
