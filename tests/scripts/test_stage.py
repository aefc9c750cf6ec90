"""What a stage's result counts as: nothing that did not run may look as if it had passed."""

import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.check import Run
from scripts.stage import Stage, Tally, from_junit, from_vitest

JUNIT = '<testsuites><testsuite tests="{}" failures="{}" errors="{}" skipped="{}"/></testsuites>'


def python(code: str, tmp_path: Path, *, report: bool = False, seconds: float = 30) -> Stage:
    command = (sys.executable, "-c", code)
    return Stage("a stage", command, tmp_path, tmp_path / "r/report" if report else None, from_junit, seconds=seconds)


def run(stage: Stage) -> Tally:
    return stage.run(ignore).tally


def ignore(_: subprocess.Popen[bytes]) -> None:
    pass


def report(*numbers: int) -> str:
    return f"open('r/report', 'w').write('{JUNIT.format(*numbers)}')"


def test_a_lint_counts_as_one_test(tmp_path: Path) -> None:
    assert run(python("pass", tmp_path)) == Tally(1, 0)
    assert run(python("raise SystemExit(2)", tmp_path)) == Tally(0, 1)


def test_a_tool_that_is_not_there_has_failed(tmp_path: Path) -> None:
    outcome = Stage("none", (tmp_path / "none",), tmp_path).run(ignore)
    assert outcome.tally == Tally(0, 1)
    assert "could not be started" in outcome.said


def test_junit_failures_errors_and_skips_are_told_apart(tmp_path: Path) -> None:
    assert from_junit(JUNIT.format(10, 1, 2, 3)) == Tally(4, 3, 3)
    assert run(python(report(10, 0, 0, 0), tmp_path, report=True)) == Tally(10, 0)


def test_a_report_of_success_does_not_hide_a_bad_end(tmp_path: Path) -> None:
    assert run(python(f"{report(10, 0, 0, 0)}; raise SystemExit(1)", tmp_path, report=True)) == Tally(10, 1)


@pytest.mark.parametrize("code", ["pass", "open('r/report', 'w').write('<testsui')", report(0, 0, 0, 0)])
def test_no_report_half_a_report_and_no_tests_have_failed(code: str, tmp_path: Path) -> None:
    assert run(python(code, tmp_path, report=True)) == Tally(0, 1)


def test_a_report_of_the_run_before_is_not_read(tmp_path: Path) -> None:
    run(python(report(10, 0, 0, 0), tmp_path, report=True))
    assert run(python("pass", tmp_path, report=True)) == Tally(0, 1)


def test_a_stage_that_hangs_is_ended_with_what_it_started_and_has_failed(tmp_path: Path) -> None:
    code = "import subprocess; print('here', flush=True); subprocess.run(['sleep', '1000'])"
    outcome = python(code, tmp_path, seconds=0.5).run(ignore)
    assert outcome.tally == Tally(0, 1)
    assert "without an end of its own" in outcome.said


def test_a_program_that_a_stage_leaves_behind_is_ended_and_holds_nobody_up(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        code = f"""
import socket, subprocess
line = socket.create_connection({listener.getsockname()})
subprocess.Popen(["sleep", "1000"], pass_fds=[line.fileno()])
"""
        assert python(code, tmp_path).run(ignore).tally == Tally(1, 0)
        line, _ = listener.accept()
        with line:
            line.settimeout(10)
            assert line.recv(1) == b"", "the line ends with the last program that holds it"


def test_vitest_skips_todos_and_files_that_did_not_load_count() -> None:
    told = {
        "numPassedTests": 5,
        "numFailedTests": 1,
        "numPendingTests": 2,
        "numTodoTests": 1,
        "testResults": [
            {"status": "failed", "assertionResults": []},
            {"status": "failed", "assertionResults": [{}]},
            {"status": "passed", "assertionResults": [{}]},
        ],
    }
    assert from_vitest(json.dumps(told)) == Tally(5, 2, 3)


def test_every_stage_runs_and_a_failed_one_is_told_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = python("print('first'); print('second'); raise SystemExit(1)", tmp_path)
    tallies = Run().all([bad, python("print('third'); print('fourth')", tmp_path)])
    assert sorted(tallies) == [Tally(0, 1), Tally(1, 0)]
    lines = capsys.readouterr().out.splitlines()
    assert {"first", "second", "fourth"} <= set(lines)
    assert "third" not in lines
