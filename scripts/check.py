"""Runs all checks and tests, some stages at a time, and sums them up: `./run test`.

Every stage runs even where another has failed. The last line is `N passed, N failed`, over all stages; the exit code is
1 where anything failed. With arguments, pytest alone runs, with these.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from scripts import browser, client
from scripts.stage import Outcome, Stage, Tally, end, from_junit, from_vitest
from scripts.steps import SetupError

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT / "test-results"
AT_ONCE = (os.cpu_count() or 1) + 1
"""One more than there are cores: each waits a part of its time, for a server, a screen, or a second to pass."""

BROWSING = 4
"""Parts of the browser tests."""


def stages() -> list[Stage]:
    """Return all stages: what takes a moment, then the longest, so that the shorter ones fill what time is left."""
    apart = ("adversary", "browser", "packaging")
    browsing = [
        _pytest(f"browser tests {part + 1} of {BROWSING}", *files) for part, files in enumerate(_browsing(BROWSING))
    ]
    return [
        _tool("lint", "ruff", "check", "--output-format=concise"),
        _tool("format", "ruff", "format", "--check", "--output-format=concise"),
        _pytest("python tests", "tests", *(f"--ignore=tests/{folder}" for folder in apart)),
        *browsing,
        _pytest("adversary tests", "tests/adversary"),
        _pytest("package", "tests/packaging"),
        _tool("types", "mypy"),
        _npm("client types", "run", "check"),
        _npm("client tests", "test", report="client.json"),
        _npm("client lint", "run", "lint"),
    ]


def _browsing(parts: int) -> list[list[str]]:
    """Deal the files of the browser tests out, the largest first: the longest stages of all, and so about as long."""
    files = sorted((ROOT / "tests" / "browser").glob("test_*.py"), key=lambda file: (-file.stat().st_size, file.name))
    rounds = [files[at : at + parts] for at in range(0, len(files), parts)]
    dealt = [one if number % 2 == 0 else one[::-1] for number, one in enumerate(rounds)]
    return [[str(one[at].relative_to(ROOT)) for one in dealt if at < len(one)] for at in range(parts)]


def _tool(name: str, tool: str, *arguments: str) -> Stage:
    return Stage(name, (sys.executable, "-m", tool, *arguments), ROOT)


def _pytest(name: str, *arguments: str) -> Stage:
    report = REPORTS / f"{name.replace(' ', '-')}.xml"
    options = ("-q", "--continue-on-collection-errors", f"--junit-xml={report}")
    command = (sys.executable, "-m", "pytest", *options, *arguments)
    return Stage(name, command, ROOT, report, from_junit)


def _npm(name: str, *arguments: str, report: str | None = None) -> Stage:
    npm, env = client.npm(ROOT)
    command = (npm, "--silent", *arguments)
    if report is None:
        return Stage(name, command, ROOT / "web", env=env)
    reporters = ("--", "--reporter=default", "--reporter=json", f"--outputFile.json={REPORTS / report}")
    return Stage(name, (*command, *reporters), ROOT / "web", REPORTS / report, from_vitest, env)


class Run:
    """All stages, under way: prints each one's outcome whole, as it ends, so that they don't mix."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._processes: list[subprocess.Popen[bytes]] = []
        self._begun = time.monotonic()

    def all(self, todo: list[Stage]) -> list[Tally]:
        """Run the stages; on Ctrl-C, end those that run and go on up."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            futures = {pool.submit(self._one, stage): stage for stage in todo}
            try:
                return [self._report(futures[done], done.result()) for done in as_completed(futures)]
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                for process in [each for each in self._processes if each.poll() is None]:
                    end(process)
                raise

    def _one(self, stage: Stage) -> Outcome:
        self._say(f"[{time.monotonic() - self._begun:5.1f} s] {stage.name} …")
        return stage.run(self._started)

    def _started(self, process: subprocess.Popen[bytes]) -> None:
        with self._lock:
            self._processes.append(process)

    def _report(self, stage: Stage, outcome: Outcome) -> Tally:
        passed, failed, skipped = outcome.tally
        lines = outcome.said.strip().splitlines()
        good = not failed + skipped
        told = f"{passed} passed, {failed} failed" + (f", {skipped} SKIPPED (counted as failed)" if skipped else "")
        head = f"──── {stage.name}: {told} in {outcome.seconds:.1f} s "
        self._say("\n".join([f"{head:─<100}", *(lines[-1:] if good else lines)]))
        return outcome.tally

    def _say(self, text: str) -> None:
        with self._lock:
            print(text, flush=True)


def main(arguments: list[str]) -> int:
    """Run everything, or pytest alone with the arguments; return the exit code."""
    tallies: list[Tally] = []
    if not arguments or any("browser" in argument for argument in arguments):
        try:
            browser.ensure()
        except SetupError as failure:
            # The browser tests will fail as well, each by itself; the other stages still tell what they have to.
            print(failure, flush=True)
            tallies.append(Tally(0, 1))
    # Some tests ask the client's own code, in Node.
    os.environ["PATH"] = client.npm(ROOT)[1]["PATH"]
    if arguments:
        os.execv(sys.executable, [sys.executable, "-m", "pytest", *arguments])
    tallies += Run().all(stages())
    failed = sum(tally.failed + tally.skipped for tally in tallies)
    print(f"{sum(tally.passed for tally in tallies)} passed, {failed} failed", flush=True)
    return int(failed > 0)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
