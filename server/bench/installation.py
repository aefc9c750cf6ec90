"""What is measured: the disk under the data folder, and a server of its own on it with an empty temporary folder."""

import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

READY_WITHIN: Final = 15.0
ENDS_WITHIN: Final = 10.0
BLOCK: Final = b"k" * 4_096
START: Final = "import sys; from server.cli import main; sys.exit(main())"


class BenchError(Exception):
    """The server under measurement could not be used; the text says why."""


@contextmanager
def folder_beside(data: Path) -> Iterator[Path]:
    """Make a temporary folder on the disk where a data folder is, or would be made."""
    place = data.absolute()
    while not place.is_dir():
        place = place.parent
    folder = Path(tempfile.mkdtemp(prefix=".kern-bench-", dir=place))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def fsyncs(folder: Path, seconds: float, most: int = 500) -> list[float]:
    """Append a block to a file and fsync it, again and again; the milliseconds that each took, ascending."""
    taken: list[float] = []
    end = time.perf_counter() + seconds
    with (folder / "fsync").open("wb", buffering=0) as file:
        while len(taken) < most and (not taken or time.perf_counter() < end):
            file.write(BLOCK)
            begin = time.perf_counter()
            os.fsync(file.fileno())
            taken.append(1000 * (time.perf_counter() - begin))
    return sorted(taken)


class Installation:
    """A server that runs: its port, its calls, and the processor time that it has used."""

    def __init__(self, port: int, process: subprocess.Popen[bytes]) -> None:
        self.port, self._process = port, process

    def post(self, path: str, body: object) -> dict[str, Any]:
        """Post JSON, answered by a JSON object. Raises BenchError for any answer but a good one."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=READY_WITHIN)) as connection:
            connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json"})
            answer = connection.getresponse()
            content = answer.read()
        if answer.status not in {200, 201}:
            raise BenchError(f"{path} was answered {answer.status}: {content[:200]!r}")
        made: dict[str, Any] = json.loads(content)
        return made

    def processor_seconds(self) -> float | None:
        """Read how long the server has kept a processor busy; None where the system does not say."""
        try:
            fields = Path(f"/proc/{self._process.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        except OSError:
            return None
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def await_ready(self) -> None:
        """Wait until the server takes requests. Raises BenchError where it does not in time, or has ended."""
        end = time.monotonic() + READY_WITHIN
        while not self._ready():
            if time.monotonic() > end:
                raise BenchError("The server did not get ready.")
            time.sleep(0.05)

    def _ready(self) -> bool:
        if self._process.poll() is not None:
            raise BenchError(f"The server ended at once, with {self._process.returncode}.")
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=1)) as connection:
                connection.request("GET", "/readyz")
                return connection.getresponse().status == http.HTTPStatus.OK
        except OSError:
            return False


@contextmanager
def installation(folder: Path) -> Iterator[Installation]:
    """Run a server of this same installation in a folder, without a limit on commands, until the block ends."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = int(listener.getsockname()[1])
    command = [sys.executable, "-c", START, "serve", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--data", str(folder / "data"), "--commands-per-second", "0"]
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)  # noqa: S603 - our own program
    running = Installation(port, process)
    try:
        running.await_ready()
        yield running
    except BenchError as error:
        said = (folder / "output").read_text("utf-8", "replace")[-500:]
        raise BenchError(f"{error}\n{said}") from error
    finally:
        process.terminate()
        try:
            process.wait(ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
