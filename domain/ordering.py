"""Places in a list. A thing's place is its own: it is told by what it stands behind, not by a number."""

from collections.abc import Sequence


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
