"""Each refusal as the person sees it whose change it was: why, their words, and a way on that leads somewhere."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.people import People, add, card, saved, title_of
from tests.browser.rooms import Room, activity, new_id, note
from tests.support.patch import Json

SLOWED = 1200
"""Milliseconds each way: time enough for somebody else to be first."""


def refused(page: Page) -> Locator:
    """Find the notice that hands something back."""
    return page.get_by_role("region", name="Not saved")


def reworded(page: Page, added: Json, more: str) -> None:
    """Write on at the end of a title."""
    title_of(page, added).press("End")
    title_of(page, added).press_sequentially(more)


def enter_slowly(room: Room, people: People) -> tuple[Page, Json]:
    """Bring Ben in on a slow line, into a room with one activity."""
    added = activity("Build bricks")
    room.do(note(), added)
    return people.enter(room, room.join("participant", "Ben"), slowed=SLOWED), added


def test_no_value_proposition_any_more_leads_to_its_field(room: Room, people: People) -> None:
    value = note()
    room.do(value)
    ben = people.enter(room, room.join("participant", "Ben"), slowed=SLOWED)
    room.do({"action": "remove_note", "note": value["note"]})
    add(ben, "Design bricks", "Unsorted")
    refused(ben).get_by_role("button", name="Write a value proposition").click()
    field = ben.get_by_role("textbox", name="Add a value proposition")
    expect(field).to_be_focused()
    ben.keyboard.type("Children learn")
    ben.keyboard.press("Enter")
    refused(ben).get_by_role("button", name="Try again").click()
    saved(ben)
    assert room.titles() == ["Design bricks"]


def test_a_retired_activity_is_brought_back_for_the_words(room: Room, people: People) -> None:
    ben, added = enter_slowly(room, people)
    room.do({"action": "retire_activity", "activity": added["activity"]})
    reworded(ben, added, " well")
    expect(refused(ben).get_by_label("Your text")).to_have_text("Build bricks well")
    refused(ben).get_by_role("button", name="Bring it back and try again").click()
    expect(refused(ben)).to_have_count(0)
    saved(ben)
    assert room.titles() == ["Build bricks well"]


def test_words_for_a_combined_activity_become_a_comment_on_the_new_one(room: Room, people: People) -> None:
    ben, added = enter_slowly(room, people)
    other, into = activity("Draw bricks"), new_id()
    sources = [added["activity"], other["activity"]]
    combining = {"action": "combine_activities", "activities": sources, "into": into, "title": "Shape bricks"}
    room.do(other, combining | {"category": "production"})
    reworded(ben, added, " well")
    refused(ben).get_by_role("button", name="Add it to the combined one as a comment").click()
    expect(refused(ben)).to_have_count(0)
    saved(ben)
    combined = room.canvas()["activities"][into]
    assert [comment["text"] for comment in combined["comments"]] == ["Build bricks well"]


def test_words_for_an_activity_that_was_taken_back_become_one_of_their_own(room: Room, people: People) -> None:
    ben, added = enter_slowly(room, people)
    room.do({"action": "undo"})
    reworded(ben, added, " well")
    refused(ben).get_by_role("button", name="Add it as a new activity").click()
    saved(ben)
    expect(card(ben, "Build bricks well")).to_be_visible()
    assert room.titles() == ["Build bricks well"]


def test_a_step_that_is_gone_is_left_away(room: Room, people: People) -> None:
    step = {"id": new_id(), "name": "Idea"}
    room.do(note(), {"action": "define_steps", "steps": [step]}, {"action": "enter_step", "step": step["id"]})
    ben = people.enter(room, room.join("participant", "Ben"), slowed=SLOWED)
    room.do({"action": "enter_step", "step": None}, {"action": "define_steps", "steps": []})
    add(ben, "Design bricks")
    refused(ben).get_by_role("button", name="Add it without a step").click()
    saved(ben)
    assert room.titles() == ["Design bricks"]


def test_what_is_too_long_is_shortened_in_place(room: Room, people: People) -> None:
    room.do(note())
    ben = people.enter(room, room.join("participant", "Ben"))
    add(ben, "Design bricks " + "x" * 190)
    refused(ben).get_by_role("button", name="Shorten it").click()
    field = refused(ben).get_by_role("textbox", name="Your text")
    expect(refused(ben).get_by_text("4 characters too many")).to_be_visible()
    expect(refused(ben).get_by_role("button", name="Save")).to_be_disabled()
    field.fill("Design bricks")
    refused(ben).get_by_role("button", name="Save").click()
    expect(refused(ben)).to_have_count(0)
    saved(ben)
    assert room.titles() == ["Design bricks"]


def test_a_locked_canvas_keeps_the_words_until_it_is_open_again(room: Room, people: People) -> None:
    ben, added = enter_slowly(room, people)
    room.do({"action": "lock_canvas"})
    reworded(ben, added, " well")
    expect(refused(ben)).to_contain_text("You can try again as soon as the canvas is unlocked.")
    expect(refused(ben).get_by_role("button", name="Try again")).to_have_count(0)
    room.do({"action": "unlock_canvas"})
    refused(ben).get_by_role("button", name="Try again").click()
    saved(ben)
    assert room.titles() == ["Build bricks well"]


def test_in_dutch_too(room: Room, people: People) -> None:
    value = note()
    room.do(value)
    ben = people.enter(room, room.join("participant", "Ben"), slowed=SLOWED, locale="nl-NL")
    room.do({"action": "remove_note", "note": value["note"]})
    field = ben.get_by_role("textbox", name="Activiteit toevoegen aan Ongesorteerd")
    field.fill("Stenen ontwerpen")
    field.press("Enter")
    given_back = ben.get_by_role("region", name="Niet bewaard")
    expect(given_back.get_by_label("Je tekst")).to_have_text("Stenen ontwerpen")
    expect(given_back.get_by_role("alert")).to_contain_text("Schrijf eerst een waardepropositie op")
    expect(given_back.get_by_role("button", name="Schrijf een waardepropositie")).to_be_visible()
