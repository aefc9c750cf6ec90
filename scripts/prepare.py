"""Makes a checkout ready: uv, the virtual environment, the locked packages, the client, Kern itself.

`python -m scripts.prepare serve` (or `test`, for what checks and development need too). Each part is done only where
its inputs have changed since; where nothing has, this takes a few dozen milliseconds. Exits 1 with a sentence for
people where it can't go on.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from scripts import client
from scripts.steps import SetupError, quietly, step

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin/python"
STAMPS = VENV / "kern-stamps.json"
# The first uv with `uv venv --clear`.
OLDEST_UV = (0, 8)


def main(profile: str) -> None:
    """Prepare for `serve` or `test`."""
    with _alone():
        stamps = _stamps()
        wanted = _wanted(profile)
        fresh = all(stamps.get(part) == state for part, state in wanted.items()) and (VENV / "bin/kern").is_file()
        if fresh and not client.is_stale(ROOT) and (profile == "serve" or client.is_installed(ROOT)):
            return
        sys.stderr.write("Setting up Kern\n")
        _prepare(profile, stamps, wanted)


def _prepare(profile: str, stamps: dict[str, str], wanted: dict[str, str]) -> None:
    _find_uv()
    if _needs_environment(stamps.get("place")):
        with step("making the Python environment .venv"):
            uv("venv", "--quiet", "--clear", "--python", _interpreter(), VENV)
        stamps = {}
    if stamps.get(profile) != wanted[profile]:
        with step(f"installing the Python packages of requirements/{profile}.txt"):
            _install("--require-hashes", "-r", ROOT / f"requirements/{profile}.txt")
        # Noted at once: a set-up that fails further on doesn't begin again from here.
        stamps |= {part: wanted[part] for part in ("place", "serve", profile)}
        STAMPS.write_text(json.dumps(stamps), "utf-8")
    _prepare_client(profile)
    if stamps.get("project") != wanted["project"] or not (VENV / "bin/kern").is_file():
        with step("installing Kern from this folder"):
            _install("--no-deps", "--no-build-isolation", "--editable", ROOT)
        STAMPS.write_text(json.dumps(stamps | wanted), "utf-8")


def _needs_environment(made_for: str | None) -> bool:
    """Tell whether .venv has to be made (anew).

    `./run` starts this with .venv's own Python wherever that works and is new enough. The environment holds absolute
    paths, so a checkout that was moved needs another; one that somebody made by hand is taken as it is.
    """
    works = Path(sys.prefix).resolve() == VENV
    return not works or made_for not in {None, str(VENV)}


def _prepare_client(profile: str) -> None:
    needs_tools = profile != "serve" and not client.is_installed(ROOT)
    if (needs_tools or client.is_stale(ROOT)) and not client.has_node(ROOT):
        with step("fetching Node, which builds the browser client"):
            requirements = ("--require-hashes", "-r", ROOT / "requirements/node.txt")
            _install("--target", TOOLS / "node", *requirements)
    if needs_tools:
        client.install(ROOT)
    client.build(ROOT)


def _install(*arguments: str | Path) -> None:
    uv("pip", "install", "--quiet", "--python", PYTHON, *arguments)


def uv(*arguments: str | Path) -> str:
    """Run uv in the checkout and return what it printed; raises SetupError where it fails."""
    # Certificates that an organisation has given its machines count, as they do for a browser. (Two names: uv
    # renamed the setting.)
    trust = {"UV_SYSTEM_CERTS": "true", "UV_NATIVE_TLS": "true"}
    return quietly([_find_uv(), *arguments], cwd=ROOT, env={**trust, **os.environ, "UV_PYTHON_DOWNLOADS": "never"})


def _wanted(profile: str) -> dict[str, str]:
    """Return, for each part, the state of its inputs; the packages for `test` are those for `serve` and more."""
    parts = {
        "place": str(VENV),
        "serve": _hash("requirements/serve.txt"),
        "project": _hash("pyproject.toml", "hatch_build.py"),
    }
    return parts if profile == "serve" else parts | {profile: _hash(f"requirements/{profile}.txt")}


def _hash(*names: str) -> str:
    return hashlib.sha256(b"".join((ROOT / name).read_bytes() for name in names)).hexdigest()


def _stamps() -> dict[str, str]:
    try:
        found: dict[str, str] = json.loads(STAMPS.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found


def _interpreter() -> str:
    # Where .venv's own Python runs this, the one that it was made from makes the next.
    return str(Path(sys.base_prefix, "bin", f"python{sys.version_info.major}.{sys.version_info.minor}"))


@cache
def _find_uv() -> Path:
    """Return the machine's uv where it is recent enough, else the one in .tools/, which pip brings there first."""
    own = TOOLS / "uv/bin/uv"
    on_path = shutil.which("uv")
    for found in (Path(on_path) if on_path else own, own):
        if _uv_suits(found):
            return found
    with step("fetching uv, which installs the Python packages"):
        try:
            quietly([sys.executable, "-m", "venv", "--clear", TOOLS / "uv"])
        except SetupError as error:
            message = f"{error}\nOn Debian and Ubuntu, `apt-get install python3-venv` brings what is missing."
            raise SetupError(message) from error
        pip: list[str | Path] = [
            TOOLS / "uv/bin/python",
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ]
        quietly([*pip, "--require-hashes", "-r", ROOT / "requirements/uv.txt"])
    return own


def _uv_suits(uv: Path) -> bool:
    try:
        said = subprocess.run([uv, "--version"], check=False, capture_output=True, text=True).stdout
    except OSError:
        return False
    found = re.match(r"uv (\d+)\.(\d+)", said)
    return found is not None and (int(found[1]), int(found[2])) >= OLDEST_UV


@contextmanager
def _alone() -> Iterator[None]:
    """Let one set-up of this checkout happen at a time; a second one waits, and says so."""
    TOOLS.mkdir(exist_ok=True)
    with (TOOLS / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.stderr.write("Another set-up of this folder is under way; waiting for it\n")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except SetupError as failure:
        sys.exit(f"\n{failure}")
    except KeyboardInterrupt:
        sys.exit(130)
