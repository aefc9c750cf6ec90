"""Two moments compared: in words, side by side, on one board; and the same link for everybody, for ever."""

import re

from tests.browser.people import PHONE, People, add, card
from tests.browser.rooms import Room, activity, new_id, note

CONSOLE_404 = re.compile(r"status of 404")
MARKED = {
    "Burn wood": "put away",
    "Saw": "combined",
    "Saw and paint": "combined",
    "Press bricks": "judged",
    "Teach teachers": "new",
}
TAKEN = {
    "As a document (.md)": (".md", "# New bricks: from Kick-off to Second"),
    "As a table (.csv)": (".csv", "Change,Activity"),
}


def two_iterations(room: Room) -> tuple[str, str]:
    """Close two iterations between which one activity came, one went, one was judged otherwise, two were combined."""
    kept, gone, one, other = (activity(title) for title in ("Press bricks", "Burn wood", "Saw", "Paint"))
    first, second = new_id(), new_id()
    noor = room.join("participant", "Noor")["token"]
    room.do(
        note(),
        *(kept, gone, one, other),
        {"action": "open_iteration", "iteration": first, "name": "Kick-off"},
        {"action": "judge_activity", "activity": kept["activity"], "judgement": "must_do"},
        {"action": "close_iteration", "override_reason": "Time"},
        {"action": "open_iteration", "iteration": second, "name": "Second"},
    )
    room.do(
        activity("Teach teachers", "platform_network"),
        {"action": "judge_activity", "activity": kept["activity"], "judgement": "not_now", "reason": "No wood"},
        token=noor,
    )
    both = {"activities": [one["activity"], other["activity"]], "into": new_id(), "category": "production"}
    room.do(
        {"action": "retire_activity", "activity": gone["activity"]},
        {"action": "combine_activities", "title": "Saw and paint", **both},
        {"action": "close_iteration", "override_reason": "Time"},
    )
    return first, second


def test_two_iterations_are_compared_in_words_and_filtered(people: People, room: Room) -> None:
    first, second = two_iterations(room)
    page = people.enter(room, room.join("observer", "Sam"))
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitem", name="Compare two moments").click()
    page.get_by_role("combobox", name="From").select_option("“Kick-off” as it was closed")
    page.get_by_role("combobox", name="To").select_option("“Second” as it was closed")
    page.get_by_text("1 added, 1 put away, 1 combined and 1 judgement flipped.").wait_for()
    assert page.url.endswith(f"#compare/{first}/{second}")
    page.get_by_text("“Press bricks”: must do → not relevant now (by Noor). Reason: No wood").wait_for()
    page.get_by_text("“Saw and paint” from “Saw” and “Paint” (by Fay)").wait_for()
    page.get_by_label("Made by").select_option("Noor")
    page.get_by_text("2 of 4 differences").wait_for()
    assert page.get_by_text("Burn wood").count() == 0
    page.get_by_label("Category").select_option("Platform and network")
    page.get_by_text("1 of 4 differences").wait_for()
    page.get_by_role("button", name="All", exact=True).click()
    page.get_by_role("link", name="Look at the moment when “Burn wood” changed").click()
    page.locator(".sentence", has_text="Fay put away “Burn wood”.").wait_for()
    page.go_back()
    page.get_by_text("1 added, 1 put away, 1 combined and 1 judgement flipped.").wait_for()


def test_right_behind_a_close_it_is_what_that_iteration_changed(people: People, room: Room) -> None:
    first, second = two_iterations(room)
    page = people.enter(room, room.facilitator())
    for went_on, between in ((False, f"{first}/{second}"), (True, f"{second}/")):
        if went_on:
            room.do(activity("Afterwards"))
            card(page, "Afterwards").wait_for()
        page.get_by_role("button", name="More", exact=True).click()
        page.get_by_role("menuitem", name="Compare two moments").click()
        page.get_by_role("combobox", name="From").wait_for()
        assert f"#compare/{between}" in page.url
        page.go_back()


def test_the_link_shows_the_same_to_others_later(people: People, room: Room) -> None:
    first, second = two_iterations(room)
    address = f"{room.url}/room/{room.id}#compare/{first}/{second}"
    page = people.enter(room, room.facilitator())
    add(page, "Something that came much later")
    page.goto(address)
    page.get_by_text("1 added, 1 put away, 1 combined and 1 judgement flipped.").wait_for()
    dutch = people.enter(room, room.join("participant", "Bo"), locale="nl-NL")
    dutch.goto(address)
    dutch.get_by_text("1 erbij, 1 weggelegd, 1 samengevoegd en 1 oordeel omgeslagen.").wait_for()
    dutch.goto(f"{room.url}/room/{room.id}#compare/{new_id()}/1")
    dutch.get_by_text("Een van deze momenten bestaat niet in deze ruimte.").wait_for()
    people.excused.append(CONSOLE_404)


def test_on_one_board_what_is_different_has_a_sign_and_a_word(people: People, room: Room) -> None:
    first, second = two_iterations(room)
    page = people.enter(room, room.facilitator())
    page.goto(f"{room.url}/room/{room.id}#compare/{first}/{second}")
    page.get_by_text("1 added").wait_for()
    page.get_by_role("button", name="On one board").click()
    for title, word in MARKED.items():
        mark = card(page, title).locator(".mark", has_text=word)
        mark.wait_for()
        assert mark.locator("svg").count() == 1
    assert card(page, "Burn wood").get_attribute("data-mark") == "gone"
    page.get_by_role("button", name="Side by side").click()
    page.get_by_role("heading", name="From").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("textbox", name="Add an activity to Production").wait_for()


def test_a_comparison_is_taken_along(people: People, room: Room) -> None:
    first, second = two_iterations(room)
    page = people.enter(room, room.facilitator(), size=PHONE)
    page.goto(f"{room.url}/room/{room.id}#compare/{first}/{second}")
    page.get_by_text("1 added").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for form, (ending, content) in TAKEN.items():
        page.get_by_role("region", name="Comparing").get_by_role("button", name="Download").click()
        with page.expect_download() as download:
            page.get_by_role("menuitem", name=form).click()
        assert download.value.suggested_filename.endswith(ending)
        assert content in download.value.path().read_text("utf-8")
