"""Kill -9 at random moments and at each stage of a command: nothing may be lost, changed or doubled.

    python -m tests.adversary.crash --kills 500 [--seed N]

After each kill the server starts again; the log must hold all that anyone received, as it was received, and after
sending again each command must have ended exactly once. The stages in turn: before the append, within the transaction,
after the commit, after the sending, and a moment that nobody chose.
"""

import argparse
import asyncio
import random
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from websockets.exceptions import ConnectionClosed

from tests.adversary.actions import Eyes, random_action
from tests.adversary.dying_server import STAGES
from tests.adversary.mortal import Mortal
from tests.adversary.verdicts import check_end
from tests.support.calls import Room
from tests.support.expect import expect
from tests.support.law import check_room
from tests.support.live import Live, Place, new_id
from tests.support.patch import Json
from tests.support.replica import Wire
from tests.support.running import run as run_tidily

ANY_MOMENT = "any_moment"
AT_ONCE = 4
ROUNDS_A_ROOM = 25
ROLES = ("facilitator", "participant", "participant")
DURABLE = frozenset({"after_commit", "after_sending"})


@dataclass
class Scene:
    """Two rooms with people in them, and the log of each as far as it was seen and judged."""

    random: random.Random
    rooms: list[Room]
    crowd: list[tuple[Live, Room, str]]
    logs: dict[str, list[Json]] = field(default_factory=dict)

    async def act(self) -> None:
        """Let everyone send at random until the connection is lost."""
        await asyncio.gather(*(self._person(live, role) for live, _, role in self.crowd))

    async def _person(self, live: Live, role: str) -> None:
        chance = random.Random(self.random.getrandbits(64))
        try:
            while live.connected:
                past = [(live.version, live.canvas)]
                eyes = Eyes(chance, role, live.canvas, live.version, past, new_id())
                action, fields = random_action(eyes)
                await live.begin(action, new_id(), **fields)
                await live.until(lambda: len(live.ledger.pending()) < AT_ONCE or not live.connected)
        except ConnectionClosed:
            pass
        await live.gone()

    async def resume(self) -> None:
        """Let everyone come back and send again what has no answer, and wait for every end."""
        for live, _, _ in self.crowd:
            await live.open(fresh=self.random.random() < 0.2)
        for live, _, _ in self.crowd:
            await live.until(lambda live=live: not live.ledger.pending())  # type: ignore[misc]

    def read(self) -> None:
        """Read what is new in the logs; what was read before must still stand there as it was."""
        for room in self.rooms:
            known = self.logs.setdefault(room.id, [])
            overlap = max(0, len(known) - 50)
            fresh = room.events(after=overlap)
            expect(fresh[: len(known) - overlap] == known[overlap:], f"{room.id}: the log has changed")
            known[overlap:] = fresh
        for live, room, _ in self.crowd:
            self._received(live, self.logs[room.id])

    def _received(self, live: Live, log: list[Json]) -> None:
        for version in range(max(1, live.version - 300), live.version + 1):
            seen = live.replica.events.get(version)
            expect(version <= len(log), f"version {version} was received and is missing after the kill")
            expect(seen is None or seen == log[version - 1], f"version {version} was received and is another now")

    def commands(self) -> dict[str, list[Json]]:
        """Give each command's events, by its id."""
        found: dict[str, list[Json]] = {}
        for log in self.logs.values():
            for event in log:
                found.setdefault(str(event["command"]), []).append(event)
        return found

    def check(self) -> None:
        """Check the whole of both rooms: the law, and each command's one end."""
        for room in self.rooms:
            head = room.head()
            check_room(room, self.random.sample(range(1, head + 1), k=3))
        log = self.commands()
        for live, _, role in self.crowd:
            expect(live.wrong is None, f"a client found: {live.wrong}")
            for entry in live.ledger.entries.values():
                check_end(entry, role, live.me, log.get(entry.command["id"], []), set())


async def scene(mortal: Mortal, chance: random.Random) -> Scene:
    """Make two rooms with three people each."""
    rooms, crowd = [], []
    for _ in range(2):
        room, wire = Room.open(mortal.http), Wire()
        rooms.append(room)
        for number, role in enumerate(ROLES):
            token = room.token if number == 0 else room.join(role, f"Person {number}")
            crowd.append((await Live(Place(mortal.port, room.id), token, wire).open(), room, role))
        await crowd[-len(ROLES)][0].ok("add_note", note=new_id(), block="value_propositions", text="Play")
    return Scene(chance, rooms, crowd)


async def one_life(mortal: Mortal, playing: Scene, stage: str) -> list[str]:
    """Act until the server dies; the last batch's commands."""
    moment = playing.random.randrange(1, 60)
    mortal.arm()
    acting = asyncio.create_task(playing.act())
    if stage == ANY_MOMENT:
        first = playing.crowd[0][0]
        start = first.version
        await first.until(lambda: first.version >= start + moment or not first.connected)
        mortal.kill()
    await acting
    return mortal.reap()


def judge_stage(stage: str, last: list[str], log: dict[str, list[Json]]) -> None:
    """Check that the stage was what its name says: the last batch is in the log, or it is not."""
    if stage == ANY_MOMENT:
        return
    there = [command in log for command in last]
    expect(all(there) if stage in DURABLE else not any(there), f"{stage}: of the last batch {there} are in the log")


async def play(mortal: Mortal, kills: int, chance: random.Random) -> Counter[str]:
    """Kill so many times, and give how often each stage was hit."""
    hit: Counter[str] = Counter()
    stages = [(*STAGES, ANY_MOMENT)[number % (len(STAGES) + 1)] for number in range(kills)]
    mortal.start(stages[0], chance.randrange(1, 12))
    playing = await scene(mortal, chance)
    for number, stage in enumerate(stages):
        last = await one_life(mortal, playing, stage)
        upcoming = stages[(number + 1) % kills]
        mortal.start(upcoming, chance.randrange(1, 12))
        playing.read()
        judge_stage(stage, last, playing.commands())
        hit[stage] += 1
        await playing.resume()
        playing.read()
        if number % ROUNDS_A_ROOM == ROUNDS_A_ROOM - 1 or number == kills - 1:
            playing.check()
            hit["events"] += sum(map(len, playing.logs.values()))
            for live, _, _ in playing.crowd:
                await live.close()
            playing = await scene(mortal, chance) if number < kills - 1 else playing
            print(f"  {number + 1} kills: {dict(hit)}", flush=True)
    return hit


def run(kills: int, seed: int) -> Counter[str]:
    """Kill so many times with fresh data."""
    print(f"crash: seed {seed}, {kills} kills", flush=True)
    with tempfile.TemporaryDirectory(prefix="kern-") as folder:
        data = Path(folder) / "data"
        data.mkdir()
        with Mortal(data) as mortal:
            hit = run_tidily(play(mortal, kills, random.Random(seed)))
            expect(not mortal.complaints(), f"the server complains: {mortal.complaints()}")
            return hit


def main() -> None:
    """Start by hand."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    options = parser.parse_args()
    began = time.monotonic()
    hit = run(options.kills, options.seed)
    for stage in (*STAGES, ANY_MOMENT):
        print(f"  {stage:<16}{hit[stage]:>5} kills")
    print(f"  nothing lost, changed or doubled in {hit['events']} events; {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
