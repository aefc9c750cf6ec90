"""What the client shows before the server has answered is what the server then says, when nobody else acts."""

import json
import os
import subprocess
from pathlib import Path

from tests.browser.recording import RECORDED, record
from tests.browser.rooms import Room

WEB = Path(__file__).parents[2] / "web"


def test_each_preview_equals_the_servers_changes(room: Room, tmp_path: Path) -> None:
    recording = tmp_path / "recorded.json"
    recording.write_text(json.dumps(record(room)))
    vitest = [str(WEB / "node_modules" / ".bin" / "vitest"), "run", "test/previews.test.ts"]
    environment = {**os.environ, "KERN_RECORDING": str(recording)}
    run = subprocess.run(vitest, cwd=WEB, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_recording_that_the_client_keeps_has_the_same_actions(room: Room) -> None:
    kept = json.loads(RECORDED.read_text())
    assert [one["command"]["action"] for one in kept] == [one["command"]["action"] for one in record(room)]
