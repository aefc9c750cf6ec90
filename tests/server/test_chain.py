"""What an auditor's reading of an export finds: every tampering, at the right version."""

import hashlib
import io
import json
from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from server.proving.chain import BrokenError, Chain
from server.storage import codec
from tests.server.played import played
from tests.support.canonical import canonical

Lines = list[bytes]


@pytest.fixture(scope="module")
def lines() -> Lines:
    return [codec.canonical(codec.unseal(stored)) + b"\n" for stored in played(5).stored]


def broken_at(lines: Lines) -> int | None:
    """Tell at which version the log of these lines is broken; None where it holds."""
    chain = Chain()
    try:
        for line in io.BytesIO(b"".join(lines)):
            chain.line(line)
        chain.end()
    except BrokenError as broken:
        return broken.version
    return None


def changed(line: bytes, **members: object) -> bytes:
    """Give the line with other members, canonical as before."""
    return canonical({**json.loads(line), **members}).encode() + b"\n"


def another_byte(lines: Lines, chance: Random) -> int:
    at = chance.randrange(len(lines))
    line = bytearray(lines[at])
    place = chance.randrange(len(line))
    line[place] = chance.choice([byte for byte in range(256) if byte != line[place]])
    lines[at] = bytes(line)
    return at + 1


def another_case(lines: Lines, chance: Random) -> int:
    """Change a letter into its other case: hex digits mean the same in both."""
    at = chance.randrange(len(lines))
    line = bytearray(lines[at])
    place = chance.choice([place for place, byte in enumerate(line) if bytes([byte]).isalpha()])
    line[place] ^= 0x20
    lines[at] = bytes(line)
    return at + 1


def another_order(lines: Lines, chance: Random) -> int:
    one, other = sorted(chance.sample(range(len(lines)), 2))
    lines[one], lines[other] = lines[other], lines[one]
    return one + 1


def deletion(lines: Lines, chance: Random) -> int:
    at = chance.randrange(len(lines) - 1)
    del lines[at]
    return at + 1


def insertion(lines: Lines, chance: Random) -> int:
    at, source = chance.sample(range(len(lines)), 2)
    line = lines[source]
    if chance.random() < 0.5:
        line = changed(line, version=at + 1)
    lines.insert(at, line)
    return at + 1


def another_time(lines: Lines, chance: Random) -> int:
    at = chance.randrange(len(lines))
    lines[at] = changed(lines[at], at=f"2026-02-0{chance.randrange(1, 10)}T09:30:00.000000Z")
    return at + 1


def another_author(lines: Lines, chance: Random) -> int:
    at = chance.randrange(len(lines))
    former = json.loads(lines[at])["by"]
    lines[at] = changed(lines[at], by=chance.choice([who for who in ("frida", "piet", "anna", None) if who != former]))
    return at + 1


TAMPERINGS: list[Callable[[Lines, Random], int]] = [
    *(another_byte, another_case, another_order, deletion, insertion, another_time, another_author),
]


def test_a_log_that_nobody_touched_holds(lines: Lines) -> None:
    assert broken_at(lines) is None
    chain = Chain()
    for line in lines:
        chain.line(line)
    assert (chain.version, chain.digest) == (len(lines), json.loads(lines[-1])["digest"])


@pytest.mark.parametrize("tampering", TAMPERINGS, ids=lambda tampering: tampering.__name__)
def test_whatever_is_done_to_a_log_is_found_at_its_version(
    lines: Lines, tampering: Callable[[Lines, Random], int]
) -> None:
    for seed in range(40):
        tampered = list(lines)
        version = tampering(tampered, Random(seed))
        assert broken_at(tampered) == version, seed


def test_what_means_the_same_in_other_bytes_is_broken(lines: Lines) -> None:
    at = next(at for at, line in enumerate(lines) if set(json.loads(line)["salt"] or "") & set("abcdef"))
    event = json.loads(lines[at])
    spaced = json.dumps(event, ensure_ascii=False, sort_keys=True).encode() + b"\n"
    others: list[bytes] = [
        *(spaced, changed(lines[at], salt=event["salt"].upper()), changed(lines[at], changes=[])),
        changed(lines[at], salts={}),
        changed(lines[at], format=True),
        lines[at].replace(b'"version":%d,' % (at + 1), b'"version":%d.0,' % (at + 1)),
        *(lines[at][:-1] + b"\r\n", lines[at][:-1], b"\xef\xbb\xbf" + lines[at], b"\n", b"null\n", b"[]\n", b"{}\n"),
        lines[at].replace(b'"by":', b'"by":null,"by":'),
    ]
    for other in others:
        assert broken_at([*lines[:at], other, *lines[at + 1 :]]) == at + 1, other


def test_a_missing_event_is_named_by_the_first_version_that_is_missing(lines: Lines) -> None:
    assert broken_at(lines[5:]) == 1
    assert broken_at([*lines[:7], *lines[12:]]) == 8
    assert broken_at([]) == 1


# ---- texts that were taken out


def sha(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def redacted_log(*, named: bool = True, own: str = "5" * 64) -> Lines:
    """A log of three events, written from the protocol alone: a title was taken out of the second, its details stay."""
    texts = {"/details": "With care", "/title": "Noor makes it"}
    salts = {"/details": own, "/title": "7" * 64}
    commitments = {pointer: sha(f"kern/word/1\n{salts[pointer]}\n{text}") for pointer, text in texts.items()}
    common = {
        "format": 1,
        "epoch": "e",
        "schema": 1,
        "at": "2026-01-31T09:30:00.000000Z",
        "by": "anna",
        "command": None,
    }
    bodies: list[dict[str, Any]] = [
        {"version": 1, "type": "CanvasLocked", "data": {}, "words": []},
        {
            "version": 2,
            "type": "ActivityAdded",
            "words": ["/details", "/title"],
            "data": {"title": commitments["/title"], "details": commitments["/details"]},
        },
        {
            "version": 3,
            "type": "TextRedacted",
            "words": [],
            "data": {"version": 2, "pointer": "/title" if named else "/details"},
        },
    ]
    lines, previous = Lines(), "0" * 64
    for body in bodies:
        hashed = {**common, **body}
        previous = sha(f"kern/event/1\n{previous}\n{canonical(hashed)}")
        shown = {**hashed, "salt": None, "digest": previous}
        if body["words"]:
            data = {"title": {"redacted": commitments["/title"]}, "details": texts["/details"]}
            shown |= {"data": data, "salts": {"/details": own}}
        lines.append(canonical(shown).encode() + b"\n")
    return lines


def test_a_text_that_was_taken_out_and_named_leaves_the_chain_whole() -> None:
    lines = redacted_log()
    assert broken_at(lines) is None
    event = json.loads(lines[1])
    data = event["data"]
    others: list[dict[str, Any]] = [
        {"data": {**data, "details": "Without care"}},
        {"data": {**data, "title": {"redacted": "0" * 64}}},
        {"data": {**data, "title": "Piet makes it"}},
        {"data": {**data, "title": {"redacted": data["title"]["redacted"], "why": ""}}},
        {"data": {**data, "title": ["redacted"]}},
        {"salts": {"/details": "6" * 64}},
        {"salts": {}},
        {"salts": {"/details": "5" * 64, "/title": "7" * 64}},
        {"salt": "5" * 32},
    ]
    for other in others:
        assert broken_at([lines[0], changed(lines[1], **other), lines[2]]) == 2, other


def test_a_text_that_is_gone_without_a_redaction_is_a_broken_log() -> None:
    assert broken_at(redacted_log(named=False)) == 2
    assert broken_at(redacted_log()[:2]) == 2
