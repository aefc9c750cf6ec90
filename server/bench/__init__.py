"""`kern bench`: what this installation can do, measured on this machine and this disk, and what bounds it."""

import argparse
import os
import sys
from pathlib import Path

from server.bench.installation import BenchError
from server.bench.measures import measure
from server.bench.report import as_json, as_table

__all__ = ["add_arguments", "run"]

MOST_SECONDS = 5.0
"""With five measurements, and what it takes to set them up, a run stays within half a minute."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `kern bench` may be told."""
    parser.add_argument(
        "--seconds", type=_seconds, default=3.0, metavar="S", help="for each measurement, at most 5 (%(default)s)"
    )
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.add_argument(
        "--data",
        type=Path,
        default=Path(os.environ.get("KERN_DATA") or "data"),
        metavar="DIR",
        help="measure the disk that this folder is on (%(default)s)",
    )


def run(args: argparse.Namespace) -> int:
    """Measure, print a table or JSON; 1 where the server could not be started."""
    try:
        figures = measure(args.data or Path("data"), args.seconds, _progress)
    except BenchError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    sys.stdout.write(as_json(figures) if args.json else as_table(figures))
    return 0


def _seconds(text: str) -> float:
    return min(max(0.2, float(text)), MOST_SECONDS)


def _progress(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
