"""Which command ids were surely never used: so that most commands need no look into the log's index.

A Bloom filter. It may take a new id for a used one, and then the index is asked; it never takes a used one for new.
Ids are random, so their own digits serve as hashes; who makes them up only has the index asked more often.
"""

from collections.abc import Iterable
from typing import Final

BITS_EACH: Final = 16
"""Bits for each id: with four hashes about one new id in four hundred is looked up for nothing."""

LEAST: Final = 4_096
"""Ids that a filter has room for at the least."""


class Seen:
    """The ids of one room's commands, as far as they are in the index."""

    __slots__ = ("_bits", "_left", "_mask")

    def __init__(self, ids: Iterable[str], count: int) -> None:
        """`count` ids are there; twice as many have room, then `full` asks for a larger filter."""
        capacity = max(LEAST, 2 * count)
        size = 1 << (capacity * BITS_EACH - 1).bit_length()
        self._bits, self._mask = bytearray(size // 8), size - 1
        self._left = capacity
        for id_ in ids:
            self.add(id_)

    @property
    def full(self) -> bool:
        """Whether it holds more than it was made for, and takes too many new ids for used ones."""
        return self._left < 0

    def add(self, id_: str) -> None:
        """Note an id as used."""
        bits, mask, number = self._bits, self._mask, int(id_.replace("-", ""), 16)
        for _ in range(4):
            at = number & mask
            bits[at >> 3] |= 1 << (at & 7)
            number >>= 30
        self._left -= 1

    def __contains__(self, id_: str) -> bool:
        """Tell whether an id may have been used."""
        bits, mask, number = self._bits, self._mask, int(id_.replace("-", ""), 16)
        for _ in range(4):
            at = number & mask
            if not bits[at >> 3] & 1 << (at & 7):
                return False
            number >>= 30
        return True
