"""The wire of the live room, whole: what clients send, what servers send, close codes and limits.

Text frames, one JSON object each, tagged by `type`. The rules are in docs/protocol.md.
"""

import json
from typing import Annotated, Any, Final, Literal, NoReturn, TypeAlias

import orjson
from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictFloat, StrictInt, StringConstraints

from domain import vocabulary
from domain.vocabulary import Id, Language

PROTOCOL: Final = 1
FRAME_BYTES: Final = 65_536
HELLO_SECONDS: Final = 5.0
PING_SECONDS: Final = 10.0
"""A connection is pinged this often, and found dead when it has not answered for as long again."""

OUTBOX_BYTES: Final = 1_048_576
"""What may wait for one connection before it is closed as too slow."""

MALFORMED: Final = 4400
TOKEN_MISSING: Final = 4401
REMOVED: Final = 4403
NO_SUCH_ROOM: Final = 4404
NO_HELLO: Final = 4408
OTHER_PROTOCOL: Final = 4409
FRAME_TOO_LARGE: Final = 4413
TOO_MANY: Final = 4429
DRAINING: Final = 4503
TOO_SLOW: Final = 1013
DAMAGED: Final = 1011

CLOSE_CODES: Final[dict[int, str]] = {
    MALFORMED: "malformed",
    TOKEN_MISSING: "token missing",
    REMOVED: "removed, or not allowed any more",
    NO_SUCH_ROOM: "no such room, or none for this token",
    NO_HELLO: "no hello in time",
    OTHER_PROTOCOL: "protocol not spoken",
    FRAME_TOO_LARGE: "frame too large",
    TOO_MANY: "too many commands",
    DRAINING: "the server is stopping; come back in a moment",
    TOO_SLOW: "too slow; come back with since",
    DAMAGED: "the room can't be read",
}

Short = Annotated[str, StringConstraints(max_length=200)]
Selected = Annotated[str, StringConstraints(max_length=64)]
Thousandth = StrictInt | StrictFloat


class Message(BaseModel):
    """What all messages of clients have in common: an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Hello(Message):
    """`since`: the last version the client holds, with that event's `digest` and the welcome's `epoch` and `shape`."""

    type: Literal["hello"]
    protocol: Literal[1]
    token: str
    since: Annotated[StrictInt, Field(ge=0)] | None = None
    epoch: Short | None = None
    digest: Short | None = None
    shape: Short | None = None
    language: Language | None = None


class Do(Message):
    """One command; its action's fields stand beside these. What was sent with an id is never sent otherwise."""

    model_config = ConfigDict(frozen=True, extra="allow")

    type: Literal["do"]
    id: Id
    action: str


class Presence(Message):
    """Where somebody is. The latest wins; nothing is stored."""

    type: Literal["presence"]
    focus: Short | None = None
    cursor: tuple[Thousandth, Thousandth] | None = None
    typing: StrictBool = False
    view: Short | None = None
    selection: Annotated[tuple[Selected, ...], Field(max_length=100)] = ()
    hand: StrictBool = False


class Summon(Message):
    """A facilitator calls everybody to a view."""

    type: Literal["summon"]
    view: Annotated[str, StringConstraints(max_length=1_000)]


class Ping(Message):
    """Answered by a pong with the same number."""

    type: Literal["ping"]
    n: StrictInt


Raw: TypeAlias = bytes | bytearray | memoryview | str
"""A text message as it came: its UTF-8, or decoded."""


class MalformedError(ValueError):
    """A frame that is no JSON object."""


def decode(raw: Raw) -> dict[str, Any]:
    """Read a frame. Raises MalformedError where it is no JSON object.

    An escaped lone surrogate is JSON, though the quick parser refuses it: then the slow one reads the frame.
    """
    try:
        message = orjson.loads(raw)
    except orjson.JSONDecodeError:
        message = _decode_slowly(raw)
    if type(message) is not dict:
        raise MalformedError("not a JSON object")
    return message


def _decode_slowly(raw: Raw) -> Any:  # noqa: ANN401 - any JSON
    try:
        text = raw if isinstance(raw, str) else bytes(raw).decode()
        if "\\ud" not in text and "\\uD" not in text:
            raise MalformedError("not JSON")
        return json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise MalformedError("not JSON") from error


def _refuse(constant: str) -> NoReturn:
    raise MalformedError(f"{constant} is not JSON")


def limits(commands_per_second: int) -> dict[str, int]:
    """Tell a client what it may send."""
    return {
        "frame_bytes": FRAME_BYTES,
        "title": vocabulary.TITLE_LENGTH,
        "details": vocabulary.DETAILS_LENGTH,
        "note": vocabulary.PROSE_LENGTH,
        "comment": vocabulary.PROSE_LENGTH,
        "commands_per_second": commands_per_second,
    }
