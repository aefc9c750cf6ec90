"""Checkpoints: what is signed of a room's log, when, and that its signature can be told by the protocol alone."""

import sqlite3
from base64 import b64decode
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tests.protocol.scene import Scene
from tests.support.live import new_id
from tests.support.patch import Json
from tests.support.process import Server


def opened(key: str, note: str) -> tuple[str, int, str]:
    """Read a note: the room, the version and the digest. What is not as the protocol says fails."""
    name, id_, encoded = key.split("+", 2)
    public = b64decode(encoded)
    assert (public[0], len(public)) == (1, 33)
    assert sha256(f"{name}\n".encode() + public).digest()[:4].hex() == id_
    text, signature_line = note.split("\n\n")
    dash, signer, signature = signature_line.removesuffix("\n").split(" ")
    assert (dash, signer, b64decode(signature)[:4].hex()) == ("—", name, id_)
    Ed25519PublicKey.from_public_bytes(public[1:]).verify(b64decode(signature)[4:], f"{text}\n".encode())
    origin, version, head = text.split("\n")
    assert origin.startswith(f"{name}/")
    return origin.removeprefix(f"{name}/"), int(version), b64decode(head).hex()


def key_of(scene: Scene) -> Json:
    return dict(scene.server.http.call("GET", "/api/key").json)


async def test_a_checkpoint_is_a_note_that_the_key_has_signed(workshop: Scene) -> None:
    """Rules K1, K2, K3, K4."""
    await workshop.furnished()
    made = workshop.server.http.call("POST", f"{workshop.path}/checkpoints", token=workshop.room.token)
    told = workshop.room.get("/audit")
    assert (made.status, set(made.json)) == (201, {"version", "note"})
    key = key_of(workshop)
    assert set(key) == {"key", "former"}
    assert opened(key["key"], made.json["note"]) == (workshop.room.id, told["version"], told["head"])
    again = workshop.server.http.call("POST", f"{workshop.path}/checkpoints", token=workshop.room.token)
    assert again.json == made.json
    assert workshop.room.get("/checkpoints") == {"checkpoints": [made.json], "next": None}


async def test_there_is_one_of_each_iteration_as_it_was_closed(workshop: Scene) -> None:
    """Rules K1, C7."""
    live, note = await workshop.furnished()
    closed = []
    for name in ("First", "Second"):
        await live.ok("open_iteration", iteration=new_id(), name=name)
        [event] = await live.ok("close_iteration")
        closed.append(event)
        await live.ok("reword_note", note=note, text=f"Play {name}", base=live.version)
    key, listed = key_of(workshop)["key"], workshop.room.get("/checkpoints")
    assert [opened(key, one["note"]) for one in listed["checkpoints"]] == [
        (workshop.room.id, event["version"], event["digest"]) for event in closed
    ]
    page = workshop.room.get("/checkpoints?limit=1")
    assert page == {"checkpoints": listed["checkpoints"][:1], "next": closed[0]["version"]}
    page = workshop.room.get(f"/checkpoints?after={page['next']}")
    assert page == {"checkpoints": listed["checkpoints"][1:], "next": None}
    for beyond in (workshop.room.head() + 1, 10**30):
        answer = workshop.server.http.call(
            "GET", f"{workshop.path}/checkpoints?after={beyond}", token=workshop.room.token
        )
        assert answer.status == 404


async def test_everybody_in_the_room_gets_checkpoints_and_nobody_else(workshop: Scene) -> None:
    """Rules K1, K2, K4, H3, H4, H6."""
    await workshop.furnished()
    path, http = f"{workshop.path}/checkpoints", workshop.server.http
    for role in ("participant", "observer"):
        token = workshop.room.join(role, "Somebody")
        assert http.call("POST", path, token=token).status == 201
        assert http.call("GET", path, token=token).status == 200
    for method in ("GET", "POST"):
        assert http.call(method, path).status == 401
        assert http.call(method, path, token="x").status == 404
    assert http.call("GET", f"{path}?limit=0", token=workshop.room.token).status == 422
    assert http.call("GET", "/api/key").status == 200


async def test_a_log_in_whose_place_an_older_backup_came_is_signed_no_more(tmp_path: Path) -> None:
    """Rules K1, K5."""
    server = Server(tmp_path / "data").start()
    try:
        scene = Scene(server)
        live, note = await scene.furnished()
        with closing(sqlite3.connect(server.data / "kern.db")) as log, closing(sqlite3.connect(tmp_path / "b")) as copy:
            log.backup(copy)
        await live.ok("reword_note", note=note, text="Play more", base=live.version)
        await scene.leave()
        signed = server.http.call("POST", f"{scene.path}/checkpoints", token=scene.room.token).json
        assert server.terminate() == 0
        for suffix in ("-wal", "-shm"):
            (server.data / f"kern.db{suffix}").unlink(missing_ok=True)
        (tmp_path / "b").replace(server.data / "kern.db")
        (server.data / "cache.db").unlink()
        server.start()
        for text in (None, "Play otherwise", "Play on"):
            if text:
                live = await scene.enter()
                await live.ok("reword_note", note=note, text=text, base=live.version)
                await scene.leave()
            refused = server.http.call("POST", f"{scene.path}/checkpoints", token=scene.room.token)
            assert (refused.status, refused.problem) == (409, "signed_otherwise")
            assert refused.json["version"] == signed["version"]
        assert scene.room.get("/checkpoints")["checkpoints"] == [signed]
    finally:
        server.kill()
