"""The last line of `./run test`: the sum of everything, whatever happened."""

import sys
from pathlib import Path

import pytest

from scripts import browser, check
from scripts.stage import Stage
from scripts.steps import SetupError


def ends_with(code: int) -> Stage:
    return Stage(f"ends with {code}", (sys.executable, "-c", f"raise SystemExit({code})"), Path.cwd())


def there_is_one() -> None:
    pass


def there_is_none() -> None:
    message = "no browser"
    raise SetupError(message)


@pytest.mark.parametrize(
    ("codes", "ensure", "last", "code"),
    [
        ((0, 0, 0), there_is_one, "3 passed, 0 failed", 0),
        ((0, 1, 0), there_is_one, "2 passed, 1 failed", 1),
        ((0, 0, 0), there_is_none, "3 passed, 1 failed", 1),
    ],
)
def test_the_last_line_sums_up_every_stage_and_the_exit_code_says_the_same(
    codes: tuple[int, ...],
    ensure: object,
    last: str,
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(browser, "ensure", ensure)
    monkeypatch.setattr(check, "stages", lambda: [ends_with(each) for each in codes])
    assert check.main([]) == code
    assert capsys.readouterr().out.splitlines()[-1] == last


def test_every_folder_of_tests_is_run_by_one_stage() -> None:
    told = [
        str(part) for stage in check.stages() for part in stage.command if str(part).startswith(("tests", "--ignore"))
    ]
    apart = {part.removeprefix("--ignore=") for part in told if part.startswith("--ignore=")}
    assert apart
    browsing = sorted(str(file.relative_to(check.ROOT)) for file in check.ROOT.glob("tests/browser/test_*.py"))
    assert browsing, "these are run in parts, file by file"
    assert sorted(part for part in told if not part.startswith("--")) == sorted(
        {"tests", *(apart - {"tests/browser"}), *browsing}
    )
