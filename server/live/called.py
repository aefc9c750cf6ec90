"""By which name people go: their own, or, once that was erased, a number that stays the same."""

from collections.abc import Iterable

from domain.messages import former_name
from server.storage.log import PersonKept


def numbers(people: Iterable[PersonKept]) -> dict[str, int]:
    """Tell the number of everybody whose name was erased: their place among all who ever joined the room."""
    return {person.participant: number for number, person in enumerate(people, 1) if not person.name}


def names(people: Iterable[PersonKept], language: str) -> dict[str, str]:
    """Tell by which name each of a room's people goes, in the order in which they joined."""
    return {person.participant: person.name or former_name(number, language) for number, person in enumerate(people, 1)}
