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

    title_of(ben, "Design bricks").fill("Design new bricks")
    expect(card(fay, "Design new bricks")).to_be_visible()
    saved(ben)
    assert room.titles() == ["Design new bricks"]


def test_two_write_in_one_title_at_once_and_both_stay(room: Room, people: People) -> None:
    room.do(note(), activity("bricks for children"))
    fay = people.enter(room, room.facilitator())
    ben = people.enter(room, room.join("participant", "Ben"))
    hers, his = title_of(fay, "bricks for children"), title_of(ben, "bricks for children")
    hers.focus()
    hers.press("Home")
    his.focus()
    his.press("End")
    for left, right in zip("Design ", " of six", strict=True):
        hers.press(left)
        his.press(right)
    expect(hers).to_have_value("Design bricks for children of six")
    expect(his).to_have_value("Design bricks for children of six")
    saved(fay)
    saved(ben)
    assert room.titles() == ["Design bricks for children of six"]


def test_who_is_here_and_who_types_is_shown(room: Room, people: People) -> None:
    room.do(note(), activity("Design bricks"))
    fay = people.enter(room, room.facilitator())
    ben = people.enter(room, room.join("participant", "Ben"))
    expect(fay.get_by_role("button", name="People: 2 people here")).to_be_visible()
    title_of(ben, "Design bricks").press_sequentially("!")
    expect(card(fay, "Design bricks!").get_by_text("Ben is typing")).to_be_visible()
    ben.context.close()
    expect(fay.get_by_role("button", name="People: 1 person here")).to_be_visible()
