"""How fast the past of a long room is: `python -m tests.server.history_speed`, which fills a room and asks a server.

Any moment, replay, the table of revisions and what is told of them are asked over HTTP, at random places and after a
start of the server, so that nothing is in its memory; rebuilding and verifying are the commands that people use. With
`--keep FOLDER` the room is filled once, and measured again from there.
"""

import argparse
import asyncio
import contextlib
import io
import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from domain import events as e
from domain.vocabulary import Role
from server.commands import rebuilding, verifying
from server.live.access import hashed
from server.live.openings import opening
from server.live.rooms import Rooms
from server.past.following import Follower
from server.past.histories import Histories
from server.past.history import History
from server.storage.cache import Cache
from server.storage.folder import cache_file, history_file, log_file, opened
from server.storage.log import PersonKept
from server.storage.store import SQLiteLog
from tests.server.loading_time import CATEGORIES, PEOPLE, Author
from tests.server.scribe import new_id
from tests.support.process import Server

ROOM: Final = "long"
TOKEN: Final = "anybody's"
ITERATIONS: Final = 5
ENOUGH: Final = 4.0
"""Seconds after which a figure is taken of what there is by then."""


class Course(Author):
    """Fills a room that goes through some iterations, each as long as the others."""

    def fill(self, events: int, tail: int) -> None:
        """Write so many events, of which `tail` are behind the last iteration."""
        self._enter()
        self._do("p0", action="add_note", note=new_id(), block="value_propositions", text="Play")
        for card in self._cards:
            category = self._random.choice(CATEGORIES)
            self._do("p0", action="add_activity", activity=card, title=self._text(), category=category)
        self._commit()
        for number in range(1, ITERATIONS + 1):
            self._do("p0", action="open_iteration", iteration=new_id(), name=f"Iteration {number}")
            self._edit((events - tail) * number // ITERATIONS)
            self._do("p0", action="close_iteration", override_reason="Time was up")
            self._commit()
        self._edit(events)

    def _enter(self) -> None:
        for number in range(PEOPLE):
            who = f"p{number}"
            facts: tuple[e.Event, ...] = (e.ParticipantJoined(participant=who, role="participant"),)
            if not number:
                facts = opening(ROOM, "A castle", "en", who)
            role: Role = "participant" if number else "facilitator"
            person = PersonKept(who, who.upper(), role, hashed(f"{TOKEN}{number}"))
            self.room.record(facts, who, lambda _: None, people=[person], invites=[])
        self._commit()


def filled(folder: Path, events: int, cards: int) -> None:
    """Fill a folder with the room, where nothing is in it."""
    if log_file(folder).exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    log, cache = SQLiteLog(log_file(folder)), Cache(cache_file(folder))
    Course(log, cache, ROOM, cards).fill(events, events // 20)
    log.close()
    cache.close()


class Asked:
    """Asks a server, and keeps how long it took."""

    def __init__(self, server: Server, events: int) -> None:
        self._server, self.events, self.chance = server, events, random.Random(7)

    def ask(self, path: str) -> Any:  # noqa: ANN401 - any JSON
        reply = self._server.http.call("GET", f"/api/rooms/{ROOM}/{path}", token=f"{TOKEN}0")
        assert reply.status == 200, reply.content
        return reply.content

    def say(self, what: str, path: Callable[[], str], times: int) -> None:
        """Ask some times, and print a line."""
        taken: list[float] = []
        begun = time.perf_counter()
        while len(taken) < times and time.perf_counter() - begun < ENOUGH:
            start = time.perf_counter()
            self.ask(path())
            taken.append((time.perf_counter() - start) * 1_000)
        taken.sort()
        print(f"{what:52}{statistics.median(taken):>9.1f}{taken[len(taken) * 95 // 100]:>9.1f} ms  ({len(taken)})")

    def version(self) -> int:
        return self.chance.randrange(self.events)


def measure(asked: Asked, times: int) -> None:
    """Ask for all that looks back."""
    canvas = json.loads(asked.ask("canvas"))["canvas"]
    cards, iterations = list(canvas["activities"]), [one["id"] for one in canvas["iterations"]]
    print(f"{'what':52}{'p50':>9}{'p95':>9}")
    asked.say("the table, the first time that anybody asks", lambda: "revisions?limit=100", 1)
    asked.say("the canvas of a version", lambda: f"canvas?version={asked.version()}", times)
    asked.say("replay: its line of time", lambda: "timeline", times // 10)
    asked.say("replay: 200 events from somewhere", lambda: f"events?after={asked.version()}&limit=200", times)
    asked.say("the table: 100 revisions from somewhere", lambda: f"revisions?after={asked.version()}&limit=100", times)
    asked.say(
        "the table: 100 judgements by one person",
        lambda: f"revisions?after={asked.version()}&limit=100&kind=ActivityJudged&participant=p3",
        times,
    )
    asked.say("the life line of an activity", lambda: f"activities/{asked.chance.choice(cards)}/lifeline", times // 10)
    asked.say("catch-up since a version", lambda: f"catch-up?since={asked.version()}", times)
    asked.say("what each iteration made", lambda: "iterations", times // 10)
    first, last = iterations[0], iterations[-1]
    asked.say("the first iteration and the last compared", lambda: f"compare?from={first}&to={last}", times // 20)
    asked.say("the minutes", lambda: "export?format=md&document=minutes", times // 20)


def command(what: str, run: Callable[[], int], events: int) -> None:
    """Run a command, and print how many events a second it took, by the clock and of processor time alone."""
    start, busy = time.perf_counter(), time.process_time()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        code = run()
    assert code == 0
    clock, processor = (events / spent for spent in (time.perf_counter() - start, time.process_time() - busy))
    print(f"{what:52}{clock:>9,.0f} events/s by the clock, {processor:,.0f} of processor time")


def renewed(folder: Path) -> int:
    """Have a server's own histories make the room's revisions anew, as where its code has changed, and nobody works."""

    async def whole() -> None:
        with opened(folder) as (log, cache), contextlib.closing(History(history_file(folder))) as history:
            rooms = Rooms(log, cache, "measured", 0)
            code = f"as if changed at {time.time()}"
            histories = Histories(rooms, history, Follower(log, cache, history, code))
            await histories.reach(await rooms.get(ROOM))
            while (served := history.served(ROOM)) is None or served.code != code:  # noqa: ASYNC110 - nobody is told
                await asyncio.sleep(0.01)
            await histories.close()
            await rooms.close()

    asyncio.run(whole())
    return 0


def main() -> None:
    """Fill a room, run the commands on it, start a server on it, and ask it."""
    parser = argparse.ArgumentParser(description="The past of a long room: any moment, replay, tables, rebuilding.")
    parser.add_argument("--events", type=int, default=100_000, help="(%(default)s)")
    parser.add_argument("--cards", type=int, default=500, help="(%(default)s)")
    parser.add_argument("--times", type=int, default=200, help="each thing is asked, at most (%(default)s)")
    parser.add_argument("--keep", type=Path, help="a folder in which the room is, or will be")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kern-") as temporary:
        folder = given.keep or Path(temporary) / "data"
        filled(folder, given.events, given.cards)
        print(f"{given.events:,} events, {given.cards} cards, {ITERATIONS} iterations")
        command("made anew by the server itself", lambda: renewed(folder), given.events)
        command("kern rebuild", lambda: rebuilding.rebuild(folder), given.events)
        command("kern verify", lambda: verifying.verify(ROOM, folder), given.events)
        server = Server(folder).start()
        try:
            measure(Asked(server, given.events), given.times)
        finally:
            server.terminate()


if __name__ == "__main__":
    main()
