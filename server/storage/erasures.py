"""What was erased and taken out, without the names and texts: so that an older backup brings nothing of it back.

It is kept twice: in the log, where it says what this very log has forgotten, and in a file of its own, which is best
kept somewhere else than the data. What the file has and the log lacks is erased anew when the server starts.
"""

import fcntl
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError

from server.storage.log import LogError

NAME: Final = "erasures.jsonl"
"""The file's name where nobody names another one: it lies beside the log then."""


class Text(BaseModel):
    """A text that was taken out: where it stood, and what it had been committed to, by which it is told."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    version: int
    pointer: str
    commitment: str


class Erasure(BaseModel):
    """A name that was erased (`participant`), or texts that were taken out (`texts`), the one that was named first."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    at: str
    room: str
    participant: str | None = None
    by: str | None = None
    texts: tuple[Text, ...] = ()

    def encoded(self) -> str:
        """Write it as it is kept: one line."""
        return self.model_dump_json(exclude_none=True)


class ErasuresFile:
    """A line for each erasure. It only ever grows; several processes may add to it. Any thread."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen = (0, 0)

    def changed(self) -> bool:
        """Tell whether somebody has added to it since it was last read."""
        return self._signature() != self._seen

    def read(self) -> list[Erasure]:
        """Read all of them. Raises LogError where the file can't be read, or a line in it is none of ours."""
        self._seen = self._signature()
        try:
            content = self.path.read_bytes()
            lines = content[: _whole(content)].decode().splitlines()
        except FileNotFoundError:
            return []
        except (OSError, ValueError) as error:
            raise LogError(f"the erasures in {self.path} can't be read: {error}") from error
        return [self._parsed(number, line) for number, line in enumerate(lines, 1)]

    def add(self, erasures: Iterable[Erasure]) -> None:
        """Add what is not there yet, durably when this returns. Raises LogError."""
        erasures = list(erasures)
        if not erasures:
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with open(self.path, "a+b", opener=_private) as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                there = {erasure.id for erasure in self.read()}
                lines = [f"{erasure.encoded()}\n" for erasure in erasures if erasure.id not in there]
                file.truncate(_whole(self.path.read_bytes()))
                file.write("".join(lines).encode())
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise LogError(f"the erasures in {self.path} can't be written: {error}") from error

    def _parsed(self, number: int, line: str) -> Erasure:
        try:
            return Erasure.model_validate_json(line)
        except ValidationError as error:
            raise LogError(f"line {number} of {self.path} is no erasure") from error

    def _signature(self) -> tuple[int, int]:
        try:
            stat = self.path.stat()
        except OSError:
            return (0, 0)
        return (stat.st_size, stat.st_mtime_ns)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _whole(content: bytes) -> int:
    """Tell how far the lines go that were written to their end: what is behind them counts for nothing."""
    return content.rfind(b"\n") + 1
