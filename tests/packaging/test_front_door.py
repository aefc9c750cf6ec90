"""The first thing that anyone does: `./run`."""

import subprocess
from pathlib import Path

from scripts.prepare import ROOT
from tests.support.process import Server


def test_run_serves_at_once_where_everything_is_set_up_and_says_where(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    server = Server(data, command=[str(ROOT / "run")])
    try:
        server.start()
        assert server.http.send("GET", "/").status == 200
        assert server.terminate() == 0
        said = server.said()
        assert "Setting up" not in said
        assert f"http://127.0.0.1:{server.port}\n" in said
        assert f"http://127.0.0.1:{server.port}/?new\n" in said
    finally:
        server.kill()


def test_run_is_plain_posix_shell() -> None:
    for script in ("run", ".ci/run", "scripts/lock"):
        assert (ROOT / script).read_text("utf-8").startswith("#!/bin/sh\n")
        subprocess.run(["sh", "-n", ROOT / script], check=True)
