"""The page for auditors: it says what `kern verify` says, over plain http too, and nothing leaves it."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Request, expect

from server.proving.notes import SigningKey
from tests.browser.people import PHONE, People
from tests.server.test_attested import written_anew
from tests.support.calls import Room as Called
from tests.support.process import Server

OTHER = SigningKey("kern-test", bytes(32))


class Desk:
    """An auditor's page, opened by plain http as from another computer, and a log to look at."""

    def __init__(self, server: Server, people: People, folder: Path) -> None:
        self.folder = folder
        room = Called.open(server.http, template="lego")
        path = f"/api/rooms/{room.id}"
        self.note = server.http.call("POST", f"{path}/checkpoints", token=room.token).json["note"]
        self.key = server.http.call("GET", "/api/key").json["key"]
        log = server.http.call("GET", f"{path}/export?format=jsonl", token=room.token).content
        self.lines = log.splitlines(keepends=True)
        self.page = opened(server, people)
        self.verdict = self.page.get_by_role("status")
        self.asked: list[str] = []
        self.page.on("request", self._note)

    def _note(self, request: Request) -> None:
        """Fonts and icons come as they are needed, by names that say nothing; anything else would be too much."""
        plain = request.method == "GET" and re.fullmatch(r"http://workshop\.test:\d+/assets/[\w.-]+", request.url)
        if not plain:
            self.asked.append(request.url)

    def choose(self, lines: list[bytes], *said: str) -> None:
        """Choose a file of these lines, and see what is said."""
        file = self.folder / f"{len(list(self.folder.iterdir()))}.jsonl"
        file.write_bytes(b"".join(lines))
        self.page.get_by_label("Choose a file").set_input_files(file)
        self.hear(*said)

    def keep(self, note: str, key: str, *said: str) -> None:
        """Fill in what an auditor kept, and see what is said."""
        self.page.get_by_role("textbox", name="Checkpoint The five lines").fill(note)
        self.page.get_by_label("Key of the server").fill(key)
        self.hear(*said)

    def hear(self, *said: str) -> None:
        for sentence in said:
            expect(self.verdict).to_contain_text(sentence)


def opened(server: Server, people: People, **options: Any) -> Page:  # noqa: ANN401 - playwright's
    page = people.context(f"http://workshop.test:{server.port}", **options).new_page()
    page.goto(f"http://workshop.test:{server.port}/verify")
    assert page.evaluate("crypto.subtle === undefined")
    return page


@pytest.fixture
def desk(server: Server, people: People, tmp_path: Path) -> Desk:
    return Desk(server, people, tmp_path)


def test_a_log_is_checked_in_the_page(desk: Desk) -> None:
    lines = desk.lines
    desk.choose(lines, f"all {len(lines)} events are as they were written", "only a checkpoint tells")
    desk.choose([*lines[:3], *lines[4:]], "Event 4 is not what it was", "up to event 3 is as it was written")
    desk.choose(lines[:-2], f"all {len(lines) - 2} events")
    desk.choose([], "Event 1 is not what it was", "or this is no log")
    assert desk.asked == []


def test_a_log_is_held_against_a_checkpoint(desk: Desk) -> None:
    lines, newest = desk.lines, len(desk.lines)
    desk.choose(lines, f"all {newest} events")
    desk.page.get_by_text("Hold it against a checkpoint").click()
    desk.keep(desk.note, desk.key, f"Event {newest} is the one that was signed")
    desk.choose(lines[:-2], f"Event {newest - 1} is not what it was", "its end was cut off")
    desk.choose(written_anew(lines, 2), f"Event {newest} is not what it was", "was written anew")
    desk.choose(lines, f"Event {newest} is the one that was signed")
    desk.keep(desk.note, "kern-x", "This is no key")
    desk.keep(desk.note, str(OTHER.public), "signed by another key")
    desk.keep(desk.note.replace(f"\n{newest}\n", f"\n{newest - 1}\n"), desk.key, "not that of these lines")
    desk.keep("x", desk.key, "This is no checkpoint")
    desk.keep(desk.note, "", "only a checkpoint tells")
    expect(desk.verdict).not_to_contain_text("This is no")
    assert desk.asked == []


def test_it_fits_a_phone_and_speaks_dutch(server: Server, people: People) -> None:
    page = opened(server, people, size=PHONE, locale="nl-NL")
    expect(page.get_by_role("heading", name="Is dit logboek veranderd?")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
