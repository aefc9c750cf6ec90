"""Canonical JSON (RFC 8785), commitments and digests, as an auditor would write them."""

import hashlib
import hmac
from typing import Any

from tests.support.patch import Json, read, write

LARGEST = 2**53 - 1
NO_EVENT = "0" * 64
OUTSIDE_THE_BODY = frozenset({"changes", "salt", "salts", "digest"})
SHORT = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
FIRST_PRINTABLE = " "


class NotCanonicalError(ValueError):
    """A value that events can't hold: a fraction, an integer beyond 2^53 - 1, half a surrogate pair."""


def canonical(value: Any) -> str:  # noqa: ANN401 - any JSON value
    """Compact JSON with members in the order of their UTF-16 code units."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return _integer(value)
        case str():
            return _string(value)
        case list() | tuple():
            return "[" + ",".join(map(canonical, value)) + "]"
        case dict():
            return (
                "{" + ",".join(f"{_string(name)}:{canonical(value[name])}" for name in sorted(value, key=_units)) + "}"
            )
        case _:
            message = f"{type(value).__name__} is not a value of an event: {value!r}"
            raise NotCanonicalError(message)


def _integer(value: int) -> str:
    if abs(value) > LARGEST:
        message = f"beyond 2^53 - 1: {value}"
        raise NotCanonicalError(message)
    return str(value)


def _string(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        message = f"half a surrogate pair in {text!r}"
        raise NotCanonicalError(message) from error
    return '"' + "".join(_letter(letter) for letter in text) + '"' if _needs_escapes(text) else f'"{text}"'


def _needs_escapes(text: str) -> bool:
    return not text.isprintable() or '"' in text or "\\" in text


def _letter(letter: str) -> str:
    if letter in SHORT:
        return SHORT[letter]
    return f"\\u{ord(letter):04x}" if letter < FIRST_PRINTABLE else letter


def _units(name: str) -> bytes:
    return name.encode("utf-16-be", "surrogatepass")


def sha256(text: str) -> str:
    """Lower-case hex of the text's UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def own_salt(salt: str, pointer: str) -> str:
    """Give the salt of one word of an event: HMAC-SHA-256 of its pointer, keyed with the event's salt."""
    return hmac.new(bytes.fromhex(salt), pointer.encode(), hashlib.sha256).hexdigest()


def commitment(salt: str, pointer: str, text: str) -> str:
    """Give what stands in the hashed form in place of what somebody wrote."""
    return sha256(f"kern/word/1\n{own_salt(salt, pointer)}\n{text}")


def body(event: Json) -> Json:
    """Give the event as it is hashed: without what is derived or secret, each word replaced by its commitment."""
    hashed: Json = {name: value for name, value in event.items() if name not in OUTSIDE_THE_BODY}
    for pointer in event["words"]:
        word = read(event["data"], pointer)
        hashed["data"] = write(hashed["data"], pointer, _committed(event, pointer, word))
    return hashed


def _committed(event: Json, pointer: str, word: str | Json) -> str:
    if isinstance(word, dict):
        return str(word["redacted"])
    if event["salt"] is None:
        return sha256(f"kern/word/1\n{event['salts'][pointer]}\n{word}")
    return commitment(event["salt"], pointer, word)


def digest(previous: str, event: Json) -> str:
    """Give the digest of an event that follows the one with digest `previous`."""
    return sha256(f"kern/event/1\n{previous}\n{canonical(body(event))}")
