"""What people install is what is tested here: the package, built as it is published, in an environment of its own."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from scripts import client
from scripts.prepare import ROOT, uv
from tests.support.process import Server

if TYPE_CHECKING:
    from collections.abc import Iterator


class Package(NamedTuple):
    """The source distribution, and the wheel made from it."""

    sdist: Path
    wheel: Path


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    folder = tmp_path_factory.mktemp("dist")
    uv("build", "--quiet", "--build-constraints", "requirements/serve.txt", "--out-dir", folder)
    [sdist], [wheel] = folder.glob("*.tar.gz"), folder.glob("*.whl")
    return Package(sdist, wheel)


@pytest.fixture(scope="module")
def environment(package: Package, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with nothing in it but the wheel and what it asks for."""
    place = tmp_path_factory.mktemp("installed") / "venv"
    uv("venv", "--quiet", "--python", sys.executable, place)
    python = place / "bin/python"
    uv("pip", "install", "--quiet", "--python", python, "--constraints", "requirements/serve.txt", package.wheel)
    return place


@pytest.fixture
def server(environment: Path, tmp_path: Path) -> Iterator[Server]:
    data = tmp_path / "data"
    data.mkdir()
    server = Server(data, command=[str(environment / "bin/kern")])
    try:
        yield server.start()
    finally:
        server.kill()


def test_the_wheel_holds_the_packages_and_the_built_client_and_nothing_else(package: Package) -> None:
    names = zipfile.ZipFile(package.wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"domain", "projections", "server"}
    built = {path.relative_to(ROOT).as_posix() for path in (ROOT / "server/static").rglob("*") if path.is_file()}
    assert "server/static/index.html" in built
    assert {name for name in names if name.startswith("server/static/")} == built


def test_the_sdist_builds_without_node_because_the_client_in_it_is_that_of_its_sources(
    package: Package, tmp_path: Path
) -> None:
    subprocess.run(["tar", "-xzf", package.sdist, "-C", tmp_path], check=True)
    [unpacked] = tmp_path.iterdir()
    assert client.digest(unpacked) == client.digest(ROOT)
    assert not client.is_stale(unpacked)


def test_the_sdist_holds_what_is_in_git_and_the_built_client_but_nothing_that_tools_made(package: Package) -> None:
    with tarfile.open(package.sdist) as archive:
        names = {name.split("/", 1)[1] for name in archive.getnames()}
    assert {"run", "LICENSE", "web/package-lock.json", "web/.npmrc", "requirements/serve.txt"} <= names
    made = {"node_modules", "__pycache__", ".venv", ".tools", "data", "test-results"}
    assert not [name for name in names if made & set(name.split("/"))]


def test_an_installed_kern_comes_from_the_wheel_and_not_from_the_checkout(environment: Path, tmp_path: Path) -> None:
    python = environment / "bin/python"
    found = subprocess.check_output([python, "-c", "import server; print(server.__file__)"], cwd=tmp_path, text=True)
    assert Path(found.strip()).is_relative_to(environment)


def test_an_installed_kern_serves_the_page_and_all_that_it_loads(server: Server) -> None:
    page = server.http.send("GET", "/")
    assert page.status == 200
    assert page.headers["content-type"].startswith("text/html")
    assets = [path for path in (ROOT / "server/static").rglob("*") if path.suffix in {".js", ".css"}]
    assert assets
    for asset in assets:
        answer = server.http.send("GET", f"/{asset.relative_to(ROOT / 'server/static').as_posix()}")
        assert (answer.status, answer.content) == (200, asset.read_bytes())
    assert server.terminate() == 0
