"""Ways into a room: links, the QR code, the room code; what ends them; and what is said at the door."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.people import PHONE, People
from tests.browser.rooms import Room
from tests.support.patch import Json
from tests.support.process import Server


def invite(page: Page) -> Locator:
    page.get_by_role("button", name="Invite").click()
    dialog = page.get_by_role("dialog", name="Invite people")
    dialog.locator("svg[data-ready=true]").wait_for()
    return dialog


def code_of(dialog: Locator) -> str:
    return dialog.locator(".code").first.inner_text()


def join(page: Page, name: str = "") -> None:
    page.get_by_label("Your name").fill(name)
    page.get_by_role("button", name="Join").click()


def second_facilitator(room: Room) -> Json:
    """One who knows none of the links."""
    return room.join("facilitator", "Gus")


def test_the_dialog_has_link_qr_and_code_and_shows_them_large(room: Room, people: People) -> None:
    fay = people.enter(room, room.facilitator())
    dialog = invite(fay)
    link = dialog.get_by_role("textbox", name="To take part").input_value()
    assert link == room.url + room.links["participant"]
    expect(dialog.get_by_role("img")).to_have_accessible_name(f"QR code of {link}")
    assert re.fullmatch("[A-Z0-9]{6}", code_of(dialog))
    dialog.get_by_role("button", name="Show large").click()
    large = fay.get_by_role("dialog", name="Invite people").last
    expect(large.get_by_role("img")).to_have_accessible_name(f"QR code of {link}")
    large.locator("svg[data-ready=true]").wait_for()
    expect(large.get_by_text(f"at 127.0.0.1:{room.server.port}/join")).to_be_visible()
    letters = large.locator(".code").evaluate("code => parseFloat(getComputedStyle(code).fontSize)")
    code = large.get_by_role("img").bounding_box()
    assert code
    assert letters > 90, "readable from the back of the room"
    assert code["height"] > 500
    large.get_by_role("button", name="Close").click()
    expect(dialog.get_by_role("textbox", name="To take part")).to_be_visible()


def test_who_leads_without_links_has_them_made_and_other_roles_are_shown_once(room: Room, people: People) -> None:
    gus = people.enter(room, second_facilitator(room))
    dialog = invite(gus)
    link = dialog.get_by_role("textbox", name="To take part").input_value()
    dialog.get_by_text("Links for other roles").click()
    dialog.get_by_role("button", name="Make a link: To watch only").click()
    watching = dialog.get_by_role("textbox", name="To watch only")
    expect(watching).to_have_accessible_description("Copy it now: it is shown this once.")
    address = watching.input_value()
    gus.keyboard.press("Escape")

    dialog = invite(gus)
    assert dialog.get_by_role("textbox", name="To take part").input_value() == link, "the same one stays"
    dialog.get_by_text("Links for other roles").click()
    expect(dialog.get_by_role("textbox", name="To watch only")).to_have_count(0)

    olga = people.context(room.url).new_page()
    olga.goto(address)
    join(olga, "Olga")
    expect(olga.get_by_text("You are watching")).to_be_visible()


def test_ending_earlier_links_keeps_who_is_in_and_lets_in_by_the_new_ones(room: Room, people: People) -> None:
    fay = people.enter(room, room.facilitator())
    ben = people.enter(room, room.join("participant", "Ben"))
    dialog = invite(fay)
    old, code = dialog.get_by_role("textbox", name="To take part").input_value(), code_of(dialog)
    dialog.get_by_role("button", name="End all earlier links").click()
    question = dialog.get_by_role("group", name="End all earlier links and make new ones?")
    expect(question).to_contain_text("Who is in stays in")
    question.get_by_role("button", name="End and make new").click()
    expect(dialog.get_by_role("status")).to_contain_text("The earlier links have ended")
    new = dialog.get_by_role("textbox", name="To take part").input_value()
    assert new != old
    assert code_of(dialog) != code
    expect(dialog.get_by_role("img")).to_have_accessible_name(f"QR code of {new}")

    people.excused.append(re.compile("404"))
    late = people.context(room.url, size=PHONE).new_page()
    late.goto(old)
    join(late, "Late")
    expect(late.get_by_role("alert")).to_contain_text("does not lead into a room any more")
    late.goto(f"{room.url}/join#{code}")
    join(late, "Late")
    expect(late.get_by_role("alert")).to_contain_text("no room with this code")
    late.goto(new)
    join(late, "Late")
    late.wait_for_selector("[data-state=live]")
    ben.reload()
    ben.wait_for_selector("[data-state=live]")

    fay.reload()
    fay.wait_for_selector("[data-state=live]")
    assert invite(fay).get_by_role("textbox", name="To take part").input_value() == new


def test_a_new_code_ends_the_old_one(room: Room, people: People) -> None:
    fay = people.enter(room, room.facilitator())
    dialog = invite(fay)
    old = code_of(dialog)
    dialog.get_by_role("button", name="New code").click()
    expect(dialog.get_by_role("status")).to_contain_text("There is a new code")
    assert code_of(dialog) != old


def test_on_this_machines_own_address_one_is_told_that_others_cannot_reach_it(room: Room, people: People) -> None:
    fay = people.enter(room, room.facilitator())
    expect(invite(fay).get_by_text("./run --host 0.0.0.0")).to_be_visible()
    room.url = f"http://workshop.test:{room.server.port}"
    gus = people.enter(room, second_facilitator(room))
    dialog = invite(gus)
    expect(dialog.get_by_text("./run --host 0.0.0.0")).to_have_count(0)
    expect(dialog.get_by_role("img")).to_have_accessible_name(
        re.compile(f"http://workshop.test:{room.server.port}/join/")
    )


def test_one_joins_by_code_on_a_phone_without_a_name_and_comes_back_as_oneself(room: Room, people: People) -> None:
    fay = people.enter(room, room.facilitator())
    code = code_of(invite(fay))
    ben = people.context(room.url, size=PHONE).new_page()
    ben.goto(room.url)
    ben.get_by_role("textbox", name="Room code").fill(f"{code[:3].lower()} {code[3:]}")
    ben.get_by_role("button", name="Join", exact=True).click()
    expect(ben).to_have_url(re.compile("/join#"))
    join(ben)
    ben.wait_for_selector("[data-state=live]")
    fay.keyboard.press("Escape")
    fay.get_by_role("button", name="People: 2 people here").click()
    expect(fay.get_by_role("dialog").get_by_text("Guest 1", exact=True)).to_be_visible()

    ben.goto(f"{room.url}/join")
    ben.get_by_role("textbox", name="Room code").fill(code)
    ben.get_by_role("link", name="Go on as Guest 1").click()
    ben.wait_for_selector("[data-state=live]")
    assert len(room.canvas()["people"]) == len(("Fay", "Guest 1"))


def test_who_guesses_codes_is_told_to_wait(own_server: Server, people: People) -> None:
    room = Room(own_server)
    people.excused.append(re.compile("404|429"))
    page = people.context(room.url, locale="nl-NL").new_page()
    page.goto(f"{room.url}/join")
    page.get_by_label("Code van de ruimte").fill("AAAAAA")
    for _ in range(10):
        page.get_by_role("button", name="Meedoen").click()
        expect(page.get_by_role("alert")).to_contain_text("Er is geen ruimte met deze code")
        expect(page.get_by_role("button", name="Meedoen")).to_be_enabled()
    page.get_by_role("button", name="Meedoen").click()
    expect(page.get_by_role("alert")).to_contain_text("Wacht een minuut")


def test_a_link_that_lost_its_end_leads_to_the_code(room: Room, people: People) -> None:
    page = people.context(room.url, size=PHONE).new_page()
    page.goto(f"{room.url}/join/{room.id}")
    expect(page.get_by_role("alert")).to_contain_text("not complete")
    expect(page.get_by_role("textbox", name="Room code")).to_be_visible()


def test_a_known_device_goes_on_as_who_it_was(room: Room, people: People) -> None:
    ben = people.enter(room, room.join("participant", "Ben"))
    ben.goto(room.url + room.links["participant"])
    ben.get_by_role("link", name="Go on as Ben").click()
    ben.wait_for_selector("[data-state=live]")
    assert len(room.canvas()["people"]) == len(("Fay", "Ben"))
