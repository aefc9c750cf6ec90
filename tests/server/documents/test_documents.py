"""The documents are valid, whole, and true: what the server says has the shapes that they describe."""

import asyncio
import json
import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from openapi_spec_validator import validate
from starlette.routing import Route
from websockets.asyncio.client import ClientConnection, connect

from domain.events import EVENTS
from server.documents import asyncapi, openapi, pages
from server.documents.html import prose, tag, text
from server.documents.schemas import COMMANDS
from server.http import api
from server.wire.protocol import CLOSE_CODES
from tests.support.calls import Http, Room
from tests.support.process import serving

HTTP, LIVE = openapi(), asyncapi()
Message = dict[str, Any]
NOTE, OTHER, CARD, SECOND, THIRD, FOURTH, BOTH = (str(uuid4()) for _ in range(7))
COMMENT, REPLY, STEP, ITERATION, QUESTION = (str(uuid4()) for _ in range(5))

PLAY: list[Message] = [
    {"action": "describe_workshop", "title": "Bricks", "goal": "To choose", "subject": "A set"},
    {"action": "define_steps", "steps": [{"id": STEP, "name": "Development"}]},
    {"action": "enter_step", "step": STEP},
    {"action": "add_note", "note": NOTE, "block": "value_propositions", "text": "Play"},
    {"action": "add_note", "note": OTHER, "block": "channels", "text": "Shops", "after": None},
    {"action": "reword_note", "note": OTHER, "text": "Our shops", "base": 0},
    {"action": "move_note", "note": OTHER, "block": "key_partners", "after": None},
    {"action": "add_activity", "activity": CARD, "title": "Design", "category": None, "prompt": "What is to be made?"},
    {"action": "add_activity", "activity": SECOND, "title": "Mould", "category": "production", "details": "By hand"},
    {"action": "add_activity", "activity": THIRD, "title": "Sell", "category": "platform_network", "step": STEP},
    {"action": "reword_activity", "activity": CARD, "field": "title", "text": "Design bricks", "base": 0},
    {"action": "move_activity", "activity": CARD, "category": "problem_solving", "after": None},
    {"action": "place_activity", "activity": CARD, "step": STEP},
    {"action": "judge_activity", "activity": CARD, "judgement": "must_do", "reason": "It sells"},
    {"action": "link_activity", "activity": CARD, "note": OTHER},
    {"action": "unlink_activity", "activity": CARD, "note": OTHER},
    {"action": "link_activity", "activity": CARD, "note": OTHER},
    {"action": "remove_note", "note": OTHER},
    {"action": "undo"},
    {"action": "comment_on_activity", "activity": CARD, "comment": COMMENT, "text": "Who?"},
    {"action": "undo"},
    {"action": "redo"},
    {
        "action": "combine_activities",
        "activities": [CARD, SECOND],
        "into": BOTH,
        "title": "Do",
        "category": "production",
    },
    {"action": "undo"},
    {"action": "retire_activity", "activity": THIRD, "reason": "Later"},
    {"action": "restore_activity", "activity": THIRD},
    {"action": "open_iteration", "iteration": ITERATION, "name": "Kick-off", "goal": "To begin"},
    {"action": "close_iteration"},
    {"action": "close_iteration", "override_reason": "Out of time"},
    {"action": "set_phase", "label": "Writing", "ends_at": "2026-01-31T09:30:00Z"},
    {"action": "define_questions", "questions": [{"id": QUESTION, "text": "Who makes it?"}]},
    {"action": "add_activity", "activity": FOURTH, "title": "Ship", "category": None, "as": "guest"},
    {"action": "comment_on_activity", "activity": CARD, "comment": REPLY, "text": "We.", "as": "guest"},
    {"action": "undo_person", "participant": "a guest", "from": 1, "to": 0, "base": 0},
    {"action": "undo"},
    {"action": "restore_iteration", "iteration": ITERATION, "base": 0},
    {"action": "change_role", "participant": "a guest", "role": "observer"},
    {"action": "remove_person", "participant": "a guest"},
    {"action": "redact", "version": 4, "pointer": "/title", "reason": "A name"},
    {"action": "lock_canvas"},
    {"action": "unlock_canvas"},
    {"action": "unlock_canvas"},
]
"""Each action at least once, and whatever makes events of types that no action is named after."""


def described(document: Message, shape: str) -> Draft202012Validator:
    return Draft202012Validator({**document, "$ref": f"#/components/schemas/{shape}"})


def faults_of(shape: str, answer: Message) -> list[tuple[str, str]]:
    return [(error.json_path, error.message) for error in described(HTTP, shape).iter_errors(answer)]


def shape_of(message: Message) -> str:
    reference: str = next(
        reference["$ref"]
        for reference in LIVE["operations"]["fromServers"]["messages"]
        if LIVE["components"]["messages"][reference["$ref"].rpartition("/")[2]]["name"] == message["type"]
    )
    return str(LIVE["components"]["messages"][reference.rpartition("/")[2]]["payload"]["$ref"].rpartition("/")[2])


def references(value: Any) -> Iterator[str]:  # noqa: ANN401 - walks any JSON
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for part in value.values():
            yield from references(part)
    elif isinstance(value, list):
        for part in value:
            yield from references(part)


async def received(socket: ClientConnection, until: str | None) -> list[Message]:
    """Take messages up to the answer to a command (None: up to a presence frame, the last thing of a welcome)."""
    found: list[Message] = []
    while True:
        found.append(json.loads(await socket.recv()))
        newest = found[-1]
        if newest["type"] == "presence" if until is None else newest.get("id") == until:
            return found
        if newest["type"] == "events" and any(event["command"] == until for event in newest["events"]):
            return found


async def played(port: int, room: Room) -> list[Message]:
    """Say all of it, and one thing that can't be read; what the server said."""
    said: list[Message] = []
    token = room.join("participant", "Guest")
    guest = room.get("/people")["people"][-1]["participant"]
    address = f"ws://127.0.0.1:{port}/api/rooms/{room.id}/live"
    async with connect(address, max_size=None) as socket, connect(address, max_size=None) as other:
        sockets = {"host": socket, "guest": other}
        for whose, secret in (("guest", token), ("host", room.token)):
            hello = {"type": "hello", "protocol": 1, "token": secret, "since": None, "epoch": None}
            await sockets[whose].send(json.dumps(hello))
            said = await received(sockets[whose], None)
        for fields in PLAY:
            command = {"type": "do", "id": str(uuid4()), **fields}
            sender = sockets[command.pop("as", "host")]
            for upon in ("base", "to"):
                if command.get(upon) == 0:
                    command[upon] = max(event["version"] for message in said for event in message.get("events", ()))
            if "participant" in command:
                command["participant"] = guest
            assert not list(described(LIVE, "Do").iter_errors(command))
            await sender.send(json.dumps(command))
            said += await received(socket, command["id"])
        await socket.send(json.dumps({"type": "ping", "n": 7}))
        await socket.send(json.dumps({"type": "wave"}))
        await socket.send(json.dumps({"type": "summon", "view": "canvas"}))
        said += [json.loads(await socket.recv()) for _ in range(3)]
    return said


@pytest.fixture(scope="module")
def server() -> Iterator[Http]:
    with serving() as running:
        yield running.http


@pytest.fixture(scope="module")
def room(server: Http) -> Room:
    return Room.open(server)


@pytest.fixture(scope="module")
def said(server: Http, room: Room) -> list[Message]:
    return asyncio.run(played(server.port, room))


def test_the_description_of_http_is_valid_openapi() -> None:
    validate(HTTP)


@pytest.mark.parametrize("document", [HTTP, LIVE], ids=["openapi", "asyncapi"])
def test_every_shape_is_a_valid_schema_and_every_reference_leads_somewhere(document: Message) -> None:
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    for reference in references(document):
        place: Any = document
        for part in reference.removeprefix("#/").split("/"):
            place = place[part]


def test_every_call_is_described_and_no_other() -> None:
    calls = {(route.path, method) for route in api.ROUTES if isinstance(route, Route) for method in route.methods or ()}
    described = {(path, method.upper()) for path, methods in HTTP["paths"].items() for method in methods}

    assert {(path, method) for path, method in described if path.startswith("/api/")} == {
        (path, method) for path, method in calls if method != "HEAD"
    }


def test_every_command_event_and_close_code_is_described() -> None:
    shapes = LIVE["components"]["schemas"]

    assert {model.__name__ for model in COMMANDS} <= shapes.keys()
    assert set(EVENTS) <= shapes.keys()
    assert {choice["properties"]["type"]["const"] for choice in shapes["Event"]["oneOf"]} == set(EVENTS)
    assert LIVE["channels"]["room"]["x-close-codes"].keys() == {str(code) for code in CLOSE_CODES}


def test_what_the_server_says_live_has_the_shapes_that_are_described(said: list[Message]) -> None:
    faults = [
        (message["type"], error.json_path, error.message)
        for message in said
        for error in described(LIVE, shape_of(message)).iter_errors(message)
    ]

    assert faults == []
    assert {"welcome", "events", "receipt", "presence", "people", "pong", "error", "summon"} <= {
        message["type"] for message in said
    }


def test_every_type_of_event_was_met_on_the_way(said: list[Message]) -> None:
    met = {event["type"] for message in said for event in message.get("events", ())}

    # These are written before anybody can listen.
    assert met == set(EVENTS) - {"WorkshopOpened", "WorkshopCopied", "ParticipantJoined"}


def test_a_message_that_is_not_described_so_is_told_apart(said: list[Message]) -> None:
    welcome = next(message for message in said if message["type"] == "welcome")
    events = next(message for message in said if message["type"] == "events")
    wrong = {**events, "events": [{**events["events"][0], "type": "CanvasLocked"}]}

    assert list(described(LIVE, "Welcome").iter_errors({**welcome, "surprise": 1}))
    assert list(described(LIVE, "Events").iter_errors(wrong))


def test_what_the_server_answers_has_the_shapes_that_are_described(server: Http) -> None:
    opened = server.call("POST", "/api/rooms", {"title": "Bricks", "template": "lego"})
    new = Room(server, opened.json["room"], opened.json["token"], {})
    invite = opened.json["links"]["participant"].partition("#")[2]
    joined = server.call("POST", f"/api/rooms/{new.id}/join", {"invite": invite, "name": "Noor"})
    renamed = server.call("PATCH", f"/api/rooms/{new.id}/people/me", {"name": "Anna"}, new.token)
    invited = server.call("POST", f"/api/rooms/{new.id}/invites", {"role": "observer"}, new.token)
    by_code = server.call("POST", "/api/join", {"code": opened.json["code"], "name": "Bo"})
    problem = server.call("GET", f"/api/rooms/{new.id}/canvas?version=999", token=new.token)

    assert faults_of("Opened", opened.json) == []
    assert faults_of("Joined", joined.json) == []
    assert faults_of("Person", renamed.json) == []
    assert faults_of("Invited", invited.json) == []
    assert faults_of("Invites", new.get("/invites")) == []
    assert faults_of("JoinedByCode", by_code.json) == []
    assert faults_of("Code", new.get("/code")) == []
    assert faults_of("Prompts", server.call("GET", "/api/prompts").json) == []
    assert faults_of("CanvasAt", new.get("/canvas")) == []
    assert faults_of("PeopleList", new.get("/people")) == []
    assert faults_of("EventsPage", new.get("/events?limit=5")) == []
    assert faults_of("Problem", problem.json) == []


@pytest.mark.usefixtures("said")
def test_a_room_with_all_sorts_of_things_in_it_has_the_shapes_that_are_described(server: Http, room: Room) -> None:
    answer = room.get("/canvas")
    copy = server.call("POST", "/api/rooms", {"title": "Again", "copy": {"room": room.id}}, room.token).json
    events = Room(server, copy["room"], copy["token"], {}).get("/events")

    assert events["events"][1]["type"] == "WorkshopCopied"
    assert faults_of("EventsPage", events) == []
    assert faults_of("CanvasAt", answer) == []
    assert faults_of("EventsPage", room.get("/events")) == []
    assert faults_of("RevisionsList", room.get("/revisions")) == []
    assert faults_of("Audit", room.get("/audit")) == []
    for since in range(0, room.head(), 5):
        assert faults_of("Comparison", room.get(f"/compare?from={since}&to={room.head()}")) == []
    body = {"action": "restore_iteration", "iteration": ITERATION, "base": room.head()}
    preview = server.call("POST", f"/api/rooms/{room.id}/preview", body, room.token).json
    assert faults_of("Preview", preview) == []
    assert faults_of("Preview", {**preview, "skipped": [{"version": 7, "because": "changed_since"}]}) == []
    assert answer["canvas"]["activities"]
    assert answer["canvas"]["iterations"]


@pytest.mark.usefixtures("said")
def test_the_canvas_of_every_version_has_the_shape_that_is_described(room: Room) -> None:
    canvases = [room.get(f"/canvas?version={version}") for version in range(room.head())]

    assert [fault for canvas in canvases for fault in faults_of("CanvasAt", canvas)] == []
    assert any(canvas["canvas"]["retired"] for canvas in canvases)


def test_the_pages_ask_nobody_else_for_anything_and_run_nothing() -> None:
    for path, (media, content) in pages().items():
        page = content.decode()
        assert "//" not in page.replace("http://127.0.0.1", ""), path
        assert media == "text/css" or not re.search(r"<script|<style|\sstyle=|\son\w+=", page), path


def test_what_stands_on_a_page_is_set_and_never_run() -> None:
    assert prose("Hold `since` & <b>") == "Hold <code>since</code> &amp; &lt;b&gt;"
    assert tag("a", text("x"), href='"><b>') == '<a href="&quot;&gt;&lt;b&gt;">x</a>'


def test_every_link_within_a_page_leads_somewhere() -> None:
    for path in ("/docs", "/docs/live"):
        page = pages()[path][1].decode()
        places = set(re.findall(r' id="([^"]+)"', page))
        assert len(places) == len(re.findall(r' id="', page))
        assert set(re.findall(r'href="#([^"]+)"', page)) <= places
        assert places


def test_the_pages_name_every_call_message_and_shape() -> None:
    http, live = (pages()[path][1].decode() for path in ("/docs", "/docs/live"))

    assert all(f"{method.upper()} {path}<" in http for path, calls in HTTP["paths"].items() for method in calls)
    assert all(f'id="shape-{shape}"' in http for shape in HTTP["components"]["schemas"])
    assert all(f'id="shape-{shape}"' in live for shape in LIVE["components"]["schemas"])


def test_the_pages_are_served_with_their_stylesheet(server: Http) -> None:
    for path, (media, content) in pages().items():
        answer = server.call("GET", path)
        assert (answer.status, answer.content) == (200, content)
        assert answer.headers["content-type"].startswith(media)
    assert server.call("GET", "/openapi.json").json == HTTP
    assert server.call("GET", "/asyncapi.json").json == LIVE
