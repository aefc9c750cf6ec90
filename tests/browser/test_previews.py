"""What the client shows before the server has answered is what the server then says, when nobody else acts."""

import json
import os
import subprocess
from pathlib import Path

from tests.browser.recorded_log import record_log
from tests.browser.recording import RECORDED, RECORDED_LOG, record
from tests.browser.rooms import Room
from tests.support.patch import Json

WEB = Path(__file__).parents[2] / "web"
LARGEST_RECORDING = 200_000


def vitest(test: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run one of the client's own tests."""
    command = [str(WEB / "node_modules" / ".bin" / "vitest"), "run", f"test/{test}.test.ts"]
    return subprocess.run(
        command, cwd=WEB, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )


def test_each_preview_equals_the_servers_changes(room: Room, tmp_path: Path) -> None:
    recording = tmp_path / "recorded.json"
    recording.write_text(json.dumps(record(room)))
    run = vitest("previews", KERN_RECORDING=str(recording))
    assert run.returncode == 0, run.stdout + run.stderr


def test_a_fresh_afternoon_over_bad_lines_ends_where_the_server_ended(room: Room, tmp_path: Path) -> None:
    recording = tmp_path / "log.json"
    recording.write_text(json.dumps(record_log(room)))
    run = vitest("fuzz", KERN_RECORDED_LOG=str(recording), KERN_SEEDS="20")
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_recording_that_the_client_keeps_has_the_same_actions(room: Room) -> None:
    kept = json.loads(RECORDED.read_text())
    assert [one["command"]["action"] for one in kept] == [one["command"]["action"] for one in record(room)]


def test_the_afternoon_that_the_client_keeps_is_the_one_that_would_be_recorded(room: Room) -> None:
    kept, fresh = json.loads(RECORDED_LOG.read_text()), record_log(room)
    assert [event["type"] for event in kept["events"]] == [event["type"] for event in fresh["events"]]
    assert [_answered(one) for one in kept["own"]] == [_answered(one) for one in fresh["own"]]
    assert RECORDED_LOG.stat().st_size <= LARGEST_RECORDING


def _answered(own: Json) -> tuple[str, str, str | None]:
    return own["command"]["action"], own["answer"]["outcome"], own["answer"].get("code")
