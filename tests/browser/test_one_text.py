"""Two people in one text: both type on, each caret stays with its own words, and each takes back only their own."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.people import People, saved
from tests.browser.rooms import Room, activity, note
from tests.browser.test_card import opened
from tests.support.patch import Json

WORDS = "Saw the beech, sand it, paint it, pack it"
MARKED = "field => [field.value.slice(0, field.selectionStart), field.value.slice(field.selectionEnd)].join('|')"
"""What stands in a field around the caret, or around what is selected."""


@pytest.fixture
def one(room: Room) -> Json:
    added = activity("Make bricks", details=WORDS)
    room.do(note(), added)
    return added


def details(page: Page) -> Locator:
    return page.get_by_role("dialog").get_by_role("textbox", name="Details")


def put_caret(field: Locator, after: str, chosen: str = "") -> None:
    """Set the caret behind these words, or select those that follow."""
    field.focus()
    place = "(field, [after, length]) => { const at = field.value.indexOf(after) + after.length;"
    field.evaluate(f"{place} field.setSelectionRange(at, at + length); }}", [after, len(chosen)])


def of(room: Room, one: Json) -> str:
    text: str = room.canvas()["activities"][one["activity"]]["details"]
    return text


def test_two_write_at_once_and_each_caret_stays_with_its_words(room: Room, people: People, one: Json) -> None:
    ada = opened(people, room, room.join("participant", "Ada"), one)
    bob = opened(people, room, room.join("participant", "Bob"), one)
    put_caret(details(ada), "beech")
    put_caret(details(bob), "pack it")
    for mine, theirs in zip(" of the wood nearby", " in a box of card  ", strict=True):
        ada.keyboard.press(mine)
        ada.wait_for_timeout(40)
        bob.keyboard.press(theirs)
        bob.wait_for_timeout(40)
    whole = "Saw the beech of the wood nearby, sand it, paint it, pack it in a box of card"
    expect(details(ada)).to_have_value(whole)
    saved(ada)
    saved(bob)
    assert details(ada).evaluate(MARKED) == whole.replace("nearby", "nearby|")
    assert details(bob).evaluate(MARKED) == f"{whole}  |"
    assert of(room, one) == whole


def test_what_is_selected_stays_so_while_another_writes_around_it(room: Room, people: People, one: Json) -> None:
    ada = opened(people, room, room.join("participant", "Ada"), one)
    bob = opened(people, room, room.join("participant", "Bob"), one)
    put_caret(details(bob), "beech, ", "sand it, paint it")
    put_caret(details(ada), "Saw ")
    ada.keyboard.type("and plane ")
    put_caret(details(ada), "sand it")
    ada.keyboard.type(" twice")
    expect(details(bob)).to_have_value("Saw and plane the beech, sand it twice, paint it, pack it")
    assert details(bob).evaluate(MARKED) == "Saw and plane the beech, |, pack it"
    bob.keyboard.type("oil it")
    expect(details(ada)).to_have_value("Saw and plane the beech, oil it, pack it")
    saved(bob)
    assert of(room, one) == "Saw and plane the beech, oil it, pack it"


def test_undo_in_a_text_takes_back_ones_own_and_nothing_else(room: Room, people: People, one: Json) -> None:
    ada = opened(people, room, room.join("participant", "Ada"), one)
    bob = opened(people, room, room.join("participant", "Bob"), one)
    put_caret(details(ada), "beech")
    ada.keyboard.type(" and the oak")
    expect(details(bob)).to_have_value("Saw the beech and the oak, sand it, paint it, pack it")
    put_caret(details(bob), "")
    bob.keyboard.type("First: ")
    put_caret(details(bob), "paint it")
    bob.keyboard.type(" red")
    expect(details(ada)).to_have_value("First: Saw the beech and the oak, sand it, paint it red, pack it")
    ada.keyboard.press("Control+z")
    expect(details(ada)).to_have_value("First: Saw the beech, sand it, paint it red, pack it")
    assert details(ada).evaluate(MARKED) == "First: Saw the beech|, sand it, paint it red, pack it"
    expect(details(bob)).to_have_value("First: Saw the beech, sand it, paint it red, pack it")
    ada.keyboard.press("Control+z")
    expect(details(ada)).to_have_value("First: Saw the beech, sand it, paint it red, pack it")
    ada.keyboard.press("Control+Shift+z")
    expect(details(bob)).to_have_value("First: Saw the beech and the oak, sand it, paint it red, pack it")
    saved(ada)
    saved(bob)
    assert of(room, one) == "First: Saw the beech and the oak, sand it, paint it red, pack it"


def test_undo_beside_a_text_is_the_canvas_s(room: Room, people: People, one: Json) -> None:
    ada = opened(people, room, room.join("participant", "Ada"), one)
    sheet = ada.get_by_role("dialog")
    put_caret(details(ada), "pack it")
    ada.keyboard.type(" well")
    sheet.get_by_role("button", name="Must do").click()
    saved(ada)
    ada.keyboard.press("Control+z")
    expect(sheet.get_by_role("button", name="Must do")).to_have_attribute("aria-pressed", "false")
    expect(details(ada)).to_have_value(f"{WORDS} well")
    ada.keyboard.press("Control+z")
    expect(details(ada)).to_have_value(WORDS)
    details(ada).focus()
    ada.keyboard.press("Control+z")
    saved(ada)
    assert of(room, one) == WORDS
    ada.keyboard.press("Control+y")
    expect(details(ada)).to_have_value(WORDS)


def test_a_field_that_was_left_shows_what_others_write_in_it(room: Room, people: People, one: Json) -> None:
    ada = opened(people, room, room.join("participant", "Ada"), one)
    bob = opened(people, room, room.join("participant", "Bob"), one)
    put_caret(details(ada), "pack it")
    ada.keyboard.type(" well")
    expect(details(bob)).to_have_value(f"{WORDS} well")
    ada.keyboard.press("Escape")
    put_caret(details(bob), "Saw ")
    bob.keyboard.type("all ")
    expect(details(ada)).to_have_value(f"{WORDS} well".replace("the", "all the"))
