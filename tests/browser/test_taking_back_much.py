"""Restoring an iteration, undoing what one person did, a what-if copy: told before it is done, undone by one undo."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.people import LAPTOP, PHONE, People, reach, saved
from tests.browser.rooms import Room, activity, new_id, note
from tests.browser.test_accessibility import in_both_schemes
from tests.support.patch import Json


def judged(card: Json, judgement: str) -> Json:
    return {"action": "judge_activity", "activity": card["activity"], "judgement": judgement}


def reworded(room: Room, card: Json, text: str) -> Json:
    base = room.events()[-1]["version"]
    return {"action": "reword_activity", "activity": card["activity"], "field": "title", "text": text, "base": base}


def kicked_off(room: Room) -> list[Json]:
    """Hold a workshop whose first iteration was closed with three activities."""
    cards = [activity(title) for title in ("Draw bricks", "Make bricks", "Sell bricks")]
    room.do(
        *(note(), *cards, judged(cards[0], "must_do")),
        {"action": "open_iteration", "iteration": new_id(), "name": "Kick-off"},
        {"action": "close_iteration", "override_reason": "No time"},
    )
    return cards


def sheet(page: Page) -> Locator:
    """Open the sheet of the closed iteration."""
    page.get_by_role("contentinfo").get_by_role("button", name="Kick-off").click()
    return page.get_by_role("dialog", name="Kick-off", exact=True)


def undoing(page: Page, name: str) -> Locator:
    """Open the dialog that takes back what somebody did."""
    page.get_by_role("banner").get_by_role("button", name="People").click()
    page.get_by_role("button", name=f"Role of {name}, or remove").click()
    page.get_by_role("menuitem", name="Undo what they did…").click()
    return page.get_by_role("dialog", name=f"Undo what {name} did")


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_an_iteration_is_restored_after_what_would_change_was_told(
    room: Room, people: People, size: dict[str, int]
) -> None:
    cards = kicked_off(room)
    then = room.canvas()["activities"]
    room.do(reworded(room, cards[1], "Cast bricks"), {"action": "retire_activity", "activity": cards[2]["activity"]})
    room.do(activity("Melt bricks"), judged(cards[0], "not_now"))
    fay = people.enter(room, room.facilitator(), size=size)

    sheet(fay).get_by_role("button", name="Restore this iteration…").click()
    dialog = fay.get_by_role("dialog", name="Restore “Kick-off”")
    expect(dialog).to_contain_text("This changes 4 things:")
    for line in (
        "“Cast bricks” is called “Make bricks” again",
        "“Sell bricks” comes back",
        "“Melt bricks” leaves the canvas",
    ):
        expect(dialog.get_by_text(line)).to_be_visible()
    expect(dialog.get_by_text("“Draw bricks”: Must do")).to_be_visible()
    in_both_schemes(fay)
    assert room.canvas()["activities"] != then, "nothing has happened yet"

    dialog.get_by_role("button", name="Restore", exact=True).click()
    expect(dialog).to_have_count(0)
    assert room.canvas()["activities"] == then
    fay.keyboard.press("Escape")
    fay.keyboard.press("Control+z")
    saved(fay)
    assert "Cast bricks" in room.titles()


def test_what_changed_meanwhile_is_told_before_it_is_done(room: Room, people: People) -> None:
    cards = kicked_off(room)
    room.do({"action": "retire_activity", "activity": cards[2]["activity"]})
    fay = people.enter(room, room.facilitator())
    sheet(fay).get_by_role("button", name="Restore this iteration…").click()
    dialog = fay.get_by_role("dialog", name="Restore “Kick-off”")
    expect(dialog).to_contain_text("This changes 1 thing:")

    room.do(activity("Melt bricks"))
    dialog.get_by_role("button", name="Restore", exact=True).click()
    expect(dialog).to_contain_text("Somebody changed something meanwhile")
    expect(dialog).to_contain_text("“Melt bricks” leaves the canvas")
    assert "Melt bricks" in room.titles()
    dialog.get_by_role("button", name="Restore", exact=True).click()
    expect(dialog).to_have_count(0)
    assert room.titles() == ["Draw bricks", "Make bricks", "Sell bricks"]


def test_what_one_person_did_is_taken_back_and_what_others_built_upon_stays(room: Room, people: People) -> None:
    cards = kicked_off(room)
    key = room.join("participant", "Ben")
    mine, theirs = activity("Paint bricks"), activity("Burn bricks")
    room.do(mine, theirs, judged(cards[1], "not_now"), token=key["token"])
    comment = {"action": "comment_on_activity", "activity": cards[0]["activity"], "comment": new_id(), "text": "No!"}
    room.do(comment, token=key["token"])
    room.do(judged(mine, "must_do"))
    fay = people.enter(room, room.facilitator())

    dialog = undoing(fay, "Ben")
    for line in ("“Burn bricks” leaves the canvas", "“Make bricks”: To judge", "1 comment"):
        expect(dialog.get_by_text(line)).to_be_visible()
    expect(dialog).to_contain_text("1 thing stays as it is:")
    expect(dialog).to_contain_text("1 change that others have built upon")
    in_both_schemes(fay)
    dialog.get_by_role("combobox", name="Since when?").select_option("everything they did")
    expect(dialog.get_by_text("“Burn bricks” leaves the canvas")).to_be_visible()
    dialog.get_by_role("button", name="Take it back").click()
    expect(dialog).to_have_count(0)

    canvas = room.canvas()
    assert {one["title"] for one in canvas["activities"].values()} == {
        *("Draw bricks", "Make bricks", "Sell bricks", "Paint bricks"),
    }
    assert canvas["activities"][cards[0]["activity"]]["comments"] == []
    assert canvas["activities"][mine["activity"]]["judgement"] == "must_do"


def test_somebody_who_was_removed_can_still_be_undone_by_keyboard_alone(room: Room, people: People) -> None:
    kicked_off(room)
    key = room.join("participant", "Ben")
    room.do(activity("Paint bricks"), token=key["token"])
    room.do({"action": "remove_person", "participant": key["participant"]})
    fay = people.enter(room, room.facilitator())
    fay.get_by_role("banner").get_by_role("button", name="People").focus()
    fay.keyboard.press("Enter")
    fay.get_by_text("Removed (1)").focus()
    fay.keyboard.press("Enter")
    fay.get_by_role("button", name="Undo what Ben did").focus()
    fay.keyboard.press("Enter")
    fay.get_by_role("menuitem", name="Undo what they did…").focus()
    fay.keyboard.press("Enter")
    dialog = fay.get_by_role("dialog", name="Undo what Ben did")
    button = dialog.get_by_role("button", name="Take it back")
    expect(button).to_be_visible()
    reach(button)
    fay.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    assert "Paint bricks" not in room.titles()


def test_where_nothing_would_change_there_is_nothing_to_press(room: Room, people: People) -> None:
    kicked_off(room)
    fay = people.enter(room, room.facilitator(), locale="nl-NL")
    fay.get_by_role("contentinfo").get_by_role("button", name="Kick-off").click()
    fay.get_by_role("button", name="Deze iteratie herstellen…").click()
    dialog = fay.get_by_role("dialog", name="herstellen")
    expect(dialog).to_contain_text("Er zou niets veranderen.")
    expect(dialog.get_by_role("button", name="Herstellen", exact=True)).to_have_count(0)


def test_only_who_leads_is_offered_any_of_it(room: Room, people: People) -> None:
    kicked_off(room)
    ben = people.enter(room, room.join("participant", "Ben"))
    expect(sheet(ben)).to_contain_text("As it was closed")
    expect(ben.get_by_role("button", name="Restore this iteration…")).to_have_count(0)
    expect(ben.get_by_role("button", name="What-if copy of this moment…")).to_have_count(0)


def test_a_what_if_copy_begins_with_what_stood_then(room: Room, people: People) -> None:
    cards = kicked_off(room)
    room.do(activity("Melt bricks"), {"action": "retire_activity", "activity": cards[2]["activity"]})
    fay = people.enter(room, room.facilitator())
    sheet(fay).get_by_role("button", name="What-if copy of this moment…").click()
    dialog = fay.get_by_role("dialog", name="A new room that starts from “New bricks”")
    expect(dialog).to_contain_text("As it stood when “Kick-off” was closed")
    expect(dialog.get_by_label("Title of the new room")).to_have_value("New bricks, what if")
    in_both_schemes(fay)
    dialog.get_by_role("button", name="Make the new room").click()
    fay.wait_for_url(lambda address: "/room/" in address and room.id not in address)
    fay.wait_for_selector("[data-state=live]")
    for title in ("Draw bricks", "Make bricks", "Sell bricks"):
        expect(fay.get_by_role("article", name=title, exact=True)).to_be_visible()
    expect(fay.get_by_role("article", name="Melt bricks", exact=True)).to_have_count(0)
    assert "Melt bricks" in room.titles(), "the room itself goes its own way"


def test_a_what_if_copy_of_any_moment_is_made_while_looking_back(room: Room, people: People) -> None:
    cards = kicked_off(room)
    room.do({"action": "retire_activity", "activity": cards[2]["activity"]})
    then = room.events()[-1]["version"] - 1
    fay = people.enter(room, room.facilitator())
    fay.keyboard.press("h")
    fay.wait_for_selector("[data-moment]")
    fay.keyboard.press("ArrowLeft")
    fay.wait_for_selector(f"[data-moment='{then}']")
    fay.get_by_role("button", name="What-if copy of this moment…").click()
    dialog = fay.get_by_role("dialog", name="A new room that starts from “New bricks”")
    expect(dialog).to_contain_text(f"As it stood after change {then}")
    fay.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(fay.locator("[data-moment]")).to_be_visible()
    fay.get_by_role("button", name="What-if copy of this moment…").click()
    dialog.get_by_role("button", name="Make the new room").click()
    fay.wait_for_url(lambda address: "/room/" in address and room.id not in address)
    expect(fay.get_by_role("article", name="Sell bricks", exact=True)).to_be_visible()


def test_looking_back_tells_what_was_restored_and_whose_work_was_taken_back(room: Room, people: People) -> None:
    cards = kicked_off(room)
    ben = room.join("participant", "Ben")
    room.do(judged(cards[2], "not_now"), token=ben["token"])
    head = room.events()[-1]["version"]
    room.do({"action": "undo_person", "participant": ben["participant"], "from": 0, "to": head, "base": head})
    undone = room.events()[-1]["version"]
    iteration = room.canvas()["iterations"][0]["id"]
    room.do({"action": "retire_activity", "activity": cards[2]["activity"]})
    room.do({"action": "restore_iteration", "iteration": iteration, "base": undone + 1})
    fay = people.enter(room, room.facilitator())
    fay.keyboard.press("h")
    expect(fay.get_by_text("Fay restored iteration “Kick-off”.").first).to_be_visible()
    fay.keyboard.press("ArrowLeft")
    fay.keyboard.press("ArrowLeft")
    fay.wait_for_selector(f"[data-moment='{undone}']")
    expect(fay.get_by_text("Fay took back what Ben did.").first).to_be_visible()
