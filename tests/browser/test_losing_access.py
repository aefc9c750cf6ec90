"""Somebody is taken out of the room: what they see, what becomes of what they wrote, and the way back in."""

from playwright.sync_api import Page, expect

from tests.browser.people import People, add, card, saved
from tests.browser.rooms import Room, note
from tests.support.patch import Json

NOTHING_LEFT = """
() => new Promise((resolve) => {
  const opened = indexedDB.open('kern');
  opened.onsuccess = () => {
    const all = opened.result.transaction('commands').objectStore('commands').count();
    all.onsuccess = () => { opened.result.close(); resolve(all.result === 0); };
  };
})
"""
"""The device holds no change that waits."""


def removed_while_writing(room: Room, people: People) -> tuple[Page, Json]:
    """Ben adds something on a slow line; before it arrives, Fay takes him out."""
    room.do(note())
    ben = room.join("participant", "Ben") | {"links": {"participant": room.links["participant"]}}
    page = people.enter(room, ben, slowed=1500)
    add(page, "Design bricks")
    room.do({"action": "remove_person", "participant": ben["participant"]})
    page.wait_for_selector("[data-state=ended]")
    return page, ben


def test_a_removed_person_reads_so_and_can_copy_what_they_wrote(room: Room, people: People) -> None:
    page, _ben = removed_while_writing(room, people)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    expect(page.get_by_role("heading", level=1)).to_have_text("You no longer have access to this room.")
    expect(page.get_by_role("region", name="Not saved yet")).to_contain_text("Design bricks")
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "Design bricks"
    page.reload()
    page.wait_for_selector("[data-state=ended]")
    expect(page.get_by_role("region", name="Not saved yet")).to_contain_text("Design bricks")


def test_who_comes_in_anew_is_asked_before_what_they_wrote_goes_on(room: Room, people: People) -> None:
    page, _ben = removed_while_writing(room, people)
    page.get_by_role("button", name="Join again").click()
    page.get_by_role("textbox", name="Your name").fill("Ben")
    page.get_by_role("button", name="Join", exact=True).click()
    page.wait_for_selector("[data-state=live]")
    asked = page.get_by_role("region", name="Not saved")
    expect(asked).to_contain_text("Design bricks")
    assert room.titles() == []
    asked.get_by_role("button", name="Add it now").click()
    expect(asked).to_have_count(0)
    saved(page)
    expect(card(page, "Design bricks")).to_be_visible()
    assert room.titles() == ["Design bricks"]
    page.reload()
    page.wait_for_selector("[data-state=live]")
    expect(page.get_by_role("region", name="Not saved")).to_have_count(0)


def test_or_throws_it_away(room: Room, people: People) -> None:
    page, _ben = removed_while_writing(room, people)
    page.get_by_role("button", name="Join again").click()
    page.get_by_role("textbox", name="Your name").fill("Ben")
    page.get_by_role("button", name="Join", exact=True).click()
    page.get_by_role("region", name="Not saved").get_by_role("button", name="Discard").click()
    expect(page.get_by_role("region", name="Not saved")).to_have_count(0)
    page.wait_for_function(NOTHING_LEFT)
    page.reload()
    page.wait_for_selector("[data-state=live]")
    expect(page.get_by_role("region", name="Not saved")).to_have_count(0)
    assert room.titles() == []
