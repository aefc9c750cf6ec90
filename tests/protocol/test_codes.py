"""The code that is read out, and those who guess."""

import asyncio
import sqlite3
from itertools import count

import pytest

from server.http.codes import ALPHABET, LENGTH
from tests.protocol.conftest import launched
from tests.protocol.scene import Scene
from tests.support.calls import Reply
from tests.support.patch import Json
from tests.support.process import Server

_addresses = count(1)


def address() -> str:
    """Give an address that nobody has guessed from."""
    number = next(_addresses)
    return f"198.51.{number // 250}.{number % 250 + 1}"


def joined(server: Server, code: str, *, name: str = "Noor", from_: str | None = None) -> Reply:
    """Join as somebody behind a proxy, which says where they are."""
    body = b'{"code":"%b","name":"%b"}' % (code.encode(), name.encode())
    headers = {"Content-Type": "application/json", "X-Forwarded-For": from_ or address()}
    return server.http.send("POST", "/api/join", body, headers)


def called(scene: Scene, method: str, token: str | None = None) -> Reply:
    return scene.server.http.call(method, f"{scene.path}/code", token=token or scene.room.token)


def code_of(scene: Scene) -> str:
    return str(called(scene, "GET").json["code"])


def test_a_room_is_opened_with_a_code_that_is_easy_to_read_out(direct: Server) -> None:
    """Rules H22, H7."""
    made = direct.http.call("POST", "/api/rooms", {"title": "Bricks"}).json
    assert len(made["code"]) == LENGTH == 6
    assert set(made["code"]) <= set(ALPHABET)
    assert not set(ALPHABET) & set("0O1ILZSBU")
    assert direct.http.get(f"/api/rooms/{made['room']}/code", made["token"]) == {"code": made["code"]}


def test_a_code_lets_participants_in_however_it_is_typed(workshop: Scene) -> None:
    """Rules H23, H9."""
    code = code_of(workshop)
    for typed in (code, code.lower(), f" {code[:3]} {code[3:]} ", "-".join(code), f"{code[:3]}\N{EN DASH}{code[3:]}"):
        reply = joined(workshop.server, typed)
        assert reply.status == 200, typed
        assert set(reply.json) == {"room", "token", "participant", "role", "name"}
        assert (reply.json["room"], reply.json["role"], reply.json["name"]) == (workshop.room.id, "participant", "Noor")
    guest = joined(workshop.server, code, name=" ").json
    assert guest["name"] == "Guest 1"
    assert workshop.server.http.get(f"{workshop.path}/people", guest["token"])["people"][-1]["name"] == "Guest 1"


def test_a_new_code_ends_the_old_one_and_one_that_was_ended_opens_nothing(workshop: Scene) -> None:
    """Rules H22, H23, H4."""
    old, server = code_of(workshop), workshop.server
    assert code_of(workshop) == old
    renewed = called(workshop, "POST")
    new = renewed.json["code"]
    assert (renewed.status, set(renewed.json)) == (201, {"code"})
    assert new != old
    assert code_of(workshop) == new
    gone = joined(server, old)
    assert (gone.status, gone.content) == (404, joined(server, "").content)
    assert joined(server, new).status == 200
    assert [called(workshop, "DELETE").status for _ in range(2)] == [204, 204]
    assert joined(server, new).status == 404
    assert code_of(workshop) not in {old, new}


def test_codes_are_for_facilitators(workshop: Scene) -> None:
    """Rules H22, H3."""
    code = code_of(workshop)
    for role in ("participant", "observer"):
        token = workshop.room.join(role, "Guest")
        for method in ("GET", "POST", "DELETE"):
            reply = called(workshop, method, token)
            assert (reply.status, reply.problem) == (403, "not_allowed")
    assert workshop.server.http.call("GET", f"{workshop.path}/code").status == 401
    assert code_of(workshop) == code


def test_who_guesses_is_stopped_and_others_are_not(workshop: Scene) -> None:
    """Rules H23, H1."""
    code, server, guesser = code_of(workshop), workshop.server, address()
    assert [joined(server, f"WRONG{number}", from_=guesser).status for number in range(9)] == [404] * 9
    assert joined(server, code, from_=guesser).status == 200
    assert joined(server, "WRONG", from_=guesser).status == 404
    for tried in ("WRONG", code):
        reply = joined(server, tried, from_=guesser)
        assert (reply.status, reply.problem) == (429, "too_many_tries")
        assert 0 < reply.json["retry_after_ms"] <= 60_000
        assert 0 < int(reply.headers["retry-after"]) <= 60
    assert joined(server, code).status == 200


def test_a_roomful_of_people_behind_one_address_gets_in_at_once(workshop: Scene) -> None:
    """Rule H23."""
    code, here = code_of(workshop), address()
    assert {joined(workshop.server, code, from_=here).status for _ in range(25)} == {200}


@pytest.mark.parametrize(
    "body", [{}, {"code": "ABC"}, {"code": 7, "name": ""}, {"code": "ABC", "name": "", "role": "observer"}]
)
def test_what_is_no_try_is_not_counted_as_one(workshop: Scene, body: Json) -> None:
    """Rules H23, H5."""
    http = workshop.server.http
    replies = [http.call("POST", "/api/join", body) for _ in range(12)]
    assert {(reply.status, reply.problem) for reply in replies} == {(422, "invalid")}
    long = [joined(workshop.server, code_of(workshop), name="x" * 201) for _ in range(12)]
    assert {(reply.status, reply.problem) for reply in long} == {(422, "text_too_long")}


def test_a_code_survives_a_restart_and_a_room_of_older_data_gets_one_when_it_is_asked_for() -> None:
    """Rules H22, H23."""

    async def play(server: Server) -> None:
        kept, older = Scene(server), Scene(server)
        code = code_of(kept)
        server.terminate()
        log = sqlite3.connect(server.data / "kern.db", isolation_level=None)
        log.execute("DELETE FROM codes WHERE room = ?", (older.room.id,))
        log.close()
        server.start()
        assert joined(server, code).json["room"] == kept.room.id  # nobody else has asked for that room yet
        assert code_of(kept) == code
        assert joined(server, code_of(older)).json["room"] == older.room.id

    with launched("direct", "--commands-per-second", "0") as server:
        asyncio.run(play(server))
