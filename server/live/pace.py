"""How fast one participant may send commands: so many a second, a burst of two seconds free."""

import math
from collections.abc import Callable
from typing import Final

REFUSALS: Final = 40
"""Seconds' worth of refused commands in ten seconds after which somebody is cut off."""

WINDOW: Final = 10.0


class Pace:
    """One participant's, over all their connections. `rate` is commands a second; 0 is no limit."""

    def __init__(self, rate: int, clock: Callable[[], float]) -> None:
        self._rate, self._clock = rate, clock
        self._left = 2.0 * rate
        self._at = clock()
        self._refused, self._since = 0, self._at

    def wait_ms(self) -> int:
        """Take one command: 0, or the milliseconds after which it may be sent again."""
        if not self._rate:
            return 0
        now = self._clock()
        self._left = min(2.0 * self._rate, self._left + (now - self._at) * self._rate)
        self._at = now
        if self._left >= 1:
            self._left -= 1
            return 0
        if now - self._since > WINDOW:
            self._refused, self._since = 0, now
        self._refused += 1
        queue = self._refused % (10 * self._rate) + 1  # so that many who wait don't come back at once
        return math.ceil((queue - self._left) / self._rate * 1_000)

    @property
    def regardless(self) -> bool:
        """Whether they go on sending though they were told to wait."""
        return self._refused > REFUSALS * self._rate
