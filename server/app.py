"""The composition root: the one place where all parts are put together."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import asynccontextmanager
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Final

import orjson
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route

from projections.print_page import STYLE
from server import metrics
from server.erasing.eraser import Eraser
from server.erasing.names import Erasing
from server.erasing.texts import Redacting
from server.http import api
from server.http.assets import Assets
from server.http.problems import ProblemError, problem
from server.http.reading import language_of
from server.http.tries import Tries
from server.live.rooms import Rooms, utc_now
from server.past.histories import Histories
from server.past.history import History
from server.proving.attesting import Attesting
from server.proving.signing import Signer
from server.settings import Settings
from server.storage.cache import Cache
from server.storage.erasures import ErasuresFile
from server.storage.folder import epoch_of
from server.storage.log import LogError
from server.storage.store import SQLiteLog

DESCRIPTIONS: Final = ("/openapi.json", "/asyncapi.json", "/docs", "/docs/live", "/docs/style.css", STYLE)

STATIC: Final = Path(__file__).parent / "static"

POLICY: Final = (
    b"default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'; "
    b"img-src 'self' data:"
)
HEADERS: Final = [
    (b"content-security-policy", POLICY),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
]

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


def create_app(settings: Settings, log: SQLiteLog, cache: Cache, history: History, signer: Signer) -> Starlette:
    """Put the server together, on a log that it alone writes to. First of all what is to be erased is erased."""
    eraser = Eraser(log, cache, history, ErasuresFile(settings.erasures_file), epoch_of(log), utc_now)
    eraser.begin()

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        app.state.rooms = rooms = Rooms(log, cache, epoch_of(log), settings.commands_per_second)
        app.state.histories = histories = Histories(rooms, history)
        app.state.erasing = erasing = Erasing(rooms, eraser)
        app.state.attesting = Attesting(rooms, signer)
        redacting = Redacting(rooms, eraser)
        app.state.tries = Tries(time.monotonic)
        yield
        await redacting.close()
        await erasing.close()
        await histories.close()
        await rooms.close()

    app = Starlette(
        routes=[
            *api.ROUTES,
            Route("/healthz", _healthz),
            Route("/readyz", _readyz),
            Route("/metrics", _metrics),
            *(Route(path, _document) for path in DESCRIPTIONS),
            Route("/", _page),
            Route("/join", _page),
            Route("/join/{room}", _page),
            Route("/room/{room}", _page),
            Route("/verify", _page),
            Mount("/assets", Assets(directory=STATIC / "assets", check_dir=False)),
            Route("/{file}", _file),
        ],
        middleware=[Middleware(SecurityHeaders)],
        exception_handlers={ProblemError: _problem, HTTPException: _http},  # type: ignore[dict-item]
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False  # an address with a slash too many is another one, and not there
    return app


class SecurityHeaders:
    """Every answer says what a browser may do with it."""

    def __init__(self, app: Callable[[Scope, Receive, Send], Awaitable[None]]) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and add the headers to its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sending(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                headers = [*message["headers"], *HEADERS]
                if scope["scheme"] == "https":  # over plain http browsers complain that they leave it out of account
                    headers.append((b"cross-origin-opener-policy", b"same-origin"))
                if scope["path"].startswith("/assets/"):
                    headers.append((b"cache-control", b"public, max-age=31536000, immutable"))
                elif not any(name == b"cache-control" for name, _ in headers):
                    headers.append(
                        (b"cache-control", b"no-store" if scope["path"].startswith("/api/") else b"no-cache")
                    )
                message["headers"] = headers
            await send(message)

        await self._app(scope, receive, sending)


async def _document(request: Request) -> Response:
    """What describes the interfaces, for programs and for people, and the look of what is printed."""
    media_type, content = (await asyncio.to_thread(_documents))[request.url.path]
    return Response(content, media_type=media_type)


@cache
def _documents() -> dict[str, tuple[str, bytes]]:
    """Make the descriptions, once, when somebody asks for one: they take as long as the rest of a start."""
    from server import documents  # noqa: PLC0415 - so that a start does not have to

    return {
        "/openapi.json": ("application/json", orjson.dumps(documents.openapi())),
        "/asyncapi.json": ("application/json", orjson.dumps(documents.asyncapi())),
        **documents.pages(),
        STYLE: ("text/css", (resources.files("server") / "print.css").read_bytes()),
    }


async def _healthz(_: Request) -> Response:
    return PlainTextResponse("alive\n")


async def _readyz(request: Request) -> Response:
    """Whether the log can be written: it is tried, where nobody wrote to it just now."""
    rooms: Rooms = request.app.state.rooms
    try:
        await rooms.read(rooms.log.probe)
    except LogError:
        return problem(ProblemError("not_stored", retry_after_ms=1_000), language_of(request) or "en")
    if rooms.draining:
        return problem(ProblemError("draining"), language_of(request) or "en")
    return PlainTextResponse("ready\n")


async def _metrics(request: Request) -> Response:
    return Response(metrics.text(request.app.state.rooms), media_type="text/plain; version=0.0.4; charset=utf-8")


async def _page(_: Request) -> Response:
    return FileResponse(STATIC / "index.html", media_type="text/html")


async def _file(request: Request) -> Response:
    """What lies beside the page: its icon, its manifest."""
    file = STATIC / request.path_params["file"]
    if file.name.startswith(".") or file.name == "index.html" or not file.is_file() or file.parent != STATIC:
        raise ProblemError("not_found")
    return FileResponse(file)


async def _problem(request: Request, error: ProblemError) -> Response:
    language = language_of(request) or getattr(request.state, "language", None) or "en"
    return problem(error, language)


async def _http(request: Request, error: HTTPException) -> Response:
    code = "method_not_allowed" if error.status_code == 405 else "not_found"  # noqa: PLR2004 - what Starlette raises itself
    return problem(ProblemError(code), language_of(request) or "en")
