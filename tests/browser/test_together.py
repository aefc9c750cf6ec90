"""Two people in one room."""

from playwright.sync_api import expect

from tests.browser.people import People, add, card, saved, title_of
from tests.browser.rooms import Room, activity, note


def test_what_one_does_the_other_sees(room: Room, people: People) -> None:
    room.do(note())
    fay = people.enter(room, room.facilitator())
    ben = people.enter(room, room.join("participant", "Ben"))

    add(fay, "Design bricks", "Production")
    expect(card(ben, "Design bricks")).to_be_visible()

    card(ben, "Design bricks").get_by_role("button", name="Must do").click()
    judged = card(fay, "Design bricks").get_by_role("button", name="Must do")
    expect(judged).to_have_attribute("aria-pressed", "true")

    card(fay, "Design bricks").get_by_role("button", name="Move").click()
    fay.get_by_role("menuitemradio", name="Problem solving").click()
    column = ben.get_by_role("region", name="Problem solving")
    expect(column.get_by_role("article", name="Design bricks")).to_be_visible()

    card(ben, "Design bricks").get_by_role("textbox", name="Title").fill("Design new bricks")
    expect(card(fay, "Design new bricks")).to_be_visible()
    saved(ben)
    assert room.titles() == ["Design new bricks"]


def test_two_write_in_one_title_at_once_and_both_stay(room: Room, people: People) -> None:
    added = activity("bricks for children")
    room.do(note(), added)
    fay = people.enter(room, room.facilitator())
    ben = people.enter(room, room.join("participant", "Ben"))
    hers, his = title_of(fay, added), title_of(ben, added)
    hers.press("Home")
    his.press("End")
    for left, right in zip("Design ", " of six", strict=True):
        hers.press("Space" if left == " " else left)
        his.press("Space" if right == " " else right)
    expect(hers).to_have_value("Design bricks for children of six")
    expect(his).to_have_value("Design bricks for children of six")
    saved(fay)
    saved(ben)
    assert room.titles() == ["Design bricks for children of six"]


def test_fast_typing_on_a_slow_line_comes_out_letter_by_letter(room: Room, people: People) -> None:
    added = activity("Build")
    room.do(note(), added)
    ben = people.enter(room, room.join("participant", "Ben"), slowed=250)
    typed = " small bricks,  and large; for all"
    field = title_of(ben, added)
    field.press("End")
    field.press_sequentially(typed, delay=40)
    expect(field).to_have_value("Build" + typed)
    saved(ben)
    expect(field).to_have_value("Build" + typed)
    assert room.titles() == ["Build" + typed]
    rewordings = [event for event in room.events() if event["type"] == "ActivityReworded"]
    assert len(rewordings) > 1, "the line was slow enough for several"
    assert len({event["data"]["stroke"] for event in rewordings}) == 1


def test_a_card_that_somebody_else_judges_keeps_its_writer_and_the_caret(room: Room, people: People) -> None:
    added = activity("Build bricks")
    room.do(note(), added)
    ben = people.enter(room, room.join("participant", "Ben"))
    field = title_of(ben, added)
    field.press("Home")
    field.press_sequentially("Re")
    room.do({"action": "judge_activity", "activity": added["activity"], "judgement": "must_do"})
    expect(ben.locator(".lane.must_do").get_by_role("article")).to_be_visible()
    expect(field).to_be_focused()
    ben.keyboard.type("!")
    expect(field).to_have_value("Re!Build bricks")


def test_who_is_here_and_who_types_is_shown(room: Room, people: People) -> None:
    added = activity("Design bricks")
    room.do(note(), added)
    fay = people.enter(room, room.facilitator())
    ben = people.enter(room, room.join("participant", "Ben"))
    expect(fay.get_by_role("button", name="People: 2 people here")).to_be_visible()
    title_of(ben, added).press_sequentially("!")
    expect(fay.get_by_role("article").get_by_text("Ben is typing")).to_be_visible()
    ben.context.close()
    expect(fay.get_by_role("button", name="People: 1 person here")).to_be_visible()
