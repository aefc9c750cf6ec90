"""A fast pass through what is to be judged: one card at a time, by keys or thumbs, alone or with others."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.people import LAPTOP, PHONE, People, saved
from tests.browser.rooms import Room, activity, new_id, note
from tests.browser.test_accessibility import in_both_schemes
from tests.support.patch import Json

VALUE = "Children learn to solve problems"


def judging(room: Room, people: People, who: Json, **options: Any) -> Page:  # noqa: ANN401 - playwright's
    """Bring somebody to the judging view."""
    page = people.enter(room, who, **options)
    page.get_by_role("link", name="Judging").click()
    expect(page.get_by_role("heading", name="Judging", exact=True)).to_be_visible()
    return page


def shown(page: Page) -> Locator:
    """Give the title of the card that is to be judged."""
    return page.locator("#judging article h3")


def judged(room: Room) -> dict[str, tuple[str | None, str | None, int]]:
    """Give judgement, reason and number of values of each activity, by its title."""
    activities = room.canvas()["activities"].values()
    return {one["title"]: (one["judgement"], one["reason"], len(one["links"])) for one in activities}


def judge(card: Json, judgement: str, reason: str | None = None) -> Json:
    """Give a command that judges an activity."""
    return {"action": "judge_activity", "activity": card["activity"], "judgement": judgement, "reason": reason}


def test_all_is_judged_by_keys_alone(room: Room, people: People) -> None:
    titles = ("Ask", "Build", "Carry")
    room.do(note(VALUE), note("Lessons take no time"), *(activity(title) for title in titles))
    page = judging(room, people, room.join("participant", "Ada"))
    expect(shown(page)).to_have_text("Ask")
    expect(page.get_by_text("1 of 3", exact=True)).to_be_visible()

    page.keyboard.press("1")
    expect(page.get_by_text("Which value does it deliver?")).to_be_visible()
    page.keyboard.press("1")  # a second press chooses no value by mistake
    page.keyboard.press("b")
    expect(shown(page)).to_have_text("Build")
    expect(page.get_by_role("log")).to_contain_text("2 of 3: Build")

    page.keyboard.press("2")
    reason = page.get_by_role("textbox", name="Why not now?")
    expect(reason).to_be_focused()
    page.keyboard.type("1 or 2 shops first, s")  # letters of the view are letters here
    expect(reason).to_have_value("1 or 2 shops first, s")
    page.keyboard.press("Enter")
    expect(shown(page)).to_have_text("Carry")

    page.keyboard.press("2")
    expect(reason).to_be_focused()
    page.keyboard.press("Enter")  # without a reason
    expect(page.get_by_role("heading", name="Everything is judged")).to_be_visible()
    saved(page)
    assert judged(room) == {
        "Ask": ("must_do", None, 1),
        "Build": ("not_now", "1 or 2 shops first, s", 0),
        "Carry": ("not_now", None, 0),
    }


def test_skipped_ones_come_again_and_one_goes_back(room: Room, people: People) -> None:
    room.do(note(VALUE), *(activity(title) for title in ("Ask", "Build", "Carry")))
    page = judging(room, people, room.join("participant", "Ada"))
    for key, title in (("s", "Build"), ("ArrowLeft", "Ask"), ("ArrowRight", "Build"), ("ArrowRight", "Carry")):
        page.keyboard.press(key)
        expect(shown(page)).to_have_text(title)
    page.keyboard.press("Backspace")
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    expect(shown(page)).to_have_text("Carry")
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="1 activity is still to be judged")).to_be_visible()
    expect(page.get_by_text("You decided on 2: 0 must do, 2 not now.")).to_be_visible()
    page.get_by_role("button", name="Judge the one that is left").press("Enter")
    expect(shown(page)).to_have_text("Ask")
    page.keyboard.press("1")
    page.keyboard.press("ArrowRight")  # the value later
    expect(page.get_by_role("heading", name="Everything is judged")).to_be_visible()
    page.keyboard.press("Backspace")
    expect(shown(page)).to_have_text("Ask")
    saved(page)
    assert judged(room)["Ask"] == ("must_do", None, 0)


def test_without_single_letters_tab_and_enter_do_it(room: Room, people: People) -> None:
    room.do(note(VALUE), activity("Ask"), activity("Build"))
    page = people.enter(room, room.join("participant", "Ada"))
    page.evaluate("localStorage.setItem('kern.shortcuts', 'off')")
    page.goto(f"{room.url}/room/{room.id}#judging")
    page.reload()
    page.keyboard.press("1")
    expect(page.get_by_role("button", name="Must do")).to_have_attribute("aria-pressed", "false")
    page.get_by_role("button", name="Must do").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Which value does it deliver?")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name=VALUE, exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(shown(page)).to_have_text("Build")
    expect(page.get_by_role("button", name="Must do")).to_be_focused()


def test_what_others_judge_leaves_the_queue_but_not_the_screen(room: Room, people: People) -> None:
    room.do(note(VALUE), *(activity(title) for title in ("Ask", "Build", "Carry")))
    ada = judging(room, people, room.join("participant", "Ada"))
    ben = judging(room, people, room.join("participant", "Ben"))
    expect(ada.get_by_text("Also here: Ben")).to_be_visible()
    ben.keyboard.press("s")
    expect(ada.get_by_role("list", name="Others who judge now")).to_contain_text("Ben is at “Build”")

    ben.keyboard.press("2")
    ben.keyboard.press("Enter")
    expect(ada.get_by_text("1 of 2", exact=True)).to_be_visible()
    expect(shown(ada)).to_have_text("Ask")
    carry = next(one for one in room.canvas()["activities"].values() if one["title"] == "Carry")
    ada.keyboard.press("s")
    expect(shown(ada)).to_have_text("Carry")
    room.do({"action": "retire_activity", "activity": carry["id"]})
    expect(ada.get_by_text("“Carry” was taken off the board meanwhile.")).to_be_visible()
    ada.keyboard.press("ArrowRight")
    expect(ada.get_by_role("heading", name="1 activity is still to be judged")).to_be_visible()


def test_one_agrees_with_another_s_judgement_or_changes_it(room: Room, people: People) -> None:
    cards = [activity("Ask"), activity("Build")]
    room.do(note(VALUE), *cards)
    ada = judging(room, people, room.join("participant", "Ada"))
    ben = judging(room, people, room.join("participant", "Ben"))
    ben.keyboard.press("2")
    ben.keyboard.type("Later")
    ben.keyboard.press("Enter")
    expect(ada.get_by_text("Ben just judged this: Not now.")).to_be_visible()
    expect(ada.get_by_text("because: Later")).to_be_visible()
    expect(shown(ada)).to_have_text("Ask")
    saved(ben)
    before = room.canvas()["activities"][cards[0]["activity"]]

    ada.keyboard.press("2")  # agreeing changes nothing, and takes no reason away
    expect(shown(ada)).to_have_text("Build")
    assert room.canvas()["activities"][cards[0]["activity"]] == before
    ada.keyboard.press("ArrowLeft")
    ada.keyboard.press("1")
    ada.keyboard.press("a")
    ada.keyboard.type("It is what they ask for")
    ada.keyboard.press("Enter")
    expect(shown(ada)).to_have_text("Build")
    saved(ada)
    assert judged(room)["Ask"] == ("must_do", "It is what they ask for", 1)


def test_what_was_parked_comes_up_again_in_the_next_iteration(room: Room, people: People) -> None:
    cards = [activity(title) for title in ("Ask", "Build")]
    first = {"action": "open_iteration", "iteration": new_id(), "name": "Kick-off"}
    closing = {"action": "close_iteration"}
    room.do(note(VALUE), *cards, first, *(judge(card, "not_now", "First the shop") for card in cards), closing)
    room.do({"action": "open_iteration", "iteration": new_id(), "name": "Second"})
    fay = judging(room, people, room.facilitator())
    expect(fay.get_by_role("heading", name="Everything is judged")).to_be_visible()
    fay.get_by_role("button", name="Look once more at the 2 parked ones").click()
    expect(fay.get_by_role("heading", name="Once more: what was parked")).to_be_visible()
    expect(fay.get_by_text("because: First the shop")).to_be_visible()
    fay.keyboard.press("2")
    expect(shown(fay)).to_have_text("Build")
    fay.keyboard.press("1")
    fay.keyboard.press("a")
    fay.get_by_role("textbox", name="Why must it be done after all?").press("Enter")
    expect(fay.get_by_text("You decided on 2: 1 must do, 1 not now.")).to_be_visible()
    saved(fay)
    assert judged(room) == {"Ask": ("not_now", "First the shop", 0), "Build": ("must_do", None, 1)}
    fay.get_by_role("button", name="Close the iteration").first.click()
    expect(fay.get_by_role("dialog")).to_be_visible()


def test_a_reason_survives_leaving_the_view(room: Room, people: People) -> None:
    room.do(note(VALUE), activity("Ask"))
    page = judging(room, people, room.join("participant", "Ada"))
    page.keyboard.press("2")
    page.keyboard.type("Half a thought")
    page.get_by_role("link", name="Canvas").click()
    saved(page)
    assert judged(room)["Ask"] == ("not_now", "Half a thought", 0)


@pytest.mark.parametrize("bar", ["observer", "lock"])
def test_who_may_not_judge_can_look(room: Room, people: People, bar: str) -> None:
    room.do(note(VALUE), activity("Ask"), activity("Build"))
    page = judging(room, people, room.join("observer" if bar == "observer" else "participant", "Olaf"))
    if bar == "lock":
        room.do({"action": "lock_canvas"})
    expect(page.get_by_text("You are watching. Those who" if bar == "observer" else "so you can look")).to_be_visible()
    expect(page.get_by_role("button", name="Must do")).to_have_count(0)
    page.keyboard.press("1")
    page.keyboard.press("ArrowRight")
    expect(shown(page)).to_have_text("Build")
    assert judged(room)["Ask"] == (None, None, 0)


def test_with_thumbs_on_a_phone(room: Room, people: People) -> None:
    long = "Bring everybody who has to do with delivering, returning and repairing the bricks around one table " * 2
    room.do(note(VALUE), activity(long.strip()[:200], details="Who, with what, by when? " * 40), activity("Build"))
    page = judging(room, people, room.join("participant", "Ada"), size=PHONE, has_touch=True)
    thumb = page.get_by_role("button", name="Not now")
    expect(thumb).to_be_in_viewport(ratio=1)
    place = thumb.bounding_box()
    assert place is not None
    assert place["height"] >= 72
    assert place["width"] >= 150
    thumb.tap()
    page.get_by_role("button", name="Go on").tap()
    expect(shown(page)).to_have_text("Build")
    page.get_by_role("button", name="Must do").tap()
    page.get_by_role("button", name=VALUE, exact=True).tap()
    expect(page.get_by_role("heading", name="Everything is judged")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_axe_finds_nothing(room: Room, people: People, size: dict[str, int]) -> None:
    cards = [activity("Ask", "problem_solving"), activity("Build", None)]
    room.do(note(VALUE), *cards)
    page = judging(room, people, room.facilitator(), size=size)
    room.do(judge(cards[0], "not_now", "Later"))
    expect(page.get_by_text("because: Later")).to_be_visible()
    in_both_schemes(page)
    page.get_by_role("button", name="Must do").click()
    in_both_schemes(page)
    page.get_by_role("button", name="Choose later").click()
    in_both_schemes(page)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Skip").click()
    expect(page.get_by_role("heading", name="1 activity is still to be judged")).to_be_visible()
    in_both_schemes(page)
