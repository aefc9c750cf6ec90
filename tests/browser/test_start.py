"""The start page: opening a room, finding one's own again, forgetting them, starting anew from one."""

import re

from playwright.sync_api import Page, expect

from tests.browser.people import CUT_LINE, PHONE, People, add, card, saved
from tests.browser.rooms import Room, activity, note
from tests.support.process import Server


def test_a_room_is_opened_in_dutch_from_the_lego_example_on_a_phone(server: Server, people: People) -> None:
    url = f"http://127.0.0.1:{server.port}"
    page = people.context(url, size=PHONE, locale="nl-NL").new_page()
    page.goto(url)
    page.get_by_label("Waar gaat de workshop over?").fill("Houten stenen")
    page.get_by_role("radio", name="Het voorbeeld LEGO").check()
    page.get_by_role("button", name="Ruimte openen").click()
    expect(page.get_by_role("heading", name="Houten stenen")).to_be_visible()
    saved(page)
    page.get_by_role("button", name="Waardepropositie en doel tonen").click() if page.get_by_text(
        "Verbergen"
    ).count() else None
    expect(page.get_by_text("Bouwen ontwikkelt").first).to_be_attached()


def test_the_language_can_be_chosen_before_anything_else(server: Server, people: People) -> None:
    url = f"http://127.0.0.1:{server.port}"
    page = people.context(url).new_page()
    page.goto(url)
    page.get_by_label("Language", exact=True).select_option("nl")
    expect(page.get_by_role("heading", level=1)).to_contain_text("kernactiviteiten")
    page.goto(f"{url}/join")
    expect(page.get_by_role("heading", name="Meedoen met een code")).to_be_visible()


def to_start(page: Page) -> None:
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitem", name="All my rooms").click()


def test_a_room_is_listed_with_role_and_time_opened_again_and_forgotten(room: Room, people: People) -> None:
    ben = people.enter(room, room.join("participant", "Ben"))
    to_start(ben)
    mine = ben.get_by_role("region", name="Rooms on this device").get_by_role("listitem")
    expect(mine).to_contain_text(re.compile("Ben · participant · last here .*[0-9]"))
    mine.get_by_role("link", name="New bricks").press("Enter")
    ben.wait_for_selector("[data-state=live]")
    to_start(ben)
    mine.get_by_role("button", name="Forget New bricks").click()
    expect(ben.get_by_text("Rooms that you open or join appear here.")).to_be_visible()
    assert ben.evaluate("localStorage.getItem('kern.rooms')") == "[]"


def test_forgetting_a_room_one_leads_is_asked_about_first(room: Room, people: People) -> None:
    fay = people.enter(room, room.facilitator())
    to_start(fay)
    fay.get_by_role("button", name="Forget New bricks").click()
    question = fay.get_by_role("group", name="Forget New bricks on this device?")
    expect(question).to_contain_text("You lead this room")
    question.get_by_role("button", name="Cancel").press("Enter")
    expect(fay.get_by_role("link", name="New bricks")).to_be_visible()


def test_forgetting_changes_that_are_not_saved_is_asked_about_first(own_server: Server, people: People) -> None:
    people.excused = [CUT_LINE]
    room = Room(own_server)
    room.do(note())
    ben = people.enter(room, room.join("participant", "Ben"), size=PHONE)
    ben.get_by_role("button", name="Production").click()
    own_server.kill()
    add(ben, "Design bricks")
    expect(card(ben, "Design bricks")).to_be_visible()
    to_start(ben)
    ben.get_by_role("button", name="Forget New bricks").click()
    question = ben.get_by_role("group", name="Forget New bricks on this device?")
    expect(question).to_contain_text("1 change of yours has not reached the server yet")
    question.get_by_role("button", name="Forget it").click()
    expect(ben.get_by_role("link", name="New bricks")).to_have_count(0)


def test_a_new_room_starts_from_one_that_one_leads(room: Room, people: People) -> None:
    room.do(note(), activity("Design bricks"))
    fay = people.enter(room, room.facilitator())
    fay.get_by_role("button", name="More", exact=True).click()
    fay.get_by_role("menuitem", name="Use this room as a new start").click()
    fay.get_by_label("Title of the new room").fill("Spring")
    fay.keyboard.press("Enter")
    expect(fay.get_by_role("heading", name="Spring")).to_be_visible()
    expect(card(fay, "Design bricks")).to_be_visible()
    add(fay, "Deliver bricks")
    saved(fay)
    assert room.titles() == ["Design bricks"], "the two go their own ways"

    to_start(fay)
    fay.get_by_role("button", name="New start from New bricks").click()
    dialog = fay.get_by_role("dialog")
    expect(dialog.get_by_label("Title of the new room")).to_have_value("New bricks, next round")
    dialog.get_by_role("button", name="Make the new room").click()
    expect(fay.get_by_role("heading", name="New bricks, next round")).to_be_visible()
    to_start(fay)
    mine = fay.get_by_role("region", name="Rooms on this device").get_by_role("link")
    expect(mine).to_have_text(["New bricks, next round", "Spring", "New bricks"])


def test_who_takes_part_is_offered_no_new_start(room: Room, people: People) -> None:
    ben = people.enter(room, room.join("participant", "Ben"))
    ben.get_by_role("button", name="More", exact=True).click()
    expect(ben.get_by_role("menuitem", name="Preferences")).to_be_visible()
    expect(ben.get_by_role("menuitem", name="Use this room as a new start")).to_have_count(0)
    ben.keyboard.press("Escape")
    to_start(ben)
    expect(ben.get_by_role("button", name="New start")).to_have_count(0)
