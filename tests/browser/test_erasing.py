"""Names that are erased, and texts that are taken out, on the screen."""

from playwright.sync_api import Page, expect

from tests.browser.people import PHONE, People, card, kept
from tests.browser.rooms import Room, activity, new_id, note
from tests.support.patch import Json

SECRET = "Call Jan on 0612345678"
ON_THE_DEVICE = """
text => new Promise((resolve, reject) => {
  const opened = indexedDB.open('kern');
  opened.onerror = () => reject(opened.error);
  opened.onsuccess = async () => {
    const names = [...opened.result.objectStoreNames];
    const all = names.map((name) => new Promise((told) => {
      const asked = opened.result.transaction(name).objectStore(name).getAll();
      asked.onsuccess = () => told(JSON.stringify(asked.result));
    }));
    const found = (await Promise.all(all)).join() + JSON.stringify(localStorage) + JSON.stringify(sessionStorage);
    opened.result.close();
    resolve(found.includes(text));
  };
})
"""


def forgotten(page: Page, text: str) -> None:
    """Wait until nothing of a text is kept on the device, nor shown."""
    page.wait_for_function(f"async (text) => !(await ({ON_THE_DEVICE})(text))", arg=text)
    expect(page.get_by_text(text)).to_have_count(0)


def opened(page: Page, title: str) -> None:
    """Open a card's sheet."""
    card(page, title).get_by_role("button", name="Details").click()
    expect(page.get_by_role("dialog", name=title)).to_be_visible()


def take_out(page: Page, text: str, reason: str) -> None:
    """Take a text out, from the open sheet of its card."""
    page.get_by_text("Take out a text…").click()
    page.get_by_role("button", name=f"Take out: {text}").click()
    page.get_by_role("textbox", name="Why?").fill(reason)
    page.get_by_role("button", name="Take it out").last.click()


def rewording(added: Json, text: str, base: int) -> Json:
    """Give a command that writes what is to be taken out later."""
    return {"action": "reword_activity", "activity": added["activity"], "field": "details", "text": text, "base": base}


def test_a_text_that_is_taken_out_is_gone_for_everybody_and_it_is_told_why(room: Room, people: People) -> None:
    design = activity("Design bricks")
    room.do(note(), design)
    fay = people.enter(room, room.facilitator())
    ben = people.enter(room, room.join("participant", "Ben"))
    room.do(rewording(design, SECRET, room.events()[-1]["version"]))
    opened(fay, "Design bricks")
    opened(ben, "Design bricks")
    expect(ben.get_by_role("textbox", name="Details")).to_have_value(SECRET)
    expect(ben.get_by_text("Take out a text")).to_have_count(0)
    take_out(fay, SECRET, "A telephone number")
    for page in (fay, ben):
        expect(page.locator("[data-taken-out]")).to_contain_text("A text was taken out by Fay")
        expect(page.locator("[data-taken-out]")).to_contain_text("A telephone number")
        expect(page.get_by_role("textbox", name="Details")).to_have_value("")
        forgotten(page, SECRET)
    assert room.canvas()["activities"][design["activity"]]["details"] == ""
    ben.get_by_role("textbox", name="Details").fill("Ask at the desk")
    expect(fay.get_by_role("textbox", name="Details")).to_have_value("Ask at the desk")


def test_a_card_whose_title_is_gone_says_so_and_can_be_given_another(room: Room, people: People) -> None:
    design = activity(SECRET)
    room.do(note(), design)
    fay = people.enter(room, room.facilitator())
    olga = people.enter(room, room.join("observer", "Olga"))
    opened(fay, SECRET)
    take_out(fay, SECRET, "A telephone number")
    expect(card(olga, "This text was taken out.")).to_be_visible()
    for page in (fay, olga):
        forgotten(page, SECRET)
    fay.get_by_role("dialog").get_by_role("textbox", name="Title").fill("Call the customer")
    expect(card(olga, "Call the customer")).to_be_visible()


def test_who_was_writing_in_the_text_does_not_bring_it_back(room: Room, people: People) -> None:
    design = activity("Design bricks")
    room.do(note(), design)
    ben = people.enter(room, room.join("participant", "Ben"))
    opened(ben, "Design bricks")
    field = ben.get_by_role("textbox", name="Details")
    field.click()
    field.press_sequentially(SECRET, delay=5)
    ben.wait_for_selector("[data-state=live][data-waiting='0']")
    version = room.events()[-1]["version"]
    ben.context.set_offline(True)
    field.press_sequentially(", today", delay=5)
    kept(ben, f"{SECRET}, today")
    ben.context.set_offline(False)
    room.do({"action": "redact", "version": version, "pointer": "/text", "reason": "A telephone number"})
    expect(ben.locator("[data-taken-out]")).to_be_visible()
    field.press("Control+z")
    field.blur()
    ben.wait_for_selector("[data-state=live][data-waiting='0']")
    assert all("0612345678" not in str(event["data"]) for event in room.events())


def test_a_name_is_erased_and_a_number_stands_for_it_in_each_language(room: Room, people: People) -> None:
    fay = people.enter(room, room.facilitator())
    ben = people.enter(room, room.join("participant", "Benedikt"))
    nora = people.enter(room, room.join("participant", "Nora"), locale="nl-NL")
    nora.get_by_role("button", name="Mensen").click()
    expect(nora.get_by_role("dialog").get_by_text("Benedikt")).to_be_visible()
    fay.get_by_role("button", name="People").click()
    fay.get_by_role("button", name="Role of Benedikt, or remove").click()
    fay.get_by_role("menuitem", name="Erase the name").click()
    fay.get_by_role("button", name="Erase the name", exact=True).click()
    expect(fay.get_by_role("dialog").get_by_text("former participant 2")).to_be_visible()
    expect(nora.get_by_role("dialog").get_by_text("voormalige deelnemer 2")).to_be_visible()
    ben.get_by_role("button", name="People").click()
    expect(ben.get_by_role("dialog").get_by_text("former participant 2")).to_be_visible()
    for page in (fay, ben, nora):
        forgotten(page, "Benedikt")

    nora.get_by_role("button", name="Mijn naam wissen…").click()
    nora.get_by_role("button", name="Wis de naam").click()
    expect(ben.get_by_role("dialog").get_by_text("former participant 3")).to_be_visible()
    forgotten(ben, "Nora")


def history_of(page: Page) -> Page:
    """Look at all changes."""
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitem", name="History").click()
    expect(page.get_by_role("grid")).to_be_visible()
    return page


def test_a_goal_is_taken_out_from_the_history_by_who_leads_and_the_table_tells_it(room: Room, people: People) -> None:
    room.do({"action": "describe_workshop", "goal": SECRET}, {"action": "describe_workshop", "goal": "Grow"})
    described = len(room.events()) - 1
    fay = history_of(people.enter(room, room.facilitator()))
    ben = history_of(people.enter(room, room.join("participant", "Ben")))
    for page in (fay, ben):
        page.get_by_role("row", name="Workshop described").nth(1).click()
        expect(page.get_by_role("region", name="This event")).to_contain_text(SECRET)
    expect(ben.get_by_text("Take out a text")).to_have_count(0)
    take_out(fay, SECRET, "A telephone number")
    for page in (fay, ben):
        event = page.get_by_role("region", name="This event")
        expect(event.locator("[data-taken-out]")).to_contain_text("A text was taken out by Fay")
        expect(event.locator("[data-taken-out]")).to_contain_text("A telephone number")
        expect(event).to_contain_text("taken out")
        expect(page.get_by_role("row", name="Workshop described").nth(1)).to_contain_text("taken out")
        forgotten(page, SECRET)
    expect(fay.get_by_text("There is no text in this event")).to_be_visible()
    assert fay.evaluate("document.activeElement.tagName") == "SUMMARY"
    ben.get_by_role("button", name="Show").first.click()  # what is newer
    redacted = ben.get_by_role("row", name="Text taken out")
    expect(redacted).to_contain_text("A telephone number")
    redacted.click()
    expect(ben.get_by_role("region", name="This event")).to_contain_text(f"From event {described}.")
    assert room.canvas()["goal"] == "Grow"


def test_a_name_of_a_step_and_a_note_are_taken_out_from_the_history(room: Room, people: People) -> None:
    steps = [{"id": new_id(), "name": "Idea"}, {"id": new_id(), "name": SECRET}]
    room.do({"action": "define_steps", "steps": steps}, note("Ask Piet"))
    fay = history_of(people.enter(room, room.facilitator(), size=PHONE))
    for kind, text in (("Steps defined", SECRET), ("Note added", "Ask Piet")):
        fay.get_by_role("row", name=kind).click()
        take_out(fay, text, "A person")
        expect(fay.locator("[data-taken-out]")).to_contain_text("A person")
        forgotten(fay, text)
    assert [step["name"] for step in room.canvas()["steps"]] == ["Idea", ""]
