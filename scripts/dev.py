"""Serves for development: `./run dev`.

The server starts anew when its Python changes; Vite serves the client, reloads it in the browser, and passes the API
on to the server. Both end together: on Ctrl-C, or when Vite ends. A server that doesn't start is left alone until the
next change.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from watchfiles import PythonFilter, watch

from scripts import client

ROOT = Path(__file__).resolve().parent.parent
WATCHED = tuple(ROOT / package for package in ("domain", "projections", "server"))
# How long the server may take to send and store what it still holds.
PATIENCE = 10


def main(options: list[str]) -> None:
    """Run both, with these options for `kern serve`, until one of them is ended."""
    _, env = client.npm(ROOT)
    print("Open the address that Vite names: the server's own shows the client as it was last built", flush=True)
    server = _serve(options)
    vite = subprocess.Popen([ROOT / "web/node_modules/.bin/vite"], cwd=ROOT / "web", env=env)
    try:
        for changes in watch(*WATCHED, watch_filter=PythonFilter(), yield_on_timeout=True, rust_timeout=1000):
            if vite.poll() is not None:
                return
            if changes:
                names = sorted(str(Path(path).relative_to(ROOT)) for _, path in changes)
                print(f"\n{', '.join(names)} changed: the server starts anew", flush=True)
                _end(server)
                server = _serve(options)
    finally:
        _end(server)
        _end(vite)


def _serve(options: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen([ROOT / ".venv/bin/kern", "serve", *options])


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
