"""`kern demo`: a whole workshop about plastic bricks, played by many people at once through the public API."""

import argparse
import asyncio
import sys

from server.demo.workshop import play

__all__ = ["add_arguments", "play", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `kern demo` may be told."""
    parser.add_argument("--url", default="http://127.0.0.1:8000", help="the server to play against (%(default)s)")
    parser.add_argument("--participants", type=int, default=8, metavar="N", help="people who edit (%(default)s)")
    parser.add_argument("--seconds", type=float, default=20.0, metavar="S", help="how long they edit (%(default)s)")


def run(args: argparse.Namespace) -> int:
    """Play, print what happens and last the facilitator's link; 1 if anything did not come out as it should."""
    try:
        return asyncio.run(play(args.url, args.participants, args.seconds, _print))
    except KeyboardInterrupt:
        return 130


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
