"""A server that dies on purpose, as the crash tool and the tests of a failing log hold it."""

import json
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Self

from tests.support.calls import Http
from tests.support.expect import Wrong, expect
from tests.support.patch import Json
from tests.support.process import complaint, free_port

READY_WITHIN = 20.0
PAUSE = 0.004


class Mortal:
    """The launcher and the life that it has started; the port and the data stay the same from life to life."""

    def __init__(self, data: Path, *options: str) -> None:
        self.port = free_port()
        self.http = Http(self.port)
        self.output = data.parent / "mortal.log"
        self.pid = 0
        arguments = ["serve", "--host", "127.0.0.1", "--port", str(self.port), "--data", str(data), *options]
        launcher = [sys.executable, "-m", "tests.adversary.dying_server", *arguments, "--commands-per-second", "0"]
        with self.output.open("ab") as output:
            pipe = subprocess.PIPE
            self._launcher = subprocess.Popen(launcher, stdin=pipe, stdout=pipe, stderr=output, bufsize=0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.pid:
            self.kill()
            self.reap()
        assert self._launcher.stdin
        assert self._launcher.stdout
        self._launcher.stdin.close()
        self._launcher.wait()
        self._launcher.stdout.close()

    def _ask(self, **order: object) -> Json:
        assert self._launcher.stdin
        assert self._launcher.stdout
        self._launcher.stdin.write(json.dumps(order).encode() + b"\n")
        line = self._launcher.stdout.readline()
        expect(line, f"the launcher ended: {self.said()[-800:]}")
        return dict(json.loads(line))

    def start(self, stage: str = "", hits: int = 0) -> Self:
        """Begin a life, unarmed, and wait until it is ready."""
        self.pid = self._ask(do="start", stage=stage, hits=hits)["pid"]
        end = time.monotonic() + READY_WITHIN
        while time.monotonic() < end:
            try:
                if self.http.call("GET", "/readyz").status == 200:
                    return self
            except OSError:
                select.select([], [], [], PAUSE)
        message = f"not ready within {READY_WITHIN} s: {self.said()[-800:]}"
        raise Wrong(message)

    def arm(self) -> None:
        """From now on the stage counts."""
        self._ask(do="arm")

    def kill(self) -> None:
        """End the life from outside."""
        os.kill(self.pid, signal.SIGKILL)

    def reap(self) -> list[str]:
        """Wait for the end of the life, which must be SIGKILL; the command ids of its last batch."""
        ended, self.pid = self._ask(do="reap"), 0
        expect(ended["signal"] == signal.SIGKILL, f"the server ended otherwise: {ended}: {self.said()[-800:]}")
        return list(ended["last"])

    def said(self) -> str:
        """Everything that was printed so far."""
        return self.output.read_text(errors="replace")

    def complaints(self) -> str:
        """Give the beginning of what its log tells of an error nobody expected, or nothing."""
        return complaint(self.said())
