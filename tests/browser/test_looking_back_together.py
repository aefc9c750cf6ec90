"""Looking back, the whole story: two write all the time, a third replays, restores, compares and shares links."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page

from tests.browser.people import People, card
from tests.browser.rooms import Room, activity, new_id, note
from tests.browser.test_replay import at, look_back
from tests.browser.writers import two_writing
from tests.support.patch import Json

OF_EACH = 12
CLIPBOARD = ["clipboard-read", "clipboard-write"]
SHOWN = "Number(document.querySelector('[data-moment]').dataset.moment)"
MARKED = "[...document.querySelectorAll('#board [data-card]')].map((card) => [card.ariaLabel, card.dataset.mark])"
DIFFERENT = {
    "en": [
        "1 added, 1 put away and 1 judgement flipped.",
        *("Added 1", "“Teach the teachers” (by Bo)"),
        *("Put away 1", "“Mend the web shop” (by Fay). Reason: Nobody asks for it"),
        *("Judged 1", "“Press bricks”: must do → not relevant now (by Bo). Reason: No wood"),
    ],
    "nl": [
        "1 erbij, 1 weggelegd en 1 oordeel omgeslagen.",
        *("Erbij 1", "‘Teach the teachers’ (door Bo)"),
        *("Weggelegd 1", "‘Mend the web shop’ (door Fay). Reden: Nobody asks for it"),
        *("Beoordeeld 1", "‘Press bricks’: moet ik doen → nu niet relevant (door Bo). Reden: No wood"),
    ],
}
CLOSED = {"en": "Fay closed iteration “Kick-off”.", "nl": "Fay sloot iteratie ‘Kick-off’ af."}


@dataclass
class Held:
    """A workshop of two iterations, and who was there."""

    fay: Json
    noor: Json
    bo: Json
    hers: list[Json]
    theirs: list[Json]
    kept: Json
    gone: Json


def held(room: Room) -> Held:
    """Hold two iterations between which one came, one went and one was judged otherwise; Fay and Noor write on."""
    fay, noor, bo = room.facilitator(), room.join("participant", "Noor"), room.join("participant", "Bo")
    kept, gone = activity("Press bricks"), activity("Mend the web shop", "platform_network")
    hers = [activity(f"Fay’s {n}:", "platform_network") for n in range(OF_EACH)]
    theirs = [activity(f"Noor’s {n}:", "problem_solving") for n in range(OF_EACH)]
    close = {"action": "close_iteration", "override_reason": "Time is up"}

    def judge(judgement: str, **more: str) -> Json:
        return {"action": "judge_activity", "activity": kept["activity"], "judgement": judgement, **more}

    first = {"action": "open_iteration", "iteration": new_id(), "name": "Kick-off"}
    room.do(note(), kept, gone, *hers, *theirs, first, judge("must_do"), close)
    room.do({"action": "open_iteration", "iteration": new_id(), "name": "Second look"})
    room.do(activity("Teach the teachers"), judge("not_now", reason="No wood"), token=bo["token"])
    away = {"action": "retire_activity", "activity": gone["activity"], "reason": "Nobody asks for it"}
    answers = room.do(away, close)
    assert all("events" in answer for answer in answers), answers
    return Held(fay, noor, bo, hers, theirs, kept, gone)


def copied(page: Page, button: Locator) -> str:
    """Press a button that copies a link; give what is on the clipboard then."""
    button.click()
    page.get_by_role("status").filter(has_text="Link copied").wait_for()
    return str(page.evaluate("navigator.clipboard.readText()"))


def moment_of(page: Page) -> tuple[str, list[list[str]]]:
    """Tell when the moment was, as it is told, and which cards stand there with which marks."""
    page.locator(".over .sentence", has_text="Kick-off").wait_for()
    return page.locator(".banner h2").inner_text(), page.evaluate(MARKED)


def comparison_of(page: Page, language: str) -> list[str]:
    """Tell what the comparison says: its sentence, and each group with its differences."""
    sentence = page.locator(".head .sentence", has_text=DIFFERENT[language][0])
    sentence.wait_for()
    told = [sentence.inner_text(), *page.locator("main h3, main li > span").all_inner_texts()]
    return [" ".join(line.split()) for line in told]


def slide(page: Page, version: int) -> None:
    """Draw the slider to a version."""
    page.get_by_role("slider", name="Moment").fill(str(version))
    at(page, version)


def replayed(page: Page, room: Room) -> int:
    """Play by decision, step, and draw the slider to the close of the first iteration; give that moment."""
    closed = min(int(event["version"]) for event in room.events() if event["type"] == "IterationClosed")
    look_back(page)
    page.get_by_label("How fast").select_option("8")
    page.keyboard.press("Home")
    at(page, 1)
    page.keyboard.press(" ")
    page.wait_for_function(f"() => {SHOWN} > 4")
    page.keyboard.press(" ")
    page.get_by_role("button", name="Play").wait_for()
    slide(page, closed)
    page.get_by_role("button", name="Decision before").click()
    page.wait_for_function(f"(closed) => {SHOWN} < closed", arg=closed)
    page.get_by_role("button", name="Next decision").click()
    at(page, closed)
    return closed


def restored(page: Page, title: str) -> None:
    """Have a card as it was at the moment that is shown."""
    card(page, title).focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Restore it as it was here").click()
    preview = page.get_by_role("dialog", name=f"Restore “{title}”")
    preview.get_by_text("It comes back on the board.").wait_for()
    preview.get_by_role("button", name="Make this change").click()
    preview.get_by_text(f"“{title}” is as it was then.").wait_for()
    for _ in range(2):  # out of the preview, out of the sheet
        page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="detached")


def compared(page: Page) -> None:
    """Compare the two iterations, as chosen from the lists."""
    page.get_by_role("button", name="More", exact=True).first.click()
    page.get_by_role("menuitem", name="Compare two moments").click()
    page.get_by_role("combobox", name="From").select_option("“Kick-off” as it was closed")
    page.get_by_role("combobox", name="To").select_option("“Second look” as it was closed")
    page.get_by_text(DIFFERENT["en"][0]).wait_for()


def link_to_the_comparison(page: Page) -> str:
    """Copy it from the head of the comparison."""
    return copied(page, page.get_by_role("button", name="Copy the link to this comparison"))


def same_for(reader: Page, language: str, links: tuple[str, str], closed: int) -> tuple[str, list[list[str]]]:
    """Open both links: the comparison is word for word what it should be; give the moment, which is the same one."""
    moment_link, comparison_link = links
    reader.goto(comparison_link)
    assert comparison_of(reader, language) == DIFFERENT[language]
    reader.goto(moment_link)
    at(reader, closed)
    moment = moment_of(reader)
    assert reader.locator(".over .sentence").inner_text() == CLOSED[language]
    return moment


def test_two_write_while_a_third_looks_back_and_what_is_shared_is_the_same_for_all(people: People, room: Room) -> None:
    story = held(room)
    with two_writing(room, (story.fay, story.hers), (story.noor, story.theirs)) as writers:
        bo = people.enter(room, story.bo, permissions=CLIPBOARD)
        closed = replayed(bo, room)
        restored(bo, "Mend the web shop")
        writers.saw("Mend the web shop")

        moment = moment_of(bo)
        moment_link = copied(bo, bo.get_by_role("button", name="Copy the link to this moment"))
        compared(bo)
        links = moment_link, link_to_the_comparison(bo)
        writers.write_on(10)

        sam = people.enter(room, room.join("observer", "Sam"))
        assert same_for(sam, "en", links, closed) == moment
        piet = people.enter(room, room.join("participant", "Piet"), locale="nl-NL")
        when, board = same_for(piet, "nl", links, closed)
        assert when.startswith("Terugkijken: ")
        assert board == moment[1]
        writers.write_on(10)

    assert writers.moved == []
    titles = {activity: one["title"] for activity, one in room.canvas()["activities"].items()}
    assert titles[story.gone["activity"]] == "Mend the web shop"
    for own, written in writers.written.items():
        assert titles[own] == written.strip()
