"""`python -m tests.load.replaying` measures looking back in a room of 100,000 events: a moment, a step on, one back."""

import argparse
import json
import random
import shutil
import time
from itertools import islice
from typing import Final

from playwright.sync_api import Page, sync_playwright
from websockets.sync.client import connect

from tests.browser.conftest import FLAGS
from tests.browser.people import People
from tests.browser.rooms import Room, activity, new_id, note
from tests.support.patch import Json
from tests.support.process import serving

CARDS: Final = 300
AT_ONCE: Final = 400
PLACES: Final = ("production", "problem_solving", "platform_network", None)
JUDGEMENTS: Final = ("must_do", "not_now", None)
STEPPING: Final = """
async ([key, times]) => {
  const at = () => document.querySelector('[data-moment]').dataset.moment;
  const took = [];
  for (let step = 0; step < times; step += 1) {
    const was = at();
    const began = performance.now();
    document.body.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}));
    while (at() === was) await new Promise((go) => setTimeout(go));
    document.body.getBoundingClientRect();
    took.push(performance.now() - began);
    await new Promise((go) => setTimeout(go, 20));
  }
  return took;
}
"""


def filled(room: Room, events: int) -> None:
    """Judge and move three hundred cards until there are so many events."""
    chance = random.Random(1)
    cards = [activity(f"Do thing number {n} for those who need it", PLACES[n % 3]) for n in range(CARDS)]
    room.do(note(), *cards)
    made = (change(chance.choice(cards)["activity"], chance, n) for n in range(events))
    with connect(f"ws://127.0.0.1:{room.server.port}/api/rooms/{room.id}/live", max_size=None) as live:
        live.send(json.dumps({"type": "hello", "protocol": 1, "token": room.token, "since": None, "epoch": None}))
        while commands := list(islice(made, AT_ONCE)):
            for command in commands:
                live.send(json.dumps({"type": "do", "id": new_id(), **command}))
            waiting = len(commands)
            while waiting > 0:
                message = json.loads(live.recv(30))
                waiting -= len(message["events"]) if message["type"] == "events" else message["type"] == "receipt"


def change(card: str, chance: random.Random, number: int) -> Json:
    """Give a command that changes a card."""
    if number % 2:
        return {"action": "move_activity", "activity": card, "category": chance.choice(PLACES)}
    judged = {"judgement": chance.choice(JUDGEMENTS), "reason": f"Because of {number}"}
    return {"action": "judge_activity", "activity": card, **judged}


def beginning(page: Page, version: int) -> float:
    """Go to a moment; the seconds until it is shown."""
    began = time.monotonic()
    page.evaluate("version => { location.hash = `#replay/${version}`; }", version)
    page.wait_for_selector(f"[data-moment='{version}']")
    return time.monotonic() - began


def told(what: str, milliseconds: list[float]) -> None:
    """Print the median, the 95th hundredth and the most."""
    ordered = sorted(milliseconds)
    p50, p95 = (ordered[len(ordered) * part // 100] for part in (50, 95))
    print(f"{what}: p50 {p50:.1f} ms, p95 {p95:.1f} ms, most {ordered[-1]:.1f} ms")


def main() -> None:
    """Fill a room, look back in it, and print how long that took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=100_000)
    asked = parser.parse_args()
    with serving() as server, sync_playwright() as playwright:
        room = Room(server)
        filled(room, asked.events)
        head = server.http.get(f"/api/rooms/{room.id}/canvas", room.token)["version"]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = People(browser).enter(room, room.facilitator())
        places = random.Random(2).sample(range(1, head), 9)
        told(f"a moment of {head} versions, anywhere", [1000 * beginning(page, version) for version in (head, *places)])
        told("a decision on", page.evaluate(STEPPING, ["ArrowRight", 300]))
        told("a decision back", page.evaluate(STEPPING, ["ArrowLeft", 600]))
        print(f"{page.evaluate('performance.memory.usedJSHeapSize') / 1e6:.0f} MB held by the page's scripts")
        browser.close()


if __name__ == "__main__":
    main()
