"""`kern verify`: whether a log is what it says it is, an exported one or a room's in a data folder."""

import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from server.proving.attested import Attested, OtherRoomError
from server.proving.chain import BrokenError, Chain
from server.proving.notes import Checkpoint, NoteError, VerifierKey
from server.storage.folder import FolderError, log_file
from server.storage.log import LogError
from server.storage.store import SQLiteLog

PAGE: Final = 1_000
PROGRESS: Final = 0.5
"""Seconds between two lines of progress."""


def verify(named: str, folder: Path, notes: Sequence[str] = (), key: str | None = None) -> int:
    """Check a file (`-`: the standard input), or else a room of a data folder; 1 where it is broken.

    `notes` are files with a checkpoint each, that `key` has signed: a verifier key, or a file that has it. Raises
    FolderError where these can't be used.
    """
    checkpoints = [_checkpoint(Path(note), _key(key)) for note in notes]
    chain = Attested(checkpoints)
    try:
        if named == "-":
            _check_lines(chain, sys.stdin.buffer)
        elif Path(named).is_file():
            with Path(named).open("rb") as lines:
                _check_lines(chain, lines)
        else:
            _check_room(chain, folder, named)
        chain.end()
    except BrokenError as broken:
        print(f"broken at version {broken.version}: {broken.why}")
        return 1
    except OtherRoomError as other:
        raise FolderError(str(other)) from None
    print(f"{chain.version} events hold; the digest of the newest is {chain.digest}")
    for one in checkpoints:
        print(f"event {one.version} is the one that was signed")
    return 0


def _key(named: str | None) -> VerifierKey:
    if named is None:
        raise FolderError("A checkpoint is checked against a key: name it with --key.")
    try:
        return VerifierKey.read(Path(named).read_text() if Path(named).is_file() else named)
    except (OSError, ValueError) as error:
        raise FolderError(f"The key {named} can't be used: {_why(error)}.") from None


def _checkpoint(file: Path, key: VerifierKey) -> Checkpoint:
    try:
        return key.open(file.read_bytes().decode())
    except (OSError, ValueError) as error:
        raise FolderError(f"The checkpoint in {file} proves nothing: {_why(error)}.") from None


def _why(error: Exception) -> str:
    if isinstance(error, OSError):
        return str(error.strerror)
    return str(error) if isinstance(error, NoteError) else "it is no text"


def _check_lines(chain: Chain, lines: Iterable[bytes]) -> None:
    progress = Progress()
    for raw in lines:
        chain.line(raw)
        if chain.version % PAGE == 0:
            progress.tell(chain.version)


def _check_room(chain: Chain, folder: Path, room: str) -> None:
    if not log_file(folder).exists():
        raise FolderError(f"There is neither a file {room} nor data in {folder}.")
    log = SQLiteLog(log_file(folder))
    try:
        texts = log.last_text(room)  # before the head, for a server may be writing
        head = log.head(room).version
        if not head and not texts:
            raise FolderError(f"There is neither a file {room} nor a room of that id in {folder}.")
        progress = Progress()
        while chain.version < head:
            _check_page(chain, log, room, min(PAGE, head - chain.version))
            progress.tell(chain.version, head)
        if texts > head:
            raise BrokenError(head + 1, "it is missing, though later texts are there")
    finally:
        log.close()


def _check_page(chain: Chain, log: SQLiteLog, room: str, limit: int) -> None:
    """Check a page. One that can't be read is read in halves, down to the event that can't."""
    try:
        page = log.events(room, chain.version, limit)
    except (LogError, ValueError, TypeError) as error:
        if limit == 1:
            raise BrokenError(chain.version + 1, f"its row can't be read ({error})") from error
        _check_page(chain, log, room, limit // 2)
        return
    if not page:
        raise BrokenError(chain.version + 1, "it is missing")
    for stored in page:
        chain.stored(stored)


class Progress:
    """Says on the standard error how far it is, not too often."""

    def __init__(self) -> None:
        self._told = time.monotonic()

    def tell(self, events: int, head: int | None = None) -> None:
        """Say it, if it is time to."""
        if time.monotonic() - self._told >= PROGRESS:
            self._told = time.monotonic()
            print(f"{events} {'events' if head is None else f'of {head} events'}", file=sys.stderr)
