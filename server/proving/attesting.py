"""Which versions of a room are signed: the one at which an iteration was closed, and the newest where somebody asks."""

import logging

from server.live.room import Room
from server.live.rooms import Rooms
from server.proving.signing import Noted, SignedOtherwiseError, Signer

logger = logging.getLogger("kern.attesting")


class Attesting:
    """The checkpoints of one server's rooms, on its event loop."""

    def __init__(self, rooms: Rooms, signer: Signer) -> None:
        self._rooms, self.signer = rooms, signer
        rooms.closed = self.attend

    async def newest(self, room: Room) -> Noted:
        """Sign the newest durable version. Raises LogError, SignedOtherwiseError."""
        return await self._rooms.write(self._sign, room.id, room.version)

    async def attend(self, room: Room) -> None:
        """Sign what was closed and is not signed yet, also what a server that was killed had left. Raises LogError."""
        closed = [one["to"] for one in room.canvas["iterations"] if one["to"] is not None]
        try:
            await self._rooms.write(self._sign_closed, room.id, closed)
        except SignedOtherwiseError as error:
            logger.warning("no checkpoint is signed: %s", error)

    def _sign_closed(self, room: str, closed: list[int]) -> None:
        signed = self.signer.signed(room, closed)
        for version in closed:
            if version not in signed:
                self._sign(room, version)

    def _sign(self, room: str, version: int) -> Noted:
        return self.signer.sign(room, version, lambda asked: self._digest(room, asked))

    def _digest(self, room: str, version: int) -> str | None:
        found = self._rooms.log.events(room, version - 1, 1)
        return found[0].digest.hex() if found and found[0].version == version else None
