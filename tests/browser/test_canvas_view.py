"""The canvas view: the nine blocks and their notes, for two at once, by keyboard alone, on a phone and on paper."""

import re

from playwright.sync_api import Locator, Page, Position, expect

from tests.browser.people import PHONE, People, saved
from tests.browser.rooms import Room, activity, new_id, note
from tests.browser.test_accessibility import in_both_schemes
from tests.support.patch import Json
from tests.support.process import Server

GRIP: Position = {"x": 8, "y": 12}
BLOCKS = (
    "Key partners",
    "Key activities",
    "Key resources",
    "Value propositions",
    "Customer relationships",
    "Channels",
    "Customer segments",
    "Cost structure",
    "Revenue streams",
)


def in_block(text: str, block: str) -> Json:
    """Give a command that adds a note to a block."""
    return note(text) | {"block": block}


def canvas_of(page: Page) -> Page:
    """Go to the canvas view by its link."""
    page.get_by_role("navigation", name="Views").get_by_role("link", name="Canvas").click()
    page.get_by_role("main", name="The canvas").wait_for()
    return page


def block(page: Page, name: str) -> Locator:
    return page.get_by_role("main").get_by_role("region", name=name)


def add_note(page: Page, name: str, text: str) -> None:
    field = page.get_by_role("textbox", name=f"Add a note to {name}")
    field.fill(text)
    field.press("Enter")


def texts(room: Room, name: str) -> list[str]:
    """Give the texts of a block's notes in order, as the server has them."""
    canvas = room.canvas()
    return [canvas["notes"][id_]["text"] for id_ in canvas["blocks"][name]]


def test_the_views_are_links_with_addresses_and_back_works(room: Room, people: People) -> None:
    room.do(note(), activity("Design bricks"))
    fay = people.enter(room, room.facilitator())
    views = fay.get_by_role("navigation", name="Views")
    expect(views.get_by_role("link", name="Activities")).to_have_attribute("aria-current", "page")
    canvas_of(fay)
    assert fay.url.endswith("#canvas")
    expect(views.get_by_role("link", name="Canvas")).to_have_attribute("aria-current", "page")
    expect(fay.get_by_role("article", name="Design bricks")).to_have_count(0)
    fay.go_back()
    expect(fay.get_by_role("article", name="Design bricks")).to_be_visible()
    fay.get_by_role("main").focus()
    fay.keyboard.press("g")
    fay.keyboard.press("c")
    expect(block(fay, "Channels")).to_be_visible()
    fay.keyboard.press("g")
    fay.keyboard.press("a")
    expect(fay.get_by_role("article", name="Design bricks")).to_be_visible()
    expect(fay.get_by_role("main")).to_be_focused()


def test_the_nine_blocks_stand_in_their_places_without_scrolling_sideways(room: Room, people: People) -> None:
    fay = canvas_of(people.enter(room, room.facilitator()))
    boxes = {name: block(fay, name).bounding_box() for name in BLOCKS}
    places = {name: (round(box["x"]), round(box["y"])) for name, box in boxes.items() if box}
    columns = sorted({x for name, (x, _) in places.items() if name not in {"Cost structure", "Revenue streams"}})
    by_place = {(columns.index(x), y): name for name, (x, y) in places.items() if x in columns}
    tops = [name for (_, _), name in sorted(by_place.items())]
    assert tops[0] == "Key partners"
    assert [name for name in tops if name in BLOCKS[1:7]] == list(BLOCKS[1:7])
    assert places["Cost structure"][1] == places["Revenue streams"][1] > places["Channels"][1]
    assert fay.evaluate("document.documentElement.scrollWidth") <= 1280
    below = boxes["Revenue streams"]
    assert below is not None
    assert 650 < below["y"] + below["height"] <= 800, "the canvas fills the screen"


def test_what_one_writes_on_the_canvas_the_other_sees(room: Room, people: People) -> None:
    fay = canvas_of(people.enter(room, room.facilitator()))
    ben = canvas_of(people.enter(room, room.join("participant", "Ben")))
    add_note(fay, "Channels", "Toy shops")
    add_note(fay, "Channels", "Our web shop")
    expect(fay.get_by_role("textbox", name="Add a note to Channels")).to_be_focused()
    expect(block(ben, "Channels").get_by_role("article", name="Our web shop")).to_be_visible()

    his = block(ben, "Channels").get_by_role("textbox", name="Note", exact=True).first
    his.press("End")
    his.press_sequentially(" nearby")
    hers = block(fay, "Channels").get_by_role("article").first
    expect(hers.get_by_text("Ben is typing")).to_be_visible()
    hers.get_by_role("textbox").press("Home")
    hers.get_by_role("textbox").press_sequentially("Good ")
    expect(his).to_have_value("Good Toy shops nearby")
    saved(ben)
    saved(fay)
    assert texts(room, "channels") == ["Good Toy shops nearby", "Our web shop"]

    fay.get_by_role("button", name="Move or remove: Our web shop").click()
    expect(fay.get_by_role("menu").get_by_text("Written by Fay")).to_be_visible()
    fay.get_by_role("menuitemradio", name="Key resources").click()
    expect(block(ben, "Key resources").get_by_role("article", name="Our web shop")).to_be_visible()


def test_a_note_is_moved_and_removed_by_keyboard_alone(room: Room, people: People) -> None:
    room.do(*(in_block(text, "channels") for text in ("One", "Two", "Three")))
    ben = canvas_of(people.enter(room, room.join("participant", "Ben")))
    ben.get_by_role("button", name="Move or remove: Three").focus()
    for choice in ("To the top", "Down"):
        ben.keyboard.press("Enter")
        ben.get_by_role("menu").wait_for()
        ben.keyboard.type(choice[0])
        while not ben.get_by_role("menuitem", name=choice).evaluate("item => item === document.activeElement"):
            ben.keyboard.press("ArrowDown")
        ben.keyboard.press("Enter")
        expect(ben.get_by_role("button", name="Move or remove: Three")).to_be_focused()
    expect(ben.get_by_role("log")).to_have_text("Three: now 2 of 3.")
    saved(ben)
    assert texts(room, "channels") == ["One", "Three", "Two"]

    ben.keyboard.press("Enter")
    ben.get_by_role("menu").wait_for()
    ben.keyboard.type("r")
    while not ben.get_by_role("menuitem", name="Remove…").evaluate("item => item === document.activeElement"):
        ben.keyboard.press("ArrowDown")
    ben.keyboard.press("Enter")
    expect(ben.get_by_role("textbox", name="Add a note to Channels")).to_be_focused()
    saved(ben)
    assert texts(room, "channels") == ["One", "Two"]


def test_a_note_is_dragged_to_a_place_between_others(room: Room, people: People) -> None:
    room.do(in_block("Teachers", "customer_segments"), *(in_block(text, "channels") for text in ("One", "Two")))
    fay = canvas_of(people.enter(room, room.facilitator()))
    target = block(fay, "Channels").get_by_role("article", name="Two")
    block(fay, "Customer segments").get_by_role("article", name="Teachers").drag_to(
        target, source_position=GRIP, target_position={"x": 60, "y": 4}
    )
    expect(block(fay, "Channels").get_by_role("article")).to_have_count(3)
    saved(fay)
    assert texts(room, "channels") == ["One", "Teachers", "Two"]
    block(fay, "Channels").get_by_role("article", name="One").drag_to(block(fay, "Key partners"), source_position=GRIP)
    expect(block(fay, "Key partners").get_by_role("article", name="One")).to_be_visible()
    saved(fay)
    assert texts(room, "key_partners") == ["One"]


def test_a_note_that_somebody_else_moves_keeps_its_writer_and_the_caret(room: Room, people: People) -> None:
    moved = in_block("web shop", "channels")
    room.do(moved)
    ben = canvas_of(people.enter(room, room.join("participant", "Ben")))
    field = block(ben, "Channels").get_by_role("textbox", name="Note", exact=True)
    field.press("Home")
    field.press_sequentially("Our ")
    room.do({"action": "move_note", "note": moved["note"], "block": "key_resources", "after": None})
    there = block(ben, "Key resources").get_by_role("textbox", name="Note", exact=True)
    expect(there).to_be_focused()
    ben.keyboard.type("own ")
    expect(there).to_have_value("Our own web shop")
    saved(ben)
    assert texts(room, "key_resources") == ["Our own web shop"]


def test_what_a_removal_costs_is_said_and_the_last_value_stays_while_activities_stand(
    room: Room, people: People
) -> None:
    values, cards = (
        [note("Children learn"), note("Parents rest")],
        [activity("Design bricks"), activity("Deliver bricks")],
    )
    links = [{"action": "link_activity", "activity": card["activity"], "note": values[0]["note"]} for card in cards]
    room.do(*values, *cards, *links)
    fay = canvas_of(people.enter(room, room.facilitator()))
    fay.get_by_role("button", name="Move or remove: Children learn").click()
    fay.get_by_role("menuitem", name="Remove…").click()
    dialog = fay.get_by_role("dialog", name="Remove this note?")
    expect(dialog).to_contain_text("2 activities lose their link")
    expect(dialog.get_by_role("listitem")).to_have_text(["Design bricks", "Deliver bricks"])
    dialog.get_by_role("button", name="Remove", exact=True).click()
    expect(fay.get_by_role("article", name="Children learn")).to_have_count(0)
    saved(fay)
    assert texts(room, "value_propositions") == ["Parents rest"]

    fay.get_by_role("button", name="Move or remove: Parents rest").click()
    fay.get_by_role("menuitem", name="Remove…").click()
    expect(fay.get_by_role("dialog", name="It stays").get_by_role("alert")).to_contain_text("value proposition")
    fay.keyboard.press("Escape")
    expect(fay.get_by_role("article", name="Parents rest")).to_be_visible()
    assert texts(room, "value_propositions") == ["Parents rest"]


def test_key_activities_are_counted_and_lead_to_the_activities(room: Room, people: People) -> None:
    step = {"id": new_id(), "name": "Development"}
    cards = [activity("Design bricks", step=step["id"]), activity("Deliver bricks"), activity("Find out", None)]
    judging = {"action": "judge_activity", "activity": cards[0]["activity"], "judgement": "must_do"}
    steps = {"action": "define_steps", "steps": [step]}, {"action": "enter_step", "step": step["id"]}
    room.do(note(), *steps, *cards, judging)
    ben = canvas_of(people.enter(room, room.join("participant", "Ben")))
    key = block(ben, "Key activities")
    expect(key.get_by_role("row", name="Production")).to_have_text("Production101")
    expect(key.get_by_role("columnheader", name="must do")).to_be_visible()
    expect(key).to_contain_text("1 is not sorted yet")
    expect(key).to_contain_text("Development")
    room.do(activity("Draw bricks"))
    expect(key.get_by_role("row", name="Production")).to_have_text("Production102")
    key.click(position={"x": 80, "y": 120})
    expect(ben.get_by_role("article", name="Design bricks")).to_be_visible()


def test_a_phone_shows_one_block_at_a_time_in_the_order_of_the_workshop(room: Room, people: People) -> None:
    room.do(note(), in_block("Toy shops", "channels"))
    ben = canvas_of(people.enter(room, room.join("participant", "Ben"), size=PHONE))
    seen = []
    while True:
        expect(ben.get_by_role("main").get_by_role("region")).to_have_count(1)
        seen.append(ben.get_by_role("main").get_by_role("heading", level=3).inner_text().split(":")[0].strip())
        onwards = ben.get_by_role("button", name="Next:").first
        if onwards.count() == 0:
            break
        onwards.click()
    assert seen == [BLOCKS[n] for n in (3, 6, 1, 2, 0, 5, 4, 7, 8)]
    ben.get_by_label("Block", exact=True).select_option(label="6. Channels (1)")
    expect(block(ben, "Channels").get_by_role("article", name="Toy shops")).to_be_visible()
    add_note(ben, "Channels", "Markets")
    canvas_link = ben.get_by_role("navigation", name="Views").get_by_role("link", name="Canvas").bounding_box()
    assert canvas_link is not None
    assert canvas_link["y"] > 844 - 100, "within reach of a thumb"
    assert canvas_link["height"] >= 44
    saved(ben)
    assert texts(room, "channels") == ["Toy shops", "Markets"]


def test_who_watches_sees_the_canvas_and_changes_nothing(room: Room, people: People) -> None:
    room.do(note("Children learn"), in_block("Toy shops", "channels"))
    olga = canvas_of(people.enter(room, room.join("observer", "Olga")))
    expect(block(olga, "Channels").get_by_text("Toy shops")).to_be_visible()
    expect(block(olga, "Key partners")).to_contain_text("Who helps you")
    expect(olga.get_by_role("main").get_by_role("textbox")).to_have_count(0)
    expect(olga.get_by_role("main").get_by_role("button")).to_have_count(0)


def test_axe_finds_nothing_on_the_canvas(room: Room, people: People) -> None:
    long = "Extraordinarilylongwordthatneverends" * 6
    room.do(note(), activity("Design bricks"), *(in_block(f"{long} {n}", "channels") for n in range(60)))
    for size in (None, PHONE):
        page = canvas_of(people.enter(room, room.facilitator(), size=size))
        in_both_schemes(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= (1280 if size is None else 390)
        page.context.close()


PAGE = re.compile(rb"/Type\s*/Page\b")
A3_LANDSCAPE = (1190, 842)


def pages(page: Page) -> int:
    """Print, and count the pages; each of them is an A3 in landscape."""
    printed = page.pdf(prefer_css_page_size=True)
    boxes = [tuple(float(n) for n in box.split()) for box in re.findall(rb"/MediaBox\s*\[([^\]]*)\]", printed)]
    for _, _, width, height in boxes:
        assert abs(width - A3_LANDSCAPE[0]) < 3
        assert abs(height - A3_LANDSCAPE[1]) < 3
    return len(PAGE.findall(printed))


def on_paper(page: Page) -> Locator:
    """Lay the page out as for a printer, and give the sheet."""
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    return page.locator(".sheet")


def furnished(room: Room, notes: int, cards: int, block: str = "channels") -> None:
    """Add that many notes to all blocks but one's own, and activities to all categories."""
    columns = ("production", "problem_solving", "platform_network", None)
    added = [activity(f"Do thing number {n} for the schools that want it", columns[n % 4]) for n in range(cards)]
    judged = {"action": "judge_activity", "activity": added[0]["activity"], "judgement": "must_do"}
    room.do(*(in_block(f"Note number {n} on what we need", block) for n in range(notes)), *added, judged)


def test_a_usual_canvas_is_printed_on_one_page_with_nothing_of_the_interface(server: Server, people: People) -> None:
    room = Room(server, template="lego", title="Bricks for schools")
    furnished(room, 2, 14)
    assert len(room.canvas()["notes"]) == 12
    fay = canvas_of(people.enter(room, room.facilitator(), color_scheme="dark"))
    fay.evaluate("window.print = () => { window.printed = true; }")
    fay.get_by_role("button", name="Print").click()
    assert fay.evaluate("window.printed")
    assert pages(fay) == 1
    expect(fay.locator(".sheet")).to_have_count(0)

    sheet = on_paper(fay)
    expect(sheet.get_by_role("heading", level=1)).to_have_text("Bricks for schools")
    for text in (
        room.canvas()["goal"],
        room.canvas()["subject"],
        *(one["text"] for one in room.canvas()["notes"].values()),
    ):
        expect(sheet).to_contain_text(text)
    assert [name.strip() for name in sheet.get_by_role("heading", level=3).all_inner_texts()] == list(BLOCKS)
    expect(sheet.get_by_role("listitem").filter(has_text="Do thing number 0 ")).to_contain_text("Must do")
    expect(fay.get_by_role("button")).to_have_count(0)
    expect(fay.get_by_role("textbox")).to_have_count(0)
    assert fay.evaluate("getComputedStyle(document.querySelector('.sheet')).color") == "rgb(0, 0, 0)"
    fay.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(sheet).to_have_count(0)


def test_more_is_printed_smaller_then_on_more_pages_and_never_cut_off(server: Server, people: People) -> None:
    room = Room(server, template="lego")
    furnished(room, 4, 40)
    fay = canvas_of(people.enter(room, room.facilitator()))
    fay.go_back()
    assert pages(fay) == 1, "forty cards, from the view of the activities"
    furnished(room, 60, 160, "key_partners")
    canvas_of(fay)
    expect(block(fay, "Key activities").get_by_role("row", name="Production")).to_have_text("Production2048")
    assert 2 <= pages(fay) <= 4
    sheet = on_paper(fay)
    expect(sheet.locator(".key_partners li")).to_have_count(61)
    expect(sheet.locator(".next li")).to_have_count(200)
    cut = sheet.evaluate(
        """sheet => [...sheet.querySelectorAll('*')]
            .filter((one) => getComputedStyle(one).overflow !== 'visible' && !one.matches('.unseen, svg'))
            .map((one) => one.outerHTML.slice(0, 100))"""
    )
    assert cut == []


def test_goal_and_value_stay_in_sight_low_and_unfold_to_be_written(room: Room, people: People) -> None:
    goal = "Choose what we must do to bring wooden bricks to schools and to all who teach there, " * 3
    room.do(note("Children learn"), {"action": "describe_workshop", "goal": goal, "subject": "Wooden bricks"})
    fay = people.enter(room, room.facilitator())
    frame = fay.locator(".frame")
    expect(frame).to_contain_text("Wooden bricks")
    expect(frame).to_contain_text("Children learn")
    box = frame.bounding_box()
    assert box is not None
    assert box["height"] <= 90
    canvas_of(fay)
    expect(frame).to_contain_text("Wooden bricks")
    expect(frame).not_to_contain_text("Children learn")
    fay.go_back()
    fay.get_by_role("button", name="Show goal and value").click()
    expect(frame).to_contain_text("Why would customers want “Wooden bricks”?")
    fay.get_by_role("button", name="Edit: About").click()
    fay.get_by_role("textbox", name="About").fill("Bricks of beech")
    fay.keyboard.press("Enter")
    expect(frame).to_contain_text("Bricks of beech")
    expect(fay.get_by_role("button", name="Edit: About")).to_be_focused()
    saved(fay)
    assert room.canvas()["subject"] == "Bricks of beech"


def test_what_somebody_else_makes_of_the_goal_meanwhile_is_not_overwritten_unseen(room: Room, people: People) -> None:
    room.do(note(), {"action": "describe_workshop", "goal": "Ten activities"})
    fay = people.enter(room, room.facilitator())
    fay.get_by_role("button", name="Show goal and value").click()
    fay.get_by_role("button", name="Edit: Goal").click()
    field = fay.get_by_role("textbox", name="Goal")
    room.do({"action": "describe_workshop", "goal": "Eleven activities"})
    expect(field).to_have_value("Eleven activities")
    field.fill("Five activities")
    room.do({"action": "describe_workshop", "goal": "Twelve activities"})
    meanwhile = fay.get_by_role("alert").filter(has_text="Twelve activities")
    expect(meanwhile).to_contain_text("Fay changed this while you were writing")
    field.press("Enter")
    expect(field).to_have_value("Five activities")
    assert room.canvas()["goal"] == "Twelve activities"
    meanwhile.get_by_role("button", name="Save mine instead").click()
    expect(field).to_have_count(0)
    saved(fay)
    assert room.canvas()["goal"] == "Five activities"
