"""A WebSocket client on a bare socket: blocking while a run is set up, non-blocking while it is measured."""

import base64
import json
import os
import socket
import struct

from tests.support.patch import Json

READ = 2**18
SHORT, MEDIUM = 126, 2**16
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
FINAL, MASKED = 0x80, 0x80


class GoneError(ConnectionError):
    """The server ended the connection; its argument is the close code, where there was one."""


def frame(payload: bytes, opcode: int = TEXT) -> bytes:
    """Build a masked frame (RFC 6455, 5.2)."""
    size = len(payload)
    if size < SHORT:
        head = struct.pack("!BB", FINAL | opcode, MASKED | size)
    elif size < MEDIUM:
        head = struct.pack("!BBH", FINAL | opcode, MASKED | 126, size)
    else:
        head = struct.pack("!BBQ", FINAL | opcode, MASKED | 127, size)
    key = os.urandom(4)
    mask = (key * (size // 4 + 1))[:size]
    masked = int.from_bytes(payload, "big") ^ int.from_bytes(mask, "big")
    return head + key + masked.to_bytes(size, "big")


def command(message: Json) -> bytes:
    """Build the frame of a message."""
    return frame(json.dumps(message, separators=(",", ":")).encode())


class Line:
    """One connection to a room."""

    def __init__(self, port: int, room: str, token: str, receive_buffer: int = 0, *, wait: bool = True) -> None:
        self.socket = socket.socket()
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(30)
        self.socket.connect(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._held = bytearray()
        self._upgrade(port, room)
        self.send({"type": "hello", "protocol": 1, "token": token, "since": None, "epoch": None})
        self.welcome = self.receive() if wait else b""

    def _upgrade(self, port: int, room: str) -> None:
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall(
            f"GET /api/rooms/{room}/live HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        while b"\r\n\r\n" not in self._held:
            self._fill()
        head, _, rest = bytes(self._held).partition(b"\r\n\r\n")
        if b" 101 " not in head.split(b"\r\n")[0]:
            raise GoneError(head.decode("latin-1"))
        self._held = bytearray(rest)

    def send(self, message: Json) -> None:
        """Send a message and wait until the kernel has it."""
        self.socket.sendall(command(message))

    def receive(self) -> bytes:
        """Wait for the next text; pings are answered on the way."""
        text = b""
        while True:
            final, opcode, payload = self.frame()
            if opcode == CLOSE:
                raise GoneError(int.from_bytes(payload[:2], "big"))
            if opcode == PING:
                self.socket.sendall(frame(payload, PONG))
            elif opcode != PONG:
                text += payload
                if final:
                    return text

    def frame(self) -> tuple[bool, int, bytes]:
        """Wait for the next frame: whether it is a message's last, its opcode, its payload."""
        self._need(2)
        size, head = self._held[1] & 127, 2
        if size >= SHORT:
            head = 4 if size == SHORT else 10
            self._need(head)
            size = int.from_bytes(self._held[2:head], "big")
        self._need(head + size)
        first, payload = self._held[0], bytes(self._held[head : head + size])
        del self._held[: head + size]
        return bool(first & FINAL), first & 15, payload

    def _need(self, size: int) -> None:
        while len(self._held) < size:
            self._fill()

    def _fill(self) -> None:
        data = self.socket.recv(READ)
        if not data:
            raise GoneError
        self._held += data

    def settle(self, ids: set[str]) -> int:
        """Read until all of these commands' events came; the version then held."""
        version = 0
        while ids:
            message = json.loads(self.receive())
            if message["type"] == "events":
                version = message["to"]
                ids -= {event["command"] for event in message["events"]}
            elif message["type"] == "receipt":
                raise GoneError(str(message))
        return version

    def close(self) -> None:
        """Leave without a word."""
        self.socket.close()
