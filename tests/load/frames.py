"""How smooth the focus view stays while others edit: the work of the browser's main thread for a frame, and typing.

    python -m tests.load.frames [--cards 500] [--people 10] [--rate 100] [--seconds 5]

One room without steps, so that all cards lie in one open row; a server, Chromium, and the others' connections beside
it. Work is processor time of the page's main thread from one frame to the next, everything included; "page" is what of
it was scripting, layout and paint.
"""

import argparse
import math
import shutil
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import FLAGS
from tests.browser.people import People
from tests.browser.rooms import Room, activity, note
from tests.load.editors import CATEGORIES, JUDGEMENTS, WORDS, Editors
from tests.load.tracing import CATEGORIES as TRACED
from tests.load.tracing import Frames, frames_of
from tests.support.process import serving

LETTER_SECONDS = 0.08
PAINTED = """
window.painted = [];
addEventListener('keydown', (event) => requestAnimationFrame(() => {
  const after = new MessageChannel();
  after.port1.onmessage = () => window.painted.push(performance.now() - event.timeStamp);
  after.port2.postMessage(null);
}), true);
"""


def furnish(room: Room, cards: int) -> list[str]:
    """Fill a room with cards in all columns and lanes; give their ids."""
    added = [activity(f"{' '.join(WORDS)} {n}", CATEGORIES[n % 4]) for n in range(cards)]
    judged = [
        {"action": "judge_activity", "activity": one["activity"], "judgement": JUDGEMENTS[n % 3]}
        for n, one in enumerate(added)
        if JUDGEMENTS[n % 3]
    ]
    room.do(note(), *added, *judged)
    return [one["activity"] for one in added]


def look(page: Page, seconds: float) -> list[float]:
    """Do nothing."""
    page.wait_for_timeout(1000 * seconds)
    return []


def drag(page: Page, seconds: float) -> list[float]:
    """Take a card around the board, and put it back by Escape."""
    box = page.locator("#board .rows article").first.bounding_box()
    assert box
    x, y = box["x"] + 6, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        turn = (seconds - left) * 2
        page.mouse.move(x + 340 * (1 + math.sin(turn)), y + 100 * (1 + math.cos(turn * 1.7)))
        time.sleep(1 / 120)
    page.keyboard.press("Escape")
    page.mouse.up()
    return []


def write(page: Page, seconds: float) -> list[float]:
    """Write in a title; give the milliseconds from each key to the frame that shows it, sorted."""
    field = page.locator("#board .rows textarea[data-control]").nth(1)
    field.press("End")
    page.evaluate("window.painted = []")
    for _ in range(int(seconds / LETTER_SECONDS)):
        page.keyboard.press("a")
        time.sleep(LETTER_SECONDS)
    field.press("Escape")
    return sorted(page.evaluate("window.painted"))


def traced(browser: Browser, page: Page, act: Callable[[], list[float]]) -> tuple[Frames, list[float]]:
    """Do something under a trace."""
    browser.start_tracing(page=page, categories=TRACED)
    latencies = act()
    return frames_of(browser.stop_tracing()), latencies


def show(name: str, frames: Frames, latencies: list[float]) -> None:
    """Print one row of the table."""
    work = "".join(f"{_at(frames.work, percent):>8.1f}" for percent in (50, 95, 100))
    work += "".join(f"{_at(frames.page, percent):>8.1f}" for percent in (50, 95))
    keys = f"{_at(latencies, 50):9.1f}{_at(latencies, 95):7.1f}" if latencies else ""
    print(f"  {name:<34}{len(frames.work):>7}{work}{keys}", flush=True)


def _at(values: Sequence[float], percent: float) -> float:
    return values[min(len(values) - 1, int(len(values) * percent / 100))] if values else 0.0


def measure(browser: Browser, room: Room, cards: list[str], given: argparse.Namespace) -> None:
    """Look on, drag and write, at rest and while others edit."""
    people = People(browser)
    tokens = [room.join("participant", f"Person {n}")["token"] for n in range(given.people)]
    page = people.enter(room, room.join("participant", "Bo"))
    page.evaluate(PAINTED)
    page.wait_for_timeout(1000)
    heads = "".join(f"{head:>8}" for head in ("p50", "p95", "worst", "page50", "page95"))
    print(f"  {'':<34}{'frames':>7}{heads}{'key p50':>9}{'p95':>7}   (ms)")
    for beside in (False, True):
        others: AbstractContextManager[object] = nullcontext()
        if beside:
            others = Editors(room.server.port, room.id, tokens, cards, given.rate)
        with others:
            when = f"{given.rate:.0f} edits/s" if beside else "at rest"
            for name, act in (("looking on", look), ("dragging", drag), ("writing", write)):
                show(f"{name}, {when}", *traced(browser, page, partial(act, page, given.seconds)))
    people.leave()


def main() -> None:
    """Start by hand."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cards", type=int, default=500)
    parser.add_argument("--people", type=int, default=10)
    parser.add_argument("--rate", type=float, default=100, help="edits a second, all others together")
    parser.add_argument("--seconds", type=float, default=5, help="for each row of the table")
    given = parser.parse_args()
    with serving() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        room = Room(server)
        cards = furnish(room, given.cards)
        measure(browser, room, cards, given)
        browser.close()


if __name__ == "__main__":
    main()
