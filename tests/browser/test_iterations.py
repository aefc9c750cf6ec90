"""Iterations: opened with a name and a goal, closed by mending what is missing, looked at later; and the steps."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.people import LAPTOP, PHONE, People, saved
from tests.browser.rooms import Room, activity, new_id, note
from tests.browser.test_accessibility import in_both_schemes
from tests.support.patch import Json

VALUE = "Children learn to solve problems"


def opened(room: Room, *cards: Json, **fields: str) -> None:
    """Hold a workshop that is in its first iteration."""
    iteration = {"action": "open_iteration", "iteration": new_id(), "name": "Kick-off", **fields}
    room.do(note(VALUE), *cards, iteration)


def judge(card: Json, judgement: str) -> Json:
    """Give a command that judges an activity."""
    return {"action": "judge_activity", "activity": card["activity"], "judgement": judgement}


def closing(page: Page) -> Locator:
    """Open the dialog that closes the iteration."""
    page.get_by_role("contentinfo").get_by_role("button", name="Close the iteration").click()
    return page.get_by_role("dialog", name="Iteration: Kick-off")


def steps(page: Page) -> Locator:
    """Open the dialog of the steps."""
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitem", name="Steps").click()
    return page.get_by_role("dialog", name="Steps of the innovation process")


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_the_list_leads_to_each_card_and_follows_while_things_are_mended(
    room: Room, people: People, size: dict[str, int]
) -> None:
    cards = [activity("Ask", None), activity("Build"), activity("Carry")]
    opened(room, *cards)
    room.do(judge(cards[0], "not_now"), judge(cards[2], "not_now"))
    fay = people.enter(room, room.facilitator(), size=size)
    dialog = closing(fay)
    expect(dialog).to_contain_text("2 things to do before it can close")
    expect(dialog.get_by_role("button", name="Ask")).to_contain_text("choose a column")

    dialog.get_by_role("button", name="Build").click()
    sheet = fay.get_by_role("dialog", name="Build")
    sheet.get_by_role("button", name="Must do").click()
    fay.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    expect(dialog.get_by_role("button", name="Build")).to_be_focused()
    expect(dialog.get_by_role("button", name="Build")).to_contain_text("link it to a value")

    link = {"action": "link_activity", "activity": cards[1]["activity"], "note": next(iter(room.canvas()["notes"]))}
    room.do(link)  # somebody else does it
    expect(dialog.get_by_role("button", name="Build")).to_contain_text("done")
    expect(dialog).to_contain_text("1 thing to do before it can close")
    room.do({"action": "move_activity", "activity": cards[0]["activity"], "category": "production", "after": None})
    expect(dialog).to_contain_text("Nothing stands in the way any more.")
    dialog.get_by_role("button", name="Close the iteration").click()
    expect(dialog).to_contain_text("The 2 parked ones stay in sight and come up again in the next iteration.")
    assert room.canvas()["iteration"] is None


def test_what_the_server_refuses_is_listed_and_may_be_overridden_with_a_reason(room: Room, people: People) -> None:
    opened(room, activity("Build"))
    fay = people.enter(room, room.facilitator())
    dialog = closing(fay)
    dialog.get_by_role("button", name="Close the iteration").click()
    expect(dialog.get_by_role("alert")).to_be_visible()
    expect(dialog.get_by_role("button", name="Build")).to_contain_text("judge it")
    assert room.canvas()["iteration"] is not None

    dialog.get_by_text("Close it all the same…").click()
    expect(dialog.get_by_role("button", name="Close all the same")).to_be_disabled()
    dialog.get_by_label("Because").fill("The hall closes at five")
    dialog.get_by_role("button", name="Close all the same").click()
    expect(dialog).to_contain_text("The iteration is closed.")
    assert room.events()[-1]["data"]["override_reason"] == "The hall closes at five"


def test_after_closing_the_next_is_opened_by_keys_and_what_was_parked_comes_up_again(
    room: Room, people: People
) -> None:
    card = activity("Build")
    opened(room, card)
    room.do(judge(card, "not_now"))
    fay = people.enter(room, room.facilitator())
    ben = people.enter(room, room.join("participant", "Ben"), size=PHONE)
    expect(ben.get_by_role("button", name="Close the iteration")).to_have_count(0)
    dialog = closing(fay)
    dialog.get_by_role("button", name="Close the iteration").press("Enter")
    expect(dialog.get_by_role("button", name="Open the next iteration")).to_be_focused()
    fay.keyboard.press("Enter")

    name = fay.get_by_role("textbox", name="Name")
    expect(name).to_be_focused()
    expect(name).to_have_value("Iteration 2")
    expect(fay.get_by_role("dialog")).to_contain_text("1 parked activity comes up for judgement again.")
    fay.keyboard.press("Tab")
    fay.keyboard.type("Half of the cost")
    fay.keyboard.press("Enter")
    fay.get_by_role("button", name="To judging").press("Enter")
    fay.get_by_role("button", name="Look once more at the parked one").press("Enter")
    expect(fay.locator("#judging article h3")).to_have_text("Build")

    chips = ben.get_by_role("contentinfo").get_by_role("listitem")
    expect(chips).to_have_text(["Kick-offclosed", "Iteration 2open"])
    chips.nth(1).get_by_role("button").click()
    expect(ben.get_by_role("dialog", name="Iteration 2")).to_contain_text("Half of the cost")


def test_a_name_is_proposed_in_the_language_of_the_room(room: Room, people: People) -> None:
    dutch = Room(room.server, language="nl")
    fay = people.enter(dutch, dutch.facilitator())
    fay.get_by_role("button", name="Open an iteration").click()
    expect(fay.get_by_role("textbox", name="Name")).to_have_value("Iteratie 1")


def test_a_chip_tells_what_stood_then_and_what_stands_now(room: Room, people: People) -> None:
    card = activity("Build")
    opened(room, card, goal="Ten activities")
    room.do(judge(card, "not_now"), {"action": "close_iteration"})
    room.do({"action": "open_iteration", "iteration": new_id(), "name": "Second"}, activity("Carry"))
    ada = people.enter(room, room.join("participant", "Ada"))
    chips = ada.get_by_role("contentinfo")
    chips.get_by_role("button", name="Second").click()
    now = ada.get_by_role("dialog", name="Second")
    expect(now).to_contain_text("2 activities")
    expect(now.get_by_role("listitem")).to_have_text(["0 Must do", "1 Not relevant now", "1 To judge"])
    room.do({"action": "judge_activity", "activity": card["activity"], "judgement": "must_do"})
    expect(now.get_by_role("listitem")).to_have_text(["1 Must do", "0 Not relevant now", "1 To judge"])
    ada.keyboard.press("Escape")

    chips.get_by_role("button", name="Kick-off").click()
    then = ada.get_by_role("dialog", name="Kick-off")
    expect(then).to_contain_text("Ten activities")
    expect(then).to_contain_text("As it was closed")
    expect(then.get_by_role("listitem")).to_have_text(["0 Must do", "1 Not relevant now"])
    ada.keyboard.press("Escape")
    expect(chips.get_by_role("button", name="Kick-off")).to_be_focused()


def test_a_chip_tells_what_an_iteration_changed_and_leads_to_it(room: Room, people: People) -> None:
    card = activity("Build")
    opened(room, card)
    room.do(judge(card, "not_now"), {"action": "close_iteration"})
    room.do({"action": "open_iteration", "iteration": new_id(), "name": "Second"}, activity("Carry"), activity("Sell"))
    room.do(judge(card, "must_do"))
    ada = people.enter(room, room.join("participant", "Ada"))
    chips = ada.get_by_role("contentinfo")
    chips.get_by_role("button", name="Second").click()
    now = ada.get_by_role("dialog", name="Second")
    expect(now).to_contain_text("What it has changed so far")
    expect(now).to_contain_text("2 added and 1 judgement flipped.")
    expect(now.get_by_role("button", name="See it as it stood then")).to_have_count(0)
    now.get_by_role("button", name="See what changed").click()
    expect(ada.get_by_role("combobox", name="To")).to_contain_text("Second")
    expect(ada.get_by_role("main")).to_contain_text("Carry")
    ada.keyboard.press("Escape")

    chips.get_by_role("button", name="Kick-off").click()
    then = ada.get_by_role("dialog", name="Kick-off")
    expect(then).to_contain_text("1 added.")
    then.get_by_role("button", name="See it as it stood then").click()
    expect(ada.get_by_role("heading", name="Looking back")).to_be_visible()
    expect(ada.get_by_role("article", name="Build")).to_contain_text("Not relevant now")
    expect(ada.get_by_text("Carry")).to_have_count(0)


def test_steps_are_named_ordered_added_and_one_is_current(room: Room, people: People) -> None:
    fay = people.enter(room, room.facilitator())
    dialog = steps(fay)
    for name in ("Idea", "Selection", "Spread"):
        dialog.get_by_role("button", name="Add a step").press("Enter")
        fay.keyboard.type(name)
    dialog.get_by_role("button", name="Move Spread up").press("Enter")
    expect(dialog.get_by_role("button", name="Move Spread up")).to_be_focused()
    fay.keyboard.press("Enter")
    dialog.get_by_role("button", name="Remove Idea").click()
    dialog.get_by_label("Current step").select_option("Selection")
    dialog.get_by_role("button", name="Save the steps").click()
    expect(dialog).to_have_count(0)
    saved(fay)
    canvas = room.canvas()
    assert [step["name"] for step in canvas["steps"]] == ["Spread", "Selection"]
    assert canvas["step"] == canvas["steps"][1]["id"]


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_a_step_in_use_leads_to_its_cards(room: Room, people: People, size: dict[str, int]) -> None:
    idea, spread = ({"id": new_id(), "name": name} for name in ("Idea", "Spread"))
    define = {"action": "define_steps", "steps": [idea, spread]}
    room.do(note(), define, *(activity(title, step=idea["id"]) for title in ("Ask", "Build", "Carry")))
    fay = people.enter(room, room.facilitator(), size=size)
    dialog = steps(fay)
    dialog.get_by_role("button", name="Remove Idea").click()
    expect(dialog).to_contain_text("3 activities still stand at “Idea”.")
    dialog.get_by_role("button", name="Save the steps").click()
    expect(dialog.get_by_role("alert")).to_be_visible()

    dialog.get_by_role("button", name="Build").click()
    sheet = fay.get_by_role("dialog", name="Build")
    sheet.locator("[data-control=step]").select_option("Spread")
    fay.keyboard.press("Escape")
    expect(dialog).to_contain_text("2 activities still stand at “Idea”.")
    in_both_schemes(fay)
    dialog.get_by_label("Move all to").select_option("Spread")
    dialog.get_by_role("button", name="Move", exact=True).click()
    expect(dialog).to_contain_text("Nothing stands at “Idea” any more")
    dialog.get_by_role("button", name="Save the steps").click()
    expect(dialog).to_have_count(0)
    saved(fay)
    canvas = room.canvas()
    assert canvas["steps"] == [spread]
    assert {one["step"] for one in canvas["activities"].values()} == {spread["id"]}


def test_two_facilitators_change_the_steps_and_both_changes_hold(room: Room, people: People) -> None:
    idea, spread = ({"id": new_id(), "name": name} for name in ("Idea", "Spread"))
    room.do({"action": "define_steps", "steps": [idea, spread]})
    fay = people.enter(room, room.facilitator())
    dialog = steps(fay)
    dialog.get_by_role("textbox", name="Step 1").fill("First idea")
    added = {"id": new_id(), "name": "Sell"}
    room.do({"action": "define_steps", "steps": [idea, spread, added]})
    expect(fay.get_by_role("button", name="Sell", include_hidden=True).first).to_be_attached()
    dialog.get_by_role("button", name="Save the steps").click()
    expect(dialog).to_have_count(0)
    saved(fay)
    assert room.canvas()["steps"] == [{"id": idea["id"], "name": "First idea"}, spread, added]


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_axe_finds_nothing(room: Room, people: People, size: dict[str, int]) -> None:
    cards = [activity("Ask", None), activity("Build")]
    opened(room, *cards, goal="Ten activities")
    fay = people.enter(room, room.facilitator(), size=size)
    dialog = closing(fay)
    room.do(judge(cards[1], "not_now"))
    expect(dialog.get_by_role("button", name="Build")).to_contain_text("done")
    dialog.get_by_text("Close it all the same…").click()
    dialog.get_by_label("Because").fill("It is late")
    in_both_schemes(fay)
    dialog.get_by_role("button", name="Close all the same").click()
    expect(dialog).to_contain_text("The iteration is closed.")
    in_both_schemes(fay)
    dialog.get_by_role("button", name="Open the next iteration").click()
    in_both_schemes(fay)
    fay.keyboard.press("Escape")
    fay.get_by_role("contentinfo").get_by_role("button", name="Kick-off").click()
    fay.get_by_text("As it was closed").wait_for()
    in_both_schemes(fay)
