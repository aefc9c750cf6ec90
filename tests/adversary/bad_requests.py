"""Bad requests over HTTP: every endpoint meets bad JSON, wrong members, methods, tokens, queries and paths."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as member
from typing import Any

from tests.adversary.bad_commands import DEEP, LONE, nested
from tests.support.calls import Room
from tests.support.patch import Json

BAD_BODY = frozenset({400, 413, 422})
UNKNOWN, NO_TOKEN, NO_METHOD, RANGE = frozenset({404}), frozenset({401}), frozenset({405}), frozenset({422})
TYPES: dict[str, Any] = {"a number": 7, "true": True, "a list": [], "an object": {}}
READS = ("canvas", "people", "events", "export?format=jsonl")
MEGABYTE = 2**20


@dataclass(frozen=True)
class BadRequest:
    """One kind of bad request, and the statuses that the contract allows for it."""

    message: str
    field: str
    fault: str
    method: str
    path: str
    allowed: frozenset[int]
    content: bytes | None = None
    headers: dict[str, str] = member(default_factory=dict)

    @property
    def name(self) -> tuple[str, str, str]:
        """Give what it is counted by."""
        return self.message, self.field, self.fault


JSON_TYPE = {"Content-Type": "application/json"}


def bad_requests(room: Room) -> Iterator[BadRequest]:
    """Give every bad request for a room that exists."""
    opening: Json = {"title": "T", "language": "en", "name": "N", "template": "blank"}
    yield from _bodies("open a room", "/api/rooms", opening)
    yield from _opening_fields(opening)
    joining: Json = {"invite": room.invites["participant"], "name": "N"}
    path = f"/api/rooms/{room.id}/join"
    yield from _bodies("join", path, joining)
    yield from _joining_fields(path, joining)
    for read in READS:
        yield from _tokens(room, read)
    yield from _queries(room)
    yield from _methods(room)
    yield from _paths(room)


def _post(message: str, path: str, where: tuple[str, str], body: object, allowed: frozenset[int] = RANGE) -> BadRequest:
    return BadRequest(message, *where, "POST", path, allowed, json.dumps(body).encode(), JSON_TYPE)


def _bodies(message: str, path: str, good: Json) -> Iterator[BadRequest]:
    text = json.dumps(good).encode()
    whole = {
        "no body": b"", "not JSON": b"hello", "cut off": text[:-1], "two values": text + text, "an array": b"[]",
        "a text": b'"x"', "null": b"null", "not UTF-8": b'{"title":"\xff"}',
        "a surrogate in bytes": b'{"title":"\xed\xa0\x80"}',
        "UTF-16": json.dumps(good).encode("utf-16"), "nested deep": b"[" * 50_000, "NaN": b'{"title":NaN}',
        "too large": json.dumps({**good, "name": "x" * MEGABYTE}).encode(), "form data": b"title=T&name=N",
        "a raw line feed": b'{"title":"a\nb"}',
    }  # fmt: skip
    for fault, content in whole.items():
        yield BadRequest(message, "body", fault, "POST", path, BAD_BODY, content, JSON_TYPE)
    for type_ in (
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "application/xml",
        "nonsense",
    ):
        allowed = frozenset({400, 415, 422})
        yield BadRequest(message, "content type", type_, "POST", path, allowed, text, {"Content-Type": type_})
    for name in ("extra", "__proto__", "participant"):
        yield _post(message, path, (name, "unknown field"), {**good, name: "x"})


def _opening_fields(good: Json) -> Iterator[BadRequest]:
    message, path = "open a room", "/api/rooms"
    for name in ("title", "language", "name", "template"):
        for fault, value in TYPES.items():
            yield _post(message, path, (name, fault), {**good, name: value})
        yield _post(message, path, (name, "a lone surrogate"), {**good, name: LONE}, BAD_BODY)
        yield _post(message, path, (name, "nested deep"), {**good, name: nested(DEEP)}, BAD_BODY)
    yield _post(message, path, ("title", "missing"), {"language": "en"})
    yield _post(message, path, ("title", "null"), {**good, "title": None})
    for fault, text in {"empty": "", "blank": " \n\u00a0", "too long": "x" * 201}.items():
        yield _post(message, path, ("title", fault), {**good, "title": text})
    yield _post(message, path, ("name", "too long"), {**good, "name": "x" * 201})
    for fault, text in {"unknown": "fr", "in capitals": "EN", "empty": ""}.items():
        yield _post(message, path, ("language", fault), {**good, "language": text})
    for fault, text in {"unknown": "duplo", "a path": "../../etc/passwd", "empty": ""}.items():
        yield _post(message, path, ("template", fault), {**good, "template": text})


def _joining_fields(path: str, good: Json) -> Iterator[BadRequest]:
    for name in ("invite", "name"):
        for fault, value in TYPES.items():
            yield _post("join", path, (name, fault), {**good, name: value})
        yield _post("join", path, (name, "a lone surrogate"), {**good, name: LONE}, BAD_BODY | UNKNOWN)
    yield _post("join", path, ("invite", "missing"), {"name": "N"})
    yield _post("join", path, ("invite", "null"), {**good, "invite": None})
    yield _post("join", path, ("invite", "wrong"), {**good, "invite": "x" * 32}, UNKNOWN)
    yield _post("join", path, ("invite", "empty"), {**good, "invite": ""}, UNKNOWN | RANGE)
    yield _post("join", path, ("invite", "long"), {**good, "invite": "x" * 10_000}, UNKNOWN | RANGE)
    yield _post("join", path, ("name", "too long"), {**good, "name": "x" * 201})
    for fault, room in {"unknown": "nowhere", "a path": "..%2f..", "a NUL": "a%00b", "long": "r" * 3000}.items():
        yield _post("join", f"/api/rooms/{room}/join", ("room", fault), good, UNKNOWN | {400})


def _tokens(room: Room, read: str) -> Iterator[BadRequest]:
    message, path = f"GET {read}", f"/api/rooms/{room.id}/{read}"
    stranger = Room.open(room.http)
    headers = {
        "missing": {}, "empty": {"Authorization": ""}, "without a token": {"Authorization": "Bearer"},
        "another scheme": {"Authorization": f"Basic {room.token}"}, "bare": {"Authorization": room.token},
    }  # fmt: skip
    for fault, given in headers.items():
        yield BadRequest(message, "token", fault, "GET", path, NO_TOKEN, headers=given)
    wrong = {
        "nobody's": "x" * 43,
        "another room's": stranger.token,
        "an invite": room.invites["facilitator"],
        "long": "x" * 6000,
    }
    for fault, token in wrong.items():
        bearer = {"Authorization": f"Bearer {token}"}
        yield BadRequest(message, "token", fault, "GET", path, UNKNOWN, headers=bearer)
    bearer = {"Authorization": f"Bearer {room.token}"}
    yield BadRequest(message, "room", "unknown", "GET", f"/api/rooms/nowhere/{read}", UNKNOWN, headers=bearer)
    yield BadRequest(
        message, "token", "in the query", "GET", f"{path}{'&' if '?' in path else '?'}token={room.token}", NO_TOKEN
    )


def _queries(room: Room) -> Iterator[BadRequest]:
    bearer = {"Authorization": f"Bearer {room.token}"}
    numbers = {
        "negative": "-1",
        "a word": "x",
        "a fraction": "1.5",
        "a power": "1e3",
        "blank": "%20",
        "hexadecimal": "0x1",
        "a list": "1,2",
    }
    for call, name in (("canvas", "version"), ("events", "after"), ("events", "limit")):
        for fault, value in numbers.items():
            path = f"/api/rooms/{room.id}/{call}?{name}={value}"
            yield BadRequest(f"GET {call}", name, fault, "GET", path, RANGE, headers=bearer)
    beyond = {"beyond the head": "1000000", "2^53": str(2**53), "2^63": str(2**63), "a hundred digits": "9" * 100}
    for fault, value in beyond.items():
        path = f"/api/rooms/{room.id}/canvas?version={value}"
        yield BadRequest("GET canvas", "version", fault, "GET", path, UNKNOWN | RANGE, headers=bearer)
    for fault, value in {"nought": "0", "too many": "1001", "2^63": str(2**63)}.items():
        path = f"/api/rooms/{room.id}/events?limit={value}"
        yield BadRequest("GET events", "limit", fault, "GET", path, RANGE, headers=bearer)
    for fault, value in {"unknown": "exe", "empty": "", "in capitals": "JSONL", "a path": "../x"}.items():
        path = f"/api/rooms/{room.id}/export?format={value}"
        yield BadRequest("GET export", "format", fault, "GET", path, RANGE | UNKNOWN, headers=bearer)


def _methods(room: Room) -> Iterator[BadRequest]:
    calls = {
        "/api/rooms": "POST", f"/api/rooms/{room.id}/join": "POST", f"/api/rooms/{room.id}/canvas": "GET",
        f"/api/rooms/{room.id}/people": "GET", f"/api/rooms/{room.id}/events": "GET",
        f"/api/rooms/{room.id}/export": "GET", "/healthz": "GET", "/readyz": "GET", "/metrics": "GET",
    }  # fmt: skip
    bearer = {"Authorization": f"Bearer {room.token}"}
    for path, right in calls.items():
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "PROPFIND"} - {right}:
            name = path.replace(room.id, "ROOM")
            yield BadRequest(
                name, "method", method, method, path, NO_METHOD, b"{}" if method != "GET" else None, bearer
            )


def _paths(room: Room) -> Iterator[BadRequest]:
    tricks = (
        "/api/rooms/../../etc/passwd", "/api/rooms/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc%2fpasswd",
        "/static/../../pyproject.toml",
        "/static/%2e%2e/%2e%2e/pyproject.toml", "/assets/..%2f..%2fcli.py", "/assets/%00",
        "/api", "/api/", "/api/nothing",
        f"/api/rooms/{room.id}", f"/api/rooms/{room.id}/nothing", f"/api/rooms/{room.id}//canvas",
        f"/api//rooms/{room.id}/canvas",
        f"/api/rooms/{room.id.upper()}!/canvas", "/api/rooms//canvas",
        "/api/rooms/%00/canvas",
        "/api/rooms/%ff%fe/canvas", "/api/rooms/'%20OR%201=1--/canvas", f"/api/rooms/{'r' * 4000}/canvas",
        "/api/rooms/__proto__/canvas",
        f"/api/rooms/{room.id}/export/../../../../etc/passwd?format=jsonl", f"/api/rooms/{room.id}/live",
    )  # fmt: skip
    bearer = {"Authorization": f"Bearer {room.token}"}
    for path in tricks:
        fault = path.replace(room.id, "ROOM")[:60]
        yield BadRequest("GET", "path", fault, "GET", path, frozenset({400, 401, 404, 426}), headers=bearer)
