"""How often somebody may guess: so many wrong tries a minute from one address, and then none, right or wrong."""

from collections import deque
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from typing import Final

MOST: Final = 10
"""Wrong tries within the window."""

WINDOW: Final = 60.0

ADDRESSES: Final = 10_000
"""Addresses that are remembered; beyond that the one is forgotten that has been silent for longest."""


class Tries:
    """The wrong tries of all addresses. Many behind one address who get it right don't hinder each other."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._wrong: dict[str, deque[float]] = {}

    def wait_ms(self, address: str) -> int:
        """Tell after how many milliseconds an address may try again; 0: now."""
        wrong = self._wrong.get(place_of(address))
        if wrong is None or len(wrong) < MOST:
            return 0
        return max(0, round(1_000 * (wrong[0] + WINDOW - self._clock())))

    def wrong(self, address: str) -> None:
        """Note that a try from an address was wrong."""
        place, now = place_of(address), self._clock()
        wrong = self._wrong.pop(place, None) or deque(maxlen=MOST)
        wrong.append(now)
        self._wrong[place] = wrong  # behind those that have been silent for longer
        for oldest, tries in list(self._wrong.items())[:2]:
            if tries[-1] + WINDOW <= now or len(self._wrong) > ADDRESSES:
                del self._wrong[oldest]


def place_of(address: str) -> str:
    """Tell who counts as one: an IPv4 address, or the network of 64 bits that one household has of IPv6."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped) if found.ipv4_mapped else found.exploded[:19]
    return str(found)
