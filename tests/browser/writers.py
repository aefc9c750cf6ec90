"""Two who write without a pause while others look elsewhere: in a browser of their own, one letter each in turn.

Their pages are watched frame by frame: the field that one writes in may not move, nor lose the caret or the focus.
"""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import FLAGS
from tests.browser.people import People, card, saved
from tests.browser.rooms import Room
from tests.support.patch import Json

PATIENCE_SECONDS = 30
LETTERS = " to and fro, by day or night, with all who help us here;"
LONGEST = 150
"""Room for a title's letters, before the next card is taken."""
WATCHED = """
() => {
  window.moved = [];
  let known = null;
  const look = () => {
    requestAnimationFrame(look);
    const field = document.activeElement;
    if (!window.writing) return (known = null);
    if (field?.tagName !== 'TEXTAREA') return moved.push(`the focus is at ${field?.outerHTML.slice(0, 80)}`);
    const { top, left } = field.getBoundingClientRect();
    if (known?.field === field && Math.hypot(top - known.top, left - known.left) > 1)
      moved.push(`from ${known.left}, ${known.top} to ${left}, ${top}`);
    if (field.selectionStart !== field.value.length) moved.push(`the caret is at ${field.selectionStart}`);
    known = { field, top, left };
  };
  requestAnimationFrame(look);
}
"""


class Writer:
    """Somebody who writes on at the titles of cards of their own, one after the other."""

    def __init__(self, page: Page, cards: list[Json]) -> None:
        self.page = page
        self.written = {own["activity"]: str(own["title"]) for own in cards}
        self.letters = 0
        self._cards = iter(cards)
        self._card: str = ""
        page.evaluate(WATCHED)
        self._take_next()

    def go_on(self) -> None:
        """Press one more key."""
        letter = LETTERS[self.letters % len(LETTERS)]
        self.page.keyboard.press("Space" if letter == " " else letter)
        self.letters += 1
        self.written[self._card] += letter
        if len(self.written[self._card]) > LONGEST:
            self._take_next()

    def end(self) -> list[str]:
        """Stop, wait until all is durable, and tell what moved meanwhile."""
        self.page.evaluate("window.writing = false")
        saved(self.page)
        moved: list[str] = self.page.evaluate("window.moved")
        return moved

    def _take_next(self) -> None:
        """Go to the end of the next card's title: that is an act of one's own, and may move what it likes."""
        self.page.evaluate("window.writing = false")
        self._card = next(self._cards)["activity"]
        self.page.locator(f"#board [data-card='{self._card}'] textarea").press("End")
        self.page.evaluate("window.writing = true")


class Writers:
    """What the test asks of the two, from its own thread."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.over = threading.Event()
        self.written: dict[str, str] = {}
        self.moved: list[str] = []
        self.letters = 0
        self.failed: BaseException | None = None
        self._awaited: tuple[str, threading.Event] | None = None

    def saw(self, title: str) -> None:
        """Wait until a card stands on the boards of both; they write on meanwhile."""
        seen = threading.Event()
        self._awaited = (title, seen)
        self._wait(seen, f"“{title}” on the boards of those who write")

    def write_on(self, letters: int) -> None:
        """Wait until they have written so many more."""
        goal = self.letters + letters
        for _ in range(PATIENCE_SECONDS * 10):
            if self.letters >= goal or self.failed is not None:
                break
            self.over.wait(0.1)
        assert self.failed is None, self.failed
        assert self.letters >= goal, "they stopped writing"

    def _wait(self, happens: threading.Event, what: str) -> None:
        came = happens.wait(PATIENCE_SECONDS)
        assert self.failed is None, self.failed
        assert came, what

    def write(self, arrive: Callable[[People], list[Writer]]) -> None:
        """Write until it is over: in a thread of its own, since one browser's pages belong to one thread."""
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
                people = People(browser)
                self._write(arrive(people))
                people.leave()
                browser.close()
        except BaseException as failure:  # noqa: BLE001 - it is told in the test's thread
            self.failed = failure
        finally:
            self.begun.set()

    def _write(self, writers: list[Writer]) -> None:
        while not self.over.is_set():
            for writer in writers:
                writer.go_on()
            self.letters = min(writer.letters for writer in writers)
            self.begun.set()
            if self._awaited and all(card(writer.page, self._awaited[0]).count() for writer in writers):
                self._awaited[1].set()
                self._awaited = None
        for writer in writers:
            self.moved += writer.end()
            self.written |= writer.written


@contextmanager
def two_writing(room: Room, *both: tuple[Json, list[Json]], **options: Any) -> Iterator[Writers]:  # noqa: ANN401 - playwright's
    """Have two people, each with a key and cards, write all the time; afterwards `written` and `moved` are known."""
    writers = Writers()

    def arrive(people: People) -> list[Writer]:
        return [Writer(people.enter(room, key, **options), cards) for key, cards in both]

    thread = threading.Thread(target=writers.write, args=(arrive,))
    thread.start()
    try:
        assert writers.begun.wait(PATIENCE_SECONDS), "nobody began to write"
        yield writers
    finally:
        writers.over.set()
        thread.join(PATIENCE_SECONDS)
    assert writers.failed is None, writers.failed
    assert not thread.is_alive(), "they can't stop writing"
