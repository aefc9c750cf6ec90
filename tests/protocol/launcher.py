"""`kern` over one of the two shells that a connection can run on: `python -m tests.protocol.launcher serve …`.

KERN_TEST_SHELL is `direct` (as `kern serve` has it) or `plain` (ASGI alone, without the quicker way); KERN_TEST_SECONDS
shortens the waits for a hello and for a sign of life.
"""

import os
import sys

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from server import cli, serving
from server.wire import protocol

if __name__ == "__main__":
    if os.environ["KERN_TEST_SHELL"] == "plain":
        serving.DirectProtocol = WebSocketsSansIOProtocol  # type: ignore[assignment,attr-defined]
    if seconds := os.environ.get("KERN_TEST_SECONDS"):
        protocol.HELLO_SECONDS = serving.PING_SECONDS = float(seconds)  # type: ignore[attr-defined,misc]
    sys.exit(cli.main())
