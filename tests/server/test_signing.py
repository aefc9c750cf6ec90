"""Signed notes, the key that signs them, and the memory that keeps it from ever saying two things of one log."""

import logging
import os
import sqlite3
from base64 import b64decode, b64encode
from pathlib import Path

import pytest

from server.proving.notes import Checkpoint, NoteError, SigningKey, VerifierKey
from server.proving.signing import Noted, SignedOtherwiseError, Signer
from server.storage.folder import FolderError
from server.storage.log import LogError

PRIVATE = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
"""The keys that the documentation of Go's package `note` has as its example."""

KEY = SigningKey.read(PRIVATE)
HEAD = "ab" * 32
CHECKPOINT = Checkpoint("room", 7, HEAD)
NOTE = KEY.sign(CHECKPOINT)


def heads(last: str = "", *, upto: int = 99) -> "dict[int, str]":
    return {version: f"{version:02d}{last}".rjust(64, "0") for version in range(1, upto + 1)}


def test_keys_are_read_and_written_as_other_programs_have_them() -> None:
    assert (str(KEY.public), KEY.secret()) == (PUBLIC, PRIVATE + "\n")
    assert VerifierKey.read(PUBLIC + "\n") == KEY.public


def test_a_note_is_three_lines_an_empty_one_and_a_signature() -> None:
    assert VerifierKey.read(PUBLIC).open(NOTE) == CHECKPOINT
    assert NOTE.startswith(f"PeterNeumann/room\n7\n{b64encode(bytes.fromhex(HEAD)).decode()}\n\n— PeterNeumann ")
    signature = b64decode(NOTE.rstrip("\n").rpartition(" ")[2])
    assert (signature[:4].hex(), len(signature)) == ("c74f20a3", 68)


def test_signatures_of_others_are_passed_over() -> None:
    text, _, signature = NOTE.partition("\n\n")
    other = SigningKey("witness", bytes(32)).sign(CHECKPOINT).partition("\n\n")[2]
    assert KEY.public.open(f"{text}\n\n{other}{signature}") == CHECKPOINT
    with pytest.raises(NoteError, match="no signature of this key"):
        KEY.public.open(f"{text}\n\n{other}")


def test_each_altered_letter_of_a_note_is_found() -> None:
    for place, letter in enumerate(NOTE[:-1]):
        altered = NOTE[:place] + ("A" if letter != "A" else "B") + NOTE[place + 1 :]
        with pytest.raises(NoteError):
            KEY.public.open(altered)
    for altered in ("", NOTE.replace("\n\n", "\n"), NOTE.rstrip("\n"), NOTE[: NOTE.index("—")]):
        with pytest.raises(NoteError):
            KEY.public.open(altered)


def test_what_a_key_signed_that_is_no_checkpoint_proves_nothing() -> None:
    room = "PeterNeumann/room\n"
    head = b64encode(bytes(32)).decode()
    for text in ("x\n", f"other/room\n1\n{head}\n", f"{room}01\n{head}\n", f"{room}0\n{head}\n", f"{room}1\nAAAA\n"):
        signed = b64encode(KEY.public.id + KEY._private.sign(text.encode())).decode()  # noqa: SLF001 - to sign nonsense
        with pytest.raises(NoteError):
            KEY.public.open(f"{text}\n— PeterNeumann {signed}\n")


@pytest.mark.parametrize(
    "text", ["", "PeterNeumann", PUBLIC.replace("c7", "c8"), PUBLIC[:-4], PUBLIC.replace("+A", "+B"), PUBLIC + "+", "é"]
)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(NoteError):
        VerifierKey.read(text)
    with pytest.raises(NoteError):
        SigningKey.read(text)


# ---- the key and the memory of a folder


def test_the_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    former = os.umask(0)
    try:
        signer = Signer(tmp_path / "signing")
    finally:
        os.umask(former)
    assert {file.stat().st_mode & 0o777 for file in (tmp_path / "signing").iterdir()} == {0o600}
    note = signer.sign("room", 3, heads().get)
    signer.close()
    again = Signer(tmp_path / "signing")
    assert (again.key, again.former(), again.sign("room", 3, heads().get)) == (signer.key, [], note)
    assert VerifierKey.read(again.key).open(note.note) == Checkpoint("room", 3, heads()[3])
    again.close()


def test_a_log_that_was_changed_since_is_signed_no_more(tmp_path: Path) -> None:
    """An older backup is in its place: first it is too short, then it has gone on otherwise."""
    signer = Signer(tmp_path)
    notes = [signer.sign("room", version, heads().get) for version in (40, 60, 50)]
    shorter, longer = heads(upto=55), {**heads(), **dict.fromkeys(range(56, 100), "f" * 64)}
    for restored in (shorter, longer):
        for version in (30, 50, 55, 60, 70):
            with pytest.raises(SignedOtherwiseError) as refused:
                signer.sign("room", version, restored.get)
            assert refused.value.version == 60
    assert signer.page("room", 0, 10) == ([notes[0], notes[2], notes[1]], None)
    assert signer.sign("other", 60, longer.get).version == 60
    signer.close()


def test_what_the_log_does_not_have_is_not_signed(tmp_path: Path) -> None:
    signer = Signer(tmp_path)
    with pytest.raises(LogError):
        signer.sign("room", 7, heads(upto=6).get)
    assert signer.page("room", 0, 10) == ([], None)
    signer.close()


def test_a_key_whose_memory_is_lost_signs_nothing_any_more(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    signer = Signer(tmp_path)
    signer.sign("room", 3, heads().get)
    signer.close()
    (tmp_path / "signed.db").unlink()
    with caplog.at_level(logging.WARNING):
        another = Signer(tmp_path)
    assert another.key != signer.key
    assert "not remembered" in caplog.text
    another.close()


def test_a_key_that_is_taken_away_is_replaced_and_still_known(tmp_path: Path) -> None:
    signer = Signer(tmp_path)
    former = signer.sign("room", 3, heads().get)
    signer.close()
    (tmp_path / "signing.key").unlink()
    another = Signer(tmp_path)
    assert another.former() == [signer.key]
    newer = another.sign("room", 3, heads("f").get)
    assert another.page("room", 0, 10) == ([former, newer], None)
    assert VerifierKey.read(another.key).open(newer.note).head == heads("f")[3]
    another.close()


def test_checkpoints_come_in_pages(tmp_path: Path) -> None:
    signer = Signer(tmp_path)
    notes = [signer.sign("room", version, heads().get) for version in range(1, 8)]
    found, after = list[Noted](), 0
    while True:
        page, following = signer.page("room", after, 3)
        found += page
        if following is None:
            break
        after = following
    assert found == notes
    signer.close()


def test_a_key_that_can_not_be_used_stops_the_server_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "signing.key").write_text("nonsense")
    with pytest.raises(FolderError, match=r"signing\.key can't be used: it is no signing key"):
        Signer(tmp_path)
    (tmp_path / "signing.key").unlink()
    (tmp_path / "signed.db").unlink()
    (tmp_path / "signed.db").write_bytes(b"no database" * 500)
    with pytest.raises(FolderError, match="can't be used"):
        Signer(tmp_path)


def test_a_memory_that_can_not_be_written_signs_nothing(tmp_path: Path) -> None:
    signer = Signer(tmp_path)
    other = sqlite3.connect(tmp_path / "signed.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(LogError):
        signer.sign("room", 3, heads().get)
    other.execute("ROLLBACK")
    assert signer.sign("room", 3, heads().get).version == 3
    other.close()
    signer.close()
