"""The shapes of the messages that the server sends over the live protocol."""

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from domain.vocabulary import Role
from server.documents.shapes import Canvas, Digest, Event, Person, Shape, Time, Version
from server.wire.protocol import Do, Hello, Ping, Presence, Summon


class Limits(Shape):
    """What a client may send: lengths in characters, a frame in bytes, 0 commands for no limit."""

    frame_bytes: int
    title: int
    details: int
    note: int
    comment: int
    commands_per_second: int


class Welcome(Shape):
    """The answer to a hello: who you are, and either the canvas or the events since the version that you hold."""

    type: Literal["welcome"]
    protocol: Literal[1]
    room: str
    epoch: str
    shape: str
    """The name of the canvas's form; it changes when the members do."""
    you: Person
    now: Time
    """The server's clock, by which `ends_at` of the phase is meant."""
    version: Version
    digest: Digest
    """That of the event of this version; 64 zeros before the first."""
    limits: Limits
    people: list[Person]
    canvas: Canvas | None = None
    events: list[Event] | None = None


class Events(Shape):
    """What was committed together, for everyone, authors included. An event with your command's id is its receipt."""

    type: Literal["events"]
    first: Version = Field(alias="from")
    to: Version
    events: list[Event]


class Receipt(Shape):
    """The answer to a command that made no new event. A rejection has a code, a sentence, and what goes with it."""

    model_config = ConfigDict(extra="allow")

    type: Literal["receipt"]
    id: str
    outcome: Literal["duplicate", "unchanged", "rejected"]
    versions: list[Version]
    """Of a duplicate: the versions that the first sending made."""
    code: str | None = None
    message: str | None = None


class Whereabouts(Shape):
    """Where somebody is."""

    participant: str
    name: str
    role: Role
    focus: str | None
    cursor: tuple[float, float] | None
    typing: bool
    view: str = Field(default="")
    """What they look at; absent where they did not say."""
    selection: list[str] = Field(default=[])
    """The things that they have chosen; absent where there are none."""
    hand: bool = Field(default=False)
    """Whether they raise their hand; absent where they don't."""


class PresenceOfOthers(Shape):
    """Who moved and who left, since the frame before; the first after a welcome has everybody."""

    type: Literal["presence"]
    people: list[Whereabouts]
    gone: list[str]


class Summoned(Shape):
    """A facilitator calls everybody to a view."""

    type: Literal["summon"]
    view: str
    by: str


class People(Shape):
    """All who ever joined, after somebody joined, was removed, has a new role or name, or none any more."""

    type: Literal["people"]
    people: list[Person]


class NotStored(Shape):
    """The log can't be written now. Nothing happened; send the command again, with the same id, after a while."""

    type: Literal["not_stored"]
    id: str
    retry_after_ms: Annotated[int, Field(gt=0)]


class SlowDown(Shape):
    """Too many commands. It was not taken; send it again, with the same id, after a while."""

    type: Literal["slow_down"]
    id: str
    retry_after_ms: Annotated[int, Field(gt=0)]


class Resync(Shape):
    """Drop what you hold; a fresh welcome follows."""

    type: Literal["resync"]


class Error(Shape):
    """Something that could not be read; the connection lives on."""

    type: Literal["error"]
    code: str
    message: str


class Pong(Shape):
    """The answer to a ping, with the same number."""

    type: Literal["pong"]
    n: int


FROM_CLIENTS: Final[tuple[type[BaseModel], ...]] = (Hello, Do, Presence, Summon, Ping)
FROM_SERVERS: Final[tuple[type[BaseModel], ...]] = (
    Welcome, Events, Receipt, PresenceOfOthers, Summoned, People, NotStored, SlowDown, Resync, Error, Pong,
)  # fmt: skip
