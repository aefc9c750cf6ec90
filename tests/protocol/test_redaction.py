"""Texts that are taken out of the log."""

import asyncio
import json
import shutil
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.protocol.conftest import launched
from tests.protocol.scene import Scene
from tests.support.left import left_of
from tests.support.live import Live, new_id
from tests.support.patch import Json
from tests.support.process import KERN, Server

SECRET = "Call Jan Jansen on 0612345678"
WHY = "A telephone number"


def holding(folder: Path, *secrets: str) -> list[str]:
    """Name the files of a folder in which a text stands, as it is or as JSON has it."""
    return [
        f"{file.name}: {secret}"
        for file in sorted(folder.iterdir())
        for secret in secrets
        if file.is_file() and secret.encode() in file.read_bytes()
    ]


def kern(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(KERN), *arguments], capture_output=True, text=True, timeout=60, check=False)


def places(event: Json) -> set[tuple[int, str]]:
    """Tell the places that a redaction names."""
    data = event["data"]
    return {(one["version"], one["pointer"]) for one in (data, *data["also"])}


async def redact(live: Live, version: int, pointer: str) -> Json:
    """Take a text out; its event."""
    (event,) = await live.ok("redact", version=version, pointer=pointer, reason=WHY)
    return event


async def test_a_text_that_was_taken_out_is_gone_from_every_version_and_every_file(scene: Scene) -> None:
    """Rules R2, R3, R4, E7, L15."""
    host, note = await scene.furnished()
    guest = await scene.enter("participant", "Chris")
    await host.ok("reword_note", note=note, text=SECRET, base=host.version)
    version = host.version
    await host.ok("add_note", note=(other := new_id()), block="channels", text=SECRET)
    await host.ok("reword_note", note=other, text=f"{SECRET}, early", base=host.version)
    await host.ok("add_note", note=new_id(), block="channels", text=f"Do not: {SECRET}")
    await host.ok("remove_note", note=other)
    await host.ok("undo")
    last = host.version
    scene.room.get(f"/canvas?version={version}")
    scene.room.get("/revisions")
    for form in ("csv", "md"):
        scene.get(f"/export?format={form}")
    await host.ok("redact", version=version, pointer="/text", reason=WHY)
    head = scene.room.head()
    redaction = scene.room.events(last)[0]
    assert (head, redaction["type"], redaction["by"]) == (last + 1, "TextRedacted", host.me)
    assert redaction["data"]["reason"] == WHY
    assert redaction["data"]["note"] == note
    assert redaction["changes"] == []
    gone = {(version, "/text"), (version + 1, "/text"), (version + 2, "/text"), (last, "/text")}
    assert places(redaction) == gone
    for event in scene.room.events():
        for pointer in event["words"]:
            taken = (event["version"], pointer) in gone
            assert isinstance(event["data"][pointer[1:]], dict if taken else str)
            assert (event["salt"] is None, "salts" in event) == (taken, taken)
    for at in range(version, head + 1):
        canvas = scene.room.get(f"/canvas?version={at}")["canvas"]
        assert canvas["notes"][note]["text"] == ""
        assert [one["text"] for one in canvas["notes"].values() if SECRET in one["text"]] == (
            [f"Do not: {SECRET}"] if at > version + 2 else []
        )
    await held_by_all(scene, host, guest)


async def held_by_all(scene: Scene, *lives: Live) -> None:
    """Expect that everybody was told to begin anew, and holds what the server has."""
    canvas = scene.room.get("/canvas")["canvas"]
    for live in lives:
        await live.until(lambda live=live: any(m["type"] == "resync" for m in live.messages))  # type: ignore[misc]
        await live.until(lambda live=live: live.canvas == canvas)  # type: ignore[misc]


async def test_nothing_of_the_text_is_left_in_any_file_and_the_log_still_holds(scene: Scene, tmp_path: Path) -> None:
    """Rules R3, R5, E9."""
    secret = f"Call {new_id()}"  # the other rooms of this server have not heard of it
    host, note = await scene.furnished()
    for number in range(40):
        await host.ok("reword_note", note=note, text=f"Number {number}", base=host.version)
    await host.ok("reword_note", note=note, text=secret, base=host.version)
    version = host.version
    await host.ok("add_activity", activity=new_id(), title="Keep this", details=secret, category=None)
    card = host.version
    scene.room.get("/revisions")
    await asyncio.sleep(2.5)  # a snapshot was kept, and the revisions were followed
    assert holding(scene.server.data, secret)
    assert {line.partition(".")[0] for line in left_of(scene.server.data, secret)} == {"cache", "history", "kern"}
    salt = scene.room.events(card - 1)[0]["salt"]
    await host.ok("redact", version=version, pointer="/text", reason=WHY)
    head = scene.room.head()
    assert holding(scene.server.data, secret) == left_of(scene.server.data, secret) == []
    assert [f.name for f in scene.server.data.iterdir() if bytes.fromhex(salt) in f.read_bytes()] == []
    kept = scene.room.events(card - 1)[0]
    assert (kept["data"]["title"], kept["salts"].keys()) == ("Keep this", {"/title"})
    export = tmp_path / "log.jsonl"
    export.write_bytes(scene.get("/export?format=jsonl").content)
    assert kern("verify", str(export)).returncode == 0
    assert kern("verify", scene.room.id, "--data", str(scene.server.data)).returncode == 0
    lines = export.read_bytes().splitlines(keepends=True)
    export.write_bytes(b"".join(lines[:-1]))
    told = kern("verify", str(export))
    assert (told.returncode, f"broken at version {version}" in told.stdout) == (1, True)
    assert len(lines) == head


async def test_where_a_thing_has_lost_its_name_documents_say_so(scene: Scene) -> None:
    """Rule R4."""
    host, note = await scene.furnished()
    since = host.version
    (added,) = await host.ok("add_activity", activity=(card := new_id()), title=SECRET, category="production")
    await host.ok("add_activity", activity=(other := new_id()), title="Mould bricks", category="production")
    await host.ok("judge_activity", activity=card, judgement="must_do")
    await host.ok("link_activity", activity=card, note=note)
    await redact(host, added["version"], "/title")
    then = host.version
    both = new_id()
    await host.ok("combine_activities", activities=[card, other], into=both, title="Both", category="production")
    for language, words in (("en", "(text taken out)"), ("nl", "(tekst eruit gehaald)")):
        for asked in (
            *(
                f"/compare?from={then}&to={host.version}&format=md",
                f"/compare?from={then}&to={host.version}&format=csv",
            ),
            *(f"/compare?from={since}&to={then}&format=md", f"/catch-up?since={then}"),
        ):
            assert words in scene.get(f"{asked}&language={language}").content.decode(), (asked, language)
    await host.ok("restore_activity", activity=card)
    for language, words in (("en", "(text taken out)"), ("nl", "(tekst eruit gehaald)")):
        for asked in ("format=md", "format=html", "format=md&document=minutes", "format=html&document=minutes"):
            found = scene.get(f"/export?{asked}&language={language}").content.decode()
            assert words in found, (asked, language)
            assert "****" not in found


async def test_what_would_need_the_text_is_refused_and_the_rest_goes_on(scene: Scene) -> None:
    """Rules R6, L11, L12, T3."""
    host, note = await scene.furnished()
    guest = await scene.enter("participant", "Chris")
    command = new_id()
    await guest.ok("reword_note", command, note=note, text=SECRET, base=guest.version)
    version = guest.version
    await guest.ok("reword_note", note=note, text="Something else", base=version)
    await redact(host, version, "/text")
    await guest.no("redacted", "reword_note", note=note, text=f"{SECRET}!", base=version)
    await guest.no("redacted", "undo")
    line, _ = await scene.welcomed(token=guest.token)
    sent = {"note": note, "text": SECRET, "base": version - 1}
    await line.say({"type": "do", "id": command, "action": "reword_note", **sent})
    again = await line.hear("receipt")
    assert (again["outcome"], again["versions"]) == ("duplicate", [version])
    await guest.ok("reword_note", note=note, text="Something else again", base=version + 1)
    assert scene.room.get("/canvas")["canvas"]["notes"][note]["text"] == "Something else again"
    await guest.ok("add_note", note=new_id(), block="channels", text="New")
    await guest.ok("undo")


async def test_taking_back_much_brings_no_text_back(scene: Scene) -> None:
    """Rules R6, W1, W2, W7."""
    host, note = await scene.furnished()
    guest = await scene.enter("participant", "Chris")
    card, from_ = new_id(), guest.version
    await guest.ok("add_activity", activity=card, title=SECRET, category="production")
    added = guest.version
    await host.ok("open_iteration", iteration=(iteration := new_id()), name="Kick-off")
    await host.ok("close_iteration", override_reason="No time")
    await guest.ok("reword_activity", activity=card, field="title", text="Call", base=guest.version)
    await guest.ok("reword_note", note=note, text="Ours", base=guest.version)
    await redact(host, added, "/title")
    head = scene.room.head()
    undo = {"action": "undo_person", "participant": guest.me, "from": added, "to": head, "base": head}
    told = scene.server.http.call("POST", f"{scene.path}/preview", undo, host.token).json
    assert [one["because"] for one in told["skipped"]] == ["redacted"]
    everything: dict[str, Any] = {"participant": guest.me, "from": from_, "to": head, "base": head}
    await host.ok("undo_person", **everything)
    await host.do("restore_iteration", iteration=iteration, base=scene.room.head())
    assert SECRET not in scene.get("/export?format=jsonl").content.decode()


async def test_whoever_wrote_since_may_go_on_from_the_empty_text(scene: Scene) -> None:
    """Rules R4, R6."""
    host, note = await scene.furnished()
    await host.ok("reword_note", note=note, text=SECRET, base=host.version)
    await redact(host, host.version, "/text")
    base = scene.room.head()
    for text in ("One", "Two", "Three", "Four", "Five", "Six"):
        await host.ok("reword_note", note=note, text=text, base=scene.room.head())
    await host.ok("reword_note", note=note, text="Begun anew", base=base)
    assert "Begun anew" in scene.room.get("/canvas")["canvas"]["notes"][note]["text"]


async def test_a_stretch_of_typing_goes_as_a_whole(scene: Scene) -> None:
    """Rule R2."""
    host, note = await scene.furnished()
    stroke, first = new_id(), host.version + 1
    for end in (10, 20, len(SECRET)):
        await host.ok("reword_note", note=note, text=SECRET[:end], base=host.version, stroke=stroke)
    await host.ok("reword_note", note=note, text="Unsaid", base=host.version)
    event = await redact(host, first + 2, "/text")
    assert places(event) == {(first, "/text"), (first + 1, "/text"), (first + 2, "/text")}
    assert scene.room.get("/canvas")["canvas"]["notes"][note]["text"] == "Unsaid"


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "a version to come": ({"version": 1_000}, "invalid"),
    "no version": ({"version": 0}, "invalid"),
    "a pointer to nothing": ({"pointer": "/block"}, "invalid"),
    "no reason": ({"reason": " "}, "text_empty"),
    "too long a reason": ({"reason": "x" * 1_001}, "text_too_long"),
}


@pytest.mark.parametrize("fault", REFUSED)
async def test_what_is_no_redaction_changes_nothing(workshop: Scene, fault: str) -> None:
    """Rules R2, A1."""
    host, _ = await workshop.furnished()
    version = host.version
    changed, code = REFUSED[fault]
    fields = {"version": version, "pointer": "/text", "reason": WHY, **changed}
    await host.no(code, "redact", **fields)
    await host.ok("lock_canvas")
    assert workshop.room.head() == version + 1


async def test_only_facilitators_take_texts_out_and_once_is_enough(scene: Scene) -> None:
    """Rules R2, A2, A6."""
    host, _ = await scene.furnished()
    version = host.version
    guest = await scene.enter("participant", "Chris")
    fields: dict[str, Any] = {"version": version, "pointer": "/text", "reason": WHY}
    await guest.no("not_allowed", "redact", **fields)
    await host.ok("redact", **fields)
    head = scene.room.head()
    assert (await host.do("redact", **fields)).outcome == "unchanged"
    reason = scene.room.events(head - 1)[0]
    assert (reason["type"], reason["words"]) == ("TextRedacted", ["/reason"])
    await host.ok("redact", version=head, pointer="/reason", reason="It named the person")
    assert scene.room.events(head - 1)[0]["data"]["reason"].keys() == {"redacted"}


async def test_who_was_away_gets_the_canvas(scene: Scene) -> None:
    """Rules R4, L6."""
    host, note = await scene.furnished()
    since, epoch = host.version, scene.room.get("/canvas")["epoch"]
    await host.ok("reword_note", note=note, text=SECRET, base=since)
    line, welcome = await scene.welcomed(since=since + 1, epoch=epoch)
    assert welcome["events"] == []
    await redact(host, since + 1, "/text")
    other, welcome = await scene.welcomed(since=since, epoch=epoch)
    assert ("events" in welcome, SECRET in json.dumps(welcome)) == (False, False)
    _, welcome = await scene.welcomed(since=scene.room.head(), epoch=epoch)
    assert welcome["events"] == []
    line.socket.transport.abort()
    other.socket.transport.abort()


async def test_what_others_ask_for_meanwhile_waits_its_turn(scene: Scene) -> None:
    """Rules R6, L9."""
    host, note = await scene.furnished()
    guest = await scene.enter("participant", "Chris")
    await host.ok("reword_note", note=note, text=SECRET, base=host.version)
    version = host.version
    ids = [new_id() for _ in range(30)]
    for number in range(3):
        await host.ok("add_note", note=new_id(), block="channels", text=f"Before {number}")
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(host.ok("redact", version=version, pointer="/text", reason=WHY))
        for id_ in ids:
            tasks.create_task(guest.ok("add_note", note=id_, block="channels", text="Meanwhile"))
    canvas = scene.room.get("/canvas")["canvas"]
    assert set(ids) <= canvas["notes"].keys()
    await guest.until(lambda: guest.version == scene.room.head())
    assert guest.canvas == canvas


def copied(log: Path, to: Path) -> Path:
    """Copy a log as an operator does, while the server writes."""
    with sqlite3.connect(log) as one, sqlite3.connect(to) as other:
        one.backup(other)
    return to


def put_back(server: Server, backup: Path) -> None:
    """Stop the server, and put an older copy of the log in the place of all its data."""
    server.terminate()
    shutil.rmtree(server.data)
    server.data.mkdir()
    shutil.copy(backup, server.data / "kern.db")


def test_an_older_backup_brings_nothing_back(tmp_path: Path) -> None:
    """Rules R7, R5."""
    apart = str(tmp_path / "erasures.jsonl")

    async def play(server: Server) -> None:
        scene = Scene(server)
        host, note = await scene.furnished()
        await host.ok("reword_note", note=note, text=SECRET, base=host.version)
        version = host.version
        backup = copied(server.data / "kern.db", tmp_path / "backup.db")
        await host.ok("add_note", note=new_id(), block="channels", text=SECRET)
        await redact(host, version, "/text")
        assert holding(server.data, SECRET) == []
        assert holding(tmp_path, SECRET) == [f"backup.db: {SECRET}"]
        await scene.leave()
        put_back(server, backup)
        export = kern("export", scene.room.id, "--data", str(server.data), "--erasures", apart)
        assert (export.returncode, SECRET in export.stdout, holding(server.data, SECRET)) == (0, False, [])
        shutil.copy(backup, server.data / "kern.db")
        server.start()
        assert holding(server.data, SECRET) == []
        redaction = scene.room.events(version)[0]
        assert (redaction["type"], redaction["by"], redaction["words"]) == ("TextRedacted", host.me, [])
        assert places(redaction) == {(version, "/text")}
        assert scene.room.get("/canvas")["canvas"]["notes"][note]["text"] == ""
        assert kern("verify", scene.room.id, "--data", str(server.data), "--erasures", apart).returncode == 0
        server.terminate()
        server.start()
        assert scene.room.head() == version + 1

    with launched("direct", KERN_ERASURES=apart) as server:
        asyncio.run(play(server))


async def written(guest: Live, notes: list[str], texts: list[tuple[int, str]]) -> None:
    """Write texts into notes, one after another."""
    for number in range(60):
        text = f"Call {new_id()}"
        (event,) = await guest.ok("reword_note", note=notes[number % len(notes)], text=text, base=guest.version)
        texts.append((event["version"], text))


async def read_all_the_time(scene: Scene, reading: asyncio.Event) -> None:
    """Look back at any version, until told to stop."""
    while not reading.is_set():
        for path in ("/revisions?limit=50", f"/canvas?version={max(1, scene.room.head() - 3)}"):
            await asyncio.to_thread(scene.room.get, path)


async def test_amid_writing_and_looking_back_nothing_stays_and_nobody_is_turned_away(scene: Scene) -> None:
    """Rules R3, R4, R6."""
    host, note = await scene.furnished()
    guests = [await scene.enter("participant", name) for name in ("Chris", "Dana")]
    notes = [note, new_id()]
    await host.ok("add_note", note=notes[1], block="channels", text="Shops")
    for guest in guests:
        await guest.at(host.version)
    texts: list[tuple[int, str]] = []
    gone: list[str] = []
    done = asyncio.Event()
    reading = asyncio.create_task(read_all_the_time(scene, done))
    writing = asyncio.gather(*(written(guest, [notes[at]], texts) for at, guest in enumerate(guests)))
    while not writing.done():
        if texts:
            version, text = texts.pop()
            await host.ok("redact", version=version, pointer="/text", reason=WHY)
            gone.append(text)
        await asyncio.sleep(0.05)
    await writing
    done.set()
    await reading
    await held_by_all(scene, host, *guests)
    assert gone
    assert holding(scene.server.data, *gone) == []
