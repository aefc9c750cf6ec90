"""What everyone does now, and how long still: set by who leads, seen by all, and only a signal."""

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from tests.browser.people import PHONE, People, preferences, saved, title_of
from tests.browser.rooms import Room, activity, note
from tests.support.patch import Json


def phase(label: str | None, seconds: float | None) -> Json:
    ends = (
        None if seconds is None else (datetime.now(UTC) + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    )
    return {"action": "set_phase", "label": label, "ends_at": ends}


def timer(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Phase and timer")).click()


def test_a_phase_is_begun_extended_stopped_and_ended(room: Room, people: People) -> None:
    fay = people.enter(room, room.facilitator())
    ben = people.enter(room, room.join("participant", "Ben"), size=PHONE)
    expect(ben.get_by_role("timer")).to_have_count(0)
    timer(fay)
    fay.get_by_label("What is everyone doing now?").fill("Write ideas")
    fay.get_by_role("radio", name="3 min").check()
    fay.get_by_role("button", name="Start").click()
    shown = ben.get_by_role("timer")
    expect(shown).to_contain_text("Write ideas")
    expect(shown).to_have_text(re.compile(r"(3:00|2:5\d)"))
    expect(ben.get_by_role("log")).to_have_text("Write ideas: 3 minutes.")
    expect(shown).not_to_have_text(re.compile(r"3:00"))
    expect(ben.get_by_role("button", name="Phase and timer")).to_have_count(0)

    timer(fay)
    fay.get_by_role("button", name="One minute more").click()
    expect(shown).to_have_text(re.compile(r"(4:00|3:[45]\d)"))
    fay.get_by_role("button", name="Stop the timer").click()
    expect(shown).to_have_text(re.compile("^\\s*Write ideas\\s*$"))
    fay.get_by_role("button", name="End this phase").click()
    expect(shown).to_have_count(0)
    saved(fay)
    assert room.canvas()["phase"] is None


def test_ones_own_number_of_minutes_by_keyboard_alone(room: Room, people: People) -> None:
    fay = people.enter(room, room.facilitator())
    fay.get_by_role("button", name=re.compile("^Phase and timer")).press("Enter")
    dialog = fay.get_by_role("dialog", name="Phase and timer")
    dialog.get_by_label("What is everyone doing now?").press("Tab")
    for _ in range(4):  # from five minutes on
        fay.keyboard.press("ArrowDown")
    expect(dialog.get_by_role("radio", name="Another number of minutes")).to_be_checked()
    fay.keyboard.press("Tab")
    fay.keyboard.type("45")
    fay.keyboard.press("Enter")
    expect(fay.get_by_role("button", name=re.compile("^Phase and timer"))).to_have_text(re.compile(r"(45:00|44:5\d)"))
    saved(fay)
    assert room.canvas()["phase"]["label"] is None


def test_the_end_is_a_signal_and_nothing_else(room: Room, people: People) -> None:
    added = activity("Design bricks")
    room.do(note(), added)
    ben = people.enter(room, room.join("participant", "Ben"))
    els = people.enter(room, room.join("participant", "Els"), size=PHONE, locale="nl-NL")
    field = title_of(ben, added)
    field.press("End")
    room.do(phase("Write ideas", 2.5))
    ben.keyboard.type(" from")
    shown = ben.get_by_role("timer")
    expect(shown).to_have_text(re.compile("0:0[12]"))
    expect(shown).to_contain_text("Time is up")
    expect(ben.get_by_role("log")).to_have_text("Write ideas: time is up.")
    expect(els.get_by_role("timer")).to_contain_text("De tijd is om")
    expect(els.get_by_role("log")).to_have_text("Write ideas: de tijd is om.")
    expect(field).to_be_focused()
    ben.keyboard.type(" wood")
    saved(ben)
    assert room.titles() == ["Design bricks from wood"]
    assert room.canvas()["phase"]["label"] == "Write ideas"


def test_the_time_is_the_servers_whatever_the_device_thinks(room: Room, people: People) -> None:
    room.do(phase("Write ideas", 290))
    ben = people.context(room.url).new_page()
    ben.clock.set_system_time(datetime.now(UTC) + timedelta(minutes=7))
    link = room.url + room.links["participant"]
    ben.goto(link)
    ben.get_by_label("Your name").fill("Ben")
    ben.get_by_role("button", name="Join").click()
    expect(ben.get_by_role("timer")).to_have_text(re.compile(r"4:[345]\d"))


HEARD = """
window.heard = 0;
const Tone = OscillatorNode;
window.OscillatorNode = class extends Tone { constructor(...how) { super(...how); window.heard += 1; } };
0;
"""


def test_a_sound_is_heard_only_by_who_wants_it(room: Room, people: People) -> None:
    ben = people.enter(room, room.join("participant", "Ben"))
    els = people.enter(room, room.join("participant", "Els"))
    for page in (ben, els):
        page.evaluate(HEARD)
    preferences(ben).get_by_role("checkbox", name="A sound when the time is up").check()
    ben.keyboard.press("Escape")
    sample = ben.evaluate("heard")
    assert sample > 0, "one hears what it will be"
    room.do(phase("Write ideas", 1))
    for page in (ben, els):
        expect(page.get_by_role("timer")).to_contain_text("Time is up")
    ben.wait_for_function("sample => heard > sample", arg=sample)
    assert els.evaluate("heard") == 0
