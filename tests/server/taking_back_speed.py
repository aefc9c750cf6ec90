"""What taking much back costs, and whom: `python -m tests.server.taking_back_speed`.

A room with as many activities as there may be, of which somebody has reworded a fifth, beside another room in which
somebody edits. Previewed, and done: restoring the iteration before, and taking back what that person did. Times are
those of the asking, of commands in that room, and of edits and signs of life in the other.
"""

import argparse
import asyncio
import contextlib
import multiprocessing
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, Final

from server.storage.cache import Cache
from server.storage.folder import cache_file, log_file
from server.storage.store import SQLiteLog
from tests.server.history_speed import ROOM, TOKEN, Course
from tests.server.redaction_speed import Beside, Done, Hand, timed, typing
from tests.server.scribe import new_id
from tests.support.calls import Http, Room
from tests.support.patch import Json
from tests.support.process import Server

REST: Final = 2.0


class Reworked(Course):
    """Fills a room with an iteration, and rewords a part of its activities afterwards."""

    def fill_and_rework(self, part: int) -> tuple[str, int]:
        """Reword one in `part` of the activities; the iteration, and the version before."""
        iteration = new_id()
        self.fill(0, 0)
        self._do("p0", action="open_iteration", iteration=iteration, name="As it was")
        self._do("p0", action="close_iteration", override_reason="Time was up")
        self._commit()
        before = self.room.version
        for number, card in enumerate(self._cards[::part]):
            text, base = f"{self._text()} {number}", self.room.workshop.version
            self._do("p3", action="reword_activity", activity=card, field="title", text=text, base=base)
        self._commit()
        return iteration, before


async def measure(server: Server, iteration: str, before: int) -> None:
    """Take much back while others go on. Who does so is a process of its own: reading the answers takes it a while."""
    beside, port = Beside(), server.port
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
        async with contextlib.AsyncExitStack() as stack, asyncio.TaskGroup() as going:
            other = Room.open(server.http)
            editor, pinging = [
                await stack.enter_async_context(Hand.opened(port, other.id, other.token)) for _ in range(2)
            ]

            async def ask(call: Callable[[int, Json], None], **fields: Json | str | int) -> None:
                await asyncio.get_running_loop().run_in_executor(process, call, port, fields)

            await ask(_done, action="lock_canvas")
            await ask(_done, action="unlock_canvas")
            done = [Done("edits in another room", await typing(editor)), Done("signs of life there", pinging.ping)]
            tasks = [going.create_task(beside.watch(one)) for one in done]
            await asyncio.sleep(REST)
            beside.told("at rest", time.perf_counter() - REST, time.perf_counter())
            asked: list[dict[str, Any]] = [
                {"action": "restore_iteration", "iteration": iteration},
                {"action": "undo_person", "participant": "p3", "from": before, "to": before + 1},
            ]
            for fields in asked:
                await timed(beside, f"{fields['action']}, previewed", partial(ask, _preview, **fields))
                await timed(beside, fields["action"], partial(ask, _done, **fields))
                await ask(_done, action="undo")
            for task in tasks:
                task.cancel()


def _preview(port: int, fields: Json) -> None:
    reply = Http(port).call("POST", f"/api/rooms/{ROOM}/preview", _based(port, fields), f"{TOKEN}0")
    assert reply.status == 200, reply.content


def _done(port: int, fields: Json) -> None:
    async def do() -> None:
        async with Hand.opened(port, ROOM, f"{TOKEN}0") as hand:
            message = await hand.do(**_based(port, fields))
            assert message["type"] == "events", message

    asyncio.run(do())


def _based(port: int, fields: Json) -> Json:
    """Ask upon what stands there now; `to` is all that there is."""
    head = Http(port).get(f"/api/rooms/{ROOM}/events?after=0&limit=1", f"{TOKEN}0")["version"]
    return {**fields, "base": head} | ({"to": head} if "to" in fields else {}) if len(fields) > 1 else fields


def main() -> None:
    """Fill a room, start a server on it, and ask it."""
    parser = argparse.ArgumentParser(description="Taking much back in a large room while others go on.")
    parser.add_argument("--activities", type=int, default=9_990, help="(%(default)s)")
    parser.add_argument("--part", type=int, default=5, help="one in so many was reworded (%(default)s)")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kern-") as temporary:
        data = Path(temporary) / "data"
        data.mkdir()
        with contextlib.closing(SQLiteLog(log_file(data))) as log, contextlib.closing(Cache(cache_file(data))) as cache:
            told = Reworked(log, cache, ROOM, given.activities).fill_and_rework(given.part)
        server = Server(data, "--commands-per-second", "0").start()
        try:
            asyncio.run(measure(server, *told))
        finally:
            server.terminate()
            print(server.complaints())


if __name__ == "__main__":
    main()
