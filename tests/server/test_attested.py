"""What a chain alone can't tell, and a checkpoint does: an end that was cut off, and a log that was written anew."""

import json
from base64 import b64encode
from pathlib import Path
from random import Random

import pytest

from server.cli import main
from server.proving.attested import Attested
from server.proving.chain import BrokenError
from server.proving.notes import Checkpoint, SigningKey
from server.storage import codec
from server.storage.folder import log_file
from server.storage.store import SQLiteLog
from tests.server.played import Played, played
from tests.support.canonical import canonical, digest

KEY = SigningKey("kern-test", bytes(range(32)))
OTHER = SigningKey("kern-test", bytes(32))


@pytest.fixture(scope="module")
def story() -> Played:
    return played(5)


@pytest.fixture(scope="module")
def lines(story: Played) -> list[bytes]:
    return [codec.canonical(codec.unseal(stored)) + b"\n" for stored in story.stored]


@pytest.fixture(scope="module")
def room(story: Played) -> str:
    return str(json.loads(story.stored[0].body)["data"]["room"])


def checkpoint(story: Played, room: str, version: int) -> Checkpoint:
    return Checkpoint(room, version, story.stored[version - 1].digest.hex())


def broken_at(lines: list[bytes], *checkpoints: Checkpoint) -> int | None:
    chain = Attested(checkpoints)
    try:
        for line in lines:
            chain.line(line)
        chain.end()
    except BrokenError as broken:
        return broken.version
    return None


def written_anew(lines: list[bytes], place: int) -> list[bytes]:
    """Change an event, and chain it and all behind it anew, as somebody does who knows how."""
    events = [json.loads(line) for line in lines]
    events[place]["at"] = "2031-01-31T09:30:00.000000Z"
    previous = events[place - 1]["digest"] if place else codec.BEGINNING
    for event in events[place:]:
        previous = event["digest"] = digest(previous, event)
    return [canonical(event).encode() + b"\n" for event in events]


def test_a_log_that_was_cut_off_is_named_by_the_first_version_that_is_missing(
    story: Played, lines: list[bytes], room: str
) -> None:
    for seed in range(60):
        chance = Random(seed)
        signed, kept = chance.randrange(2, story.head + 1), chance.randrange(story.head)
        found = broken_at(lines[:kept], checkpoint(story, room, signed))
        assert found == (kept + 1 if kept < signed or not kept else None), seed


def test_a_log_that_was_written_anew_is_named_by_the_version_that_was_signed(
    story: Played, lines: list[bytes], room: str
) -> None:
    for seed in range(60):
        chance = Random(seed)
        signed, place = chance.randrange(1, story.head + 1), chance.randrange(story.head)
        anew = written_anew(lines, place)
        assert broken_at(anew) is None, "the chain alone holds"
        found = broken_at(anew, checkpoint(story, room, signed))
        assert found == (signed if place < signed else None), seed


def test_of_several_checkpoints_the_first_that_does_not_fit_is_named(
    story: Played, lines: list[bytes], room: str
) -> None:
    signed = [checkpoint(story, room, version) for version in (30, 10, 20)]
    assert broken_at(lines, *signed) is None
    assert broken_at(written_anew(lines, 14), *signed) == 20


# ---- the command


@pytest.fixture
def folder(tmp_path: Path, story: Played, room: str) -> Path:
    log = SQLiteLog(log_file(tmp_path))
    story.write(log, upto=100, room=room)
    log.close()
    return tmp_path


def verified(folder: Path, named: str, note: str, key: str | None = str(KEY.public)) -> int:
    (folder / "note").write_text(note, encoding="utf-8")
    given = [] if key is None else ["--key", key]
    return main(["verify", named, "--data", str(folder), "--checkpoint", str(folder / "note"), *given])


def test_a_room_and_a_file_are_held_against_a_note(
    folder: Path, story: Played, lines: list[bytes], room: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = folder / "log.jsonl"
    file.write_bytes(b"".join(lines[:100]))
    (folder / "key").write_text(f"{KEY.public}\n")
    for named in (room, str(file)):
        for key in (str(KEY.public), str(folder / "key")):
            assert verified(folder, named, KEY.sign(checkpoint(story, room, 90)), key) == 0
            assert capsys.readouterr().out.endswith("\nevent 90 is the one that was signed\n")
        assert verified(folder, named, KEY.sign(checkpoint(story, room, 110))) == 1
        assert capsys.readouterr().out == "broken at version 101: it is missing, though version 110 was signed\n"
        assert verified(folder, named, KEY.sign(Checkpoint(room, 50, "0" * 64))) == 1
        assert capsys.readouterr().out.startswith("broken at version 50: ")


def test_a_checkpoint_that_proves_nothing_is_told_in_a_sentence(
    folder: Path, story: Played, room: str, capsys: pytest.CaptureFixture[str]
) -> None:
    good = KEY.sign(checkpoint(story, room, 90))
    cases = {
        "a checkpoint is checked against a key": (good, None),
        "can't be used: it is no key of the form": (good, "x"),
        "it bears no signature of this key": (good, str(OTHER.public)),
        "its signature is not that of its text": (good.replace("\n90\n", "\n91\n"), str(KEY.public)),
        "it is no signed note": ("x", str(KEY.public)),
        "is of room elsewhere, the log of": (
            KEY.sign(Checkpoint("elsewhere", 90, story.stored[89].digest.hex())),
            str(KEY.public),
        ),
    }
    for sentence, (note, key) in cases.items():
        assert verified(folder, room, note, key) == 1
        told = capsys.readouterr()
        assert (told.out, sentence.lower() in told.err.lower()) == ("", True), (sentence, told.err)
    missing = ["verify", room, "--data", str(folder), "--checkpoint", str(folder / "none"), "--key", str(KEY.public)]
    assert main(missing) == 1
    assert "proves nothing: No such file" in capsys.readouterr().err
    assert b64encode(KEY.public.public).decode() not in good
