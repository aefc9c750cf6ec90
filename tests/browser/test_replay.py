"""Looking back: the room as it was, in its place, while the others go on."""

from playwright.sync_api import Page

from tests.browser.people import PHONE, People, add, card, saved
from tests.browser.rooms import Room, activity, new_id, note
from tests.support.patch import Json


def furnished(room: Room) -> list[Json]:
    """Fill a room: two activities, an iteration, and one of the two put away; give the commands."""
    one, other = activity("Press bricks"), activity("Mend the web shop", "platform_network")
    iteration = new_id()
    commands = [
        note(),
        one,
        other,
        {"action": "open_iteration", "iteration": iteration, "name": "Kick-off"},
        {"action": "judge_activity", "activity": one["activity"], "judgement": "must_do"},
        {"action": "close_iteration", "override_reason": "Time is up"},
        {"action": "retire_activity", "activity": other["activity"]},
    ]
    answers = room.do(*commands)
    assert all("events" in answer for answer in answers), answers
    return [one, other]


def look_back(page: Page) -> None:
    """Press the key for looking back, and wait until a moment is shown."""
    page.keyboard.press("h")
    page.wait_for_selector("[data-moment]")


def at(page: Page, version: int) -> None:
    """Wait until the moment of a version is shown."""
    page.wait_for_selector(f"[data-moment='{version}']")


def version_of(room: Room, kind: str) -> int:
    """Find the newest event of a type."""
    return max(int(event["version"]) for event in room.events() if event["type"] == kind)


def test_what_was_put_away_stands_again_a_step_back(people: People, room: Room) -> None:
    furnished(room)
    page = people.enter(room, room.facilitator())
    assert card(page, "Mend the web shop").count() == 0
    look_back(page)
    ghost = card(page, "Mend the web shop")
    ghost.get_by_text("put away").wait_for()
    assert ghost.get_attribute("data-mark") == "gone"
    page.keyboard.press("ArrowLeft")
    at(page, version_of(room, "IterationClosed"))
    assert card(page, "Mend the web shop").get_attribute("data-mark") is None
    page.get_by_text("Fay closed iteration “Kick-off”.").wait_for()
    assert page.get_by_role("textbox", name="Add an activity to Production").count() == 0
    page.keyboard.press("Escape")
    page.get_by_role("textbox", name="Add an activity to Production").wait_for()
    assert page.url.endswith("#activities")


def test_the_others_go_on_meanwhile(people: People, room: Room) -> None:
    furnished(room)
    looking = people.enter(room, room.facilitator())
    writing = people.enter(room, room.join("participant", "Noor"))
    look_back(looking)
    looking.keyboard.press("[")
    at(looking, version_of(room, "IterationClosed"))
    add(writing, "Deliver by bicycle")
    saved(writing)
    looking.get_by_role("button", name="3 newer changes").wait_for()
    assert card(looking, "Deliver by bicycle").count() == 0
    looking.keyboard.press("End")
    at(looking, version_of(room, "ActivityAdded"))
    card(looking, "Deliver by bicycle").get_by_text("new", exact=True).wait_for()


def test_a_link_leads_to_the_very_moment(people: People, room: Room) -> None:
    furnished(room)
    page = people.enter(room, room.facilitator())
    look_back(page)
    page.keyboard.press("[")
    closed = version_of(room, "IterationClosed")
    at(page, closed)
    page.wait_for_url(f"**/room/{room.id}#replay/{closed}")
    other = people.enter(room, room.join("observer", "Sam"))
    other.goto(page.url)
    at(other, closed)
    assert card(other, "Mend the web shop").count() == 1
    for one in (page, other):
        assert one.locator(".sentence").inner_text() == "Fay closed iteration “Kick-off”."
    other.go_back()
    other.wait_for_selector("[data-moment]", state="detached")


def test_it_plays_to_the_end_by_itself(people: People, room: Room) -> None:
    furnished(room)
    page = people.enter(room, room.facilitator())
    look_back(page)
    page.get_by_label("How fast").select_option("8")
    page.keyboard.press("Home")
    at(page, 1)
    page.keyboard.press(" ")
    page.get_by_role("button", name="Pause").wait_for()
    at(page, version_of(room, "ActivityRetired"))
    page.get_by_role("button", name="Play").wait_for()


def test_by_keyboard_alone_on_the_slider_and_out_of_a_card(people: People, room: Room) -> None:
    one, _ = furnished(room)
    page = people.enter(room, room.facilitator())
    look_back(page)
    slider = page.get_by_role("slider", name="Moment")
    slider.focus()
    slider.press("[")
    slider.press("[")
    at(page, version_of(room, "IterationOpened"))
    slider.press("]")
    at(page, version_of(room, "IterationClosed"))
    assert "Kick-off" in (slider.get_attribute("aria-valuetext") or "")
    card(page, "Press bricks").focus()
    page.keyboard.press("Enter")
    sheet = page.get_by_role("dialog", name="Press bricks")
    sheet.get_by_text("Must do", exact=True).wait_for()
    assert page.url.endswith(f"/card/{one['activity']}")
    assert sheet.get_by_role("textbox").count() == 0
    page.keyboard.press("Escape")
    sheet.wait_for(state="detached")
    assert "#replay/" in page.url
    card(page, "Press bricks").focus()
    page.keyboard.press("Escape")
    page.wait_for_selector("[data-moment]", state="detached")


def test_undo_does_nothing_to_the_room_while_one_looks_back(people: People, room: Room) -> None:
    furnished(room)
    page = people.enter(room, room.facilitator())
    add(page, "Only mine")
    page.wait_for_selector("[data-state=live][data-waiting='0']")
    page.locator("body").click(position={"x": 2, "y": 2})
    look_back(page)
    page.keyboard.press("Control+z")
    page.keyboard.press("ArrowLeft")
    at(page, version_of(room, "ActivityRetired"))
    assert "Only mine" in room.titles()


def test_on_a_phone_one_sees_the_moment_and_all_controls(people: People, room: Room) -> None:
    furnished(room)
    page = people.enter(room, room.facilitator(), size=PHONE, has_touch=True)
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitem", name="Replay what happened").click()
    page.wait_for_selector("[data-moment]")
    page.get_by_role("button", name="Decision before").click()
    at(page, version_of(room, "IterationClosed"))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for name in ("Play", "Next decision", "Decision before"):
        box = page.get_by_role("button", name=name, exact=True).bounding_box()
        assert box is not None
        assert box["height"] >= 44 <= box["width"], f"{name}: {box}"
    page.get_by_role("button", name="Back to now").click()
    page.wait_for_selector("[data-moment]", state="detached")


def test_on_a_phone_one_is_told_that_the_link_was_copied_and_what_to_do_next(people: People, room: Room) -> None:
    furnished(room)
    page = people.enter(room, room.facilitator(), size=PHONE, has_touch=True, permissions=["clipboard-write"])
    page.goto(f"{room.url}/room/{room.id}#replay/{version_of(room, 'IterationClosed')}")
    at(page, version_of(room, "IterationClosed"))
    banner = page.get_by_role("region", name="Looking back")
    for word in ("Canvas", "Restore", "Copy", "Compare…", "Link"):
        banner.get_by_text(word, exact=True).wait_for()
    banner.get_by_role("button", name="Copy the link to this moment").click()
    banner.get_by_text("Link copied: it leads to this very moment, for ever.").wait_for()
    banner.get_by_role("button", name="Compare…").click()
    page.get_by_role("menuitem", name="Compare from here").click()
    banner.get_by_text("Go to the other end.").wait_for()


def test_two_edit_while_a_third_looks_back_and_restores_a_card(people: People, room: Room) -> None:
    one, _ = furnished(room)
    noor = people.enter(room, room.join("participant", "Noor"))
    fay = people.enter(room, room.facilitator())
    bo = people.enter(room, room.join("participant", "Bo"))
    look_back(bo)
    bo.keyboard.press("[")
    at(bo, version_of(room, "IterationClosed"))
    add(noor, "Deliver by bicycle")
    add(fay, "Ask the neighbours")
    card(noor, "Ask the neighbours").wait_for()
    saved(noor)
    card(bo, "Mend the web shop").focus()
    bo.keyboard.press("Enter")
    bo.get_by_role("button", name="Restore it as it was here").click()
    preview = bo.get_by_role("dialog", name="Restore “Mend the web shop”")
    preview.get_by_text("It comes back on the board.").wait_for()
    assert "Mend the web shop" not in room.titles()
    preview.get_by_role("button", name="Make this change").click()
    preview.get_by_text("“Mend the web shop” is as it was then.").wait_for()
    card(noor, "Mend the web shop").wait_for()
    preview.get_by_role("button", name="See it as it is now").click()
    bo.get_by_role("dialog", name="Mend the web shop").get_by_role("textbox", name="Title").wait_for()
    assert {"Mend the web shop", "Deliver by bicycle", "Ask the neighbours"} <= set(room.titles())
    assert one["activity"] in room.canvas()["activities"]


def test_a_preview_says_what_would_change_and_watchers_have_none(people: People, room: Room) -> None:
    one, _ = furnished(room)
    room.do(
        {"action": "judge_activity", "activity": one["activity"], "judgement": "not_now"},
        {"action": "move_activity", "activity": one["activity"], "category": "problem_solving"},
    )
    closed = version_of(room, "IterationClosed")
    address = f"{room.url}/room/{room.id}#replay/{closed}/card/{one['activity']}"
    page = people.enter(room, room.facilitator())
    page.goto(address)
    page.get_by_role("button", name="Restore it as it was here").click()
    preview = page.get_by_role("dialog", name="Restore “Press bricks”")
    preview.get_by_text("Category: from Problem solving to Production").wait_for()
    preview.get_by_text("Judgement: from Not relevant now to Must do").wait_for()
    preview.get_by_role("button", name="Make these 2 changes").click()
    preview.get_by_text("is as it was then").wait_for()
    activity = room.canvas()["activities"][one["activity"]]
    assert (activity["category"], activity["judgement"]) == ("production", "must_do")
    watcher = people.enter(room, room.join("observer", "Sam"))
    watcher.goto(address)
    watcher.get_by_role("button", name="Change of this card before").wait_for()
    assert watcher.get_by_role("button", name="Restore it as it was here").count() == 0


def test_from_one_change_of_a_card_to_the_next(people: People, room: Room) -> None:
    one, _ = furnished(room)
    page = people.enter(room, room.facilitator())
    added, judged = version_of(room, "ActivityAdded") - 1, version_of(room, "ActivityJudged")
    page.goto(f"{room.url}/room/{room.id}#replay/{judged + 2}/card/{one['activity']}")
    before = page.get_by_role("button", name="Change of this card before")
    before.click()
    at(page, judged)
    page.get_by_role("dialog").get_by_text("Fay judged “Press bricks”: Must do.").wait_for()
    before.click()
    at(page, added)
    assert before.is_disabled()
    page.get_by_role("button", name="Next change of this card").click()
    at(page, judged)


def test_two_ends_of_the_slider_are_compared(people: People, room: Room) -> None:
    furnished(room)
    page = people.enter(room, room.facilitator())
    look_back(page)
    page.keyboard.press("[")
    closed, retired = version_of(room, "IterationClosed"), version_of(room, "ActivityRetired")
    at(page, closed)
    banner = page.get_by_role("region", name="Looking back")
    banner.get_by_role("button", name="Compare…").click()
    page.get_by_role("menuitem", name="Compare from here").click()
    page.keyboard.press("End")
    at(page, retired)
    banner.get_by_role("button", name="Compare…").click()
    page.get_by_role("menuitem", name=f"Compare change {closed} with this moment").click()
    page.get_by_text("1 put away.").wait_for()
    assert page.url.endswith(f"#compare/{closed}/{retired}")


def test_each_person_has_a_lane(people: People, room: Room) -> None:
    furnished(room)
    page = people.enter(room, room.facilitator())
    look_back(page)
    lanes = page.get_by_role("list", name="Who did how much")
    lanes.get_by_text("Fay").wait_for()
    page.get_by_role("button", name="Who did how much").click()
    lanes.wait_for(state="detached")


def test_a_whole_iteration_is_restored_from_a_moment_after_its_close(people: People, room: Room) -> None:
    one, other = furnished(room)
    noor = people.enter(room, room.join("participant", "Noor"))
    fay = people.enter(room, room.facilitator())
    look_back(fay)
    fay.get_by_role("button", name="Restore iteration “Kick-off”…").click()
    dialog = fay.get_by_role("dialog", name="Restore “Kick-off”")
    dialog.get_by_text("“Mend the web shop” comes back").wait_for()
    assert other["title"] not in room.titles(), "nothing has happened yet"
    dialog.get_by_role("button", name="Restore", exact=True).click()
    dialog.get_by_text("“Kick-off” is restored.").wait_for()
    card(noor, "Mend the web shop").wait_for()
    assert room.titles() == sorted([one["title"], other["title"]])
    dialog.get_by_role("button", name="See it as it is now").click()
    fay.get_by_role("textbox", name="Add an activity to Production").wait_for()
    fay.keyboard.press("Control+z")
    card(noor, "Mend the web shop").wait_for(state="detached")


def test_only_who_leads_and_only_after_a_close_is_offered_an_iteration(people: People, room: Room) -> None:
    furnished(room)
    fay, noor = people.enter(room, room.facilitator()), people.enter(room, room.join("participant", "Noor"))
    for page in (fay, noor):
        page.goto(f"{room.url}/room/{room.id}#replay/{version_of(room, 'IterationClosed')}")
        at(page, version_of(room, "IterationClosed"))
    button = fay.get_by_role("button", name="Restore iteration")
    assert button.count() == 1
    assert noor.get_by_role("button", name="Restore iteration").count() == 0
    fay.keyboard.press("ArrowLeft")
    at(fay, version_of(room, "ActivityJudged"))
    assert button.count() == 0


def test_what_is_gone_is_drawn_and_not_counted(people: People, room: Room) -> None:
    furnished(room)
    page = people.enter(room, room.facilitator())
    look_back(page)
    ghost = card(page, "Mend the web shop")
    ghost.get_by_text("put away").wait_for()
    counts = page.locator("#board .head .count > [aria-hidden]").all_inner_texts()
    assert counts == ["0", "1", "0", "0"]
    assert page.locator("#board .lane", has=ghost).locator("h3 .soft").inner_text() == "0"


def test_a_cards_sheet_tells_a_decision_only_where_it_was_about_the_card(people: People, room: Room) -> None:
    one, other = furnished(room)
    page = people.enter(room, room.facilitator())
    retired = version_of(room, "ActivityRetired")
    page.goto(f"{room.url}/room/{room.id}#replay/{retired}/card/{other['activity']}")
    sheet = page.get_by_role("dialog")
    sheet.get_by_text("Fay put away “Mend the web shop”.").wait_for()
    page.goto(f"{room.url}/room/{room.id}#replay/{retired}/card/{one['activity']}")
    sheet.get_by_role("button", name="Change of this card before").wait_for()
    assert sheet.get_by_text("Fay put away “Mend the web shop”.").count() == 0
