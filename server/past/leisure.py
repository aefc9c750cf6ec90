"""How much time is left to people by what may as well be done later."""

from collections.abc import Callable
from typing import Final

BUSY: Final = 1.0
"""Seconds after a change in which people count as being at work."""

OTHERS: Final = 9
"""While people are at work: how many times as long as a page took is left to them before the next one, of any room."""

MOST: Final = 1.0
"""Seconds that are left to them at the most; so long a stop may have to wait."""


class Leisure:
    """Tells the pause behind a page that nobody waits for."""

    def __init__(self, commits: Callable[[], int], clock: Callable[[], float]) -> None:
        """`commits` counts what was written for people, `clock` tells seconds."""
        self._commits, self._clock = commits, clock
        self._seen, self._busy_until = 0, 0.0

    def pause(self, spent: float) -> float:
        """Seconds to leave to people, behind a page that took some: none where they changed nothing for a while."""
        now, before = self._clock(), self._seen
        self._seen = self._commits()
        if self._seen != before:
            self._busy_until = now + BUSY
        return min(spent * OTHERS, MOST) if now < self._busy_until else 0.0
