"""Two tabs of one person: one sends for both, and either goes on without the other."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import CUT_LINE, People, add, card, kept, saved, title_of
from tests.browser.rooms import Room, activity, note
from tests.support.process import Server

SECONDS_MS = 20_000
"""Time enough for the tab that is left to look at what lies on the device."""

LISTEN = """
const Line = WebSocket;
window.sentHere = [];
window.WebSocket = class extends Line {
  send(text) { if (text.includes('"type":"do"')) window.sentHere.push(JSON.parse(text).id); super.send(text); }
};
"""


def sent(page: Page) -> list[str]:
    """Give the ids of the commands that this tab sent itself."""
    ids: list[str] = page.evaluate("window.sentHere")
    return ids


def two_tabs(room: Room, people: People) -> tuple[Page, Page]:
    """Open the room twice in one browser; the first tab is the one that sends."""
    fay = people.enter(room, room.facilitator())
    fay.context.add_init_script(LISTEN)
    fay.reload()
    fay.wait_for_selector("[data-state=live]")
    return fay, people.open(fay.context, room)


@pytest.fixture
def plain(room: Room) -> Room:
    """Give a room whose address browsers trust no more than any other in the local network."""
    room.url = room.url.replace("127.0.0.1", "workshop.test")
    return room


def test_one_tab_sends_for_both(plain: Room, people: People) -> None:
    plain.do(note())
    first, second = two_tabs(plain, people)
    assert second.evaluate("[isSecureContext, 'locks' in navigator, 'randomUUID' in crypto]") == [False, False, False]
    add(first, "Design bricks")
    add(second, "Deliver bricks")
    for page in (first, second):
        expect(card(page, "Design bricks")).to_be_visible()
        expect(card(page, "Deliver bricks")).to_be_visible()
        saved(page)
    ids = [*sent(first), *sent(second)]
    assert len(ids) == len(set(ids)) == 2, "each change went out once"
    assert not (sent(first) and sent(second)), "and all of them through one tab"
    assert plain.titles() == ["Deliver bricks", "Design bricks"]


def test_what_one_tab_writes_offline_the_other_shows_and_sends_after_it_was_closed(
    own_server: Server, people: People
) -> None:
    people.excused = [CUT_LINE]
    room = Room(own_server)
    added = activity("Build")
    room.do(note(), added)
    first, second = two_tabs(room, people)
    own_server.kill()
    for page in (first, second):
        page.wait_for_selector("[data-state=reconnecting]")
    add(first, "Design bricks")
    expect(card(second, "Design bricks").get_by_text("Not saved yet")).to_be_visible()
    add(second, "Deliver bricks")
    title_of(first, added).press("End")
    title_of(first, added).press_sequentially(" well")
    kept(first, "Build well")
    first.close()

    own_server.start()
    expect(card(second, "Build well")).to_be_visible(timeout=SECONDS_MS)
    saved(second)
    assert room.titles() == ["Build well", "Deliver bricks", "Design bricks"]
    assert sum(event["type"] == "ActivityAdded" for event in room.events()) == 3


def test_a_tab_that_the_device_froze_is_replaced_within_seconds(plain: Room, people: People) -> None:
    plain.do(note())
    first, second = two_tabs(plain, people)
    for page in (first, second):
        add(page, f"By {'first' if page is first else 'second'}")
        saved(page)
    frozen = first if sent(first) else second
    other = second if frozen is first else first
    line = frozen.context.new_cdp_session(frozen)
    line.send("Page.setWebLifecycleState", {"state": "frozen"})
    add(other, "While the other sleeps")
    saved(other)
    assert "While the other sleeps" in plain.titles()
    line.send("Page.setWebLifecycleState", {"state": "active"})
    saved(frozen)
    expect(card(frozen, "While the other sleeps")).to_be_visible()


def test_a_refused_change_is_told_in_the_tab_that_made_it(plain: Room, people: People) -> None:
    plain.do(note())
    first, second = two_tabs(plain, people)
    add(second, "Design " + "x" * 200)
    refused = second.get_by_role("region", name="Not saved")
    expect(refused.get_by_label("Your text")).to_contain_text("Design xxx")
    expect(first.get_by_role("region", name="Not saved")).to_have_count(0)


def test_the_same_person_in_two_browsers_is_no_trouble(room: Room, people: People) -> None:
    room.do(note())
    laptop = people.enter(room, room.facilitator())
    phone = people.enter(room, room.facilitator())
    add(laptop, "Design bricks")
    add(phone, "Deliver bricks")
    for page in (laptop, phone):
        expect(page.get_by_role("article")).to_have_count(2)
        saved(page)
    assert json.dumps(room.titles()) == json.dumps(["Deliver bricks", "Design bricks"])
