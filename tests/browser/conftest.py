"""A browser, servers, and people who use both."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.people import People
from tests.browser.rooms import Room
from tests.support.process import Server, serving

STATIC = Path(__file__).parents[2] / "server" / "static" / "index.html"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A name for this machine that browsers don't trust as they trust localhost: plain http from another computer.
    "--host-resolver-rules=MAP workshop.test 127.0.0.1",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert chromium, "the browser tests need chromium: apt-get install chromium"
    assert STATIC.exists(), "the client is not built: cd web && npm ci && npm run build"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.fixture
def own_server() -> Iterator[Server]:
    """A server that a test may end and start again."""
    with serving() as server:
        yield server


@pytest.fixture
def room(server: Server) -> Room:
    return Room(server)


@pytest.fixture
def people(browser: Browser) -> Iterator[People]:
    people = People(browser)
    yield people
    people.leave()
