"""Runs the simulation for long: `python -m tests.server.simulation --steps 1000000 --seed 1`."""

import argparse
import logging
import sys
import time

from tests.server.simulation.disk import BrokenPromiseError
from tests.server.simulation.world import STEPS, run


def main() -> int:
    """Live through one world after another; 1 where a promise was broken."""
    parser = argparse.ArgumentParser(description="Rooms, committer and sessions under a scheduler with a seed.")
    parser.add_argument("--steps", type=int, default=1_000_000, help="(%(default)s)")
    parser.add_argument("--seed", default="1", help="of the whole run; each of its worlds has one of its own")
    parser.add_argument("--world", type=int, help="live through this one alone, as a failure names it")
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)
    worlds = range(-(-given.steps // STEPS)) if given.world is None else range(given.world, given.world + 1)
    start, events, told = time.monotonic(), 0, 0.0
    for number in worlds:
        try:
            world = run(f"{given.seed}:{number}", STEPS)
        except BrokenPromiseError as broken:
            print(f"broken: {broken}\nagain: python -m tests.server.simulation --seed {given.seed} --world {number}")
            return 1
        events += sum(durable.version for durable in world.disk.durable.values())
        if time.monotonic() - told > 5:
            told = time.monotonic()
            print(f"world {number + 1} of {len(worlds)}, {events} durable events", file=sys.stderr)
    seconds = time.monotonic() - start
    print(f"{len(worlds) * STEPS} steps in {len(worlds)} worlds, {events} durable events, {seconds:.0f} s: all kept")
    return 0


if __name__ == "__main__":
    sys.exit(main())
