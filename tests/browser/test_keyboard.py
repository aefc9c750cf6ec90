"""All of the work without a pointer."""

from playwright.sync_api import expect

from tests.browser.people import People, card, reach, saved
from tests.browser.rooms import Room, activity, note


def test_add_judge_and_move_by_keyboard_alone(room: Room, people: People) -> None:
    room.do(note("Children learn"))
    ben = people.enter(room, room.join("participant", "Ben"))

    reach(ben.locator("[aria-label='Add an activity to Unsorted']"))
    ben.keyboard.type("Design bricks")
    ben.keyboard.press("Enter")
    expect(card(ben, "Design bricks")).to_be_visible()

    reach(ben.locator("[data-control=must_do]"))
    ben.keyboard.press("Enter")
    judged = card(ben, "Design bricks").get_by_role("button", name="Must do")
    expect(judged).to_have_attribute("aria-pressed", "true")
    expect(judged).to_be_focused()

    reach(ben.locator("[data-control=move]"))
    ben.keyboard.press("Enter")
    expect(ben.get_by_role("menuitemradio", name="Production")).to_be_focused()
    ben.keyboard.press("ArrowDown")
    ben.keyboard.press("Enter")
    there = ben.get_by_role("region", name="Problem solving").get_by_role("article", name="Design bricks")
    expect(there.get_by_role("button", name="Move")).to_be_focused()
    expect(ben.get_by_role("log")).to_have_text("Design bricks: moved to Problem solving.")
    saved(ben)
    moved = next(iter(room.canvas()["activities"].values()))
    assert (moved["category"], moved["judgement"]) == ("problem_solving", "must_do")


def test_link_and_retire_by_keyboard_alone(room: Room, people: People) -> None:
    added = activity("Design bricks")
    room.do(note("Children learn"), added)
    ben = people.enter(room, room.join("participant", "Ben"))
    reach(ben.locator("[data-control=open]"))
    ben.keyboard.press("Enter")
    reach(ben.locator("dialog input[type=checkbox]"))
    ben.keyboard.press("Space")
    ben.keyboard.press("Escape")
    expect(ben.get_by_role("dialog")).to_have_count(0)
    expect(card(ben, "Design bricks").get_by_text("linked to 1 value")).to_be_attached()
    saved(ben)
    assert len(room.canvas()["activities"][added["activity"]]["links"]) == 1

    expect(card(ben, "Design bricks").get_by_role("button", name="Details")).to_be_focused()
    ben.keyboard.press("Enter")
    reach(ben.locator("dialog [data-control=menu]"))
    ben.keyboard.press("Enter")
    ben.keyboard.press("End")
    ben.keyboard.press("Enter")
    expect(ben.get_by_role("textbox", name="Reason (if you like)")).to_be_focused()
    ben.keyboard.type("It stands elsewhere")
    ben.keyboard.press("Enter")
    expect(card(ben, "Design bricks")).to_have_count(0)
    saved(ben)
    assert room.canvas()["retired"][added["activity"]]["retired_because"] == "It stands elsewhere"
