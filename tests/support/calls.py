"""HTTP as the tests speak it: one request a connection, nothing followed, nothing decoded that is not JSON."""

import contextlib
import http.client
import json
from dataclasses import dataclass
from typing import Any

from tests.support.expect import expect
from tests.support.patch import Json

PATIENCE = 20.0


@dataclass(frozen=True)
class Reply:
    """A response as it came."""

    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def json(self) -> Any:  # noqa: ANN401 - any JSON value
        """The content, parsed."""
        return json.loads(self.content)

    @property
    def problem(self) -> str | None:
        """The stable code, where this is an RFC 9457 problem that agrees with its status."""
        if self.headers.get("content-type", "").split(";")[0] != "application/problem+json":
            return None
        body = self.json
        agrees = body.get("status") == self.status and isinstance(body.get("code"), str) and body.get("title")
        return str(body["code"]) if agrees else None


@dataclass(frozen=True)
class Http:
    """The calls to one server."""

    port: int

    def send(
        self, method: str, path: str, content: bytes | None = None, headers: dict[str, str] | None = None
    ) -> Reply:
        """Exactly this request."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            with contextlib.suppress(BrokenPipeError):  # a server may answer before it has read all
                connection.request(method, path, content, headers or {})
            answer = connection.getresponse()
            names = {name.lower(): value for name, value in answer.getheaders()}
            return Reply(answer.status, names, answer.read())
        finally:
            connection.close()

    def call(self, method: str, path: str, body: Any = None, token: str | None = None) -> Reply:  # noqa: ANN401 - any JSON value
        """Give a request with a JSON body, as a participant."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        if body is not None:
            headers["Content-Type"] = "application/json"
        return self.send(method, path, None if body is None else json.dumps(body).encode(), headers)

    def get(self, path: str, token: str) -> Any:  # noqa: ANN401 - any JSON value
        """Give what a call that must succeed answers."""
        reply = self.call("GET", path, token=token)
        expect(reply.status == http.client.OK, f"GET {path}: {reply.status} {reply.content[:300]!r}")
        return reply.json


@dataclass(frozen=True)
class Room:
    """A room that the tests made: its id, its facilitator and its three invites."""

    http: Http
    id: str
    token: str
    invites: dict[str, str]

    @classmethod
    def open(cls, http_calls: Http, **extra: Any) -> "Room":  # noqa: ANN401 - any fields
        """Give a new room."""
        reply = http_calls.call(
            "POST", "/api/rooms", {"title": "A workshop", "language": "en", "name": "Facilitator", **extra}
        )
        expect(reply.status == http.client.CREATED, f"POST /api/rooms: {reply.status} {reply.content[:300]!r}")
        made = reply.json
        invites = {role: link.split("#", 1)[1] for role, link in made["links"].items()}
        return cls(http_calls, made["room"], made["token"], invites)

    def join(self, role: str, name: str) -> str:
        """Give the token of somebody new."""
        reply = self.http.call("POST", f"/api/rooms/{self.id}/join", {"invite": self.invites[role], "name": name})
        expect(
            reply.status == http.client.OK and reply.json["role"] == role,
            f"join: {reply.status} {reply.content[:300]!r}",
        )
        return str(reply.json["token"])

    def get(self, path: str) -> Any:  # noqa: ANN401 - any JSON value
        """Give what the facilitator gets from a call below this room."""
        return self.http.get(f"/api/rooms/{self.id}{path}", self.token)

    def head(self) -> int:
        """Give the version of the newest event."""
        return int(self.get("/canvas")["version"])

    def events(self, after: int = 0) -> list[Json]:
        """Give the log after a version, page by page."""
        found: list[Json] = []
        while True:
            page = self.get(f"/events?after={after}&limit=1000")
            found += page["events"]
            if not page["more"]:
                return found
            after = found[-1]["version"]
