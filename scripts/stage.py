"""One stage of the checks: a command, what it printed, how long it took, and how many tests passed and failed.

A lint or a type check counts as one test. What a test tool skipped counts as failed: whoever reads the last line must
be able to trust that everything ran.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

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
    seconds: float = 600

    def run(self, started: Callable[[subprocess.Popen[str]], None]) -> Outcome:
        """Run the command to its end and count; `started` is told the process, so that it can be ended."""
        if self.report:
            self.report.parent.mkdir(exist_ok=True)
            self.report.unlink(missing_ok=True)
        begun = time.monotonic()
        try:
            process = subprocess.Popen(
                self.command,
                cwd=self.where,
                env={**os.environ, **self.env, "NO_COLOR": "1"},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                errors="replace",
                start_new_session=True,
            )
        except OSError as error:
            return Outcome(Tally(0, 1), f"could not be started: {error}", 0)
        started(process)
        said = self._wait(process)
        return Outcome(self._count(process.returncode), said, time.monotonic() - begun)

    def _wait(self, process: subprocess.Popen[str]) -> str:
        try:
            return process.communicate(timeout=self.seconds)[0]
        except subprocess.TimeoutExpired:
            end(process)
            return f"{process.communicate()[0]}\nended after {self.seconds:.0f} s without an end of its own"

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


def end(process: subprocess.Popen[str]) -> None:
    """End a stage's process and all that it started: asked first, so that tests can stop their servers, then killed."""
    try:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(timeout=10)
    except ProcessLookupError:
        return
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)


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
