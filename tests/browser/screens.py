"""`python -m tests.browser.screens FOLDER` takes a picture of every view, to be looked at before a release.

Each view in Dutch and in English, light and dark, on a laptop and on a phone, with no card, with a dozen and with two
hundred: the file's name says which. `--only WORD` takes those whose name has the word.
"""

import argparse
import itertools
import shutil
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import FLAGS
from tests.browser.people import LAPTOP, PHONE, People
from tests.browser.pictures import furnish
from tests.browser.rooms import Room, activity, new_id, note
from tests.support.patch import Json
from tests.support.process import Server, serving

VIEWS: Final = ("activities", "canvas", "judging", "history")
BACK: Final = ("replay", "compare")
COLUMNS: Final = ("production", "problem_solving", "platform_network", None)
LONG: Final = (
    "Bring everybody who has to do with delivering, returning and repairing the bricks around one table each month",
    "Extraordinarilylongwordthatneverendsandhasnoblankinwhichitcouldbebroken",
)
BLOCKS: Final = {
    "customer_segments": "Primary schools in villages",
    "channels": "The fair for teachers",
    "customer_relationships": "A teacher who helps the others",
    "revenue_streams": "A yearly subscription for each class",
    "key_resources": "Beech wood from one forest",
    "key_partners": "Two sawmills",
    "cost_structure": "Wood, wages and postage",
}


def with_none(server: Server) -> tuple[Room, Json | None]:
    """Give a room that was just opened."""
    return Room(server, title="Wooden bricks"), None


def with_a_dozen(server: Server) -> tuple[Room, Json | None]:
    """Give a room in the middle of its workshop, and one of its cards."""
    room = Room(server, template="lego", title="Wooden bricks for schools", name="Anna de Vries")
    cards = furnish(room)
    room.do(*({"action": "add_note", "note": new_id(), "block": b, "text": t} for b, t in BLOCKS.items()))
    return room, cards[1]


def with_two_hundred(server: Server) -> tuple[Room, Json | None]:
    """Give a room that is as full as workshops get, with some long texts."""
    room = Room(server, template="lego", title="A workshop that went on and on, for everyone who builds", name="Anna")
    steps = [step["id"] for step in room.canvas()["steps"]]
    titles = [LONG[n // 11 % 2] if n % 11 == 0 else f"Do thing number {n} for those who need it" for n in range(200)]
    cards = [activity(title, COLUMNS[n % 4], step=steps[n % 4] if n % 5 else None) for n, title in enumerate(titles)]
    judged = [
        {"action": "judge_activity", "activity": card["activity"], "judgement": ("must_do", "not_now")[n % 2]}
        for n, card in enumerate(cards)
        if n % 3
    ]
    room.do(note(LONG[0]), *cards, *judged)
    return room, cards[0]


FILLED: Final = {"none": with_none, "dozen": with_a_dozen, "hundreds": with_two_hundred}


class Screens:
    """Takes the pictures whose name is wanted."""

    def __init__(self, browser: Browser, folder: Path, only: str) -> None:
        self._browser, self._folder, self._only = browser, folder, only
        self.taken = 0

    def of(self, room: Room, card: Json | None, fill: str) -> None:
        """Take all pictures of one room."""
        for language, scheme, size in itertools.product(("en", "nl"), ("light", "dark"), ("laptop", "phone")):
            name = f"{fill}-{size}-{scheme}-{language}"
            if self._only in name or any(
                self._only in f"{view}-{name}" for view in (*VIEWS, *BACK, "card", "start", "join")
            ):
                self._visit(room, card, name, locale={"en": "en-GB", "nl": "nl-NL"}[language], color_scheme=scheme)

    def _visit(self, room: Room, card: Json | None, name: str, **options: Any) -> None:  # noqa: ANN401 - playwright's
        people = People(self._browser)
        phone = "phone" in name
        page = people.enter(room, room.facilitator(), size=PHONE if phone else LAPTOP, **options)
        for view in VIEWS:
            self._take(page, f"{room.url}/room/{room.id}#{view}", f"{view}-{name}")
        head = room.events()[-1]["version"]
        for view, moment in zip(BACK, (f"{head - 1}", f"1/{head}"), strict=True):
            self._take(page, f"{room.url}/room/{room.id}#{view}/{moment}", f"{view}-{name}")
        if card is not None:
            self._take(page, f"{room.url}/room/{room.id}#activities/card/{card['activity']}", f"card-{name}")
        self._take(page, f"{room.url}/", f"start-{name}")
        self._take(page, f"{room.url}{room.links['participant']}", f"join-{name}")
        people.leave()

    def _take(self, page: Page, address: str, name: str) -> None:
        if self._only not in name:
            return
        page.goto(address)
        page.wait_for_selector("[data-state=live], form")
        page.wait_for_selector("main:not([aria-busy=true]), form")
        page.evaluate("document.fonts.ready.then(() => null)")
        page.screenshot(path=self._folder / f"{name}.png")
        self.taken += 1


def main() -> None:
    """Fill three rooms, and take their pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    with serving() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        screens = Screens(browser, asked.folder, asked.only)
        for fill, filled in FILLED.items():
            screens.of(*filled(server), fill)
        browser.close()
    print(f"{screens.taken} pictures in {asked.folder}")


if __name__ == "__main__":
    main()
