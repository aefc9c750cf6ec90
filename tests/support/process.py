"""The server as a process of its own: started, asked whether it is ready, ended in order or killed."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from tests.support.calls import Http
from tests.support.expect import Wrong, expect

KERN = Path(sys.executable).parent / "kern"
READY_WITHIN = 30.0
ENDS_WITHIN = 15.0
PAUSE = 0.02
EXCERPT = 3000
COMPLAINTS = ("Traceback", "ERROR", "CRITICAL", "Exception in", "never awaited", "never retrieved")


def free_port() -> int:
    """Give a port that nobody listens at now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def complaint(output: str) -> str:
    """Give what a server printed from the first sign of an error on, or nothing."""
    found = [place for word in COMPLAINTS if (place := output.find(word)) >= 0]
    return output[min(found) :][:EXCERPT] if found else ""


class Server:
    """`kern serve` on 127.0.0.1; the port and the data stay the same over restarts."""

    def __init__(
        self, data: Path, *options: str, command: Sequence[str] = (str(KERN),), env: dict[str, str] | None = None
    ) -> None:
        self.data, self.port = data, free_port()
        self.output = data.parent / f"{data.name}.log"
        self.http = Http(self.port)
        self._arguments = [
            *command,
            "serve",
            "--host",
            "127.0.0.1",
            "--port",
            str(self.port),
            "--data",
            str(data),
            *options,
        ]
        self._environment = {**os.environ, **(env or {})}
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The process's id."""
        assert self.process is not None
        return self.process.pid

    def launch(self) -> Self:
        """Start the process; it may not be ready yet."""
        with self.output.open("ab") as output:
            self.process = subprocess.Popen(
                self._arguments, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=self._environment
            )
        return self

    def start(self) -> Self:
        """Start the process and wait until it is ready."""
        return self.launch().ready()

    def ready(self) -> Self:
        """Wait until /readyz says so; an early end of the process is an error."""
        end = time.monotonic() + READY_WITHIN
        while time.monotonic() < end:
            code = self.ended(PAUSE)
            expect(code is None, f"the server ended with {code}: {self.said()[-800:]}")
            try:
                if self.http.call("GET", "/readyz").status == 200:
                    return self
            except OSError:
                continue
        message = f"not ready within {READY_WITHIN} s"
        raise Wrong(message)

    def ended(self, within: float = ENDS_WITHIN) -> int | None:
        """Give the exit code, or None while the process lives on."""
        assert self.process is not None
        try:
            return self.process.wait(within)
        except subprocess.TimeoutExpired:
            return None

    def terminate(self) -> int | None:
        """SIGTERM, and the exit code."""
        os.kill(self.pid, signal.SIGTERM)
        return self.ended()

    def kill(self) -> None:
        """SIGKILL, if it still lives."""
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def said(self) -> str:
        """Everything that the server printed so far."""
        return self.output.read_text(errors="replace") if self.output.exists() else ""

    def complaints(self) -> str:
        """Give the beginning of what its log tells of an error nobody expected, or nothing."""
        return complaint(self.said())

    def worked(self) -> float:
        """Give the seconds for which the process has kept a core busy."""
        parts = Path(f"/proc/{self.pid}/stat").read_text().rsplit(") ", 1)[1].split()
        return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")

    def resident(self) -> int:
        """Give the process's memory, in bytes."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")


@contextmanager
def serving(*options: str) -> Iterator[Server]:
    """Give a server with fresh data and no limit of commands, killed and cleared away at the end."""
    with tempfile.TemporaryDirectory(prefix="kern-") as folder:
        data = Path(folder) / "data"
        data.mkdir()
        server = Server(data, "--commands-per-second", "0", *options)
        try:
            yield server.start()
        finally:
            server.kill()
