"""Whether a text stands in what a revision says: in the words that people read, not in what it is kept as."""

from collections.abc import Callable

from domain.vocabulary import Language
from projections.trail import KINDS, Now, Told, value

SIDES = ("before", "after")


def finder(text: str, names: Now, language: Language) -> Callable[[Told], bool]:
    """Make the test: who, which change, of what, from what to what, and why, as the table in `language` tells it."""
    sought = text.casefold()

    def has(words: str | None) -> bool:
        return words is not None and sought in words.casefold()

    kinds = {kind for kind, words in KINDS[language].items() if has(words)}
    things = {id_ for id_, name in names.things.items() if has(name)}
    people = {id_ for id_, name in names.people.items() if has(name)}

    def found(one: Told) -> bool:
        if one["kind"] in kinds or one["by"] in people or (one["activity"] or one["note"]) in things:
            return True
        return has(one["reason"]) or any(has(value(one[side], one, names, language)) for side in SIDES)

    return found
