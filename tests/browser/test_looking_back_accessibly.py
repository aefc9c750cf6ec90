"""axe finds nothing while one looks back or compares; and by keyboard alone one does it all."""

import pytest

from tests.browser.people import LAPTOP, PHONE, People, card, reach
from tests.browser.rooms import Room
from tests.browser.test_accessibility import in_both_schemes
from tests.browser.test_comparing import two_iterations
from tests.browser.test_replay import at, furnished, look_back, version_of

SIZES = pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])


@SIZES
def test_a_moment_with_a_ghost(room: Room, people: People, size: dict[str, int]) -> None:
    furnished(room)
    page = people.enter(room, room.facilitator(), size=size)
    look_back(page)
    in_both_schemes(page)
    page.get_by_role("button", name="On the canvas").click()
    page.wait_for_selector("#whole-canvas")
    in_both_schemes(page)


@SIZES
def test_a_card_of_then_and_the_preview_of_restoring_it(room: Room, people: People, size: dict[str, int]) -> None:
    one, _ = furnished(room)
    room.do({"action": "judge_activity", "activity": one["activity"], "judgement": "not_now"})
    page = people.enter(room, room.facilitator(), size=size)
    page.goto(f"{room.url}/room/{room.id}#replay/{version_of(room, 'IterationClosed')}/card/{one['activity']}")
    page.get_by_role("button", name="Restore it as it was here").wait_for()
    in_both_schemes(page)
    page.get_by_role("button", name="Restore it as it was here").click()
    page.get_by_role("button", name="Make this change").wait_for()
    in_both_schemes(page)


@SIZES
def test_a_comparison_in_each_of_its_ways(room: Room, people: People, size: dict[str, int]) -> None:
    first, second = two_iterations(room)
    page = people.enter(room, room.facilitator(), size=size)
    page.goto(f"{room.url}/room/{room.id}#compare/{first}/{second}")
    page.get_by_text("1 added").wait_for()
    for way in ("In words", "Side by side", "On one board"):
        page.get_by_role("button", name=way).click()
        in_both_schemes(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), way


def test_with_less_motion_nothing_moves_by_itself_but_the_moments(room: Room, people: People) -> None:
    furnished(room)
    page = people.enter(room, room.facilitator(), reduced_motion="reduce")
    look_back(page)
    page.keyboard.press("Home")
    at(page, 1)
    page.keyboard.press(" ")
    at(page, 2)
    # What would move has a duration that nobody sees: a hundredth of a millisecond.
    moving = "document.getAnimations().filter((one) => one.effect.getComputedTiming().duration > 1).length"
    assert page.evaluate(moving) == 0
    page.keyboard.press(" ")
    page.get_by_role("button", name="Play").wait_for()


def test_restoring_and_comparing_by_keyboard_alone(room: Room, people: People) -> None:
    furnished(room)
    page = people.enter(room, room.facilitator())
    look_back(page)
    page.keyboard.press("[")
    at(page, version_of(room, "IterationClosed"))
    card(page, "Mend the web shop").focus()
    page.keyboard.press("Enter")
    reach(page.get_by_role("button", name="Restore it as it was here"))
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Make this change").wait_for()
    reach(page.get_by_role("button", name="Make this change"))
    page.keyboard.press("Enter")
    page.get_by_text("“Mend the web shop” is as it was then.").wait_for()
    assert "Mend the web shop" in room.titles()
    for _ in range(2):  # out of the preview, out of the sheet
        page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="detached")
    menu = page.get_by_role("region", name="Looking back").get_by_role("button", name="Compare…")
    menu.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.get_by_text("Nothing is different.").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("textbox", name="Add an activity to Production").wait_for()
