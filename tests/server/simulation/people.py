"""Simulated clients: they connect, resume, act, send again, and are cut off."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Any, Final

import orjson

from domain.vocabulary import Role
from server.live.pace import Pace
from server.live.room import Room
from server.sockets.session import Session
from server.wire.protocol import Hello
from tests.adversary.actions import Eyes, random_action
from tests.server.simulation.judge import Ear

if TYPE_CHECKING:
    from tests.server.simulation.world import World

Entering = Coroutine[None, None, "list[bytes] | None"]
UNLIMITED: Final = Pace(0, lambda: 0.0)
KEPT: Final = 20
"""Commands that a client remembers, to send some of them again much later."""


@dataclass
class Connection:
    """A client's end of one connection, and the server's."""

    room: Room
    ear: Ear
    session: Session
    entering: Entering | None


@dataclass
class Person:
    """Who joined a room, with what they hold of it and what they wait for."""

    world: "World"
    room: str
    participant: str
    role: Role
    version: int | None = None
    connection: Connection | None = None
    ghosts: list[Connection] = field(default_factory=list)
    pending: dict[str, bytes] = field(default_factory=dict)
    again: list[str] = field(default_factory=list)
    old: list[tuple[str, bytes]] = field(default_factory=list)
    stroke: str = "00000000-0000-4000-8000-000000000000"

    @property
    def random(self) -> Random:
        """The one source of chance."""
        return self.world.random

    def step(self) -> None:
        """Do one thing."""
        connection = self.connection
        if connection is None:
            self._connect()
        elif connection.entering is not None:
            self._enter(connection, connection.entering)
        elif connection.ear.closed is not None:
            self.cut()
        elif self.again:
            self._send(self.pending.get(self.again.pop(), b""))
        elif connection.ear.line and self.random.random() < 0.6:
            self.take(connection)
        else:
            self._choose()(connection)

    def _choose(self) -> Callable[[Connection], None]:
        chance = self.random.random()
        if chance < 0.70:
            return self._act
        if chance < 0.80:
            return self._send_again
        if chance < 0.90:
            return self._say_something_else
        if chance < 0.95:
            return self._be_cut
        return self._come_twice

    # ---- coming and going

    def _connect(self) -> None:
        room = self.world.find(self.room)
        if room is None or self.participant not in room.people:
            return
        since = self.version if self.random.random() < 0.85 else None
        if since is not None and self.random.random() < 0.05:
            since = self.random.randrange(since + 20)
        epoch = room.epoch if self.random.random() < 0.97 else "another"
        digests = self.world.disk.of(self.room).digests
        digest = digests[since] if since is not None and since < len(digests) and self.random.random() < 0.7 else None
        hello = Hello(type="hello", protocol=1, token="t", since=since, epoch=epoch, digest=digest)
        ear = Ear(self.world.judge, self.room, since)
        session = Session(ear, room, room.people[self.participant], UNLIMITED, hello)
        self.connection = Connection(room, ear, session, self.world.missing(room, hello))

    def _enter(self, connection: Connection, entering: Entering) -> None:
        try:
            entering.send(None)
        except StopIteration as stop:
            connection.entering = None
            connection.session.enter(50, stop.value)
            self.again = list(reversed(self.pending))

    def cut(self) -> None:
        """Lose the connection and all that is on the line."""
        if self.connection is not None:
            self._hang_up(self.connection)
            self.connection = None

    def leave_ghosts(self) -> None:
        """Have the server find old connections dead."""
        for ghost in self.ghosts:
            self._hang_up(ghost)
        self.ghosts.clear()

    def _hang_up(self, connection: Connection) -> None:
        if connection.entering is not None:
            connection.entering.close()
        connection.session.leave()

    def _be_cut(self, _: Connection) -> None:
        self.cut()

    def _come_twice(self, connection: Connection) -> None:
        """Come back while the old connection still seems to live."""
        self.ghosts.append(connection)
        self.connection = None

    # ---- what comes in

    def take(self, connection: Connection) -> None:
        """Take one frame off the line."""
        kind, what = connection.ear.line.pop(0)
        if kind == "welcome":
            self.version = what
            self.again = list(reversed(self.pending))
        elif kind == "events":
            self.version = what[1]
            for command in self.world.disk.of(self.room).commands[what[0] : what[1] + 1]:
                self.pending.pop(command or "", None)
        elif kind == "not_stored":
            if what in self.pending and self.random.random() < 0.8:
                self.again.append(what)
        else:
            self.pending.pop(what, None)

    # ---- what goes out

    def _act(self, connection: Connection) -> None:
        room = connection.room
        eyes = Eyes(self.random, self.role, room.canvas, room.version, (), self.stroke)
        action, fields = random_action(eyes)
        if "base" in fields and self.random.random() < 0.4:
            fields["base"] = self.random.randrange(max(1, room.version - 60), room.version + 2)
        if self.random.random() < 0.02:
            fields["wrong"] = "lone \ud800"
        command = eyes.new_id()
        raw = _encoded({"type": "do", "id": command, "action": action, **fields})
        self.pending[command] = raw
        self.old.append((command, raw))
        del self.old[:-KEPT]
        if self.random.random() < 0.1:
            self.stroke = eyes.new_id()
        self._send(raw)

    def _send_again(self, _: Connection) -> None:
        """Send something again: as it was, changed, or somebody else's."""
        sender = self if self.random.random() < 0.8 else self.random.choice(self.world.people)
        if sender.room != self.room or not sender.old:
            return
        command, raw = self.random.choice(sender.old)
        if self.random.random() < 0.2:
            raw = _encoded({"type": "do", "id": command, "action": "undo"})
        self._send(raw)

    def _say_something_else(self, connection: Connection) -> None:
        chance = self.random.random()
        if chance < 0.5:
            connection.session.receive(b'{"type":"presence","cursor":[%d,0]}' % self.random.randrange(1000))
        elif chance < 0.8:
            connection.session.receive(b'{"type":"ping","n":1}')
        elif chance < 0.95:
            connection.session.receive(b'{"type":"what"}')
        else:
            connection.session.receive(b"no JSON")

    def _send(self, raw: bytes) -> None:
        if raw and self.connection is not None and self.connection.entering is None:
            self.connection.session.receive(raw)


def _encoded(message: dict[str, Any]) -> bytes:
    try:
        return orjson.dumps(message)
    except TypeError:  # half of a character: as an escape it is JSON
        fields = {name: value for name, value in message.items() if name != "wrong"}
        return orjson.dumps(fields)[:-1] + b',"wrong":"lone \\ud800"}'
