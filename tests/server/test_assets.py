"""The built client's files come compressed to whoever takes that."""

import gzip
from collections.abc import MutableMapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from starlette.exceptions import HTTPException

from server.http.assets import Assets, accepted
from tests.support.running import run

SCRIPT = b"console.log('kern');" * 100


@dataclass(frozen=True)
class Answer:
    """What came over ASGI."""

    status: int
    headers: dict[str, str]
    content: bytes


@pytest.fixture
def assets(tmp_path: Path) -> Assets:
    """Give the files of a build: a script with its compressed copies, and a font without."""
    folder = tmp_path / "assets"
    folder.mkdir()
    (tmp_path / "secret").write_bytes(b"not for you")
    (folder / "a.js").write_bytes(SCRIPT)
    (folder / "a.js.gz").write_bytes(gzip.compress(SCRIPT))
    (folder / "a.js.br").write_bytes(b"smaller still")
    (folder / "a.woff2").write_bytes(b"letters")
    return Assets(directory=folder)


def get(assets: Assets, path: str, **headers: str) -> Answer:
    """Ask for a file as a server does for a browser."""
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    asgi = {"version": "3.0", "spec_version": "2.4"}
    scope = {"type": "http", "asgi": asgi, "method": "GET", "path": path, "root_path": "", "headers": raw}
    said: list[MutableMapping[str, Any]] = []

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        said.append(message)

    try:
        run(assets(scope, receive, send))
    except HTTPException as refused:
        return Answer(refused.status_code, {}, b"")
    names = {name.decode(): value.decode() for name, value in said[0]["headers"]}
    return Answer(said[0]["status"], names, b"".join(part.get("body", b"") for part in said[1:]))


@pytest.mark.parametrize(
    ("takes", "encoding", "content"),
    [
        ("gzip, deflate, br, zstd", "br", b"smaller still"),
        ("gzip", "gzip", gzip.compress(SCRIPT)),
        ("br;q=0, gzip;q=0.5", "gzip", gzip.compress(SCRIPT)),
        ("identity", None, SCRIPT),
    ],
)
def test_the_smallest_form_that_the_reader_takes(
    assets: Assets, takes: str, encoding: str | None, content: bytes
) -> None:
    answer = get(assets, "/a.js", accept_encoding=takes)
    assert (answer.status, answer.headers.get("content-encoding"), answer.headers["vary"]) == (
        200,
        encoding,
        "Accept-Encoding",
    )
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.content[10:] == content[10:]  # the head of a gzip file has the time it was made
    assert int(answer.headers["content-length"]) == len(answer.content)


def test_what_has_no_compressed_copy_comes_as_it_is(assets: Assets) -> None:
    answer = get(assets, "/a.woff2", accept_encoding="br, gzip")
    assert (answer.content, answer.headers.get("content-encoding")) == (b"letters", None)


def test_what_was_fetched_before_is_not_sent_again(assets: Assets) -> None:
    """The forms have tags of their own, so that a cache never mixes them up."""
    plain = get(assets, "/a.js").headers["etag"]
    packed = get(assets, "/a.js", accept_encoding="gzip").headers["etag"]
    assert plain != packed
    for tag, takes in ((plain, "identity"), (packed, "gzip")):
        assert get(assets, "/a.js", accept_encoding=takes, if_none_match=tag).status == HTTPStatus.NOT_MODIFIED


@pytest.mark.parametrize("path", ["/../secret", "//etc/passwd", "/b.js", "/"])
def test_nothing_else_can_be_asked_for(assets: Assets, path: str) -> None:
    assert get(assets, path, accept_encoding="gzip").status == HTTPStatus.NOT_FOUND


def test_reading_what_is_taken() -> None:
    assert accepted("GZIP;q=1.0, br;q=0, *;q=0.1") == {"gzip", "*"}
    assert accepted("") == set()


BUILT = Path(__file__).parents[2] / "server" / "static" / "assets"


def test_the_client_stays_small() -> None:
    """As gzip sends it, in bytes: what a slow phone has to take before it can be used, and all that a room has.

    What only who looks back or audits needs is fetched by nobody else, and counted apart.
    """
    page = (BUILT.parent / "index.html").read_text("utf-8")
    sizes = {script.name: (BUILT / f"{script.name}.gz").stat().st_size for script in BUILT.glob("*.js")}
    first = sum(size for name, size in sizes.items() if name in page)
    assert 0 < first <= 100_000
    backward = sum(size for name, size in sizes.items() if name.startswith("backward"))
    assert 0 < backward <= 40_000
    audit = sum(size for name, size in sizes.items() if name.startswith(("HistoryView", "Verify", "checking")))
    assert 0 < audit <= 25_000
    assert sum(sizes.values()) - backward - audit <= 160_000
