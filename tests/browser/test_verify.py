"""The page for auditors: it says what `kern verify` says, over plain http too, and nothing leaves it."""

from pathlib import Path

from playwright.sync_api import Page, Request, expect

from server.notes import SigningKey
from tests.browser.people import PHONE, People
from tests.server.test_attested import written_anew
from tests.support.calls import Room as Called
from tests.support.process import Server

OTHER = SigningKey("kern-test", bytes(32))


def opened(server: Server, people: People, **options: object) -> Page:
    """Open the page as from another computer by plain http, where there is no crypto.subtle."""
    page = people.context(f"http://workshop.test:{server.port}", **options).new_page()
    page.goto(f"http://workshop.test:{server.port}/verify")
    assert page.evaluate("crypto.subtle === undefined")
    return page


def test_a_log_is_checked_in_the_page_and_held_against_a_checkpoint(
    server: Server, people: People, tmp_path: Path
) -> None:
    room = Called.open(server.http, template="lego")
    signed = server.http.call("POST", f"/api/rooms/{room.id}/checkpoints", token=room.token).json
    key = server.http.call("GET", "/api/key").json["key"]
    log = server.http.call("GET", f"/api/rooms/{room.id}/export?format=jsonl", token=room.token).content
    lines = log.splitlines(keepends=True)
    page = opened(server, people)
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    def choose(content: bytes) -> None:
        file = tmp_path / f"{len(list(tmp_path.iterdir()))}.jsonl"
        file.write_bytes(content)
        page.get_by_label("Choose a file").set_input_files(file)

    page.on("request", note)
    verdict = page.get_by_role("status")
    choose(log)
    expect(verdict).to_contain_text(f"all {len(lines)} events are as they were written")
    expect(verdict).to_contain_text("only a checkpoint tells")
    choose(b"".join([*lines[:3], *lines[4:]]))
    expect(verdict).to_contain_text("Event 4 is not what it was")
    choose(b"".join(lines[:-2]))
    expect(verdict).to_contain_text(f"all {len(lines) - 2} events")

    page.get_by_text("Hold it against a checkpoint").click()
    page.get_by_role("textbox", name="Checkpoint The five lines").fill(signed["note"])
    page.get_by_label("Key of the server").fill(key)
    page.get_by_label("Key of the server").press("Tab")
    expect(verdict).to_contain_text(f"Event {len(lines) - 1} is not what it was")
    expect(verdict).to_contain_text("its end was cut off")
    choose(b"".join(written_anew(lines, 2)))
    expect(verdict).to_contain_text(f"Event {len(lines)} is not what it was")
    choose(log)
    expect(verdict).to_contain_text(f"Event {len(lines)} is the one that was signed")
    for wrong, sentence in {"kern-x": "This is no key", str(OTHER.public): "by another key"}.items():
        page.get_by_label("Key of the server").fill(wrong)
        page.get_by_label("Key of the server").press("Tab")
        expect(verdict).to_contain_text(sentence)
    assert asked == []


def test_it_fits_a_phone_and_speaks_dutch(server: Server, people: People) -> None:
    page = opened(server, people, size=PHONE, locale="nl-NL")
    expect(page.get_by_role("heading", name="Is dit logboek veranderd?")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
