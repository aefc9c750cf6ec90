"""The focus view: rows of steps, columns of categories, lanes of judgements, and the ways to move between them."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.people import PHONE, People, add, card, saved, tab, title_of
from tests.browser.rooms import Room, activity, new_id, note
from tests.support.patch import Json

STEPS = [{"id": new_id(), "name": name} for name in ("Selection", "Development")]
TALL = {"width": 1280, "height": 1200}
"""So that what is dragged is not near the edges, where the list scrolls on by itself."""
SELECTION, DEVELOPMENT = (step["id"] for step in STEPS)


def stepped(room: Room, *commands: Json) -> None:
    """Give a room a value and two steps, of which Development is the current one, and more."""
    steps = {"action": "define_steps", "steps": STEPS}, {"action": "enter_step", "step": DEVELOPMENT}
    room.do(note(), *steps, *commands)


def row(page: Page, name: str) -> Locator:
    """Find the head of a row, by which it opens and folds."""
    return page.get_by_role("button", name=name).and_(page.locator("[data-control^='row/']"))


def cell(page: Page, name: str) -> Locator:
    """Find a cell by its category, and its row where there are several."""
    return page.get_by_role("region", name=name, exact=True)


def titles(where: Locator) -> list[str]:
    """Give the titles of the cards there, from the top."""
    return [one.get_attribute("aria-label") or "" for one in where.get_by_role("article").all()]


def stands(room: Room, title: str) -> tuple[str | None, str | None, str | None]:
    """Give category, judgement and step of an activity, as the server has them."""
    one = next(one for one in room.canvas()["activities"].values() if one["title"] == title)
    return one["category"], one["judgement"], one["step"]


def grip(page: Page, title: str) -> None:
    """Press the mouse on a card, beside its text."""
    box = card(page, title).bounding_box()
    assert box
    page.mouse.move(box["x"] + 6, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 16, box["y"] + box["height"] / 2 + 6, steps=2)


def over(page: Page, target: Locator, down: float = 0.5) -> None:
    """Drag on to somewhere within what is seen; `down`: how far down in it."""
    box = target.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] * down, steps=6)
    page.wait_for_timeout(60)
    page.mouse.move(box["x"] + box["width"] / 2 + 1, box["y"] + box["height"] * down)
    page.wait_for_timeout(60)


def test_the_current_step_is_open_and_the_others_are_a_line_with_their_counts(room: Room, people: People) -> None:
    judged = activity("Choose wood", step=SELECTION)
    judging = {"action": "judge_activity", "activity": judged["activity"], "judgement": "must_do"}
    early = [activity("Choose glue", step=SELECTION), activity("Ask around", "problem_solving", step=SELECTION)]
    stepped(room, judged, judging, *early, activity("Cut wood", step=DEVELOPMENT))
    ben = people.enter(room, room.join("participant", "Ben"))
    expect(row(ben, "Development")).to_have_attribute("aria-expanded", "true")
    expect(card(ben, "Cut wood")).to_be_visible()
    expect(card(ben, "Choose wood")).to_have_count(0)
    line = ben.locator(f"[data-row='{SELECTION}']")
    for part in ("Production 2", "Problem solving 1", "2 to judge", "1 must do"):
        expect(line).to_contain_text(part)

    row(ben, "Selection").click()
    expect(card(ben, "Choose wood")).to_be_visible()
    expect(line).to_contain_text("New cards go here")
    add(ben, "Choose saws")
    expect(cell(ben, "Production, Selection").get_by_role("article", name="Choose saws")).to_be_visible()
    saved(ben)
    assert stands(room, "Choose saws") == ("production", None, SELECTION)

    ben.reload()
    ben.wait_for_selector("[data-state=live]")
    expect(card(ben, "Choose saws")).to_be_visible()
    row(ben, "Selection").click()
    expect(card(ben, "Choose saws")).to_have_count(0)
    ben.reload()
    expect(row(ben, "Selection")).to_have_attribute("aria-expanded", "false")


def test_when_the_group_goes_on_its_step_opens_and_nothing_moves_under_who_writes(room: Room, people: People) -> None:
    written = activity("Cut wood", step=DEVELOPMENT)
    stepped(room, written, *[activity(f"Choose {n}", step=SELECTION) for n in range(12)])
    ben = people.enter(room, room.join("participant", "Ben"))
    fay = people.enter(room, room.facilitator())
    field = title_of(ben, written)
    ben.get_by_role("button", name="Questions").first.wait_for()
    field.press("End")
    before = field.bounding_box()
    row(fay, "Selection").click()
    fay.get_by_role("button", name="Make this the current step").click()
    expect(row(ben, "Selection")).to_have_attribute("aria-expanded", "true")
    expect(row(ben, "Development")).to_have_attribute("aria-expanded", "true")
    expect(field).to_be_focused()
    expect(field).to_be_in_viewport()
    after = field.bounding_box()
    assert before
    assert after
    assert abs(after["y"] - before["y"]) <= 1
    ben.keyboard.type("!")
    expect(field).to_have_value("Cut wood!")
    expect(row(fay, "Development")).to_have_attribute("aria-expanded", "false")


def test_a_card_is_dragged_to_a_category_a_step_a_judgement_and_a_place_at_once(room: Room, people: People) -> None:
    there = [activity(f"Deliver {n}", "platform_network", step=DEVELOPMENT) for n in (1, 2)]
    judging = [{"action": "judge_activity", "activity": one["activity"], "judgement": "must_do"} for one in there]
    stepped(room, activity("Design", None, step=SELECTION), *there, *judging)
    fay = people.enter(room, room.facilitator(), size=TALL)
    grip(fay, "Design")
    over(fay, card(fay, "Deliver 2"), down=0.2)
    expect(fay.locator("[data-drop=before]")).to_have_count(1)
    fay.mouse.up()
    lane = cell(fay, "Platform and network, Development").locator("[data-lane=must_do]")
    expect(lane.get_by_role("article")).to_have_count(3)
    assert titles(lane) == ["Deliver 1", "Design", "Deliver 2"]
    expect(fay.get_by_role("log")).to_contain_text("Design: moved to Platform and network, Development, Must do")
    saved(fay)
    assert stands(room, "Design") == ("platform_network", "must_do", DEVELOPMENT)
    assert [event["type"] for event in room.events()[-3:]] == ["ActivityPlaced", "ActivityMoved", "ActivityJudged"]


def test_an_empty_lane_is_there_once_something_is_dragged_over_the_cell(room: Room, people: People) -> None:
    room.do(note(), activity("Design"), activity("Draw"))
    fay = people.enter(room, room.facilitator(), size=TALL)
    production = cell(fay, "Production")
    expect(production.locator("[data-lane=not_now]")).to_have_count(0)
    grip(fay, "Design")
    over(fay, card(fay, "Draw"))
    over(fay, production.locator("[data-lane=not_now]"))
    fay.mouse.up()
    expect(production.locator("[data-lane=not_now]").get_by_role("article", name="Design")).to_be_visible()
    expect(production.locator("[data-lane=must_do]")).to_have_count(0)
    saved(fay)
    assert [event["type"] for event in room.events()[-2:]] == ["ActivityAdded", "ActivityJudged"]


def test_a_card_dropped_where_it_lies_changes_nothing_and_escape_cancels(room: Room, people: People) -> None:
    room.do(note(), activity("Design"), activity("Draw", "problem_solving"))
    fay = people.enter(room, room.facilitator(), size=TALL)
    head = room.canvas()["activities"]
    grip(fay, "Design")
    over(fay, cell(fay, "Production"))
    fay.mouse.up()
    grip(fay, "Design")
    over(fay, card(fay, "Draw"))
    expect(fay.locator("[data-drop]")).to_have_count(1)
    fay.keyboard.press("Escape")
    expect(fay.locator("[data-drop]")).to_have_count(0)
    fay.mouse.up()
    saved(fay)
    assert room.canvas()["activities"] == head


def test_what_others_do_during_a_drag_does_not_break_it(room: Room, people: People) -> None:
    dragged, gone = activity("Design"), activity("Draw")
    room.do(note(), dragged, gone, activity("Deliver", "platform_network"))
    fay = people.enter(room, room.facilitator(), size=TALL)
    grip(fay, "Design")
    over(fay, card(fay, "Deliver"))
    room.do({"action": "move_activity", "activity": dragged["activity"], "category": "problem_solving"})
    expect(cell(fay, "Problem solving").get_by_role("article", name="Design")).to_be_visible()
    over(fay, card(fay, "Deliver"), down=0.8)
    fay.mouse.up()
    platform = cell(fay, "Platform and network")
    expect(platform.get_by_role("article", name="Design")).to_be_visible()
    assert titles(platform) == ["Deliver", "Design"]

    grip(fay, "Draw")
    over(fay, card(fay, "Deliver"))
    room.do({"action": "retire_activity", "activity": gone["activity"]})
    expect(card(fay, "Draw")).to_have_count(0)
    over(fay, card(fay, "Deliver"), down=0.8)
    fay.mouse.up()
    expect(fay.get_by_role("log")).to_contain_text("not on the board any more")
    expect(fay.locator("[data-drop]")).to_have_count(0)
    saved(fay)
    assert "Draw" not in room.titles()


def test_text_in_a_title_is_selected_with_the_mouse_rather_than_the_card_dragged(room: Room, people: People) -> None:
    added = activity("Design the bricks of tomorrow")
    room.do(note(), added)
    fay = people.enter(room, room.facilitator())
    box = title_of(fay, added).bounding_box()
    assert box
    fay.mouse.move(box["x"] + 6, box["y"] + box["height"] / 2)
    fay.mouse.down()
    fay.mouse.move(box["x"] + 120, box["y"] + box["height"] / 2, steps=5)
    fay.mouse.up()
    selected = title_of(fay, added).evaluate("field => field.value.slice(field.selectionStart, field.selectionEnd)")
    assert selected.startswith("Design the")


def test_selected_cards_are_dragged_together_and_others_see_the_selection(room: Room, people: People) -> None:
    room.do(note(), *[activity(f"Design {n}") for n in (1, 2, 3)], activity("Deliver", "platform_network"))
    fay = people.enter(room, room.facilitator(), size=TALL)
    ben = people.enter(room, room.join("participant", "Ben"))
    for title in ("Design 3", "Design 1"):
        card(fay, title).get_by_role("button", name="Select").click()
    expect(fay.get_by_role("toolbar", name="Selected activities")).to_contain_text("2 selected")
    expect(card(ben, "Design 1")).to_contain_text("Selected by Fay")
    grip(fay, "Design 3")
    over(fay, card(fay, "Deliver"), down=0.2)
    fay.mouse.up()
    platform = cell(fay, "Platform and network")
    expect(platform.get_by_role("article")).to_have_count(3)
    assert titles(platform) == ["Design 1", "Design 3", "Deliver"]
    fay.keyboard.press("Escape")
    expect(fay.get_by_role("toolbar", name="Selected activities")).to_have_count(0)
    expect(card(ben, "Design 1")).not_to_contain_text("Selected by Fay")


def test_several_are_moved_judged_and_retired_from_the_bar(room: Room, people: People) -> None:
    room.do(note(), *[activity(f"Design {n}") for n in (1, 2, 3)])
    fay = people.enter(room, room.facilitator())
    for title in ("Design 1", "Design 2"):
        card(fay, title).get_by_role("button", name="Select").click()
    bar = fay.get_by_role("toolbar", name="Selected activities")
    bar.get_by_role("button", name="Judge").click()
    fay.get_by_role("menuitem", name="Must do").click()
    bar.get_by_role("button", name="Move").click()
    fay.get_by_role("menuitemradio", name="Problem solving").click()
    saved(fay)
    assert {stands(room, f"Design {n}") for n in (1, 2)} == {("problem_solving", "must_do", None)}
    bar.get_by_role("button", name="Put away").click()
    bar.get_by_label("Reason (if you like)").fill("Twice")
    bar.get_by_role("button", name="Put away").click()
    expect(bar).to_have_count(0)
    saved(fay)
    assert room.titles() == ["Design 3"]
    assert {one["retired_because"] for one in room.canvas()["retired"].values()} == {"Twice"}


def test_a_card_is_moved_judged_and_opened_by_keys_alone(room: Room, people: People) -> None:
    stepped(room, *[activity(f"Design {n}", step=DEVELOPMENT) for n in (1, 2)], activity("Deliver", "problem_solving"))
    ben = people.enter(room, room.join("participant", "Ben"))
    card(ben, "Design 1").focus()
    ben.keyboard.press("ArrowDown")
    expect(card(ben, "Design 2")).to_be_focused()
    ben.keyboard.press("1")
    expect(card(ben, "Design 2")).to_be_focused()
    expect(cell(ben, "Production, Development").locator("[data-lane=must_do]")).to_contain_text("Must do")
    ben.keyboard.press("ArrowUp")
    expect(card(ben, "Design 1")).to_be_focused()

    ben.keyboard.press("m")
    ben.get_by_role("menuitemradio", name="Problem solving").press("Enter")
    expect(card(ben, "Design 1").get_by_role("button", name="Move")).to_be_focused()
    expect(ben.get_by_role("log")).to_have_text("Design 1: moved to Problem solving.")
    ben.keyboard.press("m")
    ben.get_by_role("menuitemradio", name="Selection").press("Enter")
    expect(card(ben, "Design 1")).to_have_count(0)
    expect(row(ben, "Selection")).to_be_focused()
    saved(ben)
    assert stands(room, "Design 1") == ("problem_solving", None, SELECTION)

    card(ben, "Design 2").focus()
    ben.keyboard.press("Enter")
    expect(ben.get_by_role("dialog")).to_contain_text("Design 2")
    ben.keyboard.press("Escape")
    expect(card(ben, "Design 2")).to_be_focused()
    ben.keyboard.press("n")
    expect(ben.get_by_role("textbox", name="Add an activity to Production")).to_be_focused()
    ben.keyboard.press("Escape")
    ben.keyboard.press("/")
    expect(ben.get_by_role("searchbox")).to_be_focused()


def test_up_and_down_in_the_list_pass_over_what_lies_elsewhere(room: Room, people: People) -> None:
    between = activity("Between", step=SELECTION)
    stepped(room, *[activity(f"Design {n}", step=DEVELOPMENT) for n in (1, 2)], between)
    room.do({"action": "move_activity", "activity": between["activity"], "category": "production", "after": None})
    fay = people.enter(room, room.facilitator())
    card(fay, "Design 2").get_by_role("button", name="Move").click()
    fay.get_by_role("menuitem", name="Up").click()
    production = cell(fay, "Production, Development")
    expect(production.get_by_role("article").first).to_have_attribute("aria-label", "Design 2")
    card(fay, "Design 2").get_by_role("button", name="Move").click()
    expect(fay.get_by_role("menuitem", name="Up")).to_be_disabled()
    fay.get_by_role("menuitem", name="Down").click()
    expect(production.get_by_role("article").first).to_have_attribute("aria-label", "Design 1")


def test_tab_stops_once_in_a_cell_and_arrows_lead_on(room: Room, people: People) -> None:
    room.do(note(), *[activity(f"Design {n}") for n in range(9)], activity("Find out", "problem_solving"))
    ben = people.enter(room, room.join("participant", "Ben"))
    stops = ben.locator("[data-control=card][tabindex='0']")
    expect(stops).to_have_count(2)
    card(ben, "Design 4").focus()
    expect(stops.first).to_have_attribute("aria-label", "Design 4")
    ben.keyboard.press("ArrowRight")
    expect(card(ben, "Find out")).to_be_focused()
    ben.keyboard.press("ArrowLeft")
    ben.keyboard.press("End")
    expect(card(ben, "Design 8")).to_be_focused()
    ben.keyboard.press("Home")
    expect(card(ben, "Design 0")).to_be_focused()


def test_what_search_and_filters_hide_is_said_and_never_what_one_writes_in(room: Room, people: People) -> None:
    mine = activity("Paint bricks")
    stepped(room, activity("Choose wood", step=SELECTION), activity("Saw wood", step=DEVELOPMENT), mine)
    key = room.join("participant", "Ben")
    written = activity("Sell wood", step=DEVELOPMENT)
    room.do(written, token=key["token"])
    ben = people.enter(room, key)
    ben.keyboard.press("/")
    ben.keyboard.type("wood")
    expect(ben.get_by_role("search")).to_contain_text("3 of 4 shown")
    expect(card(ben, "Choose wood")).to_be_visible()
    expect(card(ben, "Saw wood")).to_be_visible()
    ben.get_by_role("button", name="Filter", exact=True).click()
    ben.get_by_label("Only mine").check()
    expect(ben.get_by_role("search")).to_contain_text("1 of 4 shown")
    field = title_of(ben, written)
    field.fill("Sell bricks")
    expect(field).to_be_focused()
    expect(card(ben, "Sell bricks")).to_be_visible()
    field.press("Escape")
    expect(card(ben, "Sell bricks")).to_have_count(0)
    ben.get_by_role("button", name="Show all").click()
    expect(card(ben, "Sell bricks")).to_be_visible()
    expect(card(ben, "Choose wood")).to_have_count(0)


def test_a_phone_has_a_list_for_each_category_and_needs_no_dragging(room: Room, people: People) -> None:
    stepped(room, activity("Design", step=DEVELOPMENT), activity("Find out", None, step=SELECTION))
    ben = people.enter(room, room.join("participant", "Ben"), size=PHONE, has_touch=True, is_mobile=True)
    tabs = ben.get_by_role("group", name="Columns").get_by_role("button")
    expect(tabs.nth(1)).to_contain_text("1")
    expect(card(ben, "Find out")).to_contain_text("Selection")
    expect(card(ben, "Design")).to_have_count(0)
    tabs.nth(1).tap()
    expect(card(ben, "Design")).to_be_visible()
    field = ben.get_by_role("textbox", name="Add an activity to Production, at Development")
    expect(field).to_be_in_viewport()
    field.fill("Draw")
    field.press("Enter")
    card(ben, "Draw").get_by_role("button", name="Move").tap()
    sheet = ben.get_by_role("menu").bounding_box()
    assert sheet
    assert sheet["width"] == PHONE["width"]
    ben.get_by_role("menuitemradio", name="Platform").tap()
    expect(tabs.nth(3)).to_contain_text("1")

    ben.get_by_role("button", name="Select", exact=True).tap()
    card(ben, "Design").locator("[data-control=select]").tap()
    expect(ben.get_by_role("toolbar", name="Selected activities")).to_contain_text("1 selected")
    ben.get_by_role("button", name="Clear selection").tap()
    saved(ben)
    assert stands(room, "Draw") == ("platform_network", None, DEVELOPMENT)


def test_a_card_that_others_sort_elsewhere_takes_its_writer_along_on_a_phone(room: Room, people: People) -> None:
    added = activity("Design", None)
    room.do(note(), added)
    ben = people.enter(room, room.join("participant", "Ben"), size=PHONE)
    field = title_of(ben, added)
    field.press("End")
    room.do({"action": "move_activity", "activity": added["activity"], "category": "production"})
    expect(tab(ben, "production")).to_have_attribute("aria-pressed", "true")
    expect(field).to_be_focused()
    ben.keyboard.type("!")
    expect(field).to_have_value("Design!")


def test_a_card_that_was_begun_is_there_after_a_look_elsewhere_and_a_reload(room: Room, people: People) -> None:
    room.do(note())
    page = people.enter(room, room.join("participant", "Ada"))
    field = page.get_by_role("textbox", name="Add an activity to Production")
    field.fill("Sell bri")
    page.get_by_role("link", name="Canvas").click()
    page.go_back()
    expect(field).to_have_value("Sell bri")
    page.reload()
    expect(field).to_have_value("Sell bri")
    field.fill("Sell bricks")
    field.press("Enter")
    saved(page)
    page.reload()
    page.wait_for_selector("[data-state=live]")
    expect(field).to_have_value("")
    assert room.titles() == ["Sell bricks"]
