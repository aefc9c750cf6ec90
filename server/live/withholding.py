"""A room lets wait what it is asked for, in order, until it decides: being loaded, or while a text is taken out."""

import logging
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Final

from server.live.batch import Asked
from server.live.shown import Shown
from server.wire.answers import NotStored

logger = logging.getLogger("kern.room")

MOST_WAITING: Final = 20_000
"""Commands that may gather while the log can't say what became of a batch."""

RETRY_MS: Final = 500


class Withholding(Shown, ABC):
    """What a room shows, and what waits in it. `withheld` counts how often a text was to be taken out."""

    def __init__(self, id_: str, epoch: str, later: Callable[[float, Callable[[], None]], object]) -> None:
        super().__init__(id_, epoch, later)
        self._begun = False
        self._held: list[Asked] = []
        self.withheld = 0

    @property
    def deciding(self) -> bool:
        """Whether it decides; else what is asked for waits."""
        return self._begun

    @abstractmethod
    def do(self, asked: Asked) -> None:
        """Decide a command, or let it wait."""

    def _hold(self, asked: Asked) -> None:
        """Let a command wait behind those that do already."""
        if len(self._held) >= MOST_WAITING:
            raise OverflowError("too many commands wait until the log can be read")
        self._held.append(asked)

    def _go_on(self) -> None:
        held, self._held = self._held, []
        self._take_up(held)

    def _take_up(self, waiting: list[Asked]) -> None:
        """Decide what had to wait. Its senders are not at hand to be cut off by a fault of ours."""
        for asked in waiting:
            try:
                self.do(asked)
            except Exception:
                logger.exception("room %s: a command that had waited brought up a fault of ours", self.id)
                asked.reply(NotStored(RETRY_MS))
