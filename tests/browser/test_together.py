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


def test_two_write_at_the_same_place_and_every_letter_of_both_is_there_once(room: Room, people: People) -> None:
    added = activity("Build:")
    room.do(note(), added)
    fay = people.enter(room, room.facilitator(), slowed=60)
    ben = people.enter(room, room.join("participant", "Ben"), slowed=130)
    hers, his = title_of(fay, added), title_of(ben, added)
    hers.press("End")
    his.press("End")
    for left, right in zip("ABCDEFGHIJKL", "0123456789xy", strict=True):
        hers.press(left)
        his.press(right)
    saved(fay)
    saved(ben)
    there = room.titles()[0]
    expect(hers).to_have_value(there)
    expect(his).to_have_value(there)
    assert sorted(there) == sorted("Build:ABCDEFGHIJKL0123456789xy")


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


def test_a_card_is_dragged_into_another_column_and_lane(room: Room, people: People) -> None:
    judged = activity("Deliver bricks", "platform_network")
    judging = {"action": "judge_activity", "activity": judged["activity"], "judgement": "must_do"}
    room.do(note(), activity("Design bricks"), judged, judging)
    fay = people.enter(room, room.facilitator())
    target = fay.get_by_role("region", name="Platform and network").locator(".must_do h3")
    card(fay, "Design bricks").drag_to(target, source_position={"x": 6, "y": 6})
    lane = fay.get_by_role("region", name="Platform and network").locator(".lane.must_do")
    expect(lane.get_by_role("article", name="Design bricks")).to_be_visible()
    saved(fay)
    moved = next(one for one in room.canvas()["activities"].values() if one["title"] == "Design bricks")
    assert (moved["category"], moved["judgement"]) == ("platform_network", "must_do")


def test_combined_cards_become_one_and_a_retired_one_comes_back(room: Room, people: People) -> None:
    room.do(note(), activity("Design bricks"), activity("Draw bricks"))
    fay = people.enter(room, room.facilitator())
    card(fay, "Design bricks").get_by_role("button", name="Details").click()
    fay.get_by_role("dialog").get_by_role("button", name="More for Design bricks").click()
    fay.get_by_role("menuitem", name="Combine with…").click()
    dialog = fay.get_by_role("dialog", name="Combine")
    dialog.get_by_role("button", name="Draw bricks").click()
    dialog.get_by_role("textbox", name="Title of the new activity").fill("Shape bricks")
    dialog.get_by_role("button", name="Combine", exact=True).click()
    expect(fay.get_by_role("dialog", name="Shape bricks")).to_be_visible()
    fay.keyboard.press("Escape")
    expect(fay.locator("article")).to_have_count(1)
    fay.get_by_role("button", name="More").click()
    fay.get_by_role("menuitem", name="Activities put away").click()
    expect(fay.get_by_role("dialog").get_by_text("Combined into Shape bricks.")).to_have_count(2)
    fay.get_by_role("button", name="Bring back Draw bricks").click()
    fay.keyboard.press("Escape")
    expect(card(fay, "Draw bricks")).to_be_visible()
    saved(fay)
    assert room.titles() == ["Draw bricks", "Shape bricks"]


def test_an_undo_that_somebody_else_barred_can_be_passed_over(room: Room, people: People) -> None:
    room.do(note())
    fay = people.enter(room, room.facilitator())
    add(fay, "Design bricks")
    add(fay, "Deliver bricks")
    saved(fay)
    second = next(id_ for id_, one in room.canvas()["activities"].items() if one["title"] == "Deliver bricks")
    judging = {"action": "judge_activity", "activity": second, "judgement": "must_do"}
    ben = room.join("participant", "Ben")
    room.do(judging, token=ben["token"])
    fay.get_by_role("button", name="Undo").click()
    fay.get_by_role("button", name="Leave it, undo what came before").click()
    expect(card(fay, "Design bricks")).to_have_count(0)
    expect(card(fay, "Deliver bricks")).to_be_visible()
