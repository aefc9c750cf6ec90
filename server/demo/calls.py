"""The HTTP side of the public API, as any program may call it."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

PATIENCE = 30.0
"""Seconds that a call or a command may take before it counts as lost."""

PAGE = 1_000


class WrongError(Exception):
    """Something did not come out as it should; its text says what, for people."""


def wrong(what: str) -> NoReturn:
    """Raise WrongError, saying what is wrong."""
    raise WrongError(what)


@dataclass(frozen=True)
class Calls:
    """Calls to one server, by its address."""

    url: str

    def __post_init__(self) -> None:
        """Refuse an address that is none of a web server."""
        if urlsplit(self.url).scheme not in {"http", "https"}:
            wrong(f"{self.url} is no address of a server; it begins with http:// or https://.")

    def live(self, room: str) -> str:
        """Give the address of a room's live protocol."""
        return f"ws{self.url.removeprefix('http').rstrip('/')}/api/rooms/{room}/live"

    def link(self, path: str) -> str:
        """Give the whole address of a link that the server answered."""
        return f"{self.url.rstrip('/')}{path}"

    async def post(self, path: str, body: Mapping[str, object]) -> dict[str, Any]:
        """Post a JSON object. Raises WrongError for any answer but a good one."""
        return await asyncio.to_thread(
            self._call, path, json.dumps(body).encode(), {"Content-Type": "application/json"}
        )

    async def get(self, path: str, token: str) -> dict[str, Any]:
        """Get a JSON object as a participant. Raises WrongError for any answer but a good one."""
        return await asyncio.to_thread(self._call, path, None, {"Authorization": f"Bearer {token}"})

    async def events(self, room: str, token: str) -> list[dict[str, Any]]:
        """Get the whole log of a room, page by page."""
        events: list[dict[str, Any]] = []
        more = True
        while more:
            after = events[-1]["version"] if events else 0
            page = await self.get(f"/api/rooms/{room}/events?after={after}&limit={PAGE}", token)
            events += page["events"]
            more = page["more"]
        return events

    def _call(self, path: str, body: bytes | None, headers: dict[str, str]) -> dict[str, Any]:
        request = Request(self.link(path), body, headers)  # noqa: S310 - the scheme was looked at above
        try:
            with urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310 - the same
                content: dict[str, Any] = json.load(answer)
        except HTTPError as error:
            wrong(f"{path} was answered {error.code}: {error.read()[:300]!r}")
        except OSError:
            wrong(f"No server answers at {self.url}; start one with `kern serve`.")
        return content
