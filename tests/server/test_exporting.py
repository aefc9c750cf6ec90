"""Exports: as they were written by hand for a small room; the same bytes from the server and from the command line."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.events import EVENTS
from domain.vocabulary import BLOCKS, LISTS
from projections import guideline, trail
from projections.naming import DUTCH, ENGLISH
from projections.trail import Now
from server.cli import main
from server.live.access import hashed
from server.storage.folder import log_file
from server.storage.log import Append, PersonKept
from server.storage.store import SQLiteLog
from tests.server.exports import small_room
from tests.server.played import played
from tests.support.calls import Reply
from tests.support.process import Server

HAND = Path(small_room.__file__).parent
WRITTEN = {(form, language): HAND / f"{name}.{language}.{form}" for language in ("nl", "en")
           for form, name in (("md", "guideline"), ("csv", "revisions"))}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    log = SQLiteLog(log_file(tmp_path))
    small_room.write(log)
    log.close()
    return tmp_path


@pytest.mark.parametrize(("form", "language"), WRITTEN)
def test_a_small_room_is_exported_as_it_was_written_by_hand(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes], form: str, language: str
) -> None:
    arguments = ["export", "bricks", "--format", form, "--data", str(folder)]
    assert main([*arguments, "--language", language]) == 0
    assert capfdbinary.readouterr().out == WRITTEN[form, language].read_bytes()
    if language == "nl":  # the room's own
        assert main(arguments) == 0
        assert capfdbinary.readouterr().out == WRITTEN[form, language].read_bytes()


class House:
    """A server on a folder with the small room and one that was played, where anna looks on."""

    TOKEN = "a token"

    def __init__(self, folder: Path) -> None:
        log = SQLiteLog(log_file(folder))
        small_room.write(log)
        anna = PersonKept("anna", "Anna", "participant", hashed(self.TOKEN))
        story = played(5)
        log.append([Append("played", tuple(story.stored), people=(anna,))])
        log.close()
        self.server = Server(folder).start()

    def export(self, query: str) -> Reply:
        """Ask for a download of the room that was played."""
        return self.server.http.call("GET", f"/api/rooms/played/export?{query}", token=self.TOKEN)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path)
    yield house
    house.server.kill()


def test_the_server_and_the_command_line_give_the_same_bytes(
    house: House, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    for form in ("json", "jsonl", "csv", "md", "html", "md&document=minutes", "html&document=minutes"):
        for language in ("nl", "en"):
            download = house.export(f"format={form}&language={language}")
            assert download.status == 200
            data = ["--data", str(house.server.data)]
            asked, _, document = form.partition("&document=")
            chosen = ["--document", document] if document else []
            assert main(["export", "played", "--format", asked, *chosen, "--language", language, *data]) == 0
            assert capfdbinary.readouterr().out == download.content, form
            assert house.export(f"format={form}&language={language}").content == download.content
    canvas = house.server.http.call("GET", "/api/rooms/played/canvas", token=house.TOKEN)
    assert json.loads(house.export("format=json").content) == canvas.json


def test_every_event_field_and_word_has_a_name_in_both_languages() -> None:
    assert set(trail.KINDS["en"]) == set(trail.KINDS["nl"]) == set(EVENTS)
    assert trail.FIELDS["en"].keys() == trail.FIELDS["nl"].keys()
    assert len(trail.COLUMNS["en"]) == len(trail.COLUMNS["nl"])
    assert guideline.WORDS["en"].keys() == guideline.WORDS["nl"].keys()
    assert {*BLOCKS, *LISTS} <= ENGLISH.keys() & DUTCH.keys()
    for seed in range(4):
        for one in played(seed).moments.revisions:
            assert trail.row(one._asdict(), Now({}, {}), "nl").count(";") >= len(trail.COLUMNS["nl"]) - 1


def test_a_document_is_written_in_words_and_nothing_else(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["export", "bricks", "--format", "csv", "--document", "minutes", "--data", str(folder)]
    assert main(arguments) == 1
    assert "can't be written as csv; take md or html" in capsys.readouterr().err
