"""One connection's side of the protocol, without I/O: messages in, frames and closings out through an Outlet."""

import logging
import re
from typing import Any, Final, Protocol, TypeVar

from pydantic import BaseModel, ValidationError

from domain.messages import message as sentence
from domain.vocabulary import UUID_PATTERN
from server.live.batch import Asked
from server.live.pace import Pace
from server.live.presence import where_of
from server.live.room import Room
from server.storage.log import PersonKept
from server.wire import frames, protocol
from server.wire.answers import Accepted, Answer, Duplicate, NotStored, Planned, Refused, Unchanged
from server.wire.faults import fault_of
from server.wire.frames import Frame
from server.wire.protocol import Hello, MalformedError, Ping, Presence, Summon, decode

logger = logging.getLogger("kern.session")

_is_id: Final = re.compile(UUID_PATTERN).fullmatch

M = TypeVar("M", bound=BaseModel)


class Outlet(Protocol):
    """Where a session's frames go: a socket, or a test."""

    def send(self, frame: Frame) -> None:
        """Send a frame, in order. An outlet whose bound is passed closes itself with 1013."""

    def welcome(self, frame: Frame) -> None:
        """Send a frame that may be larger than the bound: what waits behind it is bounded as ever."""

    def offer(self, frame: Frame) -> None:
        """Send a frame unless others wait already."""

    def close(self, code: int) -> None:
        """Close with a code of the protocol; nothing is sent after it."""


class Closing(Exception):  # noqa: N818 - it ends a connection, as it should
    """What the other side sent can't be answered on this connection."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def greeting(raw: protocol.Raw | None) -> Hello:
    """Read a connection's first frame, which is a hello (None: a binary one). Raises Closing."""
    try:
        message = decode(raw if raw is not None else b"")
    except MalformedError:
        raise Closing(protocol.MALFORMED) from None
    if message.get("type") != "hello":
        raise Closing(protocol.MALFORMED)
    spoken = message.get("protocol")
    if type(spoken) is not int:
        raise Closing(protocol.MALFORMED)
    if spoken != protocol.PROTOCOL:
        raise Closing(protocol.OTHER_PROTOCOL)
    if message.get("token") is None:
        raise Closing(protocol.TOKEN_MISSING)
    try:
        return Hello.model_validate(message)
    except ValidationError:
        raise Closing(protocol.MALFORMED) from None


class Session:
    """A connection whose hello was accepted."""

    def __init__(self, outlet: Outlet, room: Room, person: PersonKept, pace: Pace, hello: Hello) -> None:
        self.participant = person.participant
        self._outlet, self._room, self._pace = outlet, room, pace
        self.deliver = outlet.send  # what everybody gets goes there without a detour: it is the bulk of all work
        self.deliver_presence = outlet.offer
        self._language = hello.language
        self._commands_per_second = 0
        self._open = False

    # ---- coming and going

    def enter(self, commands_per_second: int, events: list[bytes] | None) -> None:
        """Send the welcome, with the events behind `since` or (None) the canvas, and join those who get every event."""
        if self._room.damaged or self._room.closing:  # it came to that while the welcome was made ready
            self._outlet.close(protocol.DAMAGED if self._room.damaged else protocol.DRAINING)
            return
        if self._room.removed(self.participant):
            self._outlet.close(protocol.REMOVED)
            return
        self._commands_per_second = commands_per_second
        self._open = True
        self._welcome(events)
        self._room.members.add(self)
        self._outlet.send(self._room.gathering.enter(self))

    def leave(self) -> None:
        """Forget the connection: it is closed."""
        self._open = False
        self._room.members.discard(self)
        self._room.gathering.leave(self)

    # ---- what the room has to say

    def resync(self) -> None:
        """Have the client drop what it holds, and welcome it anew."""
        self._outlet.send(frames.message({"type": "resync"}))
        self._welcome(None)

    def dismiss(self, code: int) -> None:
        """Close the connection."""
        self.leave()
        self._outlet.close(code)

    # ---- what the client has to say

    def receive(self, raw: protocol.Raw) -> None:
        """Take one text frame."""
        if not self._open:
            return
        try:
            message = decode(raw)
        except MalformedError:
            self.dismiss(protocol.MALFORMED)
            return
        kind = message.get("type")
        if kind == "do":
            self._do(message)
        elif kind == "presence":
            self._move(message)
        elif kind == "ping":
            self._ping(message)
        elif kind == "summon":
            self._summon(message)
        else:
            self._error("malformed", {"field": "type", "problem": "no message of this protocol"})

    def receive_binary(self) -> None:
        """Take one binary frame: none is spoken here."""
        if self._open:
            self.dismiss(protocol.MALFORMED)

    def _do(self, fields: dict[str, Any]) -> None:
        command = fields.pop("id", None)
        del fields["type"]
        if type(command) is not str or not _is_id(command):
            self._error("invalid", {"field": "id", "problem": "must be a UUID in lower case"})
            return
        wait = self._pace.wait_ms()
        if wait:
            if self._pace.regardless:
                self.dismiss(protocol.TOO_MANY)
            else:
                self._say({"type": "slow_down", "id": command, "retry_after_ms": wait})
            return
        asked = Asked(command, fields, self.participant, lambda answer: self._answer(command, answer))
        try:
            self._room.do(asked)
        except Exception:
            logger.exception("room %s: a command brought up a fault of ours; its sender is cut off", self._room.id)
            self.dismiss(protocol.DAMAGED)

    def _move(self, fields: dict[str, Any]) -> None:
        where = self._read(Presence, fields)
        if where is not None:
            self._room.gathering.move(self, where_of(where))

    def _summon(self, fields: dict[str, Any]) -> None:
        summon = self._read(Summon, fields)
        if summon is None:
            return
        role = self._room.describe(self.participant)["role"]
        if role != "facilitator":
            self._error("not_allowed", {"role": role})
        elif not self._room.gathering.summon(self, summon.view):
            self._error("slow_down", {})

    def _ping(self, fields: dict[str, Any]) -> None:
        ping = self._read(Ping, fields)
        if ping is not None:
            self._say({"type": "pong", "n": ping.n})

    def _read(self, model: type[M], fields: dict[str, Any]) -> M | None:
        try:
            return model.model_validate(fields)
        except ValidationError as error:
            self._error("invalid", fault_of(error))
            return None

    # ---- what is said to it

    def _answer(self, command: str, answer: Answer) -> None:
        match answer:
            case Accepted() | Planned():
                return  # the events were the receipt; of what was only planned there is none
            case Duplicate(versions):
                self._say({"type": "receipt", "id": command, "outcome": "duplicate", "versions": versions})
            case Unchanged():
                self._say({"type": "receipt", "id": command, "outcome": "unchanged", "versions": []})
            case Refused(code, data):
                text = sentence(code, self.language, data)
                receipt = {"type": "receipt", "id": command, "outcome": "rejected", "versions": [], "code": code}
                self._say({**data, **receipt, "message": text})
            case NotStored(retry_after_ms):
                self._say({"type": "not_stored", "id": command, "retry_after_ms": retry_after_ms})

    @property
    def language(self) -> str:
        """The language of messages to this person."""
        return self._language or str(self._room.canvas["language"])

    def _error(self, code: str, data: dict[str, Any]) -> None:
        self._say({"type": "error", "code": code, "message": sentence(code, self.language, data)})

    def _say(self, message: dict[str, Any]) -> None:
        if self._open:
            self._outlet.send(frames.message(message))

    def _welcome(self, events: list[bytes] | None) -> None:
        room = self._room
        head = frames.message(
            {
                "type": "welcome",
                "protocol": protocol.PROTOCOL,
                "room": room.id,
                "epoch": room.epoch,
                "shape": room.shape,
                "you": {"participant": self.participant, **room.describe(self.participant, self.language)},
                "now": room.now(),
                "version": room.version,
                "digest": room.digest,
                "limits": protocol.limits(self._commands_per_second),
                "people": room.people_list(self.language),
            }
        ).payload
        held = b'"canvas":' + room.canvas_json() if events is None else b'"events":[' + b",".join(events) + b"]"
        self._outlet.welcome(Frame(head[:-1] + b"," + held + b"}"))
