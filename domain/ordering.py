"""Places in a list. A thing's place is its own: it is told by what it stands behind, not by a number."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence


def without(ids: tuple[str, ...], thing: str) -> tuple[str, ...]:
    """The list without the thing, which stands in it."""
    at = ids.index(thing)
    return ids[:at] + ids[at + 1 :]


def placed(ids: tuple[str, ...], thing: str, after: str | None) -> tuple[str, ...]:
    """The list with the thing behind `after`: first where that is null, last where it does not stand in the list."""
    if after is None:
        return (thing, *ids)
    at = ids.index(after) + 1 if after in ids else len(ids)
    return (*ids[:at], thing, *ids[at:])


def last(ids: Sequence[str]) -> str | None:
    """What the next thing would come to stand behind."""
    return ids[-1] if ids else None


def nearest(ids: tuple[str, ...], predecessors: Sequence[str]) -> str | None:
    """The nearest of the former predecessors (the nearest one last) that still stands in the list; None: first."""
    return next((thing for thing in reversed(predecessors) if thing in ids), None)


def ordered(ids: tuple[str, ...], wanted: Sequence[str]) -> Iterator[tuple[str, str | None]]:
    """The fewest moves, one after the other, by which those `wanted` come to stand so: what goes behind what.

    Whatever else stands in the list is to leave it, or stays among them.
    """
    at = {thing: place for place, thing in enumerate(ids)}
    kept = _ascending([(at[thing], thing) for thing in wanted if thing in at])
    after: str | None = None
    for thing in wanted:
        if thing not in kept:
            yield thing, after
        after = thing


def _ascending(places: Sequence[tuple[int, str]]) -> set[str]:
    """The most things whose places ascend (a longest increasing subsequence, by patience)."""
    ends: list[int] = []  # for each length, the smallest place that such a sequence can end with
    chains: list[tuple[str, int]] = []  # each thing, and where in this list its predecessor stands
    newest: list[int] = []  # for each length, where in `chains` that end stands
    for place, thing in places:
        length = bisect_left(ends, place)
        chains.append((thing, newest[length - 1] if length else -1))
        ends[length : length + 1] = [place]
        newest[length : length + 1] = [len(chains) - 1]
    kept, at = set[str](), newest[-1] if newest else -1
    while at >= 0:
        thing, at = chains[at]
        kept.add(thing)
    return kept
