"""Which words of a room's log bear one text: what goes along when it is taken out.

The same text, letter for letter, wherever it stands in the room. And in each field of a thing in which it stood: every
version that has it whole within it, and every version of those stretches of typing (strokes) in which it was typed,
since each of these holds a part of it.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import Any, Final, NamedTuple, TypeAlias

Lineage: TypeAlias = tuple[str, ...]
"""A field of a thing: all that was ever written there are versions of one text."""

Data: TypeAlias = dict[str, Any]


class Word(NamedTuple):
    """Something that a person wrote: where it stands in the log, what it says, and of which field of which thing."""

    version: int
    pointer: str
    text: str
    lineage: Lineage
    stroke: str | None


LISTS: Final = {"notes": "note", "activities": "activity", "steps": "step", "questions": "question"}
"""What the items of a list are, where it is no list of comments."""

FIELDS: Final = {
    "ActivityRetired": "because",
    "ActivityRestored": "because",
    "ActivityCommented": "comment",
}
"""The field that an activity's event is about, where its member has another name."""


def words(version: int, kind: str, data: Data, texts: dict[str, str]) -> Iterator[Word]:
    """Tell what people wrote in an event; `texts` has it by its pointers."""
    for pointer, text in texts.items():
        yield Word(version, pointer, text, _lineage(version, kind, data, pointer), data.get("stroke"))


def bearing(named: Word, everything: Iterable[Word]) -> list[Word]:
    """List the words that go along with one, which is the first, in the order of the log."""
    found = list(everything)
    lineages = _lineages(named, found)
    typed = strokes(named, found)
    bears = [
        word
        for word in found
        if word.lineage in lineages and word.text and (named.text in word.text or word.stroke in typed)
    ]
    places = (named.version, named.pointer)
    return [named, *(word for word in bears if (word.version, word.pointer) != places)]


def strokes(named: Word, found: Collection[Word]) -> set[str]:
    """Tell the stretches of typing in which a text stood whole; of the words only those matter that have it within."""
    lineages = _lineages(named, found)
    return {
        word.stroke
        for word in found
        if word.stroke is not None and word.lineage in lineages and named.text in word.text
    }


def whose(word: Word) -> tuple[str | None, str | None]:
    """Name the activity or the note that a word is about."""
    what, *ids = word.lineage
    return (ids[0] if what in {"activity", "comment"} else None, ids[0] if what == "note" else None)


def _lineages(named: Word, found: Collection[Word]) -> set[Lineage]:
    """Tell the fields in which a text stood."""
    return {word.lineage for word in found if word.text == named.text}


def _lineage(version: int, kind: str, data: Data, pointer: str) -> Lineage:
    *path, member = pointer.split("/")[1:]
    if path:
        return _listed(path[0], data[path[0]][int(path[1])], member)
    if kind in {"WorkshopOpened", "WorkshopDescribed", "WorkshopCopied"}:
        return "workshop", member
    if "note" in data:
        return "note", data["note"], "text"
    if kind == "ActivityCommented":
        return "comment", data["activity"], data["comment"]
    if "activity" in data and kind != "TextRedacted":
        return "activity", data["activity"], FIELDS.get(kind) or data.get("field") or member
    if kind == "ActivitiesCombined":
        return "activity", data["into"], "title"
    if "iteration" in data:
        return "iteration", data["iteration"], member
    return kind, str(version), pointer


def _listed(list_: str, item: Data, member: str) -> Lineage:
    if list_ == "comments":
        return "comment", item["activity"], item["id"]
    return LISTS.get(list_, list_), str(item.get("id")), member
