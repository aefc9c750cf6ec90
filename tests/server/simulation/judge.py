"""The invariants: what may be said, when, and how often. Everything that is said passes here."""

import re
from collections.abc import Sequence
from typing import Any, Final, NoReturn

import orjson

from server.live.batch import Asked
from server.live.room import Room
from server.storage.log import Append
from server.wire import protocol
from server.wire.answers import Accepted, Answer, Duplicate, NotStored, Planned, Refused, Unchanged
from server.wire.frames import Frame
from tests.server.simulation.disk import BrokenPromiseError, Disk, Durable

EVENTS: Final = re.compile(rb'\{"type":"events","from":(\d+),"to":(\d+),')
TOLD: Final = frozenset({"pong", "error", "slow_down"})


class Attempt:
    """One sending of one command; it stands in the place of the reply that the session gave."""

    def __init__(self, judge: "Judge", room: Room, asked: Asked) -> None:
        self.judge, self.room, self.asked, self._reply = judge, room, asked, asked.reply
        self.ended = False
        self.upon = (0, "")

    def __call__(self, answer: Answer) -> None:
        """Judge an answer, and pass it on."""
        self.judge.answered(self, answer)
        self._reply(answer)


class Judge:
    """Holds what is said against the disk."""

    def __init__(self, disk: Disk) -> None:
        self.disk = disk
        self.broken: BrokenPromiseError | None = None
        self.attempts: dict[tuple[str, str], list[Attempt]] = {}
        self.made_here: set[tuple[str, str]] = set()
        self.called_not_stored: dict[tuple[str, str], Attempt] = {}
        self._heard: tuple[Frame | None, list[Any]] = (None, [])

    def events_in(self, frame: Frame) -> list[Any]:
        """Decode a frame of events, once for all who get it."""
        if self._heard[0] is not frame:
            self._heard = (frame, orjson.loads(frame.payload)["events"])
        return self._heard[1]

    def fail(self, why: str) -> NoReturn:
        """Say that a promise is broken; the first one counts, also where the program catches it."""
        broken = BrokenPromiseError(why)
        self.broken = self.broken or broken
        raise broken

    def crashed(self) -> None:
        """Forget what was under way: nobody will ever be answered."""
        self.attempts.clear()
        self.made_here.clear()

    # ---- commands

    def asking(self, room: Room, asked: Asked) -> None:
        """Note upon what a command is about to be decided; also when it is decided again."""
        attempt = asked.reply
        if not isinstance(attempt, Attempt):
            attempt = asked.reply = Attempt(self, room, asked)
            self.attempts.setdefault((room.id, asked.command), []).append(attempt)
        attempt.upon = (room.workshop.version, room._chain)  # noqa: SLF001 - the digest that it is decided upon

    def answered(self, attempt: Attempt, answer: Answer) -> None:
        """Hold an answer against what is durable."""
        command, durable = attempt.asked.command, self.disk.of(attempt.room.id)
        if attempt.ended:
            self.fail(f"command {command} is answered twice: {answer}")
        attempt.ended = True
        match answer:
            case Duplicate(versions):
                if list(versions) != durable.made.get(command) or durable.authors[command] != attempt.asked.by:
                    self.fail(f"duplicate of {versions}, but durable is {durable.made.get(command)}")
            case Refused("command_reused"):
                if command not in durable.made:
                    self.fail(f"{command} is said to be used, and is not durable")
            case Refused() | Unchanged():
                version, digest = attempt.upon
                known = durable.digests[version : version + 1] == [digest]
                if attempt.asked.content and not known:
                    self.fail(f"{answer} was decided upon version {version}, which is not durable")
            case NotStored():
                if command in durable.made:
                    self.fail(f"not_stored is said of {command}, which is versions {durable.made[command]}")
                self.called_not_stored[attempt.room.id, command] = attempt
            case Accepted() | Planned():
                self.fail("a command's events are its receipt")

    def wrote(self, batch: Sequence[Append]) -> None:
        """Check a batch of ours that is durable now: a command is made once, and only while somebody asks for it."""
        for append in batch:
            durable = self.disk.of(append.room)
            for stored in append.events:
                command = durable.commands[stored.version]
                if command is None:
                    continue
                made, last = durable.made[command], append.events[-1].version
                if made != list(range(made[0], made[-1] + 1)) or not append.events[0].version <= made[0] <= last:
                    self.fail(f"command {command} made {made}")
                self.made_here.add((append.room, command))
                if not self._asked_since((append.room, command)):
                    self.fail(f"{command} became durable after it was answered")

    def recorded(self, room: str, answer: Answer) -> None:
        """Hold the answer to a joining or an opening against what is durable."""
        if isinstance(answer, Accepted) and answer.versions[-1] > self.disk.of(room).version:
            self.fail(f"{answer} is not durable")

    def settled(self) -> None:
        """When all is quiet, each sending has ended: by an answer, or by its events, once."""
        for key in self.attempts:
            still, made = self._open(*key), key in self.made_here
            if still != made:
                self.fail(f"command {key[1]}: {still} sendings have no answer, and {made} made its events")

    def _asked_since(self, key: tuple[str, str]) -> bool:
        """Whether a sending has no answer that is newer than any which was told that nothing is stored."""
        attempts, told = self.attempts.get(key, []), self.called_not_stored.get(key)
        newer = attempts[attempts.index(told) + 1 :] if told in attempts else attempts
        return any(not attempt.ended for attempt in newer)

    def _open(self, room: str, command: str) -> int:
        return sum(not attempt.ended for attempt in self.attempts.get((room, command), ()))


class Ear:
    """Where a session's frames go: each is judged, then lies on the line until the client takes it; see Outlet."""

    def __init__(self, judge: Judge, room: str, since: int | None) -> None:
        self._judge, self._room, self._since = judge, room, since
        self.version: int | None = None
        self.closed: int | None = None
        self.line: list[tuple[str, Any]] = []

    def send(self, frame: Frame) -> None:
        """Judge a frame."""
        if self.closed is not None:
            self._judge.fail("a frame after the closing")
        events = EVENTS.match(frame.payload)
        if events is not None:
            self._events(int(events[1]), int(events[2]), frame)
            return
        message = orjson.loads(frame.payload)
        kind, durable = message["type"], self._judge.disk.of(self._room)
        if kind == "resync":
            self.version, self._since = None, None
        elif self.version is None:
            self._judge.fail(f"{kind} before the welcome")
        elif kind in {"people", "presence"}:
            self._people(durable, message["people"])
            return
        elif kind in {"receipt", "not_stored"}:
            self.line.append((message.get("outcome", kind), message["id"]))
        elif kind not in TOLD:
            self._judge.fail(f"{kind} is no message of the protocol")

    def welcome(self, frame: Frame) -> None:
        """Judge a welcome."""
        if self.version is not None:
            self._judge.fail("a second welcome")
        message, durable = orjson.loads(frame.payload), self._judge.disk.of(self._room)
        version = message["version"]
        if durable.digests[version : version + 1] != [message["digest"]]:
            self._judge.fail(f"a welcome at version {version}, which is not durable")
        self._people(durable, message["people"])
        if "canvas" in message:
            fits = message["canvas"] == orjson.loads(durable.canvases[version])
        else:
            fits = self._since is not None and message["events"] == durable.events[self._since + 1 : version + 1]
        if not fits:
            self._judge.fail(f"the welcome at version {version} does not show what is durable")
        self.version = version
        self.line.append(("welcome", version))

    def offer(self, frame: Frame) -> None:
        """Judge a frame that may be dropped."""
        self.send(frame)

    def close(self, code: int) -> None:
        """Note the closing; none is due to a fault of ours."""
        self.closed = code
        self.line.append(("closed", code))
        if code == protocol.DAMAGED:
            self._judge.fail("a fault of ours cut a connection off")

    def _events(self, first: int, last: int, frame: Frame) -> None:
        durable = self._judge.disk.of(self._room)
        if self.version is None or first != self.version + 1:
            self._judge.fail(f"events {first} to {last} for one who stands at {self.version}")
        if last > durable.version:
            self._judge.fail(f"version {last} leaves before it is durable")
        if self._judge.events_in(frame) != durable.events[first : last + 1]:
            self._judge.fail(f"events {first} to {last} are not what is durable")
        self.version = last
        self.line.append(("events", (first, last)))

    def _people(self, durable: Durable, people: list[dict[str, Any]]) -> None:
        for person in people:
            if durable.people.get(person["participant"], ("", ""))[0] != person["name"]:
                self._judge.fail(f"{person['participant']} is shown, and has not joined")
