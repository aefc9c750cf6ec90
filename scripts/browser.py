"""Sees to it that the browser tests have a browser: on Debian as root by installing it, else by saying what to do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from scripts.steps import SetupError, quietly, step

BROWSERS = ("chromium", "google-chrome", "chromium-browser")


def ensure() -> None:
    """Return when there is a browser and Playwright's driver runs.

    Raises SetupError, with what to install, where they are missing and can't be installed from here.
    """
    missing = _missing()
    if not missing:
        return
    asked = f"The browser tests need {' and '.join(missing)}: `apt-get install {' '.join(missing)}` (or the like)."
    if os.name != "posix" or os.geteuid() != 0 or not shutil.which("apt-get"):
        raise SetupError(asked)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with step(f"installing {' and '.join(missing)} for the browser tests"):
        try:
            quietly(["apt-get", "update", "-qq"], env=env)
            quietly(["apt-get", "install", "-qq", "--no-install-recommends", *missing], env=env)
        except SetupError as error:
            message = f"{asked}\n{error}"
            raise SetupError(message) from error
    if still := _missing():
        message = f"{' and '.join(still)} can't be used even though apt-get installed what there is."
        raise SetupError(message)


def _missing() -> list[str]:
    missing = [] if any(shutil.which(name) for name in BROWSERS) else ["chromium"]
    return missing if _driver_runs() else [*missing, "libatomic1"]


def _driver_runs() -> bool:
    # Playwright brings a Node of its own; on a bare Debian it lacks one library.
    import playwright  # noqa: PLC0415 - installed for the tests only

    node = Path(playwright.__file__).parent / "driver/node"
    return subprocess.run([node, "--version"], check=False, capture_output=True).returncode == 0


if __name__ == "__main__":
    try:
        ensure()
    except SetupError as failure:
        sys.exit(str(failure))
