"""How the table of all changes behaves in a room of 100,000 events: opening, scrolling, jumping, filters, memory.

    python -m tests.load.history_table [FOLDER] [--events 100000] [--jumps 30] [--seconds 4]

FOLDER is a data folder as `python -m tests.server.history_speed --keep FOLDER` makes it; without one such a room is
made first. A row is there when its event is: "…" in its place doesn't count. Each figure stands beside its aim, and
where one is missed the command fails.
"""

import argparse
import random
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Final

from playwright.sync_api import Page, sync_playwright

from server.storage.cache import Cache
from server.storage.folder import cache_file, log_file
from server.storage.store import SQLiteLog
from tests.browser.conftest import FLAGS
from tests.browser.people import People
from tests.browser.rooms import Room
from tests.load.frames import traced
from tests.server.history_speed import ROOM, TOKEN, Course
from tests.support.process import Server

CARDS: Final = 500
TEXT: Final = "ship the blocks"
"""What is sought: three of the words that all texts of this room are made of."""

NOTCH: Final = 120
"""Pixels of one step of the wheel; sixty of them a second are 150 rows, faster than anybody reads."""

THERE: Final = """
const box = document.querySelector('[role=grid]');
const rows = () => [...box.querySelectorAll('.one')].filter((row) => {
  const {top, bottom} = row.getBoundingClientRect();
  const seen = box.getBoundingClientRect();
  return bottom > seen.top && top < seen.bottom;
});
const there = () => rows().length > 0 && rows().every((row) => row.querySelector('.c3'));
const frame = () => new Promise((go) => requestAnimationFrame(go));
const until = async (so) => { while (!so()) await frame(); };
"""
"""What is in sight, and whether it is there. Styles and layout of a frame are in the time that is taken."""

OPENING: Final = """
async () => {
  const began = performance.now();
  location.hash = '#history';
  while (!document.querySelector('[role=grid] .c3')) await new Promise((go) => requestAnimationFrame(go));
  return performance.now() - began;
}
"""

JUMPING: Final = f"""
async (where) => {{ {THERE}
  await until(there);
  const began = performance.now();
  box.scrollTop = where * (box.scrollHeight - box.clientHeight);
  await frame();
  await until(there);
  return performance.now() - began;
}}
"""

DRAGGING: Final = f"""
async (where) => {{ {THERE}
  const from = box.scrollTop;
  const to = where * (box.scrollHeight - box.clientHeight);
  for (let step = 1; step <= 30; step += 1) {{
    box.scrollTop = from + (to - from) * step / 30;
    await frame();
  }}
  const began = performance.now();
  await until(there);
  return performance.now() - began;
}}
"""
"""Half a second with the scrollbar in hand; the time is from letting go."""

PRESSING: Final = f"""
async (key) => {{ {THERE}
  await until(there);
  const began = performance.now();
  box.dispatchEvent(new KeyboardEvent('keydown', {{key, bubbles: true}}));
  await frame();
  await until(there);
  return performance.now() - began;
}}
"""

WATCHING: Final = f"""
() => {{ {THERE}
  window.watched = [];
  const watch = (at) => {{
    window.watched.push([at, there()]);
    if (window.watched) requestAnimationFrame(watch);
  }};
  requestAnimationFrame(watch);
}}
"""

SETTLED: Final = """
async (act) => {
  const began = performance.now();
  const [grid, status] = ['[role=grid]', 'main [role=status]'].map((one) => document.querySelector(one));
  const was = status.textContent;
  const choice = document.querySelector(act.field);
  choice.value = act.value;
  choice.dispatchEvent(new Event(act.field.startsWith('select') ? 'change' : 'input', {bubbles: true}));
  const frame = () => new Promise((go) => requestAnimationFrame(go));
  while (status.textContent === was || /[0-9] …$/.test(status.textContent) || !grid.querySelector('.c3')) await frame();
  return performance.now() - began;
}
"""


class Table:
    """The table on a page, and what is asked of it."""

    def __init__(self, page: Page, given: argparse.Namespace) -> None:
        self.page, self.given, self.missed = page, given, 0
        self._chance = random.Random(5)
        self._line = page.context.new_cdp_session(page)

    def say(self, what: str, figure: float, unit: str, aim: float) -> None:
        """Print a figure and its aim."""
        kept = figure <= aim
        self.missed += not kept
        print(f"  {what:<58}{figure:>9.1f} {unit:<3} ≤ {aim:g}{'' if kept else '   MISSED'}", flush=True)

    def open(self, times: int) -> None:
        """Come to the table, for the first time and again."""
        taken = []
        for _ in range(times):
            taken.append(self.page.evaluate(OPENING))
            self.page.evaluate("location.hash = '#activities'")
            self.page.wait_for_selector("#board")
        self.say("opening it for the first time", taken[0], "ms", 1000)
        self.say("opening it again, median", statistics.median(taken[1:]), "ms", 300)
        self.page.evaluate(OPENING)

    def jump(self, what: str, script: str = JUMPING) -> None:
        """Go to many places, and see how long it takes until what is there is shown."""
        taken = [self.page.evaluate(script, self._chance.random()) for _ in range(self.given.jumps)]
        self.say(f"{what}, p50", statistics.median(taken), "ms", 100)
        self.say(f"{what}, p95", at(taken, 95), "ms", 150)

    def press(self) -> None:
        """Go from end to end."""
        taken = [self.page.evaluate(PRESSING, key) for key in ("End", "Home") * 5]
        self.say("End and Home, the slowest of ten", max(taken), "ms", 150)

    def scroll(self, what: str) -> None:
        """Turn the wheel steadily."""
        self.page.locator("[role=grid]").hover()
        self.page.evaluate(JUMPING, 0.3)
        browser = self.page.context.browser
        assert browser
        frames, _ = traced(browser, self.page, partial(self._turn, watched=False))
        self.say(f"a frame's scripting, layout and paint, {what}, p95", at(frames.page, 95), "ms", 8)
        self._turn(watched=True)
        seen = self.page.evaluate("() => { const all = window.watched; window.watched = null; return all; }")
        lengths = [later - former for (former, _), (later, _) in pairwise(seen)]
        dropped = sum(max(0, round(length * 60 / 1000) - 1) for length in lengths)
        self.say(f"dropped of 100 frames, {what}", 100 * dropped / (len(lengths) + dropped), "%", 5)
        waiting = sum(not whole for _, whole in seen)
        self.say(f"frames in which a row is not there yet, {what}", 100 * waiting / len(seen), "%", 2)

    def _turn(self, *, watched: bool) -> list[float]:
        if watched:
            self.page.evaluate(WATCHING)
        for _ in range(int(self.given.seconds * 60)):
            self.page.mouse.wheel(0, NOTCH)
            self.page.wait_for_timeout(1000 / 60)
        return []

    def sift(self, what: str, field: str, value: str) -> None:
        """Set a filter; wait until all that fits is found and the first rows are there."""
        taken = self.page.evaluate(SETTLED, {"field": field, "value": value})
        self.say(f"until all is found {what}", taken, "ms", 1500)
        print(f"  {'':<4}{self.page.locator('main [role=status]').first.inner_text()}")

    def heap(self) -> float:
        """Give the megabytes that the page's scripts hold, garbage not counted."""
        self._line.send("HeapProfiler.collectGarbage")
        return float(self._line.send("Runtime.getHeapUsage")["usedSize"]) / 1e6

    def wander(self, steps: int) -> None:
        """Look at all of it, a part after another."""
        before = self.heap()
        for step in range(steps + 1):
            self.page.evaluate(JUMPING, step / steps)
        self.say(f"held more after looking at all of it in {steps} steps", self.heap() - before, "MB", 20)
        self.say("held by the page's scripts then", self.heap(), "MB", 60)


def at(values: Sequence[float], percent: int) -> float:
    """Give a percentile."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)] if ordered else 0.0


@contextmanager
def serving(folder: Path | None, events: int) -> Iterator[Server]:
    """Serve a folder, or a new one with a long room in it."""
    with tempfile.TemporaryDirectory(prefix="kern-") as temporary:
        folder = folder or Path(temporary) / "data"
        if not log_file(folder).exists():
            folder.mkdir(parents=True, exist_ok=True)
            log, cache = SQLiteLog(log_file(folder)), Cache(cache_file(folder))
            Course(log, cache, ROOM, CARDS).fill(events, events // 20)
            log.close()
            cache.close()
        server = Server(folder).start()
        try:
            yield server
        finally:
            server.terminate()


def measure(table: Table) -> None:
    """Ask everything of the table, as it is and sifted."""
    table.open(6)
    steps: list[Callable[[], None]] = [
        partial(table.scroll, "turning the wheel"),
        partial(table.jump, "a jump, until the rows are there"),
        partial(table.jump, "dragging the scrollbar, from letting go", DRAGGING),
        table.press,
        partial(table.wander, table.given.steps),
        partial(table.sift, "with a filter: judgements", "select:has(option[value=ActivityJudged])", "ActivityJudged"),
        partial(table.jump, "a jump among the judgements"),
        partial(table.scroll, "among the judgements"),
        partial(table.sift, "with a text besides", "input[type=search]", TEXT),
        partial(table.jump, "a jump among those"),
    ]
    for step in steps:
        step()
    table.say("held by the page's scripts in the end", table.heap(), "MB", 60)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure; 1 where an aim is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", help="a data folder with such a room")
    parser.add_argument("--events", type=int, default=100_000, help="of the room that is made (%(default)s)")
    parser.add_argument("--jumps", type=int, default=30, help="(%(default)s)")
    parser.add_argument("--seconds", type=float, default=4, help="of scrolling (%(default)s)")
    parser.add_argument("--steps", type=int, default=500, help="through the whole table (%(default)s)")
    given = parser.parse_args(arguments)
    with serving(given.folder, given.events) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        room = Room.known(server, ROOM, f"{TOKEN}0", "p0")
        table = Table(People(browser).enter(room, room.facilitator()), given)
        measure(table)
        browser.close()
    return min(1, table.missed)


if __name__ == "__main__":
    sys.exit(main())
