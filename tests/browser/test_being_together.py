"""Who is here, where they are, going along with them, being called together, and having said that one is done."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.people import CUT_LINE, LAPTOP, PHONE, People, add, card, preferences, saved, title_of
from tests.browser.rooms import Room, activity, note


def panel(page: Page) -> Locator:
    """Open the list of everybody."""
    page.get_by_role("button", name=re.compile("^People: ")).click()
    return page.get_by_role("dialog", name="People")


def person(page: Page, name: str) -> Locator:
    return (
        page.get_by_role("dialog", name="People").get_by_role("listitem").filter(has=page.get_by_text(name, exact=True))
    )


def look_at_the_canvas(page: Page) -> None:
    page.get_by_role("link", name="Canvas", exact=True).click()


def test_everyone_sees_who_is_here_in_which_role_and_where(room: Room, people: People) -> None:
    added = activity("Design bricks")
    room.do(note(), added)
    room.join("participant", "Cas")
    fay = people.enter(room, room.facilitator())
    ben = people.enter(room, room.join("participant", "Ben Bos"))
    olga = people.enter(room, room.join("observer", "Olga"))
    look_at_the_canvas(olga)
    card(ben, "Design bricks").get_by_role("button", name="Details").click()
    panel(fay)
    expect(person(fay, "Ben Bos")).to_contain_text("Activities: Design bricks")
    expect(person(fay, "Olga")).to_contain_text("observer")
    expect(person(fay, "Olga")).to_contain_text("Canvas")
    expect(person(fay, "Fay")).to_contain_text("facilitator, you")
    names = fay.get_by_role("dialog").get_by_role("listitem").locator("strong")
    expect(names).to_have_text(["Fay", "Ben Bos", "Olga", "Cas"])
    expect(fay.get_by_role("dialog").get_by_role("region", name="Not here now")).to_contain_text("Cas")


def test_a_person_has_the_same_tint_on_every_screen(room: Room, people: People) -> None:
    fay = people.enter(room, room.facilitator())
    ben = people.enter(room, room.join("participant", "Ben"))
    colours = []
    for page in (fay, ben):
        panel(page)
        face = person(page, "Ben").locator("[class*=tint-]").first
        expect(face).to_have_text("B")
        colours.append(face.evaluate("face => getComputedStyle(face).backgroundColor"))
        other = person(page, "Fay").locator("[class*=tint-]").first
        assert other.evaluate("face => getComputedStyle(face).backgroundColor") != colours[-1]
    assert colours[0] == colours[1]


def test_one_goes_to_where_another_is(room: Room, people: People) -> None:
    added = activity("Design bricks")
    room.do(note(), added)
    fay = people.enter(room, room.facilitator(), size=PHONE)
    ben = people.enter(room, room.join("participant", "Ben"))
    card(ben, "Design bricks").get_by_role("button", name="Details").click()
    panel(fay)
    expect(
        fay.get_by_role("dialog").get_by_text("Design bricks")
    ).to_be_visible()  # where Ben is takes a moment to come
    fay.get_by_role("button", name="Go there, to Ben").click()
    expect(fay.get_by_role("dialog", name="Design bricks")).to_be_visible()


def test_following_goes_along_until_one_acts_oneself_and_says_so(room: Room, people: People) -> None:
    added = activity("Design bricks")
    room.do(note(), added)
    fay = people.enter(room, room.facilitator())
    ben = people.enter(room, room.join("participant", "Ben"))
    panel(ben)
    ben.get_by_role("button", name="Follow Fay").press("Enter")
    expect(ben.get_by_text("Following Fay")).to_be_visible()
    look_at_the_canvas(fay)
    expect(ben).to_have_url(re.compile("#canvas$"))
    fay.get_by_role("link", name="Activities", exact=True).click()
    card(fay, "Design bricks").get_by_role("button", name="Details").click()
    expect(ben.get_by_role("dialog", name="Design bricks")).to_be_visible()
    fay.keyboard.press("Escape")
    expect(ben.get_by_role("dialog")).to_have_count(0)
    expect(ben.get_by_text("Following Fay")).to_be_visible()

    add(ben, "Deliver bricks")
    expect(ben.get_by_text("You no longer follow Fay.").first).to_be_visible()
    expect(ben.get_by_role("log")).to_have_text("You no longer follow Fay.")
    look_at_the_canvas(fay)
    panel(ben)
    expect(person(ben, "Fay")).to_contain_text("Canvas")
    expect(ben).to_have_url(re.compile("#activities$|/room/[^#]*$"))


def test_following_is_stopped_by_its_button_and_ends_when_the_other_leaves(room: Room, people: People) -> None:
    fay = people.enter(room, room.facilitator())
    ben = people.enter(room, room.join("participant", "Ben"), size=PHONE)
    panel(ben)
    ben.get_by_role("button", name="Follow Fay").click()
    ben.get_by_role("button", name="Stop", exact=True).click()
    expect(ben.get_by_text("You no longer follow Fay.").first).to_be_visible()
    panel(ben)
    ben.get_by_role("button", name="Follow Fay").click()
    expect(ben.get_by_text("Following Fay")).to_be_visible()
    fay.context.close()
    expect(ben.get_by_text("Fay has left; you stay where you are.").first).to_be_visible()


def test_a_call_to_come_is_an_offer_that_interrupts_no_typing(room: Room, people: People) -> None:
    added = activity("Design bricks")
    room.do(note(), added)
    fay = people.enter(room, room.facilitator())
    ben = people.enter(room, room.join("participant", "Ben"))
    els = people.enter(room, room.join("participant", "Els"), size=PHONE, locale="nl-NL")
    field = title_of(ben, added)
    field.press("End")
    field.press_sequentially(" from")
    look_at_the_canvas(fay)
    fay.get_by_role("button", name="More", exact=True).click()
    fay.get_by_role("menuitem", name="Bring everyone to me").click()

    offer = ben.get_by_role("region", name="Fay asks you to come to: Canvas")
    expect(offer).to_be_visible()
    expect(ben.get_by_role("log")).to_have_text("Fay asks you to come to: Canvas")
    expect(field).to_be_focused()
    ben.keyboard.type(" wood")
    expect(field).to_have_value("Design bricks from wood")
    offer.get_by_role("button", name="Not now").click()
    expect(offer).to_have_count(0)
    expect(field).to_be_visible()

    dutch = els.get_by_role("region", name="Fay vraagt je te komen naar: Canvas")
    dutch.get_by_role("button", name="Ga mee").click()
    expect(els).to_have_url(re.compile("#canvas$"))
    expect(dutch).to_have_count(0)
    expect(fay.get_by_role("region", name="asks you to come")).to_have_count(0)
    saved(ben)


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "javascript:alert(1)", "#nowhere", "/room/other"])
def test_a_call_to_a_card_opens_it_and_what_is_no_place_of_ours_is_not_offered(
    room: Room, people: People, address: str
) -> None:
    added = activity("Design bricks")
    room.do(note(), added)
    ben = people.enter(room, room.join("participant", "Ben"))
    room.summon(f"#activities/card/{added['activity']}")
    room.summon(address)
    offer = ben.get_by_role("region", name="asks you to come to")
    expect(offer).to_have_count(1)
    expect(offer).to_contain_text("Activities, “Design bricks”")
    offer.get_by_role("button", name="Go").click()
    expect(ben.get_by_role("dialog", name="Design bricks")).to_be_visible()


def test_an_offer_goes_by_itself_after_a_minute(room: Room, people: People) -> None:
    people.excused = [CUT_LINE]  # the line too finds that a minute has gone by in silence
    ben = people.enter(room, room.join("participant", "Ben"))
    ben.clock.install()
    room.summon("#canvas")
    offer = ben.get_by_role("region", name="asks you to come to")
    expect(offer).to_be_visible()
    ben.clock.run_for(59_000)
    expect(offer).to_be_visible()
    ben.clock.run_for(2_000)
    expect(offer).to_have_count(0)


def test_who_leads_sees_how_many_are_done_and_hands_go_down_with_the_next_phase(room: Room, people: People) -> None:
    fay = people.enter(room, room.facilitator())
    ben = people.enter(room, room.join("participant", "Ben"), size=PHONE)
    els = people.enter(room, room.join("participant", "Els"))
    people.enter(room, room.join("observer", "Olga"))
    done = ben.get_by_role("button", name="I’m done")
    done.click()
    expect(done).to_have_attribute("aria-pressed", "true")
    expect(fay.get_by_role("button", name="1 of 2 done")).to_be_visible()
    panel(fay)
    expect(person(fay, "Ben")).to_contain_text("is done")
    fay.keyboard.press("Escape")
    els.get_by_role("button", name="I’m done").press("Enter")
    expect(fay.get_by_role("button", name="Everyone is done")).to_be_visible()
    expect(fay.get_by_role("log")).to_have_text("Everyone is done")

    room.do({"action": "set_phase", "label": "Sort", "ends_at": None})
    expect(done).to_have_attribute("aria-pressed", "false")
    expect(els.get_by_role("button", name="I’m done")).to_have_attribute("aria-pressed", "false")
    expect(fay.get_by_role("button", name="done")).to_have_count(0)


def cursor(page: Page, name: str) -> Locator:
    return page.locator(".cursor").filter(has_text=name)


def point(page: Page, x: int, y: int) -> None:
    page.mouse.move(x - 5, y)
    page.mouse.move(x, y)


def test_pointers_are_seen_in_the_same_view_and_catch_nothing(room: Room, people: People) -> None:
    room.do(note(), activity("Design bricks"))
    fay = people.enter(room, room.facilitator())
    ben = people.enter(room, room.join("participant", "Ben"))
    on = card(ben, "Design bricks").bounding_box()
    assert on
    point(ben, int(on["x"] + 20), int(on["y"] + 20))
    his = cursor(fay, "Ben")
    expect(his).to_have_css("opacity", "1")
    expect(fay.locator(".cursors")).to_have_attribute("aria-hidden", "true")
    expect(his).to_have_css("pointer-events", "none")
    fay.wait_for_function(
        """([x, y]) => { const at = document.querySelector('.cursor').getBoundingClientRect();
            return Math.hypot(at.x - x, at.y - y) < 8; }""",
        arg=[on["x"] + 20, on["y"] + 20],
    )
    card(fay, "Design bricks").get_by_role("button", name="Must do").click()
    look_at_the_canvas(ben)
    expect(his).to_have_count(0)


def test_a_pointer_that_rests_fades(room: Room, people: People) -> None:
    fay = people.enter(room, room.facilitator())
    ben = people.enter(room, room.join("participant", "Ben"))
    point(ben, 600, 500)
    expect(cursor(fay, "Ben")).to_have_css("opacity", "1")
    expect(cursor(fay, "Ben")).to_have_class(re.compile("resting"))
    point(ben, 640, 500)
    expect(cursor(fay, "Ben")).not_to_have_class(re.compile("resting"))


def test_pointers_can_be_switched_off_and_are_not_there_on_phones_and_with_less_motion(
    room: Room, people: People
) -> None:
    fay = people.enter(room, room.facilitator())
    ben = people.enter(room, room.join("participant", "Ben"))
    phone = people.enter(room, room.join("participant", "Els"), size=PHONE)
    calm = people.enter(room, room.join("participant", "Cas"), reduced_motion="reduce")
    point(ben, 600, 500)
    expect(cursor(fay, "Ben")).to_be_attached()
    expect(phone.locator(".cursor")).to_have_count(0)
    expect(calm.locator(".cursor")).to_have_count(0)

    preferences(calm).get_by_role("checkbox", name="Share pointers").check()
    calm.keyboard.press("Escape")
    expect(cursor(calm, "Ben")).to_be_attached()

    preferences(ben).get_by_role("checkbox", name="Share pointers").uncheck()
    ben.keyboard.press("Escape")
    expect(cursor(fay, "Ben")).to_have_count(0)
    point(ben, 700, 500)
    point(fay, 400, 400)
    expect(cursor(calm, "Fay")).to_be_attached()
    expect(ben.locator(".cursor")).to_have_count(0)
    expect(cursor(fay, "Ben")).to_have_count(0)


def test_a_role_is_changed_and_the_only_facilitator_stays_one(room: Room, people: People) -> None:
    room.do(note())
    fay = people.enter(room, room.facilitator())
    ben = people.enter(room, room.join("participant", "Ben"))
    panel(fay)
    fay.get_by_role("button", name="Role of Fay, or remove").click()
    fay.get_by_role("menuitem", name="Make participant").click()
    expect(person(fay, "Fay").get_by_role("group", name="Stop leading?")).to_be_visible()
    fay.get_by_role("button", name="Stop leading").click()
    expect(person(fay, "Fay").get_by_role("alert")).to_contain_text("Make somebody else facilitator first")

    fay.get_by_role("button", name="Role of Ben, or remove").click()
    fay.get_by_role("menuitem", name="Make observer").click()
    expect(person(fay, "Ben")).to_contain_text("observer")
    expect(ben.get_by_text("You are watching")).to_be_visible()
    expect(ben.get_by_role("textbox")).to_have_count(0)
    fay.get_by_role("button", name="Role of Ben, or remove").click()
    fay.get_by_role("menuitem", name="Make facilitator").click()
    expect(ben.get_by_role("button", name="Invite")).to_be_visible()


def test_who_is_removed_is_told_and_listed_apart(room: Room, people: People) -> None:
    fay = people.enter(room, room.facilitator())
    ben = people.enter(room, room.join("participant", "Ben"), size=PHONE)
    panel(fay)
    fay.get_by_role("button", name="Role of Ben, or remove").click()
    fay.get_by_role("menuitem", name="Remove from the room").click()
    question = person(fay, "Ben").get_by_role("group", name="Remove Ben?")
    expect(question).to_contain_text("What they wrote stays")
    expect(question.get_by_role("button", name="Cancel")).to_be_focused()
    fay.keyboard.press("Escape")
    expect(question).to_have_count(0)
    expect(ben.locator("[data-state=live]")).to_be_visible()

    fay.get_by_role("button", name="Role of Ben, or remove").click()
    fay.get_by_role("menuitem", name="Remove from the room").click()
    question.get_by_role("button", name="Remove").click()
    expect(ben.get_by_role("heading", level=1)).to_contain_text("no longer have access")
    gone = fay.get_by_role("dialog").get_by_role("group").filter(has_text="Removed (1)")
    expect(gone.get_by_text("Ben")).to_be_hidden()
    gone.get_by_text("Removed (1)").click()
    expect(gone.get_by_text("Ben")).to_be_visible()


def test_a_new_name_is_seen_by_all(room: Room, people: People) -> None:
    fay = people.enter(room, room.facilitator())
    ben = people.enter(room, room.join("participant", "Ben"), locale="nl-NL", size=PHONE)
    ben.get_by_role("button", name="Mensen: 2 mensen hier").click()
    ben.get_by_role("button", name="Mijn naam wijzigen").click()
    ben.get_by_label("Je naam, zoals de anderen hem zien").fill("Benedict")
    ben.keyboard.press("Enter")
    panel(fay)
    expect(person(fay, "Benedict")).to_be_visible()
    ben.reload()
    ben.wait_for_selector("[data-state=live]")
    ben.get_by_role("button", name="Mensen: 2 mensen hier").click()
    expect(ben.get_by_role("dialog").get_by_text("Benedict", exact=True)).to_be_visible()


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_an_observer_is_told_so_in_each_view_and_has_nothing_to_change_anything_with(
    room: Room, people: People, size: dict[str, int]
) -> None:
    room.do(note(), activity("Design bricks"))
    olga = people.enter(room, room.join("observer", "Olga"), size=size)
    for view in ("activities", "canvas", "judging"):
        olga.goto(f"{room.url}/room/{room.id}#{view}")
        olga.locator("main").wait_for()
        expect(olga.get_by_text("You are watching").first).to_be_visible()
        expect(olga.locator("main").locator("textarea:enabled, input:enabled:not([type=search])")).to_have_count(0)
        changing = re.compile("Add|Move|Remove|Must do|Not now|Edit|Undo|Invite|done|Close the|Open an", re.IGNORECASE)
        enabled = olga.get_by_role("button", name=changing, disabled=False)
        expect(enabled).to_have_count(0)
    olga.get_by_role("button", name="More", exact=True).click()
    expect(olga.get_by_role("menuitem", name=re.compile("Lock|Steps|Bring|start|Redo"))).to_have_count(0)
