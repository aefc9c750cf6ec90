"""Frames of all kinds: those that end a connection, those that don't. Over both shells."""

import asyncio
import json

import pytest

from tests.protocol.scene import Scene
from tests.support.live import new_id
from tests.support.patch import Json

MOST = 65_536


def padded(message: Json, size: int) -> str:
    """Blow a message up to so many bytes with blanks, which JSON allows."""
    text = json.dumps(message)
    return text[:-1] + " " * (size - len(text.encode())) + "}"


MALFORMED: dict[str, str | bytes] = {
    "no JSON": "hello?",
    "nothing": "",
    "half an object": '{"type":"ping","n":',
    "a list": "[]",
    "a number": "7",
    "a text": '"ping"',
    "null": "null",
    "not a number": '{"type":"ping","n":NaN}',
    "binary": b'{"type":"ping","n":1}',
    "nested beyond measure": "[" * 30_000 + "]" * 30_000,
    "an object nested beyond measure": '{"a":' * 10_000 + "1" + "}" * 10_000,
}


@pytest.mark.parametrize("kind", MALFORMED)
@pytest.mark.parametrize("greeted", [True, False], ids=["after hello", "before hello"])
async def test_what_is_no_json_object_ends_the_connection(scene: Scene, kind: str, *, greeted: bool) -> None:
    """Rules X2, L1."""
    line = (await scene.welcomed())[0] if greeted else await scene.line()
    await line.say(MALFORMED[kind])
    assert await line.ended() == 4400


LARGE: dict[str, str | bytes] = {
    "JSON": padded({"type": "ping", "n": 1}, MOST + 1),
    "noise": "x" * (MOST + 1),
    "binary": bytes(MOST + 1),
    "letters of several bytes": "€" * (MOST // 3 + 1),
    "much": "x" * (20 * MOST),
}


async def test_too_large_a_message_ends_the_connection_with_its_own_code(scene: Scene) -> None:
    """Rule X1."""

    async def end(kind: str, *, greeted: bool) -> int | None:
        line = (await scene.welcomed())[0] if greeted else await scene.line()
        return await (await line.say(LARGE[kind])).ended()

    kinds = [(kind, greeted) for kind in LARGE for greeted in (True, False)]
    ends = await asyncio.gather(*(end(kind, greeted=greeted) for kind, greeted in kinds))
    assert dict(zip(kinds, ends, strict=True)) == dict.fromkeys(kinds, 4413)


async def test_a_message_may_be_as_large_as_the_limit(scene: Scene) -> None:
    """Rules X1, L16."""
    line = await scene.line()
    await (await line.say(padded(scene.hello(), MOST))).hear("welcome")
    await line.say(padded({"type": "ping", "n": 7}, MOST))
    assert await line.hear("pong") == {"type": "pong", "n": 7}


async def test_a_ping_is_answered_by_its_number(scene: Scene) -> None:
    """Rule L16."""
    line, _ = await scene.welcomed()
    for number in (0, -1, 2**53):
        await line.say({"type": "ping", "n": number})
        assert await line.hear("pong") == {"type": "pong", "n": number}


NO_MESSAGES: dict[str, tuple[Json, str]] = {
    "no type": ({}, "malformed"),
    "an unknown type": ({"type": "dance"}, "malformed"),
    "a type of another kind": ({"type": 7}, "malformed"),
    "a message of the server's": ({"type": "events", "from": 1, "to": 1, "events": []}, "malformed"),
    "a second hello": ({"type": "hello", "protocol": 1, "token": "x"}, "malformed"),
    "a ping without a number": ({"type": "ping"}, "invalid"),
    "a ping with a fraction": ({"type": "ping", "n": 1.5}, "invalid"),
    "a ping with a member too many": ({"type": "ping", "n": 1, "m": 2}, "invalid"),
    "a command without an id": ({"type": "do", "action": "undo"}, "invalid"),
    "a command with a short id": ({"type": "do", "id": "1", "action": "undo"}, "invalid"),
    "an id in capitals": ({"type": "do", "id": new_id().upper(), "action": "undo"}, "invalid"),
    "half a surrogate pair": ({"type": "da\ud800nce"}, "malformed"),
}


@pytest.mark.parametrize("kind", NO_MESSAGES)
async def test_an_object_that_is_no_message_is_an_error_and_the_connection_lives_on(scene: Scene, kind: str) -> None:
    """Rules L18, L8, G1, G2."""
    line, _ = await scene.welcomed()
    message, code = NO_MESSAGES[kind]
    await line.say(message)
    error = await line.hear("error")
    assert (error["code"], set(error)) == (code, {"type", "code", "message"})
    assert error["message"].endswith((".", "”."))
    await line.say({"type": "ping", "n": 1})
    assert (await line.next())["type"] == "pong"


async def test_half_a_surrogate_pair_in_a_text_is_invalid_and_no_more(scene: Scene) -> None:
    """Rule T8."""
    line, _ = await scene.welcomed()
    fields = {"action": "add_note", "note": new_id(), "block": "channels", "text": "\ud83e"}
    command = {"type": "do", "id": new_id(), **fields}
    await line.say(command)
    receipt = await line.hear("receipt")
    assert (receipt["outcome"], receipt["code"], receipt["field"]) == ("rejected", "invalid", "text")
    await line.say({**command, "text": "\ud83e\uddf1"})
    events = (await line.hear("events"))["events"]
    assert events[0]["data"]["text"] == "\N{BRICK}"
