"""What one client holds of a room: its own canvas, kept by applying what the server sends, and believing none of it."""

import copy
from collections.abc import Sequence
from typing import Any

from projections.patch import apply, replace
from server.demo.calls import wrong
from server.storage.codec import BEGINNING, canonical, commitment, event_digest

NOT_HASHED = frozenset({"changes", "salt", "salts", "digest"})


def digest_of(previous: str, event: dict[str, Any]) -> str:
    """Compute the digest of an event from the one before it, each text replaced by its commitment."""
    body = {name: copy.deepcopy(value) for name, value in event.items() if name not in NOT_HASHED}
    for pointer in event["words"]:
        apply(body, [replace(f"/data{pointer}", commitment(event["salt"], pointer, _text_at(event["data"], pointer)))])
    return event_digest(previous, canonical(body))


def _text_at(data: Any, pointer: str) -> str:  # noqa: ANN401 - walks any JSON
    for name in pointer.split("/")[1:]:
        data = data[int(name)] if isinstance(data, list) else data[name]
    return str(data)


class Held:
    """A canvas at a version, and the digest of that version's event; None before the first welcome."""

    def __init__(self) -> None:
        self.canvas: dict[str, Any] = {}
        self.version: int | None = None
        self._digest: str | None = None
        self._epoch: str | None = None
        self._shape: str | None = None

    @property
    def now(self) -> int:
        """The version held, to base a rewording on."""
        return self.version or 0

    def hello(self, token: str) -> dict[str, object]:
        """Greet the server: with the version held, so that only what came after it needs to be sent."""
        known = {"since": self.version, "epoch": self._epoch, "digest": self._digest, "shape": self._shape}
        greeting = {"type": "hello", "protocol": 1, "token": token, "since": None, "epoch": None, "language": "en"}
        return greeting | {name: value for name, value in known.items() if value is not None}

    def welcome(self, message: dict[str, Any]) -> None:
        """Take a welcome: the canvas, or the events since. Raises WrongError where they don't fit."""
        self._epoch, self._shape = message["epoch"], message["shape"]
        if "canvas" in message:
            self.canvas, self.version, self._digest = message["canvas"], message["version"], message.get("digest")
            if self.version == 0:
                self._digest = BEGINNING
        else:
            self.take(message["events"])
        if self.version != message["version"]:
            wrong(f"A welcome at version {message['version']} leads to version {self.version}.")

    def take(self, events: Sequence[dict[str, Any]]) -> None:
        """Apply events. Raises WrongError for a gap, a broken chain of digests, a patch that does not fit."""
        for event in events:
            version = event["version"]
            if version != self.now + 1:
                wrong(f"Event {version} came after version {self.version}.")
            if self._digest is not None and event["digest"] != digest_of(self._digest, event):
                wrong(f"The digest of event {version} does not follow from the one before it.")
            try:
                apply(self.canvas, event["changes"])
            except (LookupError, ValueError):
                wrong(f"The changes of event {version} do not fit the canvas before it.")
            self.version, self._digest = version, event["digest"]
