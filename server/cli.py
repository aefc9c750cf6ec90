"""The command line: `kern serve` and what goes with it."""

import argparse
import asyncio
import gc
import logging
import socket
import sys
from types import FrameType
from typing import Final

import uvicorn

from server import settings as setting
from server.app import create_app
from server.direct import DirectProtocol
from server.folder import FolderError, alone, opened
from server.heads import BoundedHttp
from server.protocol import PING_SECONDS
from server.settings import Settings, SettingsError

LOGGING: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def main(arguments: list[str] | None = None) -> int:
    """Run the command; answer its exit code."""
    parser = argparse.ArgumentParser(prog="kern", description="A live workshop room for the key activities.")
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve", help="serve the rooms of one data folder")
    serve.add_argument("--host", help="address to listen on (127.0.0.1; 0.0.0.0 for the local network too)")
    serve.add_argument("--port", type=int, help="port to listen on (8000)")
    serve.add_argument("--data", help="folder of the log (./data)")
    serve.add_argument("--commands-per-second", type=int, help="for each participant (50; 0: no limit)")
    given = vars(parser.parse_args(arguments))
    given.pop("command")
    try:
        return run(setting.settings(**given))
    except (SettingsError, FolderError) as error:
        print(error, file=sys.stderr)
        return 1


def run(settings: Settings) -> int:
    """Serve until told to stop. Raises FolderError."""
    logging.basicConfig(level=logging.INFO, format=LOGGING, stream=sys.stderr)
    with alone(settings.data), opened(settings.data) as (log, cache):
        app = create_app(settings, log, cache)
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
            backlog=2048,
        )
        gc.collect()
        gc.freeze()  # what the program itself is made of is looked at no more
        gc.set_threshold(20_000, 20, 50)
        Draining(config, app).run()
    return 0


class Draining(uvicorn.Server):
    """uvicorn's server, which commits and says goodbye before it stops listening."""

    def __init__(self, config: uvicorn.Config, app: object) -> None:
        super().__init__(config)
        self._app = app
        self._drain: asyncio.Task[None] | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start listening."""
        self._loop = asyncio.get_running_loop()
        await super().startup(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Drain on the first signal; stop at once on the second."""
        if self._drain is not None or not self.started:
            self.should_exit = True
            return
        self._loop.call_soon_threadsafe(self._begin)

    def _begin(self) -> None:
        if self._drain is None:
            self._drain = asyncio.ensure_future(self._drained())

    async def _drained(self) -> None:
        await self._app.state.rooms.drain()  # type: ignore[attr-defined]
        self.should_exit = True
