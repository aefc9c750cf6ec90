"""What goes over a socket to many at once: encoded once, framed once, and handed to each as the same bytes."""

from collections.abc import Sequence

import orjson


class Frame:
    """One text message. `payload` is its UTF-8, `wire` the whole WebSocket frame (unmasked, as servers send it)."""

    __slots__ = ("_wire", "payload")

    def __init__(self, payload: bytes) -> None:
        self.payload = payload
        self._wire: bytes | None = None

    @property
    def wire(self) -> bytes:
        """The frame of RFC 6455: FIN and text, the length in 7, 16 or 64 bits, the payload."""
        if self._wire is None:
            size = len(self.payload)
            if size < 126:  # noqa: PLR2004 - the three lengths of RFC 6455, section 5.2
                head = bytes((0x81, size))
            elif size < 65_536:  # noqa: PLR2004
                head = b"\x81\x7e" + size.to_bytes(2, "big")
            else:
                head = b"\x81\x7f" + size.to_bytes(8, "big")
            self._wire = head + self.payload
        return self._wire


def message(value: object) -> Frame:
    """Encode any message."""
    return Frame(orjson.dumps(value))


def events(first: int, last: int, encoded: Sequence[bytes]) -> Frame:
    """Encode the events of one commit, each of which is encoded already."""
    return Frame(b'{"type":"events","from":%d,"to":%d,"events":[%b]}' % (first, last, b",".join(encoded)))
