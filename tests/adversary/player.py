"""One person in the fuzzer: acts at random over rough lines, sends again, loses the line and resumes."""

import random
from collections import Counter, deque
from dataclasses import dataclass, field

from websockets.exceptions import ConnectionClosed, InvalidHandshake

from tests.adversary.actions import Eyes, random_action
from tests.adversary.network import Line
from tests.adversary.verdicts import check_end
from tests.support.expect import expect
from tests.support.ledger import Entry
from tests.support.live import Live
from tests.support.patch import Json

LOST = (ConnectionClosed, InvalidHandshake, OSError, EOFError, TimeoutError)
NO_FAULT = frozenset({1000, 1006})
REMEMBERED = 40


@dataclass
class Player:
    """Chooses from its seed what to do next; what it saw decides which ids it can name."""

    random: random.Random
    role: str
    lives: list[Live]
    lines: list[Line]
    seen: Counter[str] = field(default_factory=Counter)
    past: deque[tuple[int, Json]] = field(default_factory=lambda: deque(maxlen=REMEMBERED))
    stroke: str = ""

    async def play(self, actions: int) -> None:
        """Act so many times."""
        for _ in range(actions):
            live = self.random.choice(self.lives)
            try:
                if not live.connected:
                    self._check_closing(live)
                    await live.open(fresh=self.random.random() < 0.2)
                    self.seen["resumed"] += 1
                await self._turn(live)
            except LOST:
                self.seen["lost the line"] += 1

    @staticmethod
    def _check_closing(live: Live) -> None:
        """Check that the network ended the connection, and no fault of the server."""
        ours = live.closed is None or live.closed[0] in NO_FAULT
        expect(ours, f"the server closed with {live.closed}; without an answer: {live.ledger.pending()}")

    async def _turn(self, live: Live) -> None:
        match self.random.random():
            case roll if roll < 0.01:
                await live.cut()
            case roll if roll < 0.05:
                await self._send_again(live)
            case roll if roll < 0.06:
                await self._reuse(live)
            case roll if roll < 0.15:
                for _ in range(3):
                    await self._begin(live)
            case _:
                await self._ended(live, await self._begin(live))

    async def _begin(self, live: Live) -> str:
        if self.random.random() < 0.3 or not self.stroke:
            self.stroke = str(self._eyes(live).new_id())
        self.past.append((live.version, live.canvas))
        eyes = self._eyes(live)
        action, fields = random_action(eyes)
        self.seen[action] += 1
        return await live.begin(action, eyes.new_id(), **fields)

    def _eyes(self, live: Live) -> Eyes:
        return Eyes(self.random, self.role, live.canvas, live.version, self.past, self.stroke)

    async def _ended(self, live: Live, command: str) -> None:
        entry = live.ledger.entries[command]
        await live.until(lambda: entry.answered or not live.connected)

    async def _send_again(self, live: Live) -> None:
        """Send an old id once more, from whichever connection; it must not act twice."""
        entries = list(self.random.choice(self.lives).ledger.entries.values())
        if not entries:
            return
        old = self.random.choice(entries[-20:])
        self.seen["sent again"] += 1
        await live.begin(old.command["action"], old.command["id"], **_fields(old))
        await self._ended(live, old.command["id"])

    async def _reuse(self, live: Live) -> None:
        """Send other content under an id that is known to have made events."""
        accepted = [entry for entry in live.ledger.entries.values() if entry.versions]
        if not accepted:
            return
        old = self.random.choice(accepted)
        self.seen["reused an id"] += 1
        entry = await live.reuse(old.command["id"], "judge_activity", activity=old.command["id"], judgement=None)
        await live.until(lambda: not entry.reused or not live.connected)

    async def settle(self) -> None:
        """On calm lines: resume until each command has its end on each connection."""
        for live in self.lives:
            for _ in range(5):
                try:
                    if not live.connected:
                        await live.open()
                    await live.until(lambda live=live: not live.ledger.pending() or not live.connected)  # type: ignore[misc]
                    await live.ping()  # a line that was being cut when it grew calm looks whole for a moment
                except LOST:
                    continue
                if live.connected:
                    break
            expect(live.connected, f"a calm line is lost again and again: {live.closed}")

    def check(self, log: dict[str, list[Json]]) -> None:
        """Check each command's end against the log, where its events stand by its id."""
        accepted = {id_ for live in self.lives for id_, entry in live.ledger.entries.items() if entry.versions}
        for live in self.lives:
            for entry in live.ledger.entries.values():
                check_end(entry, self.role, live.me, log.get(entry.command["id"], []), accepted)
                self.seen[entry.code or str(entry.outcome)] += 1


def _fields(entry: Entry) -> Json:
    return {name: value for name, value in entry.command.items() if name not in {"type", "id", "action"}}
