"""axe finds nothing: in each view, both colour schemes, with no card and with two hundred."""

import json
import re
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import LAPTOP, PHONE, People, add, card, tab, unfold
from tests.browser.rooms import Room, activity, new_id, note
from tests.support.patch import Json
from tests.support.process import Server

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"


def axe(page: Page) -> list[str]:
    """Give what axe finds wrong with the page as it is."""
    assert AXE.exists(), "axe is not there: cd web && npm ci"
    page.evaluate("document.fonts.ready.then(() => null)")
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{violation['id']}: {violation['help']} {json.dumps([node['html'][:160] for node in violation['nodes'][:3]])}"
        for violation in found["violations"]
    ]


def in_both_schemes(page: Page) -> None:
    """See that axe finds nothing, in the light and in the dark."""
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        assert axe(page) == [], scheme


@pytest.fixture(scope="module")
def full(server: Server) -> Room:
    """Give a room with two hundred cards, in all columns and lanes and at all steps."""
    room = Room(server, template="lego")
    columns = ("production", "problem_solving", "platform_network", None)
    steps = [step["id"] for step in room.canvas()["steps"]]
    cards = [
        activity(f"Do thing number {n} for the people who need it", columns[n % 4], **_at(steps, n)) for n in range(200)
    ]
    judgements = [
        {"action": "judge_activity", "activity": one["activity"], "judgement": ("must_do", "not_now")[n % 2]}
        for n, one in enumerate(cards)
        if n % 3
    ]
    room.do(*cards, *judgements, {"action": "retire_activity", "activity": cards[0]["activity"], "reason": "Done"})
    return room


def _at(steps: list[str], n: int) -> Json:
    """Name every second card's step; the others belong to the end product."""
    return {"step": steps[n // 2 % len(steps)]} if n // 4 % 2 else {}


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_an_empty_room(room: Room, people: People, size: dict[str, int]) -> None:
    in_both_schemes(people.enter(room, room.facilitator(), size=size))


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_a_room_with_two_hundred_cards(full: Room, people: People, size: dict[str, int]) -> None:
    page = people.enter(full, full.facilitator(), size=size)
    if size == PHONE:
        tab(page, "production").click()
    unfold(page)
    assert page.get_by_role("article").count() >= (40 if size == PHONE else 199)
    in_both_schemes(page)


def test_menus_and_dialogs(server: Server, people: People) -> None:
    room = Room(server, template="lego")
    cards = [activity("Design bricks"), activity("Draw bricks")]
    room.do(*cards, {"action": "retire_activity", "activity": cards[1]["activity"], "reason": "Done"})
    page = people.enter(room, room.facilitator())
    unfold(page)
    one = card(page, "Design bricks")
    one.get_by_role("button", name="Move").click()
    assert axe(page) == [], "the menu"
    page.keyboard.press("Escape")
    one.get_by_role("button", name="Details").click()
    page.get_by_role("dialog").wait_for()
    assert axe(page) == [], "the card"
    page.keyboard.press("Escape")
    for opener in ("Invite", "People: 1 person here", "Open an iteration"):
        page.get_by_role("button", name=opener, exact=True).click()
        page.get_by_role("dialog").wait_for()
        assert axe(page) == [], opener
        page.keyboard.press("Escape")
    for opener in ("Activities put away", "Steps"):
        page.get_by_role("button", name="More").click()
        page.get_by_role("menuitem", name=opener).click()
        page.get_by_role("dialog").wait_for()
        assert axe(page) == [], opener
        page.keyboard.press("Escape")


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_what_people_do_together(room: Room, people: People, size: dict[str, int]) -> None:
    room.do(note(), {"action": "set_phase", "label": "Write ideas", "ends_at": "2026-01-31T09:30:00.000000Z"})
    page = people.enter(room, room.facilitator(), size=size)
    ben = people.enter(room, room.join("participant", "Ben"), size=size)
    ben.get_by_role("button", name="I’m done").click()
    page.get_by_role("button", name="Everyone is done").wait_for()
    room.summon("#canvas")
    ben.get_by_role("button", name="Not now").wait_for()
    in_both_schemes(ben)
    page.get_by_role("button", name="People: 2 people here").click()
    page.get_by_role("button", name="Role of Ben, or remove").click()
    page.get_by_role("menuitem", name="Remove").click()
    page.get_by_role("button", name="Change my name").click()
    in_both_schemes(page)
    page.get_by_role("button", name="Follow Ben").click()
    in_both_schemes(page)
    page.get_by_role("button", name=re.compile("^Phase and timer")).click()
    page.get_by_role("dialog").wait_for()
    in_both_schemes(page)
    page.keyboard.press("Escape")
    for item in ("Preferences", "Use this room as a new start"):
        page.get_by_role("button", name="More", exact=True).click()
        page.get_by_role("menuitem", name=item).click()
        page.get_by_role("dialog").wait_for()
        in_both_schemes(page)
        page.keyboard.press("Escape")


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_the_ways_in(room: Room, people: People, size: dict[str, int]) -> None:
    page = people.enter(room, room.facilitator(), size=size)
    page.get_by_role("button", name="Invite").click()
    page.locator("svg[data-ready=true]").wait_for()
    page.get_by_text("Links for other roles").click()
    page.get_by_role("button", name="End all earlier links").click()
    in_both_schemes(page)
    page.get_by_role("button", name="Show large").click()
    in_both_schemes(page)


def test_the_refused_and_the_pages_before_the_room(room: Room, people: People) -> None:
    room.do(note())
    page = people.enter(room, room.facilitator())
    add(page, "Bricks " * 40)
    page.get_by_role("region", name="Not saved").wait_for()
    assert axe(page) == [], "a refusal"
    for path in ("/", "/join", room.links["participant"], "/room/nowhere"):
        page.goto(room.url + path)
        page.get_by_role("heading", level=1).wait_for()
        assert axe(page) == [], path


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_long_texts_make_nothing_wider_than_the_screen(room: Room, people: People, size: dict[str, int]) -> None:
    word = "Extraordinarilylongwordthatneverends"
    room.do(
        {"action": "describe_workshop", "title": word * 5, "goal": word * 20},
        note(word * 20),
        activity(word * 5, details=word * 50),
        {"action": "open_iteration", "iteration": new_id(), "name": word * 5},
    )
    page = people.enter(room, room.facilitator(), size=size)
    if size == PHONE:
        tab(page, "production").click()
    expect(page.get_by_role("article")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    beyond = page.evaluate(
        """width => [...document.querySelectorAll('body *')]
            .filter((element) => element.getBoundingClientRect().right > width + 1)
            .map((element) => element.outerHTML.slice(0, 120))""",
        size["width"],
    )
    assert beyond == []


def test_every_target_can_be_hit_on_a_phone(full: Room, people: People) -> None:
    page = people.enter(full, full.facilitator(), size=PHONE)
    tab(page, "production").click()
    unfold(page)
    assert page.get_by_role("article").count() > 40
    small = page.evaluate(
        """[...document.querySelectorAll('button, a, input, select, textarea, summary')]
            .map((element) => [element.outerHTML.slice(0, 120), element.getBoundingClientRect()])
            .filter(([, { width, height }]) => width > 1 && (width < 24 || height < 24))
            .map(([html]) => html)"""
    )
    assert small == []
