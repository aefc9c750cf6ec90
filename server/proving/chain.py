"""A log, event by event, as an auditor reads it: numbers, canonical bytes, commitments, the chain of digests.

Nothing is believed. What this can't tell is whether events are missing at the end, or all of it was written anew: for
that somebody must have kept a version and its digest.
"""

import hmac
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any, Final

import orjson

from server.storage import codec
from server.storage.codec import Stored

HASHED: Final = {*("format", "version", "epoch", "type", "schema", "at", "by", "command", "data", "words")}
EXPORTED: Final = {*HASHED, "salt", "digest"}


class BrokenError(Exception):
    """A log is not what it says: the first version where it isn't, and why."""

    def __init__(self, version: int, why: str) -> None:
        super().__init__(f"version {version}: {why}")
        self.version, self.why = version, why


class FaultError(ValueError):
    """What is wrong with the next event, in words."""


class Chain:
    """The events of one log so far, and the last digest."""

    def __init__(self) -> None:
        self.version, self.digest = 0, codec.BEGINNING
        self._redacted: dict[tuple[int, str], None] = {}

    def line(self, raw: bytes) -> None:
        """Take the next line of an export. Raises BrokenError."""
        self._take(self._line, raw)

    def stored(self, stored: Stored) -> None:
        """Take the next event of a data folder. Raises BrokenError."""
        self._take(self._stored, stored)

    def end(self) -> None:
        """Check what only the end can tell. Raises BrokenError."""
        for version, pointer in self._redacted:
            raise BrokenError(version, f"the text of {pointer} was taken out, and no later event says so")
        if not self.version:
            raise BrokenError(1, "it is missing, there is no event at all")

    def _take(self, check: Callable[[Any], None], event: object) -> None:
        try:
            check(event)
        except FaultError as fault:
            raise BrokenError(self.version + 1, str(fault)) from None
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise BrokenError(self.version + 1, f"it can't be read ({type(error).__name__})") from error

    def _line(self, raw: bytes) -> None:
        if not raw.endswith(b"\n"):
            raise FaultError("its line does not end")
        event = self._event(raw[:-1])
        if event.keys() != (EXPORTED if event.get("salts") is None else {*EXPORTED, "salts"}):
            raise FaultError("its members are not those of an event")
        salt, salts, digest = event.pop("salt"), event.pop("salts", None), event.pop("digest")
        if event["words"]:
            self._commit(event, salt, salts)
        elif salt is not None or salts is not None:
            raise FaultError("it has a salt, but no words")
        self._link(orjson.dumps(event, option=orjson.OPT_SORT_KEYS), digest)
        self._named(event)

    def _stored(self, stored: Stored) -> None:
        event = self._event(stored.body)
        if event.keys() != HASHED:
            raise FaultError("its members are not those of an event")
        if (stored.version, stored.kind) != (event["version"], event["type"]):
            raise FaultError("its row is that of another event")
        pointers, texts = event["words"], stored.words
        if texts is None and pointers:
            raise FaultError("its texts are missing")
        if len(texts or ()) != len(pointers) or (texts is not None and not pointers):
            raise FaultError("its texts are not those that it names")
        self._kept(event, stored, dict(zip(pointers, texts or (), strict=True)))
        self._link(stored.body, stored.digest.hex())
        self._named(event)

    def _kept(self, event: dict[str, Any], stored: Stored, texts: dict[str, str | None]) -> None:
        """Check the texts that stay, and what is kept of those that were taken out: no reader can do without it."""
        gone = {pointer for pointer, text in texts.items() if text is None}
        salts, since = stored.taken or ({}, {})
        of_these = since.keys() == gone and salts.keys() == (texts.keys() - gone if gone else set())
        if not of_these or (stored.taken is not None) != bool(gone):
            raise FaultError("what is kept of the texts that were taken out is not of these")
        for pointer, text in texts.items():
            if text is None:
                self._redacted[event["version"], pointer] = None
                continue
            parent, member = codec.place(event["data"], pointer)
            own = salts[pointer] if gone else _own_salt(stored.salt or b"", pointer)
            if parent[member] != codec.committed(own, text):
                raise FaultError(f"the text of {pointer} is not the one that it committed to")

    def _named(self, event: dict[str, Any]) -> None:
        """Take note of what a redaction says that it took out, before it."""
        if event["type"] == "TextRedacted":
            for place in _places(event["data"]):
                self._redacted.pop(place, None)

    def _event(self, raw: bytes) -> dict[str, Any]:
        """Read an event, which must be the next one and canonical JSON."""
        event: dict[str, Any] = orjson.loads(raw)
        version = event["version"]
        if type(version) is not int or version != self.version + 1:
            missing = type(version) is int and version > self.version + 1
            raise FaultError("it is missing" if missing else "another event stands in its place")
        if event["format"] != codec.FORMAT:
            raise FaultError("its form is not known here")
        if codec.canonical(event) != raw:
            raise FaultError("it is not canonical JSON")
        return event

    def _commit(self, event: dict[str, Any], salt: str | None, salts: dict[str, str] | None) -> None:
        """Replace the texts of an exported event by their commitments, and note which were taken out."""
        told = (
            _is_salt(salt, 16) if salts is None else salt is None and all(_is_salt(own, 32) for own in salts.values())
        )
        if not told:
            raise FaultError("its salts are not those of its words")
        key, own_salts = bytes.fromhex(salt or ""), dict(salts or {})
        for pointer in event["words"]:
            parent, member = codec.place(event["data"], pointer)
            value = parent[member]
            if type(value) is str:
                own = own_salts.pop(pointer) if salt is None else _own_salt(key, pointer)
                parent[member] = codec.committed(own, value)
            elif salt is None and list(value) == ["redacted"]:
                parent[member] = value["redacted"]
                self._redacted[event["version"], pointer] = None
            else:
                raise FaultError(f"the text of {pointer} is none")
        if own_salts:
            raise FaultError("its salts are not those of its words")

    def _link(self, body: bytes, digest: str) -> None:
        found = sha256(b"kern/event/1\n%b\n%b" % (self.digest.encode(), body)).hexdigest()
        if found != digest:
            raise FaultError("its digest does not fit")
        self.version, self.digest = self.version + 1, found


def _own_salt(key: bytes, pointer: str) -> str:
    return hmac.digest(key, pointer.encode(), "sha256").hex()


def _is_salt(digits: object, size: int) -> bool:
    """Whether these are so many bytes as they are written here; others mean the same, but were not made by us."""
    return isinstance(digits, str) and len(digits) == 2 * size and bytes.fromhex(digits).hex() == digits


def _places(data: object) -> Iterator[tuple[int, str]]:
    """Tell the texts that a redaction names, wherever in its data it does."""
    if isinstance(data, dict):
        if isinstance(data.get("version"), int) and isinstance(data.get("pointer"), str):
            yield data["version"], data["pointer"]
        for part in data.values():
            yield from _places(part)
    elif isinstance(data, list):
        for part in data:
            yield from _places(part)
