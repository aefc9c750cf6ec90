"""Running the server: sockets, signals, and what it says when it is ready."""

import asyncio
import gc
import logging
import socket
import sys
from contextlib import closing
from types import FrameType
from typing import Final

import uvicorn
from starlette.applications import Starlette

from server.app import create_app
from server.past.history import History
from server.proving.signing import Signer
from server.settings import Settings
from server.sockets.direct import DirectProtocol
from server.sockets.heads import BoundedHttp
from server.storage.folder import alone, history_file, opened
from server.wire.protocol import PING_SECONDS

LOGGING: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"
EVERYWHERE: Final = ("0.0.0.0", "::")  # noqa: S104 - only where the one who starts the server says so


def serve(settings: Settings) -> int:
    """Serve until told to stop. Raises FolderError where the data folder can't be used."""
    logging.basicConfig(level=logging.INFO, format=LOGGING, stream=sys.stderr)
    with (
        alone(settings.data),
        opened(settings.data) as (log, cache),
        closing(History(history_file(settings.data))) as history,
        closing(Signer(settings.signing or settings.data)) as signer,
    ):
        app = create_app(settings, log, cache, history, signer)
        config = uvicorn.Config(
            app,
            host=settings.host,
            port=settings.port,
            loop="uvloop",
            http=BoundedHttp,
            ws=DirectProtocol,
            ws_ping_interval=PING_SECONDS,
            ws_ping_timeout=PING_SECONDS,
            ws_per_message_deflate=False,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=5,
        )
        gc.collect()
        gc.freeze()  # what the program itself is made of is looked at no more
        server = Draining(config, app)
        server.run()
        return 0 if server.started else 1


class Draining(uvicorn.Server):
    """uvicorn's server, which commits and says goodbye before it stops listening."""

    def __init__(self, config: uvicorn.Config, app: Starlette) -> None:
        super().__init__(config)
        self._app = app
        self._drain: asyncio.Task[None] | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start listening, and say where."""
        self._loop = asyncio.get_running_loop()
        await super().startup(sockets)
        if self.started:
            port = self.servers[0].sockets[0].getsockname()[1]
            for line in welcome(self.config.host, port):
                print(line, flush=True)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002 - uvicorn's signature
        """Drain on the first signal; stop at once on the second."""
        if self._drain is not None or not self.started:
            self.should_exit = True
            return
        self._loop.call_soon_threadsafe(self._begin)

    def _begin(self) -> None:
        if self._drain is None:
            self._drain = asyncio.ensure_future(self._drained())

    async def _drained(self) -> None:
        await self._app.state.rooms.drain()
        self.should_exit = True


def welcome(host: str, port: int) -> list[str]:
    """Say where the server is, and which link opens a new workshop."""
    here = f"http://{'127.0.0.1' if host in EVERYWHERE else host}:{port}"
    lines = [f"Kern serves on {here}", f"Open a new workshop: {here}/?new"]
    if host in EVERYWHERE:
        lines += [f"In the local network: http://{address}:{port}/?new" for address in _addresses()]
    return lines


def _addresses() -> list[str]:
    """Find this machine's addresses in its networks."""
    found = {str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(("192.0.2.1", 9))  # sends nothing: it only asks which address would be used
            found.add(probe.getsockname()[0])
    except OSError:
        pass  # no network at all: then there is nobody to name an address to
    return sorted(address for address in found if not address.startswith("127."))
