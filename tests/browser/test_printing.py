"""The guideline and the minutes on paper: what belongs together stays on one page, and nothing is cut off.

Pages can't be looked into from within. Columns as large as a page's text can, and a browser breaks both by the same
rules.
"""

import re
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.people import People
from tests.browser.rooms import Room, activity, new_id, note
from tests.support.patch import Json

CATEGORIES = ("production", "problem_solving", "platform_network")
LONG = "Bring everybody who has to do with delivering, returning and repairing the bricks around one table each month"
DETAILS = "First the planks are chosen.\n\nWhoever does this takes the list along, and ticks off each plank."
A4_CM = 25.45
"""How high the text of a page is, without its margins."""
HEIGHTS_CM = (A4_CM, *(15 + tenth / 2 for tenth in range(20)))
"""More of them, so that breaks come at many places."""
ICON = re.compile("404")
"""A page that stands alone is asked for its icon, and has none."""
PAGED = """
(height) => {
  const main = document.querySelector('main');
  const paged = { width: '17cm', height: `${height}cm`, columns: '17cm', columnGap: '1cm', columnFill: 'auto' };
  Object.assign(main.style, paged);
  const left = main.getBoundingClientRect().left;
  const step = main.clientWidth + parseFloat(getComputedStyle(main).columnGap);
  const page = (box) => Math.round((box.left - left) / step);
  const pages = [];
  for (const one of main.querySelectorAll('h1, h2, h3, h4, p, li')) {
    const boxes = [...one.getClientRects()];
    const on = [...new Set(boxes.map(page))];
    const told = { tag: one.localName, pages: on.length, words: one.textContent };
    for (const number of on) (pages[number] ??= []).push(told);
  }
  const wide = [...main.querySelectorAll('*')].filter((one) => one.scrollWidth > main.clientWidth + 1);
  return { pages, wide: wide.length };
}
"""


def two_hundred(room: Room) -> None:
    """Fill a room with two hundred activities, most with much to say, and close it."""
    value = note()
    cards = [activity(f"{LONG} ({n})", CATEGORIES[n % 3]) for n in range(200)]
    room.do(value, {"action": "open_iteration", "iteration": new_id(), "name": "Kick-off"}, *cards)
    room.do(*(judged(card, n) for n, card in enumerate(cards) if n % 9))
    base = int(room.server.http.get(f"/api/rooms/{room.id}/audit", room.token)["version"])
    reword = {"action": "reword_activity", "field": "details", "text": DETAILS, "base": base}
    room.do(*({**reword, "activity": card["activity"]} for card in cards[::3]))
    room.do(*({"action": "link_activity", "activity": one["activity"], "note": value["note"]} for one in cards[::4]))
    room.do({"action": "close_iteration", "override_reason": "Time is up"})


def judged(card: Json, number: int) -> Json:
    reason = LONG if number % 2 else None
    judgement = "must_do" if number % 4 else "not_now"
    return {"action": "judge_activity", "activity": card["activity"], "judgement": judgement, "reason": reason}


def printed(people: People, room: Room, query: str) -> Page:
    """Open a document as it is printed."""
    people.excused.append(ICON)
    headers = {"Authorization": f"Bearer {room.token}"}
    page = people.context(room.url, extra_http_headers=headers).new_page()
    page.goto(f"{room.url}/api/rooms/{room.id}/export?format=html&{query}")
    page.emulate_media(media="print")
    return page


@pytest.mark.parametrize("document", ["guideline", "minutes"])
def test_no_heading_ends_a_page_and_no_activity_is_torn_apart(people: People, room: Room, document: str) -> None:
    two_hundred(room)
    page = printed(people, room, f"document={document}&language=nl")
    for height in HEIGHTS_CM:
        found: dict[str, Any] = page.evaluate(PAGED, height)
        pages = found["pages"]
        assert len(pages) > 8
        assert [one[-1] for one in pages if one[-1]["tag"].startswith("h")] == [], height
        assert [one for each in pages for one in each if one["tag"] == "li" and one["pages"] > 1] == [], height
        assert pages[-1][-1]["words"].startswith("Stand bij versie")
        assert len(pages[-1]) > 1, f"it stands alone on its page: {height}"
        assert found["wide"] == 0


def test_a_room_in_which_nothing_happened_is_one_page_that_says_so(people: People, room: Room) -> None:
    page = printed(people, room, "document=guideline&language=en")
    page.get_by_text("Nothing has been judged as must do yet.").wait_for()
    assert len(page.evaluate(PAGED, A4_CM)["pages"]) == 1
