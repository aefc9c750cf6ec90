"""The method's questions lead to cards that remember them; thoughts are offered once, and stay away when dismissed."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import LAPTOP, PHONE, People, card, saved
from tests.browser.rooms import Room, activity, new_id, note
from tests.browser.test_accessibility import in_both_schemes

IMPROVEMENT = "Many teams keep improving as an activity of its own. Is it one of yours?"


def origins(room: Room) -> dict[str, object]:
    """Give where each activity came from, by its title."""
    return {one["title"]: one["origin"] for one in room.canvas()["activities"].values()}


def unfold(page: Page) -> None:
    """Have the general questions shown."""
    page.get_by_role("button", name="Show the questions").click()


def test_a_question_of_a_category_is_one_tap_away_from_a_card(room: Room, people: People) -> None:
    room.do(note())
    page = people.enter(room, room.join("participant", "Ada"))
    page.get_by_role("button", name="Questions about Production").click()
    prompts = room.server.http.get("/api/prompts?language=en", "")
    question = prompts["production"][0]
    page.get_by_role("button", name=question["text"]).click()
    field = page.get_by_role("textbox", name=f"Answer: {question['text']}")
    expect(field).to_be_focused()
    field.fill("Buy beech wood")
    field.press("Enter")
    field.fill("Train two carpenters")
    field.press("Enter")
    saved(page)
    remembered = {"kind": "prompt", "prompt": question["key"]}
    assert origins(room) == {"Buy beech wood": remembered, "Train two carpenters": remembered}
    field.press("Escape")
    expect(page.get_by_role("button", name=question["text"])).to_be_focused()


def test_the_master_question_is_in_sight_and_the_rest_stays_folded_or_open(room: Room, people: People) -> None:
    room.do(note())
    page = people.enter(room, room.join("participant", "Ada"), size=PHONE)
    master = room.server.http.get("/api/prompts?language=en", "")["master"]["text"]
    expect(page.get_by_text(master)).to_be_visible()
    expect(page.get_by_role("heading", name="Questions about the whole")).to_have_count(0)
    unfold(page)
    expect(page.get_by_text("(after Osterwalder)")).to_have_count(1)
    page.reload()
    expect(page.get_by_role("heading", name="Questions about the whole")).to_be_visible()
    page.get_by_role("button", name="Fold the questions away").click()
    page.reload()
    expect(page.get_by_text(master)).to_be_visible()
    expect(page.get_by_role("heading", name="Questions about the whole")).to_have_count(0)


def test_the_facilitator_writes_the_questions_of_the_room(room: Room, people: People) -> None:
    room.do(note())
    fay = people.enter(room, room.facilitator())
    ada = people.enter(room, room.join("participant", "Ada"))
    unfold(fay)
    unfold(ada)
    expect(ada.get_by_role("button", name="Edit the questions")).to_have_count(0)
    fay.get_by_role("button", name="Edit the questions").click()
    dialog = fay.get_by_role("dialog")
    for _ in range(3):
        dialog.get_by_role("button", name="Remove question 1").click()
    dialog.get_by_role("textbox", name="Question 1").fill("Who waits for us?")
    dialog.get_by_role("button", name="Add a question").click()
    dialog.get_by_role("textbox", name="Question 2").fill("What may never go wrong?")
    dialog.get_by_role("button", name="Move question 2 up").click()
    dialog.get_by_role("button", name="Save the questions").click()
    expect(dialog).to_have_count(0)
    ada.get_by_role("button", name="What may never go wrong?").click()
    field = ada.get_by_role("textbox", name="Answer: What may never go wrong?")
    field.fill("Check every brick")
    field.press("Enter")
    saved(ada)
    assert [one["text"] for one in room.canvas()["questions"]] == ["What may never go wrong?", "Who waits for us?"]
    assert origins(room) == {"Check every brick": {"kind": "prompt", "prompt": "What may never go wrong?"}}


def test_a_thought_is_acted_upon_or_dismissed_and_then_stays_away(room: Room, people: People) -> None:
    room.do(note(), activity("Build"), activity("Paint"), activity("Sell", "platform_network"))
    page = people.enter(room, room.join("participant", "Ada"))
    thought = page.get_by_role("note", name="A thought")
    expect(thought).to_contain_text("Nothing solves a problem yet")
    thought.get_by_role("button", name="See the questions").click()
    expect(page.get_by_role("button", name="Questions about Problem solving")).to_have_attribute(
        "aria-expanded", "true"
    )
    thought.get_by_role("button", name="Don’t show this again").click()
    expect(thought).to_contain_text(IMPROVEMENT)
    page.reload()
    expect(thought).to_contain_text(IMPROVEMENT)
    thought.get_by_role("button", name="Add it").click()
    expect(card(page, "Keep improving, all the time")).to_be_visible()
    expect(thought).to_have_count(0)
    watcher = people.enter(room, room.join("observer", "Olaf"))
    expect(watcher.get_by_role("note", name="A thought")).to_have_count(0)


def test_the_standard_questions_come_back_to_each_in_their_own_language(room: Room, people: People) -> None:
    books = {one: room.server.http.get(f"/api/prompts?language={one}", "") for one in ("en", "nl")}
    own = {"action": "define_questions", "questions": [{"id": new_id(), "text": "Who waits for us?"}]}
    room.do(note(), own)
    fay = people.enter(room, room.facilitator())
    bo = people.enter(room, room.join("participant", "Bo"), locale="nl-NL")
    unfold(fay)
    bo.get_by_role("button", name="Toon de vragen").click()
    expect(bo.get_by_role("button", name="Who waits for us?")).to_be_visible()
    fay.get_by_role("button", name="Edit the questions").click()
    fay.get_by_role("button", name="Back to the standard questions").click()
    fay.get_by_role("button", name="Save the questions").click()
    question = books["nl"]["general"][1]
    expect(bo.get_by_text("(naar Osterwalder)")).to_be_visible()
    bo.get_by_role("button", name=question["text"]).click()
    bo.keyboard.type("De winkels bellen")
    bo.keyboard.press("Enter")
    saved(bo)
    assert origins(room) == {"De winkels bellen": {"kind": "prompt", "prompt": question["key"]}}
    expect(fay.get_by_role("button", name=books["en"]["general"][1]["text"])).to_contain_text("1 card")


def test_what_two_facilitators_write_at_once_both_stays(room: Room, people: People) -> None:
    waits, wrong = new_id(), new_id()
    own = [{"id": waits, "text": "Who waits?"}, {"id": wrong, "text": "What goes wrong?"}]
    room.do(note(), {"action": "define_questions", "questions": own})
    fay = people.enter(room, room.facilitator())
    unfold(fay)
    fay.get_by_role("button", name="Edit the questions").click()
    dialog = fay.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Question 1").fill("Who waits for us?")
    other = [{"id": waits, "text": "Who waits?"}, {"id": wrong, "text": "What may never go wrong?"}]
    added = {"id": new_id(), "text": "What do we love?"}
    room.do({"action": "define_questions", "questions": [*other, added]})
    dialog.get_by_role("button", name="Save the questions").click()
    expect(dialog).to_have_count(0)
    texts = [one["text"] for one in room.canvas()["questions"]]
    assert texts == ["Who waits for us?", "What may never go wrong?", "What do we love?"]


def test_the_questions_are_written_and_answered_by_keyboard_alone(room: Room, people: People) -> None:
    room.do(note(), {"action": "define_questions", "questions": [{"id": new_id(), "text": "Who waits?"}]})
    fay = people.enter(room, room.facilitator())
    fay.get_by_role("button", name="Show the questions").focus()
    fay.keyboard.press("Enter")
    fay.get_by_role("button", name="Edit the questions").focus()
    fay.keyboard.press("Enter")
    fay.get_by_role("textbox", name="Question 1").focus()
    fay.keyboard.press("Enter")
    expect(fay.get_by_role("textbox", name="Question 2")).to_be_focused()
    fay.keyboard.type("Who pays?")
    fay.get_by_role("button", name="Move question 2 up").focus()
    fay.keyboard.press("Enter")
    expect(fay.get_by_role("textbox", name="Question 1")).to_have_value("Who pays?")
    expect(fay.get_by_role("button", name="Move question 1 down")).to_be_focused()
    fay.get_by_role("button", name="Remove question 2").focus()
    fay.keyboard.press("Enter")
    expect(fay.get_by_role("button", name="Remove question 1")).to_be_focused()
    fay.get_by_role("button", name="Save the questions").focus()
    fay.keyboard.press("Enter")
    expect(fay.get_by_role("dialog")).to_have_count(0)
    fay.get_by_role("button", name="Who pays?").focus()
    fay.keyboard.press("Enter")
    fay.keyboard.type("Send the bill")
    fay.keyboard.press("Enter")
    saved(fay)
    assert origins(room) == {"Send the bill": {"kind": "prompt", "prompt": "Who pays?"}}


def test_an_answer_that_was_begun_is_there_after_a_look_elsewhere_and_a_reload(room: Room, people: People) -> None:
    room.do(note())
    page = people.enter(room, room.join("participant", "Ada"))
    question = room.server.http.get("/api/prompts?language=en", "")["production"][0]["text"]
    page.get_by_role("button", name="Questions about Production").click()
    page.get_by_role("button", name=question).click()
    field = page.get_by_role("textbox", name=f"Answer: {question}")
    field.fill("Buy beech")
    page.get_by_role("link", name="Canvas").click()
    page.go_back()
    expect(field).to_have_value("Buy beech")
    page.reload()
    expect(field).to_have_value("Buy beech")
    room.do({"action": "lock_canvas"})
    expect(field).to_have_count(0)
    room.do({"action": "unlock_canvas"})
    expect(field).to_have_value("Buy beech")
    field.press("Enter")
    saved(page)
    assert room.titles() == ["Buy beech"]
    page.reload()
    page.wait_for_selector("[data-state=live]")
    expect(page.get_by_role("button", name=question)).to_contain_text("1 card")
    expect(field).to_have_count(0)


def test_a_thought_leads_to_its_questions_on_a_phone_too(room: Room, people: People) -> None:
    room.do(note(), activity("Build"), activity("Paint"), activity("Sell", "platform_network"))
    page = people.enter(room, room.join("participant", "Ada"), size=PHONE)
    thought = page.get_by_role("note", name="A thought")
    thought.get_by_role("button", name="See the questions").click()
    question = room.server.http.get("/api/prompts?language=en", "")["problem_solving"][0]["text"]
    first = page.get_by_role("button", name=question)
    expect(first).to_be_focused()
    expect(first).to_be_in_viewport()
    in_both_schemes(page)


def test_after_an_iteration_a_new_production_activity_is_held_against_todays_process(
    room: Room, people: People
) -> None:
    kept = [activity("Build"), activity("Keep improving", "problem_solving"), activity("Sell", "platform_network")]
    judged = [{"action": "judge_activity", "activity": one["activity"], "judgement": "not_now"} for one in kept]
    opening = {"action": "open_iteration", "iteration": new_id(), "name": "Kick-off"}
    room.do(note(), *kept, *judged, opening, {"action": "close_iteration"})
    page = people.enter(room, room.join("participant", "Ada"))
    thought = page.get_by_role("note", name="A thought")
    expect(thought).to_have_count(0)
    page.get_by_role("textbox", name="Add an activity to Production").fill("Print bricks")
    page.keyboard.press("Enter")
    expect(thought).to_contain_text("“Print bricks” is new: how does it fit into the way you produce today?")
    thought.get_by_role("button", name="Don’t show this again").click()
    expect(thought).to_have_count(0)


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_the_master_question_leads_to_the_revenue_streams(room: Room, people: People, size: dict[str, int]) -> None:
    room.do(note(), note("A yearly subscription") | {"block": "revenue_streams"})
    page = people.enter(room, room.join("participant", "Ada"), size=size)
    if size == PHONE:
        unfold(page)
    page.locator("#board").get_by_role("link", name="Revenue streams").click()
    block = page.get_by_role("region", name="Revenue streams")
    expect(block).to_be_focused()
    expect(block.get_by_role("article", name="A yearly subscription")).to_be_in_viewport()
    page.keyboard.press("Tab")
    page.go_back()
    expect(page.locator("#board")).to_be_visible()


def test_axe_finds_nothing_in_the_questions_and_their_dialog(room: Room, people: People) -> None:
    room.do(note(), activity("Build"), activity("Paint"), activity("Sell", "platform_network"))
    page = people.enter(room, room.facilitator(), size=PHONE)
    unfold(page)
    page.get_by_role("button", name="What do our channels require us to do?").click()
    in_both_schemes(page)
    page.get_by_role("button", name="Edit the questions").click()
    in_both_schemes(page)
