"""Who may import whom: the house stands as long as its parts look only downwards.

    domain  ←  projections  ←  server

The imports are read from the sources, wherever in them they stand.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

TRIES_OUT: Final = "domain.deciding.rehearsal"
"""Where a command of many events is tried out on a copy; it alone may evolve something, and decides nothing itself."""
ROOT: Final = Path(__file__).parent.parent
PACKAGES: Final = ("domain", "projections", "server")
ROOMS: Final = (
    *("storage", "wire", "live", "sockets", "past", "erasing", "proving", "http"),
    *("documents", "commands", "bench", "demo"),
)
"""The parts of the server, from the log upwards."""
PROGRAMS: Final = {"commands", "bench", "demo"}
"""What is run, and so may ask for the server as a whole."""
IMPURE: Final = {
    "asyncio", "concurrent", "ctypes", "datetime", "glob", "http", "io", "locale", "logging", "mmap", "multiprocessing",
    "os", "pathlib", "platform", "queue", "random", "resource", "secrets", "select", "selectors", "shutil", "signal",
    "socket", "sqlite3", "ssl", "subprocess", "sys", "tempfile", "threading", "time", "urllib", "uuid", "zoneinfo",
}  # fmt: skip
"""What knows the time, chance, the machine or the world: the domain gets all that as arguments."""
IMPURE_CALLS: Final = {"open", "input", "print", "exec", "eval", "__import__", "breakpoint"}
WEB_SHELL: Final = {
    "server.app": "puts the application together",
    "server.http.api": "the calls over HTTP",
    "server.http.auditing": "the calls for auditors",
    "server.http.calls": "what those calls have in common",
    "server.http.assets": "serves the built client's files",
    "server.sockets.connection": "the socket's shell around the session, which knows no socket",
    "server.http.doors": "the calls by which people come in",
    "server.http.downloads": "the call by which people take something with them",
    "server.http.finding": "the call that finds events in the whole past",
    "server.http.invitations": "the calls by which facilitators let others in",
    "server.sockets.origin": "looks at a request's headers before anything else does",
    "server.http.past": "the calls that look back",
    "server.http.previews": "the call that tells what a command would change",
    "server.http.problems": "makes the answers for what went wrong",
    "server.http.reading": "reads requests into models",
    "server.http.recalling": "the calls that tell what became of things",
    "server.serving": "hands the application to the web server",
    "server.documents.openapi": "describes the routes that there are",
}
"""The only modules that know Starlette, and what for: the rest is tested without a web server."""


def modules(package: str) -> Iterator[tuple[str, ast.Module]]:
    for file in sorted((ROOT / package).rglob("*.py")):
        name = ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        yield name, ast.parse(file.read_text("utf-8"), str(file))


def imported(tree: ast.AST) -> set[str]:
    """Tell all modules that a source imports, and what it takes from them, by their full names."""
    found = set[str]()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute, so that they can be read here"
            found |= {str(node.module)} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


SOURCES: Final = {name: tree for package in PACKAGES for name, tree in modules(package)}
IMPORTS: Final = {name: imported(tree) for name, tree in SOURCES.items()}
DOMAIN: Final = [name for name in SOURCES if name.partition(".")[0] == "domain"]
PROJECTIONS: Final = [name for name in SOURCES if name.partition(".")[0] == "projections"]


def tops(name: str) -> set[str]:
    """Tell the packages that a module imports from."""
    return {found.partition(".")[0] for found in IMPORTS[name]}


def importers(name: str) -> set[str]:
    """Tell the modules that import this one, or this package."""
    return {
        importer
        for importer, imports in IMPORTS.items()
        if any(f"{found}.".startswith(f"{name}.") for found in imports)
    }


def test_all_sources_were_found() -> None:
    assert {"domain.decide", "projections.canvas", "server.live.room", "server.documents.openapi"} <= SOURCES.keys()


@pytest.mark.parametrize("name", DOMAIN)
def test_the_domain_imports_itself_pydantic_and_the_standard_library(name: str) -> None:
    assert tops(name) - sys.stdlib_module_names <= {"domain", "pydantic"}


@pytest.mark.parametrize("name", PROJECTIONS)
def test_projections_import_the_domain_pydantic_and_the_standard_library(name: str) -> None:
    assert tops(name) - sys.stdlib_module_names <= {"domain", "projections", "pydantic"}


@pytest.mark.parametrize("name", [*DOMAIN, *PROJECTIONS])
def test_the_domain_and_projections_know_no_clock_no_chance_and_no_world(name: str) -> None:
    nodes = [node.func for node in ast.walk(SOURCES[name]) if isinstance(node, ast.Call)]
    called = {node.id for node in nodes if isinstance(node, ast.Name)}

    assert tops(name).isdisjoint(IMPURE)
    assert called.isdisjoint(IMPURE_CALLS)


def test_only_the_store_knows_the_library_of_the_event_log() -> None:
    assert importers("eventsourcing") == {"server.storage.recorder", "server.storage.store"}


def test_only_the_web_shell_knows_starlette() -> None:
    assert importers("starlette") == WEB_SHELL.keys()


def room_of(name: str) -> str:
    """Name the part of the server that a module stands in; one that stands in none is what puts all together."""
    parts = name.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in ROOMS else "server"


@pytest.mark.parametrize("name", [name for name in SOURCES if room_of(name) != "server"])
def test_a_part_of_the_server_knows_those_below_it(name: str) -> None:
    """Each knows those before it in the list, and nothing of what puts all together."""
    room = room_of(name)
    below = ROOMS[: ROOMS.index(room) + 1]
    known = {found for found in IMPORTS[name] if found in SOURCES and found.startswith("server.")}
    assert {room_of(found) for found in known} <= {*below} | ({"server"} if room in PROGRAMS else set())


def test_every_module_of_the_server_stands_in_a_part_or_puts_all_together() -> None:
    loose = {name for name in SOURCES if name.startswith("server.") and room_of(name) == "server"}
    assert loose == {f"server.{name}" for name in ("app", "cli", "metrics", "serving", "settings")}


def test_nothing_imports_the_command_line() -> None:
    assert importers("server.cli") == set()


def test_nothing_that_is_served_imports_tools_or_tests() -> None:
    assert importers("tests") == importers("scripts") == set()


def test_deciding_and_evolving_are_parts_of_decide_and_evolve() -> None:
    """What makes a decision is asked through `decide`, what changes the state through `evolve`.

    The checks themselves are anybody's: a room's title, which no command brings, is held to the same rules.
    """
    for part, through in (("domain.deciding", "domain.decide"), ("domain.evolving", "domain.evolve")):
        for name in SOURCES:
            if name.startswith(f"{part}.") and name != "domain.deciding.checks":
                outside = {importer for importer in importers(name) if not importer.startswith(f"{part}.")}
                assert outside <= {through}, name


def test_deciding_knows_nothing_of_evolving() -> None:
    for name in DOMAIN:
        if name == TRIES_OUT:
            continue
        if name.startswith("domain.deciding") or name == "domain.decide":
            assert not any(found.startswith("domain.evol") for found in IMPORTS[name]), name
