"""All of one activity in its sheet: what it serves, where it came from, how it lived, and what becomes of it."""

import re

from playwright.sync_api import Page, expect

from tests.browser.people import PHONE, People, card, saved
from tests.browser.rooms import Room, activity, new_id, note
from tests.browser.test_accessibility import in_both_schemes
from tests.support.patch import Json


def opened(people: People, room: Room, key: Json, one: Json) -> Page:
    """Open a card by its address."""
    page = people.enter(room, key)
    page.goto(f"{room.url}/room/{room.id}#activities/card/{one['activity']}")
    page.get_by_role("dialog").wait_for()
    return page


def chosen_from_menu(page: Page, choice: str) -> None:
    """Open the menu of the sheet, and choose from it."""
    page.get_by_role("dialog").get_by_role("button", name=re.compile("^More for")).click()
    page.get_by_role("menuitem", name=choice).click()


def test_a_card_is_linked_to_notes_chosen_by_their_words(room: Room, people: People) -> None:
    value, channel = note("Children learn"), note("The fair for teachers") | {"block": "channels"}
    one = activity("Design bricks")
    room.do(value, channel, one)
    page = opened(people, room, room.join("participant", "Ada"), one)
    sheet = page.get_by_role("dialog")
    sheet.get_by_role("button", name="Must do").click()
    expect(sheet.get_by_text("which of these values does it deliver?")).to_be_visible()
    sheet.get_by_role("checkbox", name="Children learn").check()
    expect(sheet.get_by_text("which of these values does it deliver?")).to_have_count(0)
    sheet.get_by_text("Notes of the other blocks").click()
    expect(sheet.get_by_role("group", name="Channels")).to_be_visible()
    sheet.get_by_role("checkbox", name="The fair for teachers").check()
    saved(page)
    assert room.canvas()["activities"][one["activity"]]["links"] == [value["note"], channel["note"]]


def test_a_card_tells_its_life_in_numbers_and_which_question_it_answers(room: Room, people: People) -> None:
    question = room.server.http.get("/api/prompts?language=en", "")["production"][0]
    one = activity("Design bricks", prompt=question["key"])
    room.do(note(), one)
    page = opened(people, room, room.join("participant", "Ada"), one)
    sheet = page.get_by_role("dialog")
    expect(sheet.get_by_text("and not changed since")).to_be_visible()
    expect(sheet.get_by_text(question["text"])).to_be_visible()
    sheet.get_by_role("button", name="Must do").click()
    expect(sheet.get_by_text("Changed once by one person, the last time just now")).to_be_visible()
    room.do({"action": "move_activity", "activity": one["activity"], "category": None, "after": None})
    expect(sheet.get_by_text("Changed 2 times by 2 people")).to_be_visible()


def test_what_others_do_to_an_open_card_is_said_with_the_way_on(room: Room, people: People) -> None:
    one, other = activity("Design bricks"), activity("Draw bricks")
    room.do(note(), one, other)
    page = opened(people, room, room.join("participant", "Ada"), one)
    room.do({"action": "retire_activity", "activity": one["activity"], "reason": "Nobody asked for it"})
    sheet = page.get_by_role("dialog")
    expect(sheet.get_by_text("Nobody asked for it")).to_be_visible()
    sheet.get_by_role("button", name="Bring back").click()
    expect(sheet.get_by_role("textbox", name="Title")).to_have_value("Design bricks")
    saved(page)
    both = {"activities": [one["activity"], other["activity"]], "into": new_id(), "category": "production"}
    room.do({"action": "combine_activities", "title": "Shape bricks", **both})
    sheet.get_by_role("button", name="Details of Shape bricks").click()
    expect(sheet.get_by_role("textbox", name="Title")).to_have_value("Shape bricks")
    expect(sheet.get_by_role("button", name="Bring back Draw bricks")).to_be_visible()
    page.go_back()
    expect(sheet.get_by_text("Combined into Shape bricks.")).to_be_visible()
    page.goto(f"{room.url}/room/{room.id}#activities/card/nowhere")
    expect(sheet.get_by_text("There is no such activity in this room")).to_be_visible()


def test_a_thing_for_a_title_gets_a_hint_that_can_be_sent_away(room: Room, people: People) -> None:
    one, other = activity("The web shop"), activity("Marketing")
    room.do(note(), one, other)
    page = opened(people, room, room.join("participant", "Ada"), one)
    hint = page.get_by_text("Begin with a verb.")
    expect(hint).to_be_visible()
    page.get_by_role("textbox", name="Title").last.fill("Keep the web shop up")
    expect(hint).to_have_count(0)
    page.goto(f"{room.url}/room/{room.id}#activities/card/{other['activity']}")
    expect(hint).to_be_visible()
    page.get_by_role("button", name="Don’t show such hints again").click()
    page.reload()
    page.get_by_role("dialog").wait_for()
    expect(hint).to_have_count(0)


def test_selected_cards_are_combined_and_bring_what_they_have(room: Room, people: People) -> None:
    value, one, other = note(), activity("Design bricks"), activity("Draw bricks")
    linked = {"action": "link_activity", "activity": one["activity"], "note": value["note"]}
    said = {"action": "comment_on_activity", "activity": other["activity"], "comment": new_id(), "text": "By hand"}
    room.do(value, one, other, linked, said)
    page = people.enter(room, room.join("participant", "Ada"))
    for title in ("Design bricks", "Draw bricks"):
        card(page, title).get_by_role("button", name=f"Select {title}").click()
    page.get_by_role("toolbar").get_by_role("button", name="Combine").click()
    dialog = page.get_by_role("dialog", name="Combine")
    expect(dialog.get_by_role("status")).to_have_text("2 become one; 1 link and 1 comment come along.")
    dialog.get_by_role("textbox", name="Title of the new activity").fill("Shape bricks")
    page.keyboard.press("Enter")
    expect(card(page, "Shape bricks")).to_be_visible()
    saved(page)
    (made,) = room.canvas()["activities"].values()
    assert (made["links"], [comment["text"] for comment in made["comments"]]) == ([value["note"]], ["By hand"])


def test_the_link_to_a_card_opens_it_for_somebody_else(room: Room, people: People) -> None:
    one = activity("Design bricks")
    room.do(note(), one)
    page = people.enter(room, room.join("observer", "Olaf"), size=PHONE)
    page.goto(f"{room.url}/room/{room.id}#canvas/card/{one['activity']}")
    sheet = page.get_by_role("dialog", name="Design bricks")
    expect(sheet).to_be_visible()
    expect(sheet.get_by_role("textbox")).to_have_count(0)
    expect(sheet.get_by_role("button", name="Move Design bricks")).to_have_count(0)
    sheet.get_by_role("button", name="More for Design bricks").click()
    expect(page.get_by_role("menuitem")).to_have_text(["Copy the link to this card", "Look back at this card"])
    page.keyboard.press("Escape")
    in_both_schemes(page)
    page.keyboard.press("Escape")
    expect(page).to_have_url(f"{room.url}/room/{room.id}#canvas")


def test_axe_finds_nothing_on_a_full_card_or_in_combining(room: Room, people: People) -> None:
    one = activity("The web shop", details="Open all night", prompt="Who waits for us?")
    room.do(note(), note("Shops") | {"block": "channels"}, one, activity("Draw bricks"))
    room.do({"action": "judge_activity", "activity": one["activity"], "judgement": "must_do", "reason": "It earns"})
    page = opened(people, room, room.facilitator(), one)
    page.get_by_text("Notes of the other blocks").click()
    in_both_schemes(page)
    chosen_from_menu(page, "Put away…")
    in_both_schemes(page)
    page.keyboard.press("Escape")
    chosen_from_menu(page, "Combine with…")
    in_both_schemes(page)


def test_what_can_be_done_with_a_card_is_done_by_keyboard(room: Room, people: People) -> None:
    one = activity("Design bricks")
    room.do(note(), one, activity("Draw bricks"))
    page = people.enter(room, room.join("participant", "Ada"))
    card(page, "Design bricks").focus()
    page.keyboard.press("Enter")
    sheet = page.get_by_role("dialog", name="Design bricks")
    expect(sheet.get_by_role("button", name="Close")).to_be_focused()
    for key in ("Shift+Tab", "Shift+Tab", "Enter", "p", "p", "Enter"):
        page.keyboard.press(key)
    expect(sheet.get_by_role("combobox", name="Column")).to_have_value("platform_network")
    for key in ("Tab", "Enter", "ArrowUp", "Enter"):
        page.keyboard.press(key)
    expect(sheet.get_by_role("textbox", name="Reason (if you like)")).to_be_focused()
    page.keyboard.press("Escape")
    expect(sheet.get_by_role("textbox", name="Reason (if you like)")).to_have_count(0)
    chosen_from_menu(page, "Put away…")
    page.keyboard.type("Others do it")
    page.keyboard.press("Enter")
    expect(sheet).to_have_count(0)
    saved(page)
    assert room.canvas()["retired"][one["activity"]]["retired_because"] == "Others do it"


def test_going_back_closes_a_card_and_one_is_where_one_was(room: Room, people: People) -> None:
    room.do(note(), activity("Design bricks"))
    page = people.enter(room, room.join("participant", "Ada"))
    for close in (lambda: page.keyboard.press("Escape"), page.go_back):
        card(page, "Design bricks").focus()
        page.keyboard.press("Enter")
        page.get_by_role("dialog").wait_for()
        close()
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(card(page, "Design bricks")).to_be_focused()


def test_comments_come_in_order_and_a_half_written_one_is_kept(room: Room, people: People) -> None:
    one = activity("Design bricks")
    room.do(note(), one)
    ada = opened(people, room, room.join("participant", "Ada"), one)
    bob = opened(people, room, room.join("participant", "Bob"), one)
    for page, text in ((ada, "Who draws them?\nAnd when?"), (bob, "I do, " + "x" * 200)):
        page.get_by_role("textbox", name="Your comment").fill(text)
        page.keyboard.press("Control+Enter")
        saved(page)
    said = ada.get_by_role("region", name="Comments").get_by_role("listitem")
    expect(said.locator("strong")).to_have_text(["Ada", "Bob"])
    expect(said).to_contain_text(["Who draws them?", "I do, "])
    assert said.last.evaluate("line => line.scrollWidth <= line.clientWidth")
    field = bob.get_by_role("textbox", name="Your comment")
    field.press_sequentially("On Tuesd")
    expect(ada.get_by_role("dialog").get_by_text("Bob is typing")).to_be_visible()
    bob.get_by_role("button", name="Close").click()
    bob.reload()
    bob.goto(f"{room.url}/room/{room.id}#activities/card/{one['activity']}")
    expect(field).to_have_value("On Tuesd")
    field.fill("x" * 1001)
    expect(bob.get_by_text("1 character too long")).to_be_visible()
    expect(bob.get_by_role("button", name="Comment", exact=True)).to_be_disabled()


def test_cards_of_different_columns_are_combined_from_a_search_by_keyboard(room: Room, people: People) -> None:
    one = activity("Design bricks", category=None)
    room.do(note(), one, activity("Draw bricks"), activity("Sketch walls", category="problem_solving"))
    page = opened(people, room, room.join("participant", "Ada"), one)
    chosen_from_menu(page, "Combine with…")
    dialog = page.get_by_role("dialog", name="Combine")
    search = dialog.get_by_role("searchbox")
    search.fill("wall")
    search.press("Enter")
    search.fill("nothing like it")
    expect(dialog.get_by_text("No other activity has this in its title.")).to_be_visible()
    search.fill("DRAW")
    search.press("Enter")
    chosen = dialog.get_by_role("list", name="What is combined").get_by_role("listitem")
    expect(chosen).to_have_count(3)
    dialog.get_by_role("button", name="Leave out Draw bricks").click()
    dialog.get_by_role("button", name="Use the title Sketch walls").click()
    column = dialog.get_by_label("They stand in different columns.")
    expect(column).to_have_value("problem_solving")
    column.select_option("Platform and network")
    dialog.get_by_role("button", name="Combine", exact=True).click()
    expect(page.get_by_role("dialog", name="Sketch walls")).to_be_visible()
    saved(page)
    assert room.titles() == ["Draw bricks", "Sketch walls"]
    (made,) = (made for made in room.canvas()["activities"].values() if made["title"] == "Sketch walls")
    assert made["category"] == "platform_network"


def test_who_may_not_write_reads_and_what_a_lock_interrupts_comes_back(room: Room, people: People) -> None:
    one = activity("Design bricks", details="With care")
    room.do(note(), one)
    page = opened(people, room, room.join("participant", "Ada"), one)
    sheet = page.get_by_role("dialog")
    expect(sheet.get_by_role("textbox", name="Details")).to_have_value("With care")
    room.do({"action": "lock_canvas"})
    expect(sheet.get_by_text("With care")).to_be_visible()
    expect(sheet.get_by_role("textbox")).to_have_count(0)
    expect(sheet.get_by_role("checkbox")).to_have_count(0)
    room.do({"action": "unlock_canvas"})
    expect(sheet.get_by_role("textbox", name="Details")).to_have_value("With care")


def test_a_card_on_a_phone_fills_the_screen_and_its_buttons_fit_thumbs(room: Room, people: People) -> None:
    one = activity("Design bricks")
    room.do(note(), note("Shops") | {"block": "channels"}, one)
    page = people.enter(room, room.join("participant", "Ada"), size=PHONE, has_touch=True)
    page.goto(f"{room.url}/room/{room.id}#activities/card/{one['activity']}")
    sheet = page.get_by_role("dialog")
    assert sheet.bounding_box() == {"x": 0, "y": 0, **PHONE}
    assert sheet.evaluate("sheet => sheet.scrollWidth") <= PHONE["width"]
    sheet.get_by_role("button", name="Must do").tap()
    small = "all => all.filter(one => one.offsetHeight < 44).map(one => one.outerHTML)"
    assert sheet.locator("button:visible, select, summary, label.check").evaluate_all(small) == []
    sheet.get_by_role("button", name="Move Design bricks").tap()
    page.get_by_role("menuitemradio", name="Problem solving").tap()
    expect(sheet.get_by_role("combobox", name="Column")).to_have_value("problem_solving")
    chosen_from_menu(page, "Copy the link to this card")
    expect(sheet.get_by_text("Link copied").or_(sheet.get_by_text("The link could not be copied"))).to_be_visible()
