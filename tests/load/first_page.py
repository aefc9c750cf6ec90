"""`python -m tests.load.first_page` measures how soon a phone on a slow line can be used, from the link to the room.

Chromium holds itself back as a slow phone would: the processor four times slower, the line 1.6 Mbit/s down, 0.75 up,
150 ms of latency for each exchange. Nothing is cached. Each visit is told in milliseconds since the page was asked for.
"""

import argparse
import json
import shutil
from statistics import median
from typing import Final

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import FLAGS
from tests.browser.people import PHONE, People
from tests.browser.rooms import Room, activity, note
from tests.support.patch import Json
from tests.support.process import Server, serving

SLOWER: Final = 4
LINE: Final = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}

WATCH: Final = """
(() => {
  const seen = {};
  const look = () => {
    const there = ['[data-state=live]', '[data-card]'].every((what) => document.querySelector(what));
    if (there) seen.usable = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  window.seen = seen;
})();
"""


def filled(server: Server, cards: int) -> Room:
    """Give a room in the middle of its workshop."""
    room = Room(server, template="lego")
    columns = ("production", "problem_solving", "platform_network", None)
    room.do(note(), *(activity(f"Do thing number {n} for those who need it", columns[n % 4]) for n in range(cards)))
    return room


def visit(browser: Browser, room: Room, key: Json, *, slow: bool) -> dict[str, float]:
    """Open the room once, in a browser that was never there."""
    people = People(browser)
    context = people.context(room.url, size=PHONE, has_touch=True, is_mobile=True)
    keys = json.dumps(json.dumps([key]))
    context.add_init_script(f"if (location.protocol === 'http:') localStorage.setItem('kern.rooms', {keys})")
    context.add_init_script(WATCH)
    page = context.new_page()
    if slow:
        _hold_back(page)
    page.goto(f"{room.url}/room/{room.id}", wait_until="commit")
    page.wait_for_function("() => window.seen?.usable", timeout=30_000)
    told: dict[str, float] = page.evaluate(
        """() => {
          const files = performance.getEntriesByType('resource');
          const size = (some) => some.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0);
          return {
            paint: performance.getEntriesByName('first-contentful-paint')[0].startTime,
            usable: window.seen.usable,
            bytes: size(files),
            script: size(files.filter(({ name }) => name.endsWith('.js'))),
          };
        }"""
    )
    people.leave()
    return told


def _hold_back(page: Page) -> None:
    control = page.context.new_cdp_session(page)
    control.send("Network.enable")
    control.send("Network.setCacheDisabled", {"cacheDisabled": True})
    control.send("Network.emulateNetworkConditions", LINE)
    control.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


def main() -> None:
    """Print a table: the median of the visits, and the worst."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visits", type=int, default=7)
    parser.add_argument("--cards", type=int, default=60)
    asked = parser.parse_args()
    with serving() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        room = filled(server, asked.cards)
        key = room.join("participant", "Els")
        print(f"{asked.cards} cards, {asked.visits} visits; ms, median (worst)")
        for name, slow in (("laptop speed", False), ("slow phone", True)):
            visits = [visit(browser, room, key, slow=slow) for _ in range(asked.visits)]
            cells = [
                f"{what} {median(one[what] for one in visits):.0f} ({max(one[what] for one in visits):.0f})"
                for what in ("paint", "usable")
            ]
            sizes = f"script {visits[0]['script'] / 1000:.1f} kB, all {visits[0]['bytes'] / 1000:.1f} kB"
            print(f"{name:13} {'  '.join(cells)}  {sizes}")
        browser.close()


if __name__ == "__main__":
    main()
