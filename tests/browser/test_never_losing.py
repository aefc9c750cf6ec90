"""Nothing that somebody wrote is lost: not with the line, the page, the server, or a refusal."""

from playwright.sync_api import expect

from tests.browser.people import CUT_LINE, People, add, card, kept, saved, title_of
from tests.browser.rooms import Room, activity, note
from tests.support.process import Server


def test_changes_made_without_a_server_survive_a_reload_and_happen_once(own_server: Server, people: People) -> None:
    people.excused = [CUT_LINE]
    room = Room(own_server)
    added = activity("Design bricks")
    room.do(note(), added)
    fay = people.enter(room, room.facilitator())
    other = people.open(fay.context, room)
    own_server.kill()
    fay.wait_for_selector("[data-state=reconnecting]")
    other.close()

    add(fay, "Deliver bricks")
    card(fay, "Design bricks").get_by_role("button", name="Must do").click()
    title_of(fay, added).press("End")
    title_of(fay, added).press_sequentially(" well")
    expect(fay.get_by_role("banner").get_by_role("status")).to_contain_text("3 changes waiting")
    expect(card(fay, "Deliver bricks").get_by_text("Not saved yet")).to_be_visible()

    own_server.start()
    saved(fay)
    assert room.titles() == ["Deliver bricks", "Design bricks well"]
    events = room.events()
    assert [event["type"] for event in events[-3:]] == ["ActivityAdded", "ActivityJudged", "ActivityReworded"]


def test_a_page_closed_with_changes_waiting_brings_them_back(own_server: Server, people: People) -> None:
    people.excused = [CUT_LINE]
    room = Room(own_server)
    added = activity("Design bricks")
    room.do(note(), added)
    fay = people.enter(room, room.facilitator())
    own_server.kill()
    fay.wait_for_selector("[data-state=reconnecting]")
    add(fay, "Deliver bricks")
    title_of(fay, added).press("End")
    title_of(fay, added).press_sequentially(" well")
    fay.wait_for_selector("[data-waiting='2']")
    kept(fay, "Design bricks well")
    fay.close()

    own_server.start()
    again = people.open(fay.context, room)
    expect(card(again, "Deliver bricks")).to_be_visible()
    saved(again)
    assert room.titles() == ["Deliver bricks", "Design bricks well"]
    again.reload()
    saved(again)
    assert sum(event["type"] == "ActivityAdded" for event in room.events()) == 2


def test_a_server_that_stops_in_good_order_says_so_and_is_found_again(own_server: Server, people: People) -> None:
    people.excused = [CUT_LINE]
    room = Room(own_server)
    fay = people.enter(room, room.facilitator())
    assert own_server.terminate() == 0
    expect(fay.get_by_text("The server is restarting")).to_be_visible()
    own_server.start()
    fay.wait_for_selector("[data-state=live]")


def test_a_refused_change_comes_back_with_its_words_and_a_way_on(room: Room, people: People) -> None:
    value = note()
    room.do(value)
    ben = people.enter(room, room.join("participant", "Ben"), slowed=1500)
    room.do({"action": "remove_note", "note": value["note"]})
    add(ben, "Design bricks", "Unsorted")  # the value still stands where he is
    refused = ben.get_by_role("region", name="Not saved")
    expect(refused.get_by_label("Your text")).to_have_text("Design bricks")
    expect(refused.get_by_role("alert")).not_to_be_empty()
    expect(card(ben, "Design bricks")).to_have_count(0)

    ben.reload()
    expect(refused.get_by_label("Your text")).to_have_text("Design bricks")
    field = ben.get_by_role("textbox", name="Add a value proposition")
    field.fill("Children learn")
    field.press("Enter")
    saved(ben)
    refused.get_by_role("button", name="Try again").click()
    expect(card(ben, "Design bricks")).to_be_visible()
    expect(refused).to_have_count(0)
    saved(ben)
    assert room.titles() == ["Design bricks"]


def test_words_for_a_locked_canvas_are_handed_back(room: Room, people: People) -> None:
    added = activity("Design bricks")
    room.do(note(), added)
    ben = people.enter(room, room.join("participant", "Ben"), slowed=300)
    field = title_of(ben, added)
    field.press("End")
    field.press_sequentially(" well")
    room.do({"action": "lock_canvas"})
    expect(ben.get_by_label("Your text")).to_have_text("Design bricks well")
    assert room.titles() == ["Design bricks"]
    ben.get_by_role("button", name="Discard").click()
    expect(ben.get_by_role("region", name="Not saved")).to_have_count(0)
    expect(ben.get_by_text("The canvas is locked")).to_be_visible()


def test_undo_and_redo_work_by_keys_and_after_a_reload(room: Room, people: People) -> None:
    room.do(note())
    fay = people.enter(room, room.facilitator())
    add(fay, "Design bricks")
    saved(fay)
    fay.reload()
    fay.wait_for_selector("[data-state=live]")
    expect(card(fay, "Design bricks")).to_be_visible()
    fay.keyboard.press("Control+z")
    expect(card(fay, "Design bricks")).to_have_count(0)
    fay.keyboard.press("Control+Shift+z")
    expect(card(fay, "Design bricks")).to_be_visible()
