"""One stage of the checks: a command, what it printed, how long it took, and how many tests passed and failed.

A lint or a type check counts as one test. What a test tool skipped counts as failed: whoever reads the last line must
be able to trust that everything ran.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import tempfile
import time
import xml.etree.ElementTree as ET
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


class Tally(NamedTuple):
    """How many tests passed, failed, and were skipped."""

    passed: int
    failed: int
    skipped: int = 0


class Outcome(NamedTuple):
    """What came of a stage: `said` is all that it printed, `seconds` the time from its start."""

    tally: Tally
    said: str
    seconds: float


@dataclass(frozen=True)
class Stage:
    """A command, and where its counts are read: in a report that it writes, or, without one, in its exit code."""

    name: str
    command: tuple[str | Path, ...]
    where: Path
    report: Path | None = None
    read: Callable[[str], Tally] | None = None
    env: Mapping[str, str] = field(default_factory=dict)
    # A stage that hangs must not hold up the others for ever; no stage comes near this.
    seconds: float = 840

    def run(self, started: Callable[[subprocess.Popen[bytes]], None]) -> Outcome:
        """Run the command to its end and count; `started` is told the process, so that it can be ended."""
        if self.report:
            self.report.parent.mkdir(exist_ok=True)
            self.report.unlink(missing_ok=True)
        begun = time.monotonic()
        # Not a pipe: a server that a test left behind would hold its other end, and so hold us up.
        with tempfile.TemporaryFile() as output:
            try:
                process = self._start(output)
            except OSError as error:
                return Outcome(Tally(0, 1), f"could not be started: {error}", 0)
            started(process)
            ended = self._wait(process)
            output.seek(0)
            said = output.read().decode("utf-8", "replace")
        return Outcome(self._count(process.returncode), said + ended, time.monotonic() - begun)

    def _start(self, output: IO[bytes]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            self.command,
            cwd=self.where,
            env={**os.environ, **self.env, "NO_COLOR": "1"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )

    def _wait(self, process: subprocess.Popen[bytes]) -> str:
        try:
            process.wait(self.seconds)
        except subprocess.TimeoutExpired:
            end(process)
            return f"\nended after {self.seconds:.0f} s without an end of its own"
        _kill(process)
        return ""

    def _count(self, code: int) -> Tally:
        if self.report is None or self.read is None:
            return Tally(int(code == 0), int(code != 0))
        try:
            tally = self.read(self.report.read_text("utf-8"))
        except (OSError, ValueError, KeyError, ET.ParseError):
            return Tally(0, 1)
        # A run that ended badly, or found nothing to run, is never a success, whatever its report says.
        wrong = code != 0 or tally.passed + tally.failed + tally.skipped == 0
        return tally._replace(failed=1) if wrong and not tally.failed + tally.skipped else tally


def end(process: subprocess.Popen[bytes]) -> None:
    """End a stage's process and all that it started: asked first, so that tests can stop their servers, then killed."""
    os.killpg(process.pid, signal.SIGINT)
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=10)
    _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill what is left of the group that a process led."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def from_junit(text: str) -> Tally:
    """Read pytest's JUnit report. An expected failure is reported as skipped there, and so it counts."""
    suites = ET.fromstring(text).iter("testsuite")  # noqa: S314 - written by our own run a moment ago
    total = failed = skipped = 0
    for suite in suites:
        total += int(suite.attrib["tests"])
        failed += int(suite.attrib["failures"]) + int(suite.attrib["errors"])
        skipped += int(suite.attrib["skipped"])
    return Tally(max(0, total - failed - skipped), failed, skipped)


def from_vitest(text: str) -> Tally:
    """Read Vitest's JSON report. A file that could not be loaded has no tests, and counts as one that failed."""
    report = json.loads(text)
    broken = sum(1 for suite in report["testResults"] if suite["status"] == "failed" and not suite["assertionResults"])
    return Tally(
        report["numPassedTests"],
        report["numFailedTests"] + broken,
        report["numPendingTests"] + report["numTodoTests"],
    )
