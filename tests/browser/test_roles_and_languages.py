"""Who may do what, and in which words."""

import re

from playwright.sync_api import expect

from tests.browser.people import PHONE, People, add, card, preferences, saved
from tests.browser.rooms import Room, activity, note


def test_an_observer_sees_all_can_change_nothing_and_is_told_so(room: Room, people: People) -> None:
    room.do(note(), activity("Design bricks"))
    olga = people.enter(room, room.join("observer", "Olga"))
    expect(olga.get_by_text("You are watching")).to_be_visible()
    expect(card(olga, "Design bricks")).to_be_visible()
    expect(olga.get_by_role("textbox")).to_have_count(0)
    expect(olga.get_by_role("button", name="Undo")).to_have_count(0)
    expect(olga.get_by_role("button", name=re.compile("Must do|Move|Select"))).to_have_count(0)
    room.do(activity("Deliver bricks"))
    expect(card(olga, "Deliver bricks")).to_be_visible()
    card(olga, "Deliver bricks").get_by_role("button", name="Details").click()
    expect(olga.get_by_role("dialog").locator("input:enabled, select:enabled, textarea:enabled")).to_have_count(0)


def test_each_person_reads_their_own_language_and_the_server_speaks_it_too(room: Room, people: People) -> None:
    room.do(note())
    dutch = people.enter(room, room.join("participant", "Joost"), locale="nl-NL")
    english = people.enter(room, room.join("participant", "Ben"))
    expect(dutch.get_by_role("heading", name="Waardeproposities")).to_be_visible()
    expect(english.get_by_role("heading", name="Value propositions")).to_be_visible()
    expect(dutch.locator("html")).to_have_attribute("lang", "nl")

    sentences = []
    for page, field in ((dutch, "Activiteit toevoegen aan Productie"), (english, "Add an activity to Production")):
        page.get_by_role("textbox", name=field).fill("Bricks " * 40)
        page.keyboard.press("Enter")
        sentences.append(page.get_by_role("alert").filter(has_text="a").first.inner_text())
    assert sentences[0] != sentences[1]

    preferences(english).get_by_label("Language").select_option("nl")
    english.keyboard.press("Escape")
    expect(english.get_by_role("heading", name="Waardeproposities")).to_be_visible()
    english.wait_for_selector("[data-state=live]")
    english.reload()
    expect(english.get_by_role("heading", name="Waardeproposities")).to_be_visible()


def test_a_facilitator_sets_the_goal_and_locks_the_canvas(room: Room, people: People) -> None:
    fay = people.enter(room, room.facilitator())
    ben = people.enter(room, room.join("participant", "Ben"), size=PHONE)

    fay.get_by_role("button", name="Edit: Goal").click()
    fay.get_by_role("textbox", name="Goal").fill("Ten activities")
    fay.keyboard.press("Enter")
    expect(ben.get_by_text("Ten activities").first).to_be_visible()
    expect(ben.get_by_role("button", name="Edit: Goal")).to_have_count(0)

    fay.get_by_role("button", name="More").click()
    fay.get_by_role("menuitem", name="Lock the canvas").click()
    expect(ben.get_by_text("The canvas is locked")).to_be_visible()
    expect(ben.get_by_role("textbox")).to_have_count(0)


def test_an_iteration_closes_once_what_it_lacks_was_done(room: Room, people: People) -> None:
    room.do(note(), activity("Design bricks"))
    fay = people.enter(room, room.facilitator())
    ben = people.enter(room, room.join("participant", "Ben"), size=PHONE)

    fay.get_by_role("button", name="Open an iteration").click()
    fay.get_by_role("textbox", name="Name").fill("Kick-off")
    fay.keyboard.press("Enter")
    fay.get_by_role("button", name="Close the iteration").click()
    dialog = fay.get_by_role("dialog")
    dialog.get_by_role("button", name="Design bricks").click()
    fay.get_by_role("dialog", name="Design bricks").get_by_role("button", name="Not now").click()
    fay.keyboard.press("Escape")
    expect(dialog).to_contain_text("Nothing stands in the way any more.")
    dialog.get_by_role("button", name="Close the iteration").click()
    expect(fay.get_by_role("dialog").get_by_text("The iteration is closed.")).to_be_visible()
    expect(ben.get_by_role("listitem").filter(has_text="Kick-off").get_by_text("closed")).to_be_visible()


def test_a_room_is_opened_and_joined_by_link_and_found_again(room: Room, people: People) -> None:
    fay = people.context(room.url).new_page()
    fay.goto(room.url)
    fay.get_by_label("What is the workshop about?").fill("A webshop for bricks")
    fay.get_by_label("Your name").fill("Fay")
    fay.get_by_role("radio", name="The LEGO example").check()
    fay.get_by_role("button", name="Open the room").click()
    expect(fay.get_by_role("heading", name="A webshop for bricks")).to_be_visible()
    fay.get_by_role("button", name="Show goal and value").click()
    expect(fay.get_by_role("textbox", name="Value proposition", exact=True)).to_have_count(1)
    fay.get_by_role("button", name="Invite").click()
    link = fay.get_by_label("To take part", exact=True).input_value()

    ben = people.context(room.url, size=PHONE).new_page()
    ben.goto(link)
    ben.get_by_label("Your name").fill("Ben")
    ben.get_by_role("button", name="Join").click()
    ben.wait_for_selector("[data-state=live]")
    fay.keyboard.press("Escape")
    expect(fay.get_by_role("button", name="People: 2 people here")).to_be_visible()

    ben.goto(room.url)
    ben.get_by_role("link", name="A webshop for bricks").click()
    ben.wait_for_selector("[data-state=live]")


def test_who_has_no_key_or_one_that_does_not_hold_is_told_so(room: Room, people: People) -> None:
    lost = people.context(room.url).new_page()
    lost.goto(f"{room.url}/room/{room.id}")
    expect(lost.get_by_role("heading", name="There is no such room")).to_be_visible()

    key = room.join("participant", "Ben")
    barred = people.enter(room, key | {"token": "of another room"}, state="ended")
    expect(barred.get_by_role("heading", level=1)).to_contain_text("your link is not for it")
    expect(barred.get_by_role("link", name="To the start page")).to_be_visible()


def test_all_works_over_plain_http_from_another_machine(room: Room, people: People) -> None:
    room.do(note(), activity("Design bricks"))
    room.url = f"http://workshop.test:{room.server.port}"
    fay = people.enter(room, room.facilitator())
    assert fay.evaluate("[isSecureContext, typeof crypto.randomUUID, typeof navigator.clipboard]") == [
        False,
        "undefined",
        "undefined",
    ]
    fay.get_by_role("button", name="Invite").click()
    fay.get_by_role("button", name="Copy: To take part").click()
    expect(fay.get_by_role("dialog").get_by_role("status")).to_have_text("Copied")
    fay.keyboard.press("Escape")

    ben = people.context(room.url).new_page()
    ben.goto(room.url + room.links["participant"])
    ben.get_by_label("Your name").fill("Ben")
    ben.get_by_role("button", name="Join").click()
    add(ben, "Deliver bricks")
    expect(card(fay, "Deliver bricks")).to_be_visible()
    saved(ben)
