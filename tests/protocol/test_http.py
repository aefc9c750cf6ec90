"""HTTP: every call, its statuses, its problems and their language."""

import json
import re
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.protocol.scene import Scene
from tests.support.calls import Reply
from tests.support.canonical import canonical
from tests.support.live import new_id
from tests.support.patch import Json
from tests.support.process import Server

READS = ("/canvas", "/people", "/events", "/export?format=jsonl")


def as_problem(reply: Reply) -> tuple[int, str | None]:
    return reply.status, reply.problem


def test_a_room_is_opened_with_a_link_for_each_role(direct: Server) -> None:
    """Rules H7, G2, C2."""
    reply = direct.http.call("POST", "/api/rooms", {"title": "  Bricks  "})
    made = reply.json
    assert reply.status == 201
    assert set(made) == {"room", "token", "participant", "links", "code"}
    assert set(made["links"]) == {"facilitator", "participant", "observer"}
    assert all(link.startswith(f"/join/{made['room']}#") for link in made["links"].values())
    assert made["room"][0].isalnum()
    now = direct.http.get(f"/api/rooms/{made['room']}/canvas", made["token"])
    assert (now["canvas"]["title"], now["canvas"]["language"]) == ("Bricks", "en")
    assert now["canvas"]["people"] == {made["participant"]: {"role": "facilitator"}}


BODIES: dict[str, tuple[Json, int, str, str | None]] = {
    "no title": ({}, 422, "invalid", "title"),
    "a blank title": ({"title": " \n"}, 422, "text_empty", "title"),
    "a title that is too long": ({"title": "x" * 201}, 422, "text_too_long", "title"),
    "a title of another kind": ({"title": 7}, 422, "invalid", "title"),
    "another language": ({"title": "T", "language": "fr"}, 422, "invalid", "language"),
    "another template": ({"title": "T", "template": "castle"}, 422, "invalid", "template"),
    "a name that is too long": ({"title": "T", "name": "x" * 201}, 422, "text_too_long", "name"),
    "a member too many": ({"title": "T", "colour": "red"}, 422, "invalid", "colour"),
}


@pytest.mark.parametrize("fault", BODIES)
def test_what_is_wrong_with_a_body_is_named(direct: Server, fault: str) -> None:
    """Rules H1, H5, H7, G1."""
    body, status, code, field = BODIES[fault]
    reply = direct.http.call("POST", "/api/rooms", body)
    assert as_problem(reply) == (status, code)
    problem = reply.json
    assert {"type", "title", "status", "code", "detail", "field"} <= set(problem)
    assert problem["field"] == field


def test_a_body_is_checked_for_its_type_its_size_and_its_form_in_that_order(direct: Server) -> None:
    """Rules H5, H1."""
    large = b"{" + b" " * 65_536
    form = {"Content-Type": "application/json; charset=utf-8"}
    cases = [
        (large, {"Content-Type": "text/plain"}, (415, "unsupported_media_type")),
        (b'{"title":"T"}', {}, (415, "unsupported_media_type")),
        (large, form, (413, "payload_too_large")),
        (b"{", form, (400, "malformed")),
        (b'{"title":NaN}', form, (400, "malformed")),
        (b"\xff", form, (400, "malformed")),
        (b"", form, (400, "malformed")),
        (b"[]", form, (422, "invalid")),
    ]
    for content, headers, expected in cases:
        assert as_problem(direct.http.send("POST", "/api/rooms", content, headers)) == expected
    assert direct.http.send("POST", "/api/rooms", b'{"title":"T"}', form).status == 201


def test_a_template_is_made_of_ordinary_events_that_nobody_did(direct: Server) -> None:
    """Rules H8, U2, C8, E1."""
    for language in ("nl", "en"):
        scene = Scene(direct, template="lego", language=language)
        events = scene.room.events()[2:]
        assert events
        assert {(event["by"], event["command"]) for event in events} == {(None, None)}
        canvas = scene.room.get("/canvas")["canvas"]
        assert canvas["blocks"]["value_propositions"]
        assert [note["by"] for note in canvas["notes"].values()] == [None] * len(canvas["notes"])


async def test_what_a_template_brought_is_nothing_to_undo(direct: Server) -> None:
    """Rules H8, U2."""
    scene = Scene(direct, template="lego")
    host = await scene.enter()
    await host.no("nothing_to_undo", "undo")
    await scene.leave()


def test_an_invite_makes_a_participant_of_its_role_each_time(workshop: Scene) -> None:
    """Rules H9, H11, E1, E12."""
    path, seen = f"{workshop.path}/join", []
    for role, invite in workshop.room.invites.items():
        for name in ("Alex", "Alex"):
            reply = workshop.server.http.call("POST", path, {"invite": invite, "name": f" {name} "})
            joined = reply.json
            assert (reply.status, joined["role"], joined["name"]) == (200, role, name)
            seen.append({"participant": joined["participant"], "name": name, "role": role})
    assert workshop.room.get("/people")["people"][1:] == seen
    last = workshop.room.events()[-1]
    assert last["data"] == {"participant": seen[-1]["participant"], "role": seen[-1]["role"]}
    assert (last["type"], last["by"], last["command"]) == ("ParticipantJoined", seen[-1]["participant"], None)
    assert "Alex" not in json.dumps(workshop.room.events())


def test_who_leaves_the_name_blank_is_a_guest_with_the_first_number_that_is_free(direct: Server) -> None:
    """Rule H9."""
    room = Scene(direct, language="nl").room
    body: Json = {"invite": room.invites["observer"], "name": "  "}

    def named(name: str) -> str:
        return str(direct.http.call("POST", f"/api/rooms/{room.id}/join", {**body, "name": name}).json["name"])

    assert [named(name) for name in ("", "Gast 3", " \n", "gast 1", "")] == [
        "Gast 1",
        "Gast 3",
        "Gast 2",
        "gast 1",
        "Gast 4",
    ]
    english = Scene(direct).room
    joined = direct.http.call("POST", f"/api/rooms/{english.id}/join", {**body, "invite": english.invites["observer"]})
    assert joined.json["name"] == "Guest 1"
    for name, code in (("x" * 201, "text_too_long"), (None, "invalid")):
        refused = direct.http.call("POST", f"/api/rooms/{room.id}/join", {**body, "name": name})
        assert as_problem(refused) == (422, code)


def test_guests_who_come_at_the_same_moment_have_different_numbers(direct: Server) -> None:
    """Rule H9."""
    room = Scene(direct).room
    body: Json = {"invite": room.invites["participant"], "name": ""}
    with ThreadPoolExecutor(12) as threads:
        joining = [threads.submit(direct.http.call, "POST", f"/api/rooms/{room.id}/join", body) for _ in range(12)]
    assert {reply.result().json["name"] for reply in joining} == {f"Guest {number}" for number in range(1, 13)}


def test_calls_below_a_room_need_a_token(workshop: Scene) -> None:
    """Rule H3."""
    for room in (workshop.room.id, "nowhere"):
        for read in READS:
            for headers in ({}, {"Authorization": "Bearer"}, {"Authorization": f"Basic {workshop.room.token}"}):
                reply = workshop.server.http.send("GET", f"/api/rooms/{room}{read}", headers=headers)
                assert as_problem(reply) == (401, "unauthorized")
                assert reply.headers["www-authenticate"] == "Bearer"


def test_tokens_and_invites_are_kept_as_hashes_only(workshop: Scene) -> None:
    """Rule H3."""
    token = workshop.room.join("observer", "Guest")
    kept = b"".join(file.read_bytes() for file in Path(workshop.server.data).iterdir())
    assert workshop.room.id.encode() in kept
    for secret in (token, workshop.room.token, *workshop.room.invites.values()):
        assert secret.encode() not in kept


def test_what_is_not_there_and_what_is_not_for_one_look_the_same(workshop: Scene) -> None:
    """Rule H4."""
    other, http = Scene(workshop.server), workshop.server.http
    joins = [
        http.call("POST", f"/api/rooms/{room}/join", {"invite": invite, "name": "Me"})
        for room, invite in (
            ("nowhere", workshop.room.invites["observer"]),
            (workshop.room.id, "nothing"),
            (workshop.room.id, other.room.invites["observer"]),
            (workshop.room.id, ""),
        )
    ]
    reads = [
        http.call("GET", f"/api/rooms/{room}{read}", token=token)
        for room, token in (("nowhere", workshop.room.token), (workshop.room.id, other.room.token), ("nowhere", "x"))
        for read in READS
    ]
    assert {as_problem(reply) for reply in joins + reads} == {(404, "not_found")}
    assert len({reply.content for reply in joins + reads}) == 1


def test_a_sentence_is_in_the_language_that_the_reader_prefers(direct: Server) -> None:
    """Rules H2, G4."""
    scene = Scene(direct, language="nl")

    def said(path: str, token: str | None, accept: str | None) -> tuple[str, str]:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        if accept is not None:
            headers["Accept-Language"] = accept
        reply = direct.http.send("GET", path, headers=headers)
        return reply.headers["content-language"], reply.json["detail"]

    beyond = f"{scene.path}/canvas?version=999"
    dutch, english = said(beyond, scene.room.token, "nl"), said(beyond, scene.room.token, "en")
    assert (dutch[0], english[0]) == ("nl", "en")
    assert dutch[1] != english[1]
    accepting = {"nl-NL, en;q=0.8": dutch, "en;q=0.3, nl;q=0.9": dutch, "nl;q=0.3, en;q=0.9": english}
    accepting |= {"de, nl;q=0.1": dutch, "de": dutch, "": dutch}
    for accept, expected in accepting.items():
        assert said(beyond, scene.room.token, accept) == expected, accept
    assert said(beyond, scene.room.token, None) == dutch
    assert said("/api/rooms/nowhere/canvas", "x", None) == english


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/canvas?version=-1", 422),
        ("/canvas?version=x", 422),
        ("/canvas?version=1.5", 422),
        ("/canvas?version=1&version=2", 422),
        ("/canvas?colour=red", 422),
        ("/canvas?version=999", 404),
        ("/events?after=-1", 422),
        ("/events?limit=0", 422),
        ("/events?limit=1001", 422),
        ("/events?limit=x", 422),
        ("/events?after=999", 404),
        ("/export", 422),
        ("/export?format=xml", 422),
    ],
)
def test_a_parameter_that_is_wrong_and_a_version_that_is_not_there(workshop: Scene, path: str, status: int) -> None:
    """Rules H6, H10, H12."""
    assert as_problem(workshop.get(path)) == (status, "invalid" if status == 422 else "not_found")


async def test_the_canvas_is_served_as_it_is_and_as_it_was(workshop: Scene) -> None:
    """Rules H10, C2."""
    live, note = await workshop.furnished()
    now, head = workshop.room.get("/canvas"), live.version
    assert set(now) == {"room", "version", "epoch", "canvas"}
    assert (now["room"], now["version"]) == (workshop.room.id, head)
    assert workshop.room.get(f"/canvas?version={head}") == now
    assert workshop.room.get(f"/canvas?version={head - 1}")["canvas"]["notes"] == {}
    assert list(now["canvas"]["notes"]) == [note]
    assert workshop.room.get("/canvas?version=0")["version"] == 0


async def test_events_are_served_in_pages(workshop: Scene) -> None:
    """Rule H12."""
    live, _ = await workshop.furnished()
    for number in range(4):
        await live.ok("add_note", note=new_id(), block="channels", text=f"Shop {number}")
    head = live.version
    whole = workshop.room.get("/events")
    assert (len(whole["events"]), whole["version"], whole["more"]) == (head, head, False)
    page = workshop.room.get("/events?after=1&limit=2")
    assert (page["events"], page["version"], page["more"]) == (whole["events"][1:3], head, True)
    last = workshop.room.get(f"/events?after={head - 2}&limit=2")
    assert (last["events"], last["more"]) == (whole["events"][-2:], False)
    assert workshop.room.get(f"/events?after={head}") == {"events": [], "version": head, "more": False}


async def test_an_export_is_the_log_in_canonical_lines_and_always_the_same(workshop: Scene) -> None:
    """Rules H13, E6."""
    live, _ = await workshop.furnished()
    await live.ok("add_note", note=new_id(), block="channels", text='Größe € \N{BRICK} \u2028 " \\ /')
    reply = workshop.get("/export?format=jsonl")
    assert reply.status == 200
    assert "attachment" in reply.headers["content-disposition"]
    lines = reply.content.decode().split("\n")
    assert lines.pop() == ""
    for line, event in zip(lines, workshop.room.events(), strict=True):
        del event["changes"]
        assert line == canonical(event)
    assert workshop.get("/export?format=jsonl").content == reply.content


def test_what_a_room_has_is_downloaded_in_four_forms(workshop: Scene) -> None:
    """Rules H13, H32, H2."""
    canvas = workshop.get("/export?format=json")
    assert canvas.content == workshop.get("/canvas").content
    for form, media in (("json", "application/json"), ("csv", "text/csv; charset=utf-8"),
                        ("md", "text/markdown; charset=utf-8"), ("jsonl", "application/jsonl")):  # fmt: skip
        reply = workshop.get(f"/export?format={form}")
        assert (reply.status, reply.headers["content-type"]) == (200, media)
        assert reply.headers["content-disposition"] == f'attachment; filename="{workshop.room.id}.{form}"'
    assert workshop.get("/export?format=csv").content.startswith("\ufeffVersion,Time (UTC),Person,".encode())
    dutch = workshop.get("/export?format=csv&language=nl").content.decode()
    assert dutch.startswith("\ufeffVersie;Tijd (UTC);Persoon;")
    assert ";Facilitator;Workshop geopend;" in dutch
    assert workshop.get("/export?format=csv", **{"Accept-Language": "nl"}).content.decode() == dutch
    guideline = workshop.get("/export?format=md&language=nl")
    assert guideline.headers["content-language"] == "nl"
    assert "## Gemaakt door\n\nFacilitator\n" in guideline.content.decode()
    workshop.server.http.call("PATCH", f"{workshop.path}/people/me", {"name": "Noor"}, workshop.room.token)
    assert "## Made by\n\nNoor\n" in workshop.get("/export?format=md").content.decode()
    assert workshop.get("/export?format=md&language=fr").status == 422


def test_health_readiness_and_figures_need_no_token(direct: Server) -> None:
    """Rule H14."""
    for path in ("/healthz", "/readyz"):
        assert direct.http.call("GET", path).status == 200
    figures = direct.http.call("GET", "/metrics")
    assert figures.headers["content-type"].startswith("text/plain")
    names = set(re.findall(r"^(kern_\w+) [0-9.e+]+$", figures.content.decode(), re.MULTILINE))
    assert {"kern_rooms_live", "kern_people_connected", "kern_commits_total", "kern_events_total"} <= names


def test_every_answer_says_what_a_browser_may_do_with_it(workshop: Scene) -> None:
    """Rule H16."""
    http = workshop.server.http
    answers = [http.call("GET", path) for path in ("/", "/docs", "/healthz", "/nowhere", "/api/nowhere", "/metrics")]
    answers += [workshop.get(read) for read in (*READS, "/canvas?version=999")]
    for reply in answers:
        headers = reply.headers
        policy = headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert not {"set-cookie", "access-control-allow-origin", "server"} & set(headers)
    assert {reply.headers["cache-control"] for reply in answers[-5:]} == {"no-store"}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/rooms", 405),
        ("PUT", "/api/rooms", 405),
        ("DELETE", "/api/rooms/x/canvas", 405),
        ("POST", "/healthz", 405),
        ("GET", "/api/nowhere", 404),
        ("GET", "/api/rooms/x", 404),
        ("POST", "/api/rooms/", 404),
        ("GET", "/nowhere", 404),
        ("GET", "/../server/app.py", 404),
    ],
)
def test_an_address_that_is_not_there_and_a_method_that_it_does_not_take(
    direct: Server, method: str, path: str, status: int
) -> None:
    """Rule H17."""
    code = "not_found" if status == 404 else "method_not_allowed"
    assert as_problem(direct.http.call(method, path)) == (status, code)


def test_a_head_without_end_is_refused(direct: Server) -> None:
    """Rule H1."""
    with socket.create_connection(("127.0.0.1", direct.port), timeout=10) as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Long: " + b"x" * 66_000)
        answer = connection.recv(65_536)
    assert answer.startswith(b"HTTP/1.1 431 ")
    assert b'"code":"payload_too_large"' in answer
