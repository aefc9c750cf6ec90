"""No network, or no server: for a moment in the middle of a word, or for a good while with much to do."""

import re

from playwright.sync_api import expect

from tests.browser.people import CUT_LINE, People, add, card, kept, saved, title_of
from tests.browser.rooms import Room, activity, note
from tests.support.process import Server

OFFLINE = re.compile(r"WebSocket connection to .* failed|ERR_INTERNET_DISCONNECTED")
"""What Chromium writes to the console where there is no network."""

MANY = 120


def test_a_server_killed_in_the_middle_of_a_sentence_loses_no_letter_of_it(own_server: Server, people: People) -> None:
    people.excused = [CUT_LINE]
    room = Room(own_server)
    added = activity("Build")
    room.do(note(), added)
    fay = people.enter(room, room.facilitator())
    field = title_of(fay, added)
    field.press("End")
    field.press_sequentially(" small bricks", delay=60)
    own_server.kill()
    field.press_sequentially(" and large ones", delay=60)
    own_server.launch()
    field.press_sequentially(" for everybody", delay=60)
    own_server.ready()
    saved(fay)
    expect(field).to_have_value("Build small bricks and large ones for everybody")
    assert room.titles() == ["Build small bricks and large ones for everybody"]
    strokes = {event["data"]["stroke"] for event in room.events() if event["type"] == "ActivityReworded"}
    assert len(strokes) == 1, "to an undo it is one change"


def test_much_that_was_done_offline_goes_out_in_order_and_once(own_server: Server, people: People) -> None:
    people.excused = [CUT_LINE]
    room = Room(own_server)
    room.do(note())
    fay = people.enter(room, room.facilitator())
    own_server.kill()
    fay.wait_for_selector("[data-state=reconnecting]")
    field = fay.get_by_role("textbox", name="Add an activity to Production")
    for number in range(MANY):
        field.fill(f"Card {number:03}")
        field.press("Enter")
    expect(fay.get_by_role("banner").get_by_role("status")).to_contain_text(f"{MANY} changes waiting")
    expect(card(fay, f"Card {MANY - 1:03}")).to_be_visible()
    own_server.start()
    saved(fay)
    canvas = room.canvas()
    titles = [canvas["activities"][id_]["title"] for id_ in canvas["categories"]["production"]]
    assert titles == [f"Card {number:03}" for number in range(MANY)]


def test_a_room_seen_before_shows_itself_while_no_server_answers(own_server: Server, people: People) -> None:
    people.excused = [CUT_LINE]
    room = Room(own_server)
    added = activity("Design bricks")
    room.do(note(), added)
    fay = people.enter(room, room.facilitator())
    expect(card(fay, "Design bricks")).to_be_visible()
    # The page comes, the line does not: as behind a wall that lets no WebSocket through.
    fay.context.add_init_script("if (sessionStorage.walled) window.WebSocket = class { close() {} send() {} };")
    fay.evaluate("sessionStorage.walled = 'yes'")
    add(fay, "Deliver bricks")
    saved(fay)
    fay.reload()
    expect(card(fay, "Design bricks")).to_be_visible()
    expect(card(fay, "Deliver bricks")).to_be_visible()
    expect(fay.get_by_role("banner").get_by_role("status")).to_contain_text("Connecting")
    title_of(fay, added).press("End")
    title_of(fay, added).press_sequentially(" well")
    kept(fay, "Design bricks well")
    fay.reload()
    expect(card(fay, "Design bricks well")).to_be_visible()
    fay.evaluate("delete sessionStorage.walled")
    fay.reload()
    saved(fay)
    assert room.titles() == ["Deliver bricks", "Design bricks well"]


def test_a_laptop_without_a_network_goes_on_when_it_is_back(room: Room, people: People) -> None:
    people.excused = [OFFLINE]
    room.do(note())
    fay = people.enter(room, room.facilitator())
    fay.context.set_offline(offline=True)
    room.do(activity("Meanwhile"))
    fay.evaluate("dispatchEvent(new Event('online'))")  # it looks at once whether the line still lives
    fay.wait_for_selector("[data-state=reconnecting]", timeout=30_000)
    add(fay, "Design bricks")
    expect(fay.get_by_role("banner").get_by_role("status")).to_contain_text("Reconnecting, 1 change waiting")
    fay.context.set_offline(offline=False)
    saved(fay)
    expect(card(fay, "Meanwhile")).to_be_visible()
    assert room.titles() == ["Design bricks", "Meanwhile"]
