"""One server for each shell, a fresh room for each test, and tests that are coroutines."""

import asyncio
import inspect
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.protocol.scene import Scene
from tests.support.process import Server

LAUNCHER = (sys.executable, "-m", "tests.protocol.launcher")
SHELLS = ("direct", "plain")


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run a test that is a coroutine, and let everybody leave when it ends."""
    test = pyfuncitem.obj
    if not inspect.iscoroutinefunction(test):
        return None
    given = {name: pyfuncitem.funcargs[name] for name in inspect.signature(test).parameters}

    async def whole() -> None:
        try:
            await test(**given)
        finally:
            for value in given.values():
                if isinstance(value, Scene):
                    await value.leave()

    asyncio.run(whole())
    return True


@contextmanager
def launched(shell: str, *options: str, **environment: str) -> Iterator[Server]:
    """Run a server over a shell; at its end it must have complained of nothing."""
    with tempfile.TemporaryDirectory(prefix="kern-") as folder:
        env = {"KERN_TEST_SHELL": shell, **environment}
        server = Server(Path(folder) / "data", *options, command=LAUNCHER, env=env)
        try:
            yield server.start()
            assert server.complaints() == ""
        finally:
            server.kill()


@pytest.fixture(scope="session")
def direct() -> Iterator[Server]:
    with launched("direct", "--commands-per-second", "0") as server:
        yield server


@pytest.fixture(scope="session")
def plain() -> Iterator[Server]:
    with launched("plain", "--commands-per-second", "0") as server:
        yield server


@pytest.fixture(scope="session", params=SHELLS)
def impatient(request: pytest.FixtureRequest) -> Iterator[Server]:
    """A server of each shell that waits for little, and takes few commands."""
    with launched(request.param, "--commands-per-second", "5", KERN_TEST_SECONDS="1.0") as server:
        yield server


@pytest.fixture(params=SHELLS)
def scene(request: pytest.FixtureRequest) -> Scene:
    """A fresh room on a server of each shell."""
    return Scene(request.getfixturevalue(request.param))


@pytest.fixture
def workshop(direct: Server) -> Scene:
    """A fresh room, where the shell does not matter."""
    return Scene(direct)
