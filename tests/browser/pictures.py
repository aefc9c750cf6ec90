"""`python -m tests.browser.pictures` makes the README's pictures: a workshop on a laptop and on a phone."""

import shutil
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import FLAGS
from tests.browser.people import PHONE, People, title_of
from tests.browser.rooms import Room, activity, new_id, note
from tests.support.patch import Json
from tests.support.process import serving

PICTURES = Path(__file__).parents[2] / "web" / "pictures"
GOAL = "Choose what we must do to bring the wooden bricks to schools"
CARDS = (
    ("Design bricks from beech wood", "production", "must_do", None),
    ("Find a sawmill that delivers every week", "production", "must_do", None),
    ("Pack a set for each class", "production", None, None),
    ("Paint bricks by hand", "production", "not_now", "First one colour that lasts"),
    ("Watch children build, and change what they stumble over", "problem_solving", "must_do", None),
    ("Ask teachers what a lesson needs", "problem_solving", None, None),
    ("Keep the web shop up during school hours", "platform_network", "must_do", None),
    ("Bring teachers together who share their lessons", "platform_network", "must_do", None),
    ("Translate the shop", "platform_network", "not_now", "After the first fifty schools"),
    ("Talk to the toy museum", None, None, None),
    ("Measure how long a set lasts", None, None, None),
)


def furnish(room: Room) -> list[Json]:
    """Hold most of a workshop; give its cards."""
    values = room.canvas()["blocks"]["value_propositions"]
    steps = [step["id"] for step in room.canvas()["steps"]]
    cards = [
        activity(title, category, step=steps[n % 3 + 1]) if n % 3 else activity(title, category)
        for n, (title, category, _, _) in enumerate(CARDS)
    ]
    room.do({"action": "describe_workshop", "goal": GOAL}, note("Teachers prepare a lesson in five minutes"), *cards)
    for card, (_, _, judgement, reason) in zip(cards, CARDS, strict=True):
        one = {"activity": card["activity"]}
        if judgement:
            room.do({"action": "judge_activity", "judgement": judgement, "reason": reason, **one})
        if judgement == "must_do":
            room.do({"action": "link_activity", "note": values[0], **one})
    room.do({"action": "open_iteration", "iteration": new_id(), "name": "Kick-off"})
    said = {"comment": new_id(), "text": "Mine has two on Tuesdays"}
    room.do({"action": "comment_on_activity", "activity": cards[1]["activity"], **said})
    return cards


def take(page: Page, name: str) -> None:
    """Save what is on the screen once its letters are there."""
    page.evaluate("document.fonts.ready.then(() => null)")
    page.screenshot(path=PICTURES / f"{name}.png")


def main() -> None:
    """Bring five people into a room, and take its picture three times."""
    PICTURES.mkdir(exist_ok=True)
    with serving() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        people = People(browser)
        room = Room(server, template="lego", title="Wooden bricks for schools", name="Anna de Vries")
        cards = furnish(room)
        guests = [people.enter(room, room.join("participant", name)) for name in ("Ben", "Chiara Rossi", "Daan Bakker")]
        laptop = people.enter(room, room.facilitator(), color_scheme="light")
        phone = people.enter(room, room.join("participant", "Els"), color_scheme="dark", size=PHONE)
        title_of(guests[0], cards[4]).press("End")
        title_of(guests[0], cards[4]).press_sequentially("!")
        laptop.get_by_text("Ben is typing").wait_for()
        take(laptop, "workshop")
        phone.get_by_role("link", name="Judging").click()
        phone.locator("#judging article").wait_for()
        take(phone, "phone")
        laptop.get_by_role("link", name="Canvas").click()
        laptop.locator("#canvas, main").first.wait_for()
        take(laptop, "canvas")
        people.leave()
        browser.close()


if __name__ == "__main__":
    main()
