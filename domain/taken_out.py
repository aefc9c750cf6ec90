"""Texts that were taken out of the log, to those who decide.

Where people look, such a text is empty. A decision must not take it for an empty one: who builds upon it is told so.
So the workshop has a mark in its place until the version at which it was taken out; from then on it is empty.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from domain.events import TakenOut

_SIGN: Final = " "
"""No text begins with a blank: texts are trimmed before they are kept."""


@dataclass(slots=True, frozen=True)
class Borne:
    """What the log says of a text that is to be taken out: whose it is, and where else it stands; see `bearing`."""

    activity: str | None
    note: str | None
    also: tuple[TakenOut, ...]


def mark(version: int) -> str:
    """Make what stands in place of a text that was taken out at a version."""
    return f"{_SIGN}{version}"


def is_mark(text: object) -> bool:
    """Tell a mark from what people wrote."""
    return isinstance(text, str) and text.startswith(_SIGN)


def has_mark(data: Any) -> bool:  # noqa: ANN401 - the data of an event
    """Tell whether an event would need a text that was taken out."""
    return any(map(is_mark, _strings(data)))


def _strings(data: Any) -> Iterator[Any]:  # noqa: ANN401 - the data of an event
    if isinstance(data, dict):
        for member in data.values():
            yield from _strings(member)
    elif isinstance(data, list | tuple):
        for member in data:
            yield from _strings(member)
    else:
        yield data
