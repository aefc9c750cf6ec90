"""How long a room takes to load from its snapshots, by its history: `python -m tests.server.loading_time`.

Two rooms with as many cards and people, one with fifty times the events. Processor time of this process alone, so that
other work on the machine counts as little as it can; the two are measured in turns, and the medians compared.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from domain import events as e
from server.live import loading
from server.live.batch import Asked
from server.live.openings import opening
from server.live.room import Room
from server.live.rooms import utc_now
from server.live.shown import Loaded
from server.storage.cache import Cache
from server.storage.committer import Committer, Written
from server.storage.log import Append
from server.storage.store import SQLiteLog
from server.wire.answers import Answer
from tests.server.scribe import EPOCH, new_id, person

PEOPLE: Final = 10
CATEGORIES: Final = ("production", "problem_solving", "platform_network")
WORDS: Final = ("design", "make", "ship", "the", "blocks", "for", "all", "who", "build")
AT_ONCE: Final = 200


class AtOnce:
    """A writer that writes when it is told to; see Writer."""

    def __init__(self, log: SQLiteLog) -> None:
        self._log = log

    def write(self, batch: Sequence[Append], written: Written) -> None:
        """Write, and report."""
        self._log.append(batch)
        written(None)


class Author:
    """Fills a room by the commands that people would send."""

    def __init__(self, log: SQLiteLog, cache: Cache, id_: str, cards: int) -> None:
        self._turns: list[Callable[[], None]] = []
        self._random = random.Random(id_)
        self._cache, self._cards = cache, [new_id() for _ in range(cards)]
        self.room = Room(
            id_,
            Loaded.empty(),
            epoch=EPOCH,
            log=log,
            committer=Committer(AtOnce(log), self._turns.append),
            clock=utc_now,
            entropy=self._random.randbytes,
            later=lambda _, __: None,
            reload=_refuse,
            look_back=lambda *_: None,
            aside=lambda work, then: then(work()),
            redact=lambda *_: None,
            closed=lambda _: None,
        )

    def fill(self, events: int, tail: int) -> None:
        """Write so many events; the snapshot lacks the last few, as in a room that people are in."""
        self._people()
        self._do("p0", action="add_note", note=new_id(), block="value_propositions", text="Play")
        for card in self._cards:
            category = self._random.choice(CATEGORIES)
            self._do("p1", action="add_activity", activity=card, title=self._text(), category=category)
        self._edit(events - tail)
        self._cache.put(self.room.id, self.room.snapshot())
        self._edit(events)

    def _people(self) -> None:
        for number in range(PEOPLE):
            who = f"p{number}"
            joined = e.ParticipantJoined(participant=who, role="participant")
            facts = (joined,) if number else opening(self.room.id, "A castle", "en", who)
            self.room.record(facts, who, _ignore, people=[person(f"{self.room.id}-{who}")], invites=[])
        self._commit()

    def _edit(self, version: int) -> None:
        while self.room.version < version:
            for _ in range(min(AT_ONCE, version - self.room.version)):
                self._change()
            self._commit()

    def _change(self) -> None:
        card, who = self._random.choice(self._cards), f"p{self._random.randrange(PEOPLE)}"
        if self._random.random() < 0.7:
            base = self.room.workshop.version
            text = f"{self._text()} {base}"
            self._do(who, action="reword_activity", activity=card, field="title", text=text, base=base)
        else:
            reason = f"{self._text()} {self.room.workshop.version}"
            self._do(who, action="judge_activity", activity=card, judgement="must_do", reason=reason)

    def _do(self, who: str, **fields: Any) -> None:  # noqa: ANN401 - fields of any type
        self.room.do(Asked(new_id(), fields, who, _refuse))

    def _text(self) -> str:
        return " ".join(self._random.choices(WORDS, k=6))

    def _commit(self) -> None:
        while self._turns:
            self._turns.pop(0)()


def _ignore(_: Answer) -> None:
    pass


def _refuse(what: object) -> None:
    raise AssertionError(what)


def main() -> None:
    """Fill two rooms, load them in turns, and print a table."""
    parser = argparse.ArgumentParser(description="Loading times of a room with a short history and one with a long.")
    parser.add_argument("--short", type=int, default=1_000, help="events (%(default)s)")
    parser.add_argument("--long", type=int, default=50_000, help="events (%(default)s)")
    parser.add_argument("--cards", type=int, default=200, help="(%(default)s)")
    parser.add_argument("--tail", type=int, default=100, help="events behind the snapshot (%(default)s)")
    parser.add_argument("--rounds", type=int, default=30, help="(%(default)s)")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kern-") as folder:
        log, cache = SQLiteLog(Path(folder) / "kern.db"), Cache(Path(folder) / "cache.db")
        for id_, events in (("short", given.short), ("long", given.long)):
            Author(log, cache, id_, given.cards).fill(events, given.tail)
        print(f"{given.cards} cards, {given.tail} events behind the snapshot, ms of processor time, medians")
        print(f"{'':24}{given.short:>10,}{given.long:>10,}     ratio")
        for name, load in (("until it is shown", loading.load_canvas), ("until it decides too", loading.load)):
            short, long = _measured(load, log, cache, given.rounds)
            print(f"{name:24}{short:>10.2f}{long:>10.2f}{long / short:>10.2f}")
        cache.close()
        log.close()


def _measured(
    load: Callable[[SQLiteLog, Cache, str], Loaded], log: SQLiteLog, cache: Cache, rounds: int
) -> list[float]:
    times: dict[str, list[float]] = {"short": [], "long": []}
    for _ in range(rounds):
        for id_, taken in times.items():
            start = time.process_time()
            load(log, cache, id_)
            taken.append((time.process_time() - start) * 1_000)
    return [statistics.median(taken) for taken in times.values()]


if __name__ == "__main__":
    main()
