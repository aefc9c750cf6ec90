"""A WebSocket client on a bare socket, so that the measuring costs less than what is measured.

Frames are masked with the key 0, which leaves the bytes as they are: what a frame says is written straight into it.
"""

import base64
import json
import os
import socket
import struct
from typing import Any, Final

from server.bench.installation import BenchError

FINAL_TEXT: Final = 0x81
MASKED: Final = 0x80
SHORT, MEDIUM = 126, 65_536
KEY: Final = bytes(4)


def frame(payload: bytes) -> bytes:
    """Build a masked text frame (RFC 6455, 5.2)."""
    size = len(payload)
    if size < SHORT:
        return struct.pack("!BB", FINAL_TEXT, MASKED | size) + KEY + payload
    if size < MEDIUM:
        return struct.pack("!BBH", FINAL_TEXT, MASKED | 126, size) + KEY + payload
    return struct.pack("!BBQ", FINAL_TEXT, MASKED | 127, size) + KEY + payload


class Line:
    """One connection to a room, past its welcome; blocking until a measurement makes it otherwise."""

    def __init__(self, port: int, room: str, token: str) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=15)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._held = bytearray()
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall(
            f"GET /api/rooms/{room}/live HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: Upgrade\r\n"
            f"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n".encode()
        )
        while b"\r\n\r\n" not in self._held:
            self._fill()
        head, _, self._held = self._held.partition(b"\r\n\r\n")
        if b" 101 " not in head.split(b"\r\n")[0]:
            raise BenchError(f"The server refused a socket: {bytes(head[:200])!r}")
        self.send({"type": "hello", "protocol": 1, "token": token, "since": None, "epoch": None})
        while self.receive()["type"] != "welcome":
            pass

    def send(self, message: object) -> None:
        """Send a message, waiting until it is gone."""
        self.socket.sendall(frame(json.dumps(message, separators=(",", ":")).encode()))

    def receive(self) -> dict[str, Any]:
        """Wait for the next message. Raises BenchError where the connection ends instead."""
        while True:
            opcode, payload = self._frame()
            if opcode == FINAL_TEXT & 0x0F:
                message: dict[str, Any] = json.loads(payload)
                return message

    def do(self, command: str, action: str, **fields: object) -> None:
        """Send a command and wait until its event is there."""
        self.send({"type": "do", "id": command, "action": action, **fields})
        while True:
            message = self.receive()
            if message["type"] == "events" and any(event["command"] == command for event in message["events"]):
                return
            if message.get("id") == command:
                raise BenchError(f"{action} was not taken: {message}")

    def _frame(self) -> tuple[int, bytes]:
        self._need(2)
        opcode, size = self._held[0] & 0x0F, self._held[1] & 0x7F
        start = 2
        if size >= SHORT:
            start = 4 if size == SHORT else 10
            self._need(start)
            size = int.from_bytes(self._held[2:start], "big")
        self._need(start + size)
        payload = bytes(self._held[start : start + size])
        del self._held[: start + size]
        return opcode, payload

    def _need(self, size: int) -> None:
        while len(self._held) < size:
            self._fill()

    def _fill(self) -> None:
        data = self.socket.recv(262_144)
        if not data:
            raise BenchError("The server ended a connection that was being measured.")
        self._held += data
