"""`kern rooms`, `kern export` and `kern rebuild`: what is done with a data folder from the command line."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.workshop import SNAPSHOT
from server.cli import main
from server.past.blocks import Block
from server.storage.cache import Cache, Snapshot
from server.storage.folder import cache_file, history_file, log_file
from tests.support.process import Server


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path / "data").start()
    yield server
    server.kill()


def opened(server: Server, title: str) -> tuple[str, str]:
    """Open a room that has a template's things in it; answer its id and the facilitator's token."""
    reply = server.http.call("POST", "/api/rooms", {"title": title, "template": "lego"})
    assert reply.status == 201
    return reply.json["room"], reply.json["token"]


def run(server: Server, *arguments: str) -> int:
    return main([*arguments, "--data", str(server.data)])


def newest(server: Server, room: str) -> Snapshot:
    cache = Cache(cache_file(server.data))
    found = cache.newest(room)
    cache.close()
    assert found is not None
    return found


def test_rooms_are_listed_beside_a_running_server(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    bricks, _ = opened(server, "Bricks")
    wheels, _ = opened(server, "Wheels")
    assert run(server, "rooms") == 0
    told = capsys.readouterr()
    lines = {line.split()[0]: line for line in told.out.splitlines()}
    assert set(lines) == {bricks, wheels}
    assert lines[bricks].endswith("Bricks")
    assert "1 people" in lines[wheels]
    assert told.err == f"2 rooms in {server.data}\n"


def test_an_export_is_what_the_server_gives_to_download(
    server: Server, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    room, token = opened(server, "Bricks")
    assert run(server, "export", room, "--format", "jsonl") == 0
    download = server.http.call("GET", f"/api/rooms/{room}/export?format=jsonl", token=token)
    told = capfdbinary.readouterr().out
    assert told == download.content
    assert told.count(b"\n") == server.http.get(f"/api/rooms/{room}/canvas", token)["version"]


def test_what_is_not_there_is_told_in_a_sentence(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(server, "export", "nowhere") == 1
    assert "There is no room nowhere" in capsys.readouterr().err
    for command in ("rooms", "rebuild"):
        assert main([command, "--data", str(server.data / "elsewhere")]) == 1
        assert "There is no data in" in capsys.readouterr().err
    assert not (server.data / "elsewhere").exists()


def test_nothing_is_rebuilt_while_a_server_runs(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    opened(server, "Bricks")
    assert run(server, "rebuild") == 1
    assert "Another server is using the data folder" in capsys.readouterr().err


def test_what_is_rebuilt_equals_what_the_live_room_kept(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    room, token = opened(server, "Bricks")
    live = server.http.call("GET", f"/api/rooms/{room}/canvas", token=token).content
    assert server.terminate() == 0
    kept = newest(server, room)
    cache_file(server.data).unlink()

    assert run(server, "rebuild") == 0
    assert capsys.readouterr().out.startswith("1 of 1 rooms rebuilt")
    rebuilt = newest(server, room)
    assert (rebuilt.version, rebuilt.digest, rebuilt.canvas) == (kept.version, kept.digest, kept.canvas)
    assert kept.workshop is not None
    assert rebuilt.workshop is not None
    assert SNAPSHOT.validate_json(rebuilt.workshop) == SNAPSHOT.validate_json(kept.workshop)

    server.start()
    assert server.http.call("GET", f"/api/rooms/{room}/canvas", token=token).content == live


def revisions(server: Server) -> list[tuple[object, ...]]:
    """Give every revision of the history, with its room and how far that is followed."""
    database = sqlite3.connect(history_file(server.data))
    rows = database.execute(
        "SELECT room, code, served, generations.version, digest, heads, revisions FROM blocks"
        " JOIN generations USING (generation) ORDER BY room, blocks.version"
    ).fetchall()
    database.close()
    return [(*row[:-2], kept.version, kept.revision) for row in rows for kept in Block.unpacked(*row[-2:]).revisions]


def test_revisions_that_are_rebuilt_are_those_that_followed_live_byte_for_byte(server: Server) -> None:
    rooms = [opened(server, title) for title in ("Bricks", "Wheels")]
    for room, token in rooms:
        assert server.http.get(f"/api/rooms/{room}/revisions?limit=1", token)["next"] == 1
    assert server.terminate() == 0
    followed = revisions(server)
    assert {row[0] for row in followed} == {room for room, _ in rooms}
    database = sqlite3.connect(history_file(server.data))
    with database:
        database.execute("UPDATE blocks SET revisions = 'something else'")
        database.execute("INSERT INTO generations (room, code, served) VALUES ('gone', 'code', 1)")
    database.close()
    assert run(server, "rebuild") == 0
    assert revisions(server) == followed
    history_file(server.data).unlink()
    assert run(server, "rebuild") == 0
    assert revisions(server) == followed


OTHER_BYTE = """
UPDATE stored_events SET state = CAST(substr(state, 1, length(state) - 1) || '!' AS BLOB)
WHERE originator_id = ? AND originator_version = 3
"""
NO_BYTES = """
UPDATE stored_events SET state = 'words where bytes should be' || CAST(x'ff' AS TEXT)
WHERE originator_id = ? AND originator_version = 3
"""


@pytest.mark.parametrize(
    ("harm", "why"),
    [(OTHER_BYTE, "the digest of version 3 does not fit"), (NO_BYTES, "Could not decode to UTF-8")],
    ids=["another byte", "no bytes at all"],
)
def test_a_room_whose_log_is_damaged_is_named_and_the_others_are_rebuilt(
    server: Server, capsys: pytest.CaptureFixture[str], harm: str, why: str
) -> None:
    damaged, _ = opened(server, "Bricks")
    whole, _ = opened(server, "Wheels")
    assert server.terminate() == 0
    database = sqlite3.connect(log_file(server.data))
    with database:
        database.execute(harm, (damaged,))
    database.close()

    assert run(server, "rebuild") == 1
    told = capsys.readouterr()
    assert f"room {damaged} can't be rebuilt: {why}" in told.err
    assert told.out.startswith("1 of 2 rooms rebuilt")
    assert newest(server, whole).version > 3
    assert run(server, "rooms") == 0
    assert f"{damaged}  can't be read: {why}" in capsys.readouterr().out
