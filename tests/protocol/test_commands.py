"""A command and how it ends: its events, its receipt, or a word that it was not taken. Over both shells."""

import asyncio
import sqlite3

import pytest

from tests.protocol.scene import Line, Scene
from tests.support.live import new_id
from tests.support.patch import Json
from tests.support.process import Server


def note(text: str = "Shop", **changed: object) -> Json:
    return {"type": "do", "id": new_id(), "action": "add_note", "note": new_id(), "block": "channels", "text": text} | (
        changed
    )


async def test_the_receipt_of_what_was_accepted_is_its_events_for_everybody_alike(scene: Scene) -> None:
    """Rules L7, L9."""
    (one, _), (other, welcome) = await scene.welcomed(), await scene.welcomed(token=scene.room.join("observer", "B"))
    version = welcome["version"]
    await one.hear("people")
    command = note()
    await one.say(command)
    frames = [await line.hear("events", "receipt") for line in (one, other)]
    assert frames[0] == frames[1]
    assert (frames[0]["from"], frames[0]["to"]) == (version + 1, version + 1)
    assert [event["command"] for event in frames[0]["events"]] == [command["id"]]


async def test_events_come_once_in_order_without_a_gap_however_many_write(scene: Scene) -> None:
    """Rules L7, E3."""
    host, _ = await scene.furnished()
    others = [await scene.enter("participant", f"Person {number}") for number in range(4)]
    watching, welcome = await scene.welcomed(token=scene.room.join("observer", "Watching"))
    ids = [[await live.begin("add_note", **_fields()) for _ in range(25)] for live in others]
    for live, mine in zip(others, ids, strict=True):
        for command in mine:
            await live.answer_to(command)
    head, at = scene.room.head(), welcome["version"]
    sizes: list[int] = []
    while at < head:
        frame = await watching.hear("events")
        assert frame["from"] == at + 1
        assert [event["version"] for event in frame["events"]] == list(range(at + 1, frame["to"] + 1))
        at, sizes = frame["to"], [*sizes, len(frame["events"])]
    assert min(sizes) > 0
    await host.at(head)


def _fields() -> Json:
    return {name: value for name, value in note().items() if name in {"note", "block", "text"}}


async def test_all_events_of_one_command_come_in_one_frame(scene: Scene) -> None:
    """Rules L7, E3."""
    live, _ = await scene.furnished()
    sources = [new_id(), new_id()]
    for source in sources:
        await live.ok("add_activity", activity=source, title="Make bricks", category="production")
    await live.ok("combine_activities", activities=sources, into=new_id(), title="Make", category="production")
    (line, _), command = await scene.welcomed(), {"type": "do", "id": new_id(), "action": "undo"}
    await line.say(command)
    frame = await line.hear("events")
    assert len(frame["events"]) > 1
    assert {event["command"] for event in frame["events"]} == {command["id"]}


async def test_what_changes_nothing_is_unchanged(scene: Scene) -> None:
    """Rule L10."""
    line, _ = await scene.welcomed()
    command = {"type": "do", "id": new_id(), "action": "unlock_canvas"}
    await line.say(command)
    receipt = {"type": "receipt", "id": command["id"], "outcome": "unchanged", "versions": []}
    assert await line.hear("receipt", "events") == receipt


WRONG: dict[str, tuple[Json, str]] = {
    "no action": ({"action": None}, "action"),
    "an unknown action": ({"action": "dance"}, "action"),
    "a field of another kind": ({"text": 7}, "text"),
    "a field too many": ({"colour": "red"}, "colour"),
    "a block that there is not": ({"block": "cellar"}, "block"),
    "an id in capitals": ({"note": "A" * 8}, "note"),
    "a base that is true": ({"action": "reword_note", "base": True}, "base"),
}


@pytest.mark.parametrize("fault", WRONG)
async def test_wrong_fields_are_a_rejection_that_names_the_field(scene: Scene, fault: str) -> None:
    """Rules L8, G1."""
    line, _ = await scene.welcomed()
    changed, field = WRONG[fault]
    command = note(**changed)
    if command["action"] == "reword_note":
        del command["block"]
    await line.say(command)
    receipt = await line.hear("receipt", "error", "events")
    named = (receipt["type"], receipt["id"], receipt["code"], receipt["field"])
    assert named == ("receipt", command["id"], "invalid", field)
    assert field in receipt["message"]


async def test_a_rejected_command_leaves_no_trace_and_may_be_sent_again(scene: Scene) -> None:
    """Rule L10."""
    live = await scene.enter()
    version, id_, activity = live.version, new_id(), new_id()
    fields = {"activity": activity, "title": "Make bricks", "category": "production"}
    receipt = await live.no("value_proposition_first", "add_activity", id_, **fields)
    assert receipt["versions"] == []
    assert scene.room.head() == version
    await live.ok("add_note", note=new_id(), block="value_propositions", text="Play")
    await live.ok("add_activity", id_, **fields)


async def test_what_is_sent_again_is_a_duplicate_before_all_other_checks(scene: Scene) -> None:
    """Rule L11."""
    await scene.furnished()
    guest = await scene.enter("participant", "Guest")
    id_, thing = new_id(), new_id()
    events = await guest.ok("add_note", id_, note=thing, block="channels", text="Once")
    host = await scene.again(scene.room.token)
    await host.ok("remove_note", note=thing)
    await host.ok("lock_canvas")
    tab = await scene.again(guest.token)
    version = scene.room.head()
    for live in (guest, tab):
        answer = await live.do("add_note", id_, note=thing, block="channels", text="Once")
        assert (answer.outcome, answer.receipt["versions"]) == ("duplicate", [events[0]["version"]])
    assert scene.room.head() == version


async def test_a_duplicate_of_what_is_being_committed_comes_behind_its_events(scene: Scene) -> None:
    """Rules L11, L14."""
    line, _ = await scene.welcomed()
    command = note()
    for _ in range(3):
        await line.say(command)
    first = await line.hear("events", "receipt")
    assert first["type"] == "events"
    for _ in range(2):
        receipt = await line.hear("events", "receipt")
        assert (receipt["outcome"], receipt["versions"]) == ("duplicate", [first["to"]])


async def test_an_id_with_other_content_or_of_another_participant_is_reused(scene: Scene) -> None:
    """Rule L12."""
    line, _ = await scene.welcomed()
    other, _ = await scene.welcomed(token=scene.room.join("observer", "Other"))
    command = note("Once")
    await line.say(command)
    await line.hear("events")
    reused = [(line, {**command, "text": "Twice"}), (line, {**command, "action": "undo"}), (other, command)]
    for sender, again in reused:
        await sender.say(again)
        receipt = await sender.hear("receipt")
        assert (receipt["id"], receipt["outcome"], receipt["code"]) == (command["id"], "rejected", "command_reused")
        assert receipt["versions"] == []


async def test_a_sentence_is_in_the_language_of_the_hello_else_of_the_room(direct: Server) -> None:
    """Rules L19, G4."""
    scene = Scene(direct, language="nl")
    sentences = {}
    for language in ("nl", "en", None):
        line, _ = await scene.welcomed(**({"language": language} if language else {}))
        await line.say({"type": "do", "id": new_id(), "action": "close_iteration"})
        receipt = await line.hear("receipt")
        assert receipt["code"] == "no_iteration"
        await line.say({"type": "dance"})
        sentences[language] = (receipt["message"], (await line.hear("error"))["message"])
    assert sentences[None] == sentences["nl"]
    assert not set(sentences["nl"]) & set(sentences["en"])
    await scene.leave()


async def test_people_are_told_whole_to_all_after_somebody_joined(scene: Scene) -> None:
    """Rule L17."""
    (one, _), (other, _) = await scene.welcomed(), await scene.welcomed(token=scene.room.join("observer", "B"))
    await one.hear("people")
    scene.room.join("participant", "C")
    for line in (one, other):
        assert await line.hear("people") == {"type": "people", "people": scene.room.get("/people")["people"]}


async def test_while_the_log_can_not_be_written_the_sender_is_told_and_nobody_sees_anything(scene: Scene) -> None:
    """Rules L13, G5, H14, H15."""
    (one, welcome), (other, _) = await scene.welcomed(), await scene.welcomed(token=scene.room.join("observer", "B"))
    await one.hear("people")
    version, command = welcome["version"] + 1, note()
    locking = sqlite3.connect(scene.server.data / "kern.db", isolation_level=None)
    locking.execute("BEGIN EXCLUSIVE")
    try:
        await one.say(command)
        told = await one.hear("not_stored", "events", "receipt")
        assert (told["type"], told["id"]) == ("not_stored", command["id"])
        assert told["retry_after_ms"] > 0
        assert scene.room.head() == version
        joining = {"invite": scene.room.invites["observer"], "name": "C"}
        for reply in await asyncio.gather(
            asyncio.to_thread(scene.server.http.call, "POST", f"{scene.path}/join", joining),
            asyncio.to_thread(scene.server.http.call, "GET", "/readyz"),
        ):
            assert (reply.status, reply.problem) == (503, "not_stored")
            assert int(reply.headers["retry-after"]) >= 1
            assert reply.json["retry_after_ms"] > 0
    finally:
        locking.execute("ROLLBACK")
        locking.close()
    events = await _taken_at_last(one, command)
    assert events["from"] == version + 1
    assert await other.hear("events") == events
    assert scene.server.http.call("GET", "/readyz").status == 200


async def _taken_at_last(line: Line, command: Json) -> Json:
    """Send a command until its events come."""
    while True:
        await line.say(command)
        answer = await line.hear("events", "not_stored")
        if answer["type"] == "events":
            return answer
        await asyncio.sleep(answer["retry_after_ms"] / 1000)


async def test_who_sends_too_fast_is_told_when_to_send_again(impatient: Server) -> None:
    """Rule X3."""
    scene = Scene(impatient)
    (one, welcome), (other, _) = await scene.welcomed(), await scene.welcomed()
    assert welcome["limits"]["commands_per_second"] == 5
    for _ in range(5):
        await one.say({"type": "do", "id": new_id(), "action": "unlock_canvas"})
        await other.say({"type": "do", "id": new_id(), "action": "unlock_canvas"})
    for line in (one, other):
        for _ in range(5):
            assert (await line.hear("receipt", "slow_down"))["type"] == "receipt"
    commands = [note() for _ in range(12)]
    for command in commands:
        await one.say(command)
    answers = [await one.hear("slow_down", "events") for _ in range(12)]
    told = [answer for answer in answers if answer["type"] == "slow_down"]
    assert told
    assert set(told[0]) == {"type", "id", "retry_after_ms"}
    await asyncio.sleep(told[0]["retry_after_ms"] / 1000)
    await one.say(next(command for command in commands if command["id"] == told[0]["id"]))
    assert (await one.hear("slow_down", "events"))["events"][0]["command"] == told[0]["id"]
    await scene.leave()


async def test_who_goes_on_regardless_is_closed_and_others_are_not(impatient: Server) -> None:
    """Rule X4."""
    scene = Scene(impatient)
    bystander, _ = await scene.furnished()
    line, _ = await scene.welcomed(token=scene.room.join("participant", "Hasty"))
    for _ in range(300):
        await line.say({"type": "do", "id": new_id(), "action": "undo"})
    assert await line.ended() == 4429
    await bystander.ok("add_note", note=new_id(), block="channels", text="Undisturbed")
    await scene.leave()
