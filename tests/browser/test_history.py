"""The history: who changed what, filters, the moment, the chain, and what happened since one was here."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from server.proving.notes import VerifierKey
from tests.browser.people import PHONE, People
from tests.browser.rooms import Room, activity, note
from tests.support.patch import Json


@pytest.fixture
def made(room: Room) -> Json:
    """Fill the room: Fay adds a card, and Ben judges it and words it otherwise."""
    value, card, other = note("Play"), activity("Make bricks"), activity("Ship bricks")
    room.do(value, card, other)
    ben = room.join("participant", "Ben")
    room.do(
        {"action": "judge_activity", "activity": card["activity"], "judgement": "must_do", "reason": "It sells"},
        token=ben["token"],
    )
    return {"card": card["activity"], "judged": len(room.events())}


def history(page: Page) -> Page:
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitem", name="History").click()
    expect(page.get_by_role("grid")).to_be_visible()
    return page


def test_every_event_is_a_row_and_one_of_them_is_shown_whole(room: Room, people: People, made: Json) -> None:
    page = history(people.enter(room, room.join("observer", "Olga")))
    newest = len(room.events())
    grid = page.get_by_role("grid", name="Who changed what")
    expect(grid).to_have_attribute("aria-rowcount", str(newest + 1))
    row = page.get_by_role("row", name=re.compile("Activity judged: Make bricks"))
    expect(row).to_have_attribute("aria-rowindex", str(newest - made["judged"] + 2))
    for said in ("Ben", "Must do", "It sells"):
        expect(row).to_contain_text(said)
    row.click()
    event = page.get_by_role("region", name="This event")
    expect(event).to_contain_text("Why: It sells")
    event.get_by_role("link", name="Show the canvas at this moment").click()
    expect(page).to_have_url(re.compile(rf"#replay/{made['judged']}$"))


def test_who_joined_and_in_which_role_is_told(room: Room, people: People) -> None:
    room.join("observer", "Olga")
    page = history(people.enter(room, room.facilitator()))
    row = page.get_by_role("row", name=re.compile("Joined")).first
    expect(row).to_have_text(re.compile("Olga.*Joined.*observer", re.DOTALL))
    row.click()
    event = page.get_by_role("region", name="This event")
    expect(event).to_contain_text("observer")
    expect(event).not_to_contain_text("↓")


def test_it_is_used_by_keyboard_alone(room: Room, people: People, made: Json) -> None:
    page = history(people.enter(room, room.facilitator()))
    grid = page.get_by_role("grid")
    grid.focus()
    page.keyboard.press("End")
    chosen = page.locator("[role=row][aria-selected=true]")
    expect(chosen).to_contain_text("Workshop opened")
    page.keyboard.press("ArrowUp")
    expect(chosen).to_contain_text("Joined")
    active = grid.get_attribute("aria-activedescendant")
    expect(chosen).to_have_attribute("id", active or "none")
    page.keyboard.press("Home")
    for _ in range(len(room.events()) - made["judged"]):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"#replay/{made['judged']}"))


def test_filters_leave_what_was_sought_and_a_card_has_its_life(room: Room, people: People, made: Json) -> None:
    assert made
    page = history(people.enter(room, room.facilitator()))
    grid = page.get_by_role("grid")
    page.get_by_role("combobox", name="Person", exact=True).select_option("Ben")
    expect(grid).to_have_attribute("aria-rowcount", "3")
    page.get_by_role("combobox", name="Change", exact=True).select_option("Activity judged")
    expect(grid).to_have_attribute("aria-rowcount", "2")
    page.get_by_role("button", name="No filter").click()
    page.get_by_role("searchbox", name="Text").fill("it SELLS")
    expect(page.get_by_role("main").get_by_role("status").first).to_have_text("1 event")
    page.get_by_role("searchbox", name="Text").fill("nothing of the kind")
    expect(page.get_by_text("Nothing fits")).to_be_visible()
    page.get_by_role("button", name="No filter").last.click()
    expect(page.get_by_role("main")).to_be_focused()
    page.get_by_role("combobox", name="Card", exact=True).select_option("Make bricks")
    expect(page.get_by_text("The life of “Make bricks”")).to_be_visible()
    expect(grid).to_have_attribute("aria-rowcount", "3")


def test_a_long_past_is_looked_at_from_end_to_end_and_sought_through_whole(room: Room, people: People) -> None:
    value, card = note("Play"), activity("Make bricks")
    turns = (("problem_solving", "production") * 260)[:520]
    moves = [{"action": "move_activity", "activity": card["activity"], "category": turn} for turn in turns]
    room.do(value, card, *moves)
    newest = len(room.events())
    page = history(people.enter(room, room.facilitator()))
    grid, chosen = page.get_by_role("grid"), page.locator("[role=row][aria-selected=true]")
    expect(grid).to_have_attribute("aria-rowcount", str(newest + 1))
    grid.focus()
    page.keyboard.press("End")
    expect(chosen).to_have_attribute("aria-rowindex", str(newest + 1))
    expect(chosen).to_contain_text("Workshop opened")
    grid.evaluate("box => { box.scrollTop = box.scrollHeight / 2; }")
    expect(grid.locator(f"[aria-rowindex='{newest // 2}']")).to_contain_text("Activity moved: Make bricks")
    expect(chosen).to_have_count(0)
    expect(grid).not_to_have_attribute("aria-activedescendant", re.compile(".*"))
    page.keyboard.press("ArrowUp")
    expect(chosen).to_have_attribute("aria-rowindex", str(newest))
    expect(grid).to_have_attribute("aria-activedescendant", chosen.get_attribute("id") or "none")
    page.get_by_role("searchbox", name="Text").fill("activity added")
    expect(page.get_by_role("row", name=re.compile("Activity added: Make bricks"))).to_be_visible()
    expect(grid).to_have_attribute("aria-rowcount", "2")
    page.get_by_role("searchbox", name="Text").fill("PROBLEM solving")
    expect(grid).to_have_attribute("aria-rowcount", "521")
    grid.focus()
    page.keyboard.press("End")
    expect(chosen).to_contain_text("Problem solving")
    expect(chosen).to_contain_text(str(room.events()[0]["version"] + newest - 520))


def test_what_comes_meanwhile_moves_nothing_until_asked_for(room: Room, people: People, made: Json) -> None:
    page = history(people.enter(room, room.facilitator()))
    rows = page.get_by_role("grid").get_attribute("aria-rowcount")
    room.do(activity("Later"))
    newer = page.get_by_role("button", name="Show 1 newer event")
    expect(newer).to_be_visible()
    assert page.get_by_role("grid").get_attribute("aria-rowcount") == rows
    newer.click()
    expect(page.get_by_role("row", name=re.compile("Activity added: Later"))).to_be_visible()
    assert made["judged"] > 0


def test_the_chain_is_checked_here_and_a_checkpoint_is_copied(room: Room, people: People, made: Json) -> None:
    page = history(people.enter(room, room.join("observer", "Olga"), permissions=["clipboard-read", "clipboard-write"]))
    newest = len(room.events())
    page.get_by_role("button", name="Check it here").click()
    expect(page.get_by_text(f"The chain holds up to event {newest}.")).to_be_visible()
    page.get_by_role("button", name="Copy a checkpoint of now").click()
    expect(page.get_by_text(f"Copied: a checkpoint of event {newest}.")).to_be_visible()
    kept = page.evaluate("navigator.clipboard.readText()")
    key = VerifierKey.read(room.server.http.call("GET", "/api/key").json["key"])
    assert key.open(kept).version == newest > made["judged"]
    page.get_by_text("Earlier checkpoints").click()
    expect(page.get_by_role("button", name=f"Copy {newest}")).to_be_visible()
    with page.expect_download() as coming:
        page.get_by_role("button", name="The log (jsonl)").click()
    assert len(coming.value.path().read_bytes().splitlines()) == newest


@pytest.mark.usefixtures("made")
def test_the_guideline_and_the_minutes_are_taken_along_and_printed(room: Room, people: People) -> None:
    page = history(people.enter(room, room.join("observer", "Olga")))
    with page.expect_download() as coming:
        page.get_by_role("button", name="The minutes (md)").click()
    assert coming.value.path().read_text().startswith("# Minutes: ")
    for button, heading in (
        ("Read or print the guideline", "What to do"),
        ("Read or print the minutes", "Who was there"),
    ):
        with page.expect_popup() as tab:
            page.get_by_role("button", name=button).click()
        expect(tab.value.get_by_role("heading", name=heading)).to_be_visible()
        expect(tab.value.locator("main")).to_have_css("max-width", "672px")  # the server's stylesheet came along
        assert tab.value.evaluate("document.compatMode") == "CSS1Compat"
        tab.value.close()


def test_on_a_phone_it_fits_and_a_card_leads_to_its_life(room: Room, people: People, made: Json) -> None:
    page = people.enter(room, room.facilitator(), size=PHONE, locale="nl-NL")
    page.goto(f"{room.url}/room/{room.id}#activities/card/{made['card']}")
    page.get_by_role("button", name="Alle veranderingen van deze kaart").click()
    expect(page.get_by_text(re.compile("Het leven van .Make bricks"))).to_be_visible()
    expect(page.get_by_role("grid")).to_have_attribute("aria-rowcount", "3")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("row", name=re.compile("Activiteit beoordeeld")).click()
    expect(page.get_by_role("region", name="Deze gebeurtenis").get_by_role("link")).to_be_in_viewport()


def caught_up(page: Page) -> Json:
    return dict(
        json.loads(page.evaluate("Object.entries(localStorage).find(([name]) => name.startsWith('kern.seen'))[1]"))
    )


def test_who_comes_late_or_back_is_told_what_happened_and_can_dismiss_it(
    room: Room, people: People, made: Json
) -> None:
    page = people.enter(room, room.join("participant", "Cleo"))
    late = page.get_by_role("complementary", name="What happened before you came")
    expect(late).to_be_visible()
    assert page.evaluate("document.activeElement === document.body")
    late.get_by_role("button", name="Dismiss").click()
    expect(late).to_have_count(0)
    seen = caught_up(page)
    assert seen["version"] == len(room.events()) > made["judged"]
    page.reload()
    page.wait_for_selector("[data-complete=true]")
    expect(page.get_by_role("complementary", name=re.compile("before you came|Since you were"))).to_have_count(0)
    page.goto("about:blank")
    room.do(activity("While you were away"))
    hour_ago = json.dumps({**seen, "at": seen["at"] - 3_600_000})
    page.add_init_script(
        "Object.keys(localStorage).filter((name) => name.startsWith('kern.seen'))"
        f".forEach((name) => localStorage.setItem(name, {json.dumps(hour_ago)}))"
    )
    page.goto(f"{room.url}/room/{room.id}")
    back = page.get_by_role("complementary", name="Since you were here")
    expect(back).to_contain_text("“While you were away” was added.")
    back.get_by_text("Since you were here").click()
    back.get_by_role("button", name="All changes").click()
    expect(page.get_by_role("grid")).to_be_visible()


def test_who_opens_a_room_is_told_nothing(room: Room, people: People) -> None:
    page = people.enter(room, room.facilitator())
    room.do(note("Play"), activity("Make bricks"))
    page.reload()
    page.wait_for_selector("[data-complete=true]")
    expect(page.get_by_role("article", name="Make bricks")).to_be_visible()
    expect(page.get_by_role("complementary", name=re.compile("before you came|Since you were"))).to_have_count(0)
