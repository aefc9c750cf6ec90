"""What is installed is pinned, hashed, and what pyproject.toml asks for."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from scripts.client import NODE_REQUIREMENT
from scripts.prepare import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
RUNTIME, GROUPS = PROJECT["project"]["dependencies"], PROJECT["dependency-groups"]
ASKED = {
    "serve": RUNTIME + GROUPS["build"],
    "test": RUNTIME + GROUPS["build"] + GROUPS["dev"],
    "node": GROUPS["node"],
    "uv": GROUPS["uv"],
}


def text(name: str) -> str:
    return (ROOT / f"requirements/{name}.txt").read_text("utf-8")


def pinned(name: str) -> dict[str, str]:
    return {
        canonicalize_name(found[1]): found[2] for found in re.finditer(r"^([\w.-]+)==(\S+)", text(name), re.MULTILINE)
    }


@pytest.mark.parametrize("name", ASKED)
def test_each_dependency_is_pinned_to_a_version_that_pyproject_allows(name: str) -> None:
    pins = pinned(name)
    for asked in map(Requirement, ASKED[name]):
        assert pins.get(canonicalize_name(asked.name), "nothing") in asked.specifier, f"run scripts/lock: {asked}"


@pytest.mark.parametrize("name", ASKED)
def test_each_pin_has_hashes_and_no_file_names_where_it_came_from(name: str) -> None:
    entries = re.split(r"\n(?=[a-z])", text(name))[1:]
    assert len(entries) == len(pinned(name))
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text(name)


def test_the_tests_run_on_the_versions_that_are_served() -> None:
    assert pinned("serve").items() <= pinned("test").items()


def test_the_build_hook_asks_for_the_node_that_is_pinned() -> None:
    assert GROUPS["node"] == [NODE_REQUIREMENT]
