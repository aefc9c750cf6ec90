"""Stored bytes <-> events, and the chain of digests.

What is stored is what was hashed: the canonical JSON of an event in which each text that a person wrote is replaced by
its commitment. The texts and the event's salt are kept beside it. JSON here has no fractions and ASCII member names, so
compact JSON with sorted members is canonical (RFC 8785). The formats are described in docs/protocol.md.
"""

import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final, NamedTuple, NoReturn

import orjson

from domain import upcast
from domain.events import EVENTS, Recorded
from domain.taken_out import mark
from projections.patch import Operation

FORMAT: Final = 1
"""The form of the envelope and of its digest."""

BEGINNING: Final = "0" * 64
"""The digest before version 1."""

MOST_INTEGER: Final = 2**53 - 1


class Taken(NamedTuple):
    """Of an event that lost texts: the own salts of those that stay, and the version since which each other is gone."""

    salts: dict[str, str]
    since: dict[str, int]


@dataclass(slots=True)
class Stored:
    """An event as the log keeps it: `body` is the hashed JSON, `digest` its link in the chain (32 bytes).

    `salt` (16 bytes) and `words` (the texts, in the order of the event's pointers) are None where nobody wrote any.
    Where some were taken out, they are None, so is the salt, and `taken` tells.
    `fingerprint` (16 bytes, empty but for a command's first event) tells the command's content; see Room.
    """

    version: int
    kind: str
    body: bytes
    digest: bytes
    salt: bytes | None = None
    words: tuple[str | None, ...] | None = None
    fingerprint: bytes = b""
    taken: Taken | None = None


def canonical(value: object) -> bytes:
    """Encode as canonical JSON. Raises TypeError for what no event may hold: fractions, huge integers, surrogates."""
    _check(value)
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def loads(raw: bytes) -> Any:  # noqa: ANN401 - any JSON
    """Decode strictly. Raises ValueError for doubled members, fractions, huge integers and lone surrogates."""
    value = json.loads(raw.decode(), object_pairs_hook=_once, parse_float=_no_fraction, parse_constant=_no_fraction)
    try:
        _check(value)
    except TypeError as error:
        raise ValueError(str(error)) from error
    return value


def commitment(salt: str, pointer: str, text: str) -> str:
    """Commit to the text at a pointer: `salt` is the event's, 32 hex digits; the answer is 64."""
    own = hmac.digest(bytes.fromhex(salt), pointer.encode(), "sha256").hex()
    return committed(own, text)


def event_digest(previous: str, body: bytes) -> str:
    """Chain a canonical body to the digest before it; both digests are 64 hex digits."""
    return sha256(b"kern/event/1\n" + previous.encode() + b"\n" + body).hexdigest()


def seal(recorded: Recorded, epoch: str, previous: str, salt: bytes) -> tuple[Stored, dict[str, Any]]:
    """Make what is stored of a new event, and the event as clients get it, `changes` aside."""
    event = recorded.event
    kind = type(event).__name__
    data = event.data()
    pointers = _pointers(kind, data)
    body: dict[str, Any] = {
        "format": FORMAT,
        "version": recorded.version,
        "epoch": epoch,
        "type": kind,
        "schema": upcast.SCHEMAS[kind],
        "at": recorded.at,
        "by": recorded.by,
        "command": recorded.command,
        "data": data,
        "words": pointers,
    }
    words: tuple[str, ...] | None = None
    if pointers:
        hashed = body.copy()
        hashed["data"] = committed = data.copy()
        words = tuple([_commit(committed, pointer, salt) for pointer in pointers])
        encoded = orjson.dumps(hashed, option=orjson.OPT_SORT_KEYS)
        body["salt"] = salt.hex()
    else:
        encoded = orjson.dumps(body, option=orjson.OPT_SORT_KEYS)
        salt = b""
        body["salt"] = None
    hashing = sha256(b"kern/event/1\n%b\n%b" % (previous.encode(), encoded))
    body["digest"] = hashing.hexdigest()
    return Stored(recorded.version, kind, encoded, hashing.digest(), salt or None, words), body


def unseal(stored: Stored) -> dict[str, Any]:
    """Read the event as clients get it, `changes` aside: the texts are back in their places, if they are there."""
    body: dict[str, Any] = orjson.loads(stored.body)
    if stored.words is not None:
        for pointer, text in zip(body["words"], stored.words, strict=True):
            parent, member = place(body["data"], pointer)
            parent[member] = {"redacted": parent[member]} if text is None else text
    body["salt"] = stored.salt.hex() if stored.salt is not None else None
    if stored.taken is not None:
        body["salts"] = stored.taken.salts
    body["digest"] = stored.digest.hex()
    return body


def recorded(body: dict[str, Any]) -> Recorded:
    """Read what happened from an event as clients get it. Raises ValueError where no such event is known.

    What was taken out is empty.
    """
    data = filled(body, lambda _: "") if "salts" in body else body["data"]
    event = upcast.read(body["type"], body["schema"], data)
    return Recorded(body["version"], body["at"], body["by"], body["command"], event)


def remembered(stored: Stored) -> Recorded:
    """Read what happened for those who decide: in the place of what was taken out is a mark. Raises ValueError."""
    return recorded(marked(stored))


def marked(stored: Stored) -> dict[str, Any]:
    """Read the event with marks in the place of what was taken out."""
    body = unseal(stored)
    if stored.taken is not None:
        since = stored.taken.since
        body["data"] = filled(body, lambda pointer: mark(since[pointer]))
    return body


def filled(body: dict[str, Any], text: Callable[[str], str]) -> dict[str, Any]:
    """Copy an event's data, with a text in place of each that was taken out."""
    data: dict[str, Any] = orjson.loads(orjson.dumps(body["data"]))
    for pointer in body["words"]:
        parent, member = place(data, pointer)
        if type(parent[member]) is dict:
            parent[member] = text(pointer)
    return data


def wire(body: dict[str, Any], changes: list[Operation]) -> bytes:
    """Encode an event as clients get it."""
    body["changes"] = changes
    encoded = orjson.dumps(body)
    del body["changes"]
    return encoded


_PLAIN: Final = {kind: sorted(w for w in event.WORDS if "/" not in w) for kind, event in EVENTS.items()}
_NESTED: Final = {kind: [w.split("/*/") for w in event.WORDS if "/*/" in w] for kind, event in EVENTS.items()}


def _pointers(kind: str, data: dict[str, Any]) -> list[str]:
    """Answer the sorted pointers to the texts that people wrote."""
    pointers = ["/" + member for member in _PLAIN[kind] if type(data.get(member)) is str]
    for member, rest in _NESTED[kind]:
        listed = enumerate(data.get(member) or ())
        pointers += [f"/{member}/{i}/{rest}" for i, item in listed if type(item.get(rest)) is str]
        pointers.sort()
    return pointers


def _commit(data: dict[str, Any], pointer: str, salt: bytes) -> str:
    """Replace the text at the pointer by its commitment, and answer the text. The data is a copy, one level deep."""
    own = hmac.digest(salt, pointer.encode(), "sha256").hex()
    member: Any = pointer[1:]
    parent: Any = data
    if "/" in member:
        first = member.partition("/")[0]
        if type(data[first]) is tuple:
            data[first] = [dict(item) for item in data[first]]
        parent, member = place(data, pointer)
    text: str = parent[member]
    parent[member] = committed(own, text)
    return text


def place(data: Any, pointer: str) -> tuple[Any, Any]:  # noqa: ANN401 - walks any JSON
    """Find what a pointer leads to: what holds it, and by which name or number. Raises LookupError, ValueError."""
    *path, last = pointer.split("/")[1:]
    for name in path:
        data = data[int(name)] if isinstance(data, list) else data[name]
    return data, int(last) if isinstance(data, list) else last


def committed(own: str, text: str) -> str:
    """Commit to a text with a salt of its own, 64 hex digits."""
    return sha256(f"kern/word/1\n{own}\n{text}".encode()).hexdigest()


def _check(value: object) -> None:
    """Refuse what canonical JSON of an event can't hold."""
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise TypeError("a lone surrogate") from error
    elif isinstance(value, bool) or value is None:
        return
    elif isinstance(value, int):
        if abs(value) > MOST_INTEGER:
            raise TypeError("an integer beyond 2^53 - 1")
    elif isinstance(value, dict):
        for name, member in value.items():
            if not isinstance(name, str) or not name.isascii():
                raise TypeError("a member's name that is not ASCII")
            _check(member)
    elif isinstance(value, list | tuple):
        for member in value:
            _check(member)
    else:
        raise TypeError(f"{type(value).__name__} has no place in an event")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("a member stands there twice")
    return members


def _no_fraction(number: str) -> NoReturn:
    raise ValueError(f"{number} is no whole number")
