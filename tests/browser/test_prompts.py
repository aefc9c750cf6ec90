"""The method's questions lead to cards that remember them; thoughts are offered once, and stay away when dismissed."""

from playwright.sync_api import Page, expect

from tests.browser.people import PHONE, People, card, saved
from tests.browser.rooms import Room, activity, note

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
    expect(page.get_by_text("(after Osterwalder)").first).to_be_visible()
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
