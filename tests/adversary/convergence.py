"""Many clients with random actions over a rough network must all hold the same in the end: the log.

    python -m tests.adversary.convergence --seed N --rounds M --clients 20 --actions 200

Each round prints its seed; a seed that fails is kept in `kept_seeds.json`, which the tests play again.
"""

import argparse
import asyncio
import json
import random
import time
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.adversary.network import Line, Weather
from tests.adversary.player import Player
from tests.support.calls import Room
from tests.support.canonical import canonical
from tests.support.expect import expect
from tests.support.law import check_room
from tests.support.live import Live, Place, new_id
from tests.support.patch import Json
from tests.support.process import Server, serving
from tests.support.replica import Wire
from tests.support.running import run as run_tidily

KEPT = Path(__file__).with_name("kept_seeds.json")
ROLES = ("facilitator", "participant", "participant", "participant", "observer", "participant", "participant")
SAMPLED = 12


@dataclass(frozen=True)
class Round:
    """What makes a round what it is."""

    seed: int
    clients: int = 20
    actions: int = 200


async def _player(room: Room, round_: Round, number: int, wire: Wire) -> Player:
    chance = random.Random(f"{round_.seed}/{number}")
    role = ROLES[number % len(ROLES)]
    token = room.token if number == 0 else room.join(role, f"Player {number}")
    lines, lives = [], []
    for tab in range(2 if number % 4 == 1 else 1):
        line = await Line(room.http.port, f"{round_.seed}/{number}/{tab}", Weather()).open()
        lines.append(line)
        lives.append(Live(Place(line.port, room.id), token, wire))
    return Player(chance, role, lives, lines)


async def _opening(room: Room, wire: Wire) -> None:
    host = await Live(Place(room.http.port, room.id), room.token, wire).open()
    await host.ok("add_note", note=new_id(), block="value_propositions", text="Play")
    await host.close()


async def play(server: Server, round_: Round) -> Counter[str]:
    """Play one round and check it; what happened how often."""
    room, wire = Room.open(server.http, name="Player 0"), Wire()
    await _opening(room, wire)
    players = [await _player(room, round_, number, wire) for number in range(round_.clients)]
    try:
        await asyncio.gather(*(player.play(round_.actions) for player in players))
        for line in (line for player in players for line in player.lines):
            line.calm()
        await asyncio.gather(*(player.settle() for player in players))
        await _check(server, room, players, round_)
    finally:
        for player in players:
            for live, line in zip(player.lives, player.lines, strict=True):
                await live.cut()
                await line.close()
    seen = sum((player.seen for player in players), Counter[str]())
    seen["cuts"] = sum(line.cuts for player in players for line in player.lines)
    return seen


async def _check(server: Server, room: Room, players: list[Player], round_: Round) -> None:
    head = room.head()
    lives = [live for player in players for live in player.lives]
    for live in lives:
        await live.at(head)
    events = check_room(room, random.Random(round_.seed).sample(range(1, head + 1), k=min(SAMPLED, head)))
    now = canonical(room.get("/canvas")["canvas"])
    for live in lives:
        expect(
            live.version == head and canonical(live.canvas) == now, f"{live.me} holds another canvas at {live.version}"
        )
        for version, event in live.replica.events.items():
            expect(events[version - 1] == event, f"{live.me} saw another event {version}")
    log: dict[str, list[Json]] = {}
    for event in events:
        if event["command"] is not None:
            log.setdefault(event["command"], []).append(event)
    for player in players:
        player.check(log)
    sent = {id_ for live in lives for id_, entry in live.ledger.entries.items() if entry.versions}
    strangers = set(log) - sent
    expect(len(strangers) <= 1, f"commands in the log that nobody is known to have sent: {strangers}")
    expect(not server.complaints(), f"the server complains: {server.complaints()}")


def kept() -> list[Round]:
    """Give the rounds that failed once."""
    return [Round(**entry) for entry in json.loads(KEPT.read_text(encoding="utf-8"))]


def keep(round_: Round) -> None:
    """Remember a round that failed."""
    rounds = [asdict(known) for known in {*kept(), round_}]
    KEPT.write_text(json.dumps(sorted(rounds, key=lambda entry: int(entry["seed"])), indent=1) + "\n", encoding="utf-8")


def run(server: Server, round_: Round) -> Counter[str]:
    """Play a round, and keep its seed should it fail."""
    print(f"convergence: {round_}", flush=True)
    try:
        return run_tidily(play(server, round_))
    except BaseException:
        print(f"convergence: FAILED {round_}", flush=True)
        keep(round_)
        raise


def main() -> None:
    """Play rounds by hand."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--actions", type=int, default=200)
    options = parser.parse_args()
    with serving() as server:
        for number in range(options.rounds):
            began = time.monotonic()
            seen = run(server, Round(options.seed + number, options.clients, options.actions))
            counts = ", ".join(f"{count} {what}" for what, count in seen.most_common())
            print(f"  converged in {time.monotonic() - began:.1f} s: {counts}")


if __name__ == "__main__":
    main()
