"""People at their screens. Every page is watched: what it should not do fails the test that it was opened in."""

import json
import re
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page

from tests.browser.rooms import Room
from tests.support.expect import expect
from tests.support.patch import Json

LAPTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
PATIENCE_MS = 10_000
CUT_LINE = re.compile(r"WebSocket connection to .* failed|ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET")
"""What Chromium itself writes to the console where a server is not there."""


SLOW_LINE = """
const Fast = WebSocket;
window.WebSocket = class {
  constructor(url) {
    const line = new Fast(url);
    const later = (what) => setTimeout(what, DELAY);
    line.onopen = () => later(() => this.onopen?.());
    line.onmessage = ({ data }) => later(() => this.onmessage?.({ data }));
    line.onclose = ({ code }) => later(() => this.onclose?.({ code }));
    this.send = (text) => later(() => line.readyState === 1 && line.send(text));
    this.close = () => line.close();
  }
};
"""


class People:
    """Opens a context for each person, and keeps what their pages said and asked for."""

    def __init__(self, browser: Browser) -> None:
        self.excused: list[re.Pattern[str]] = []
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        self._said: list[str] = []
        self._asked: list[str] = []
        self._servers: set[str] = set()

    def context(self, server: str, size: dict[str, int] | None = None, **options: Any) -> BrowserContext:  # noqa: ANN401 - playwright's
        """Give somebody a browser of their own, in English on a laptop unless told otherwise."""
        options = {"viewport": size or LAPTOP, "locale": "en-GB", **options}
        context = self._browser.new_context(**options)
        context.set_default_timeout(PATIENCE_MS)
        context.on("console", self._heard)
        context.on("weberror", lambda error: self._said.append(f"error: {error.error}"))
        context.on("request", lambda request: self._asked.append(request.url))
        self._contexts.append(context)
        self._servers.add(f"{server}/")
        return context

    def enter(self, room: Room, key: Json, slowed: int = 0, state: str = "live", **options: Any) -> Page:  # noqa: ANN401 - playwright's
        """Bring somebody with a key into the room, as one who comes back to it; `slowed`: milliseconds each way."""
        context = self.context(room.url, **options)
        if slowed:
            context.add_init_script(SLOW_LINE.replace("DELAY", str(slowed)))
        keys = json.dumps(json.dumps([key]))
        first = f"localStorage.getItem('kern.rooms') ?? localStorage.setItem('kern.rooms', {keys})"
        context.add_init_script(f"if (location.protocol === 'http:') {first}")
        return self.open(context, room, state)

    def open(self, context: BrowserContext, room: Room, state: str = "live") -> Page:
        """Open the room in one more tab, and wait for the state of its line."""
        page = context.new_page()
        page.on("websocket", lambda socket: self._asked.append(socket.url.replace("ws:", "http:", 1)))
        page.goto(f"{room.url}/room/{room.id}")
        page.wait_for_selector(f"[data-state={state}]")
        if state == "live":  # with what comes after the first second, such as dragging
            page.wait_for_selector("[data-complete=true]")
        return page

    def leave(self) -> None:
        """Close all screens, and see that nothing happened on them that should not."""
        for context in self._contexts:
            context.close()
        said = [line for line in self._said if not any(excuse.search(line) for excuse in self.excused)]
        expect(said == [], f"the console was to stay silent: {said}")
        elsewhere = [url for url in self._asked if not url.startswith(tuple(self._servers))]
        expect(elsewhere == [], f"nobody but the server was to be asked: {elsewhere}")

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self._said.append(f"{message.type}: {message.text}")


def card(page: Page, title: str) -> Locator:
    """Find the card with this title."""
    return page.get_by_role("article", name=title, exact=True)


def title_of(page: Page, added: Json) -> Locator:
    """Find the field of an added activity's title, whatever stands in it now."""
    return page.locator(f"#board [data-card='{added['activity']}'] textarea")


def reach(wanted: Locator) -> None:
    """Press Tab until it has the focus."""
    for _ in range(60):
        wanted.page.keyboard.press("Tab")
        if wanted.evaluate_all("all => all.includes(document.activeElement)"):
            return
    raise AssertionError(f"Tab does not lead to {wanted}")


def add(page: Page, title: str, column: str = "Production") -> None:
    """Write a new activity."""
    field = page.get_by_role("textbox", name=f"Add an activity to {column}")
    field.fill(title)
    field.press("Enter")


def preferences(page: Page) -> Locator:
    """Open what one person may choose for this device."""
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitem", name="Preferences").click()
    return page.get_by_role("dialog")


def tab(page: Page, category: str) -> Locator:
    """Find the tab of a category, or of what is not sorted, on a phone."""
    return page.locator(f"[data-control='tab/{category}']")


def unfold(page: Page) -> None:
    """Open every row of the focus view that is folded."""
    folded = page.locator("[data-control^='row/'][aria-expanded=false]")
    while folded.count():
        folded.first.click()


KEPT = """
text => new Promise((resolve, reject) => {
  const opened = indexedDB.open('kern');
  opened.onerror = () => reject(opened.error);
  opened.onsuccess = () => {
    const all = opened.result.transaction('drafts').objectStore('drafts').getAll();
    all.onsuccess = () => { opened.result.close(); resolve(all.result.some(({ draft }) => draft.draft === text)); };
  };
})
"""


def kept(page: Page, text: str) -> None:
    """Wait until the device holds what was typed: that is a moment after it shows."""
    page.wait_for_function(KEPT, arg=text)


def saved(page: Page) -> None:
    """Wait until everything of one's own is durable."""
    page.wait_for_selector("[data-state=live][data-waiting='0']")
