"""Names that are erased."""

import asyncio
import shutil
import sqlite3
import subprocess
from pathlib import Path

from tests.protocol.conftest import launched
from tests.protocol.scene import Scene
from tests.support.calls import Reply
from tests.support.patch import Json
from tests.support.process import KERN, Server

NAME = "Wilhelmina"


def erased(scene: Scene, participant: str, token: str | None) -> Reply:
    return scene.server.http.call("DELETE", f"{scene.path}/people/{participant}/name", token=token)


def holding(folder: Path, secret: str) -> list[str]:
    return [file.name for file in folder.iterdir() if secret.encode() in file.read_bytes()]


async def test_an_erased_name_is_gone_for_everybody_and_a_number_stands_for_it(scene: Scene) -> None:
    """Rules R1, H11, L17, P2."""
    host, guest = await scene.enter(), await scene.enter("observer", NAME)
    third = await scene.enter("participant", "Chris", language="nl")
    version, digest = scene.room.head(), scene.room.get("/audit")["head"]
    assert erased(scene, guest.me, host.token).status == 204
    people = [
        {"participant": host.me, "name": "Facilitator", "role": "facilitator"},
        {"participant": guest.me, "name": "former participant 2", "role": "observer", "former": 2},
        {"participant": third.me, "name": "Chris", "role": "participant"},
    ]
    assert scene.room.get("/people")["people"] == people
    assert scene.get("/people", **{"Accept-Language": "nl"}).json["people"][1]["name"] == "voormalige deelnemer 2"
    await host.until(lambda: host.replica.people == people)
    await third.until(lambda: third.replica.people[1]["name"] == "voormalige deelnemer 2")
    await host.until(lambda: any(p.get("former") == 2 for m in host.messages for p in m.get("people", ())))
    line, welcome = await scene.welcomed(token=guest.token)
    assert (welcome["you"], welcome["people"]) == (people[1], people)
    assert (scene.room.head(), scene.room.get("/audit")["head"]) == (version, digest)
    for form in ("csv", "md", "jsonl", "json"):
        assert NAME not in scene.get(f"/export?format={form}&language=en").content.decode()
    assert holding(scene.server.data, NAME) == []
    line.socket.transport.abort()


async def test_a_name_is_erased_by_who_bears_it_or_a_facilitator(scene: Scene) -> None:
    """Rules R1, H3, H4, H20."""
    host, guest = await scene.enter(), await scene.enter("participant", NAME)
    other = await scene.enter("participant", "Chris")
    assert erased(scene, guest.me, None).status == 401
    refused = erased(scene, guest.me, other.token)
    assert (refused.status, refused.problem) == (403, "not_allowed")
    assert erased(scene, "nobody", host.token).status == 404
    assert erased(scene, guest.me, Scene(scene.server).room.token).status == 404
    assert erased(scene, guest.me, guest.token).status == 204
    assert erased(scene, guest.me, guest.token).status == 204
    named: Json = scene.server.http.call("PATCH", f"{scene.path}/people/me", {"name": "Mina"}, guest.token).json
    assert named["name"] == "Mina"
    assert [person["name"] for person in scene.room.get("/people")["people"]] == ["Facilitator", "Mina", "Chris"]


async def test_the_name_of_somebody_who_was_removed_can_be_erased(scene: Scene) -> None:
    """Rules R1, A21."""
    host, guest = await scene.enter(), await scene.enter("participant", NAME)
    await host.ok("remove_person", participant=guest.me)
    assert erased(scene, guest.me, host.token).status == 204
    assert scene.room.get("/people")["people"][1] == {
        "participant": guest.me,
        "name": "former participant 2",
        "role": "participant",
        "former": 2,
        "removed": True,
    }


def kern(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(KERN), *arguments], capture_output=True, text=True, timeout=60, check=False)


def copied(log: Path, to: Path) -> Path:
    """Copy a log as an operator does, while the server writes."""
    with sqlite3.connect(log) as one, sqlite3.connect(to) as other:
        one.backup(other)
    return to


def test_kern_erase_works_beside_a_running_server_and_an_older_backup_brings_nothing_back(tmp_path: Path) -> None:
    """Rule R1."""
    apart = str(tmp_path / "erasures.jsonl")

    async def play(server: Server) -> None:
        scene = Scene(server)
        host, guest = await scene.enter(), await scene.enter("participant", NAME)
        backup = copied(server.data / "kern.db", tmp_path / "backup.db")
        assert NAME.encode() in backup.read_bytes()
        done = kern("erase", scene.room.id, guest.me, "--data", str(server.data), "--erasures", apart)
        assert (done.returncode, done.stderr) == (0, "")
        await host.until(lambda: host.replica.people[1]["name"] == "former participant 2")
        assert holding(server.data, NAME) == []
        await scene.leave()
        server.terminate()
        assert holding(server.data, NAME) == []
        shutil.copy(backup, server.data / "kern.db")
        listed = kern("export", scene.room.id, "--format", "csv", "--data", str(server.data), "--erasures", apart)
        assert (listed.returncode, NAME in listed.stdout, holding(server.data, NAME)) == (0, False, [])
        shutil.copy(backup, server.data / "kern.db")
        server.start()
        assert holding(server.data, NAME) == []
        assert scene.room.get("/people")["people"][1]["name"] == "former participant 2"

    with launched("direct", KERN_ERASURES=apart) as server:
        asyncio.run(play(server))
