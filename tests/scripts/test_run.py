"""`./run` in a checkout of its own, with a uv and an npm that only write down what they are asked."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from scripts.prepare import ROOT

UV = f"""#!/bin/sh
echo "uv $*" >> "$ASKED"
case "$*" in
--version) echo 'uv 0.9.9' ;;
venv*) for place; do :; done; exec '{sys.executable}' -m venv --clear --without-pip "$place" ;;
*--editable*) printf '#!/bin/sh\\necho served "$@"\\n' > .venv/bin/kern; chmod +x .venv/bin/kern ;;
esac
"""
NPM = """#!/bin/sh
echo "npm $*" >> "$ASKED"
[ ! -e broken ] || { echo 'this is why'; exit 3; }
case $1 in
ci) mkdir -p node_modules ;;
run) mkdir -p ../server/static; cp index.html ../server/static/ ;;
esac
"""
NODE = "#!/bin/sh\necho v22.12.0\n"


class Said(NamedTuple):
    code: int
    out: str
    err: str
    asked: list[str]


class Checkout:
    """A checkout with all that the set-up reads, and a machine with a uv and a Node."""

    def __init__(self, folder: Path) -> None:
        self.home, self.root = folder, folder / "a checkout"
        self.root.mkdir()
        shutil.copytree(ROOT / "scripts", self.root / "scripts")
        shutil.copytree(ROOT / "requirements", self.root / "requirements")
        for name in ("run", "pyproject.toml", "hatch_build.py"):
            shutil.copy(ROOT / name, self.root)
        (self.root / "web").mkdir()
        for name in ("package.json", "package-lock.json", "index.html"):
            (self.root / "web" / name).write_text("{}")
        (folder / "bin").mkdir()
        for name, text in (("uv", UV), ("npm", NPM), ("node", NODE)):
            (folder / "bin" / name).write_text(text)
            (folder / "bin" / name).chmod(0o755)

    def run(self, *arguments: str) -> Said:
        asked = self.home / "asked"
        asked.write_text("")
        path = f"{self.home / 'bin'}:{Path(sys.executable).parent}:/usr/bin:/bin"
        env = {"PATH": path, "HOME": str(self.home), "ASKED": str(asked), "KERN_PYTHON": "python3"}
        done = subprocess.run([self.root / "run", *arguments], check=False, capture_output=True, text=True, env=env)
        return Said(done.returncode, done.stdout, done.stderr, asked.read_text().splitlines())


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def kinds(said: Said) -> list[str]:
    """What was done, one word each."""
    words = {
        "uv venv": "environment",
        "--require-hashes": "packages",
        "--editable": "kern",
        "npm ci": "ci",
        "npm": "built",
    }
    return [
        next(kind for word, kind in words.items() if word in line) for line in said.asked if "--version" not in line
    ]


def test_the_first_start_says_each_step_and_serves_with_the_options_given(checkout: Checkout) -> None:
    said = checkout.run("--port", "80 80")
    assert (said.code, said.out) == (0, "served serve --port 80 80\n")
    assert kinds(said) == ["environment", "packages", "ci", "built", "kern"]
    assert said.err.startswith("Setting up Kern\n")
    assert said.err.count(" s\n") == 5


def test_the_second_start_does_nothing_and_says_nothing(checkout: Checkout) -> None:
    checkout.run()
    said = checkout.run()
    assert (said.code, said.out, said.err, said.asked) == (0, "served serve\n", "", [])


@pytest.mark.parametrize(
    ("changed", "done"),
    [
        ("requirements/serve.txt", ["packages"]),
        ("pyproject.toml", ["kern"]),
        ("web/index.html", ["built"]),
        ("web/package-lock.json", ["ci", "built"]),
    ],
)
def test_only_what_a_change_concerns_is_done_again(checkout: Checkout, changed: str, done: list[str]) -> None:
    checkout.run()
    with (checkout.root / changed).open("a") as file:
        file.write("\n# changed\n")
    assert kinds(checkout.run()) == done
    assert checkout.run().asked == []


def test_a_checkout_that_was_moved_gets_an_environment_for_its_new_place(checkout: Checkout) -> None:
    checkout.run()
    checkout.root = checkout.root.rename(checkout.home / "elsewhere")
    assert kinds(checkout.run()) == ["environment", "packages", "kern"]


def test_a_step_that_fails_is_told_and_is_where_the_next_start_begins(checkout: Checkout) -> None:
    (checkout.root / "web/broken").touch()
    said = checkout.run()
    assert (said.code, said.out) == (1, "")
    assert "this is why" in said.err
    (checkout.root / "web/broken").unlink()
    assert kinds(checkout.run()) == ["ci", "built", "kern"]


def test_a_set_up_for_tests_that_fails_counts_as_a_failure_in_the_last_line(checkout: Checkout) -> None:
    (checkout.root / "web/broken").touch()
    said = checkout.run("test")
    assert (said.code, said.out) == (1, "0 passed, 1 failed\n")


def test_a_machine_whose_python_is_too_old_is_told_so(checkout: Checkout) -> None:
    for name in ("python3", "python3.11", "python3.12", "python3.13", "python3.14"):
        (checkout.home / "bin" / name).write_text("#!/bin/sh\nexit 1\n")
        (checkout.home / "bin" / name).chmod(0o755)
    (checkout.home / "bin/uv").write_text("#!/bin/sh\nexit 2\n")
    said = checkout.run()
    assert said.code == 1
    assert "needs Python 3.11" in said.err


def test_help_names_each_way_to_call_it(checkout: Checkout) -> None:
    said = checkout.run("--help")
    assert said.code == 0
    for way in ("./run [OPTIONS]", "./run test", "./run dev", "./run --help"):
        assert way in said.out
    assert said.asked == []
