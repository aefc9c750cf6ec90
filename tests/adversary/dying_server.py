"""A launcher whose server kills itself at a named stage of a command, so that the product needs no hooks for it.

It imports the product once and forks a process for each life, which makes a start quick. It takes one JSON object a
line on standard input and answers each with one on standard output:

    {"do": "start", "stage": STAGE, "hits": N}   -> {"pid": P}; the server runs, unarmed
    {"do": "arm"}                                -> {}; from now on the N-th time at the stage is the last
    {"do": "reap"}                               -> {"signal": S, "code": C, "last": [command ids of the last batch]}

Every stage is reached by wrapping a function of the product or of its library from outside.
"""

import asyncio
import functools
import gc
import json
import mmap
import os
import signal
import sys
from collections.abc import Callable, Sequence
from typing import Any

from eventsourcing.sqlite import SQLiteConnection

from server import cli, documents
from server.erasing.eraser import Eraser
from server.live.room import Room
from server.past.history import History
from server.storage.cache import Cache
from server.storage.erasures import ErasuresFile
from server.storage.log import Append
from server.storage.store import SQLiteLog
from tests.support.patch import Json

STAGES = ("before_append", "in_transaction", "after_commit", "after_sending")
FORGETTING: dict[str, tuple[type, str, bool]] = {
    "looked_up": (Room, "take_out", False),
    "after_commit_of_what_is_gone": (Eraser, "forget", False),
    "amid_the_snapshots": (Cache, "_cut_off", False),
    "between_snapshots_and_revisions": (History, "forget", False),
    "amid_the_revisions": (History, "_cut_off", False),
    "all_forgotten": (History, "forget", True),
    "remembered": (ErasuresFile, "add", True),
    "before_the_cut": (SQLiteLog, "purge", False),
    "after_the_cut": (SQLiteLog, "purge", True),
    "settled": (SQLiteLog, "settled", True),
}
"""The stages of taking a text out, beside those of any command: a method, and whether it has been done by then."""

SHARED = 2**20
HEAD = 5
SENT_BY_THEN = 0.002


class Life:
    """What the launcher and the server of one life share: whether it is armed, and its last words."""

    def __init__(self) -> None:
        self.memory = mmap.mmap(-1, SHARED)

    @property
    def armed(self) -> bool:
        """Whether the stage counts by now."""
        return self.memory[0] == 1

    def arm(self) -> None:
        """Let the stage count."""
        self.memory[0] = 1

    def say(self, words: Sequence[str]) -> None:
        """Leave word of the batch that was on its way."""
        text = json.dumps(list(words)).encode()[: SHARED - HEAD]
        self.memory[1:HEAD] = len(text).to_bytes(4, "big")
        self.memory[HEAD : HEAD + len(text)] = text

    def said(self) -> list[str]:
        """Read the last words."""
        size = int.from_bytes(self.memory[1:HEAD], "big")
        return list(json.loads(self.memory[HEAD : HEAD + size] or b"[]"))


class Fate:
    """Counts the times at one stage, and ends the process at the last."""

    def __init__(self, life: Life, stage: str, hits: int) -> None:
        self.life, self.stage, self.left = life, stage, hits
        self.batch: list[str | None] = []
        self.appending = False

    def at(self, stage: str) -> bool:
        """Whether this is the last time."""
        if stage != self.stage or not self.life.armed:
            return False
        self.left -= 1
        return self.left == 0

    def die(self, last: Sequence[str | None]) -> None:
        """End the process as the kernel would: nothing is flushed or closed."""
        self.life.say([command for command in last if command])
        os.kill(os.getpid(), signal.SIGKILL)

    def install(self) -> None:
        """Wrap what a command passes on its way."""
        SQLiteLog.append = self._append(SQLiteLog.append)  # type: ignore[method-assign]
        SQLiteConnection.commit = self._commit(SQLiteConnection.commit)  # type: ignore[method-assign]
        Room.committed = self._committed(Room.committed)  # type: ignore[method-assign]
        if self.stage in FORGETTING:
            owner, name, done = FORGETTING[self.stage]
            setattr(owner, name, self._around(getattr(owner, name), done=done))

    def _around(self, method: Callable[..., object], *, done: bool) -> Any:  # noqa: ANN401 - a method
        @functools.wraps(method)
        def wrapped(*arguments: object) -> object:
            if not done and self.at(self.stage):
                self.die(())
            answer = method(*arguments)
            if done and self.at(self.stage):
                self.die(())
            return answer

        return wrapped

    def _append(self, append: Callable[[SQLiteLog, Sequence[Append]], None]) -> Any:  # noqa: ANN401 - a method
        def wrapped(log: SQLiteLog, batch: Sequence[Append]) -> None:
            self.batch = [json.loads(stored.body)["command"] for part in batch for stored in part.events]
            if self.at("before_append"):
                self.die(self.batch)
            self.appending = True
            try:
                append(log, batch)
            finally:
                self.appending = False
            if self.at("after_commit"):
                self.die(self.batch)

        return wrapped

    def _commit(self, commit: Callable[[SQLiteConnection], None]) -> Any:  # noqa: ANN401 - a method
        def wrapped(connection: SQLiteConnection) -> None:
            if self.appending and self.at("in_transaction"):
                self.die(self.batch)
            commit(connection)

        return wrapped

    def _committed(self, committed: Callable[[Room], None]) -> Any:  # noqa: ANN401 - a method
        def wrapped(room: Room) -> None:
            committed(room)
            if self.at("after_sending"):
                # The loop hands what was written to the kernel at the end of its turn.
                asyncio.get_running_loop().call_later(SENT_BY_THEN, self.die, self.batch)

        return wrapped


def live(life: Life, stage: str, hits: int) -> None:
    """Be the server until the stage is reached."""
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(2, 1)
    Fate(life, stage, hits).install()
    cli.main()


def answer(order: Json, children: list[tuple[int, Life]]) -> Json:
    """Do what a line asks for."""
    match order["do"]:
        case "start":
            life = Life()
            pid = os.fork()
            if not pid:
                live(life, order["stage"], order["hits"])
                os._exit(0)
            children.append((pid, life))
            return {"pid": pid}
        case "arm":
            children[-1][1].arm()
            return {}
        case _:
            pid, life = children.pop()
            _, status = os.waitpid(pid, 0)
            ended = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
            return {"signal": ended, "code": None if ended else os.WEXITSTATUS(status), "last": life.said()}


def warm() -> None:
    """Have what every start builds anew, and what no command passes, built once: the descriptions of the interfaces."""
    for name in ("openapi", "asyncapi", "pages"):
        built = functools.cache(getattr(documents, name))
        built()
        setattr(documents, name, built)
    gc.collect()
    gc.freeze()  # so that no life copies all of this only to look it through


def main() -> None:
    """Serve the tool that started this launcher."""
    warm()
    children: list[tuple[int, Life]] = []
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line), children)), flush=True)


if __name__ == "__main__":
    main()
