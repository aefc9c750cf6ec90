"""Logs as they were written, for ever: each file in `corpus` is a room of some day, with the canvas that it made.

A file that is here is never changed. Events of a new type, or in a new form, come in a new file beside the others.
"""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, NamedTuple

from domain.events import Recorded
from domain.upcast import read

FOLDER: Final = Path(__file__).parent / "corpus"
AS_WRITTEN: Final = {
    "first": "f140832472d3d51d5129b5a4a8aa81a3f2be667f7e2a3714e2986bb6ae99bc2c",
    "second": "581363f8ee6af568e5d1ed7da31b682feb3e0803c6db9ae7190b850229b24567",
    "third": "04d90266ec2c7694559720aa0dc8e6511427f9b1baebe985c7c4f25e383fbaf7",
    "fourth": "969962bde53089f161d5f5e51f7c534afdec3e9078a831507c2ff9447fde886a",
    "fifth": "0b9a75866d2b448ae01c3530761963a49b5b4eae65f5a4251198be9c1a28e6f5",
    "redaction": "c619d355f52fe1c652c6e19ea6248c21c8886f67b6f3ff5e3f21f1571fdf91de",
}
"""The SHA-256 of each file."""


class Stored(NamedTuple):
    """One line: an event with its place in its room's log."""

    version: int
    at: str
    by: str | None
    command: str | None
    type: str
    schema: int
    data: dict[str, Any]

    def recorded(self) -> Recorded:
        """Read the event as today's."""
        event = read(self.type, self.schema, self.data)
        return Recorded(self.version, self.at, self.by, self.command, event)


def stored(name: str) -> Iterator[Stored]:
    for line in (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines():
        yield Stored(**json.loads(line))


def everything() -> list[Stored]:
    return [event for name in AS_WRITTEN for event in stored(name)]


def canvas(name: str) -> dict[str, Any]:
    """Answer the canvas that the room had in the end."""
    return dict(json.loads((FOLDER / f"{name}.canvas.json").read_text("utf-8")))


def digest(name: str) -> str:
    return sha256((FOLDER / f"{name}.jsonl").read_bytes()).hexdigest()
