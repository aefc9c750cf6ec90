"""When and by whom an event came, and how its touches are made."""

from dataclasses import dataclass, replace
from typing import Literal

from domain.things import TEXTS_KEPT, Activity, Note, Text
from domain.undo import ABSENT, Absent, Before, Part, Touch


@dataclass(slots=True)
class Moment:
    """`taken` is what the event takes back, or None."""

    version: int
    by: str | None
    taken: Part | None

    def touch(self, thing: Note | Activity, field: str, before: Before) -> Touch:
        """Stamp a field of a thing, and answer the touch that takes this back."""
        kind: Literal["note", "activity"] = "note" if isinstance(thing, Note) else "activity"
        stamp_before = thing.stamps.get(field, thing.since)
        stamp_after = thing.stamps[field] = self._stamp(kind, thing.id, field)
        return Touch(kind, thing.id, field, before, stamp_before, stamp_after)

    def touch_workshop(self, stamps: dict[str, int], field: str, before: Before) -> Touch:
        """Stamp a field of the workshop itself, and answer the touch that takes this back."""
        stamp_before = stamps.get(field, 0)
        stamp_after = stamps[field] = self._stamp("workshop", "", field)
        return Touch("workshop", "", field, before, stamp_before, stamp_after)

    def came(self, thing: Note | Activity) -> Touch:
        """Answer the touch that takes a coming back: with the stamps by which any change since can be told."""
        touch = self.touch(thing, "life", ABSENT)
        return replace(touch, before=Absent(dict(thing.stamps)))

    def _stamp(self, kind: str, thing: str, field: str) -> int:
        """Give the version; or, where a change is taken back, the stamp from before it."""
        former = None if self.taken is None else self.taken.stamp(kind, thing, field)
        return self.version if former is None else former


def remembered(texts: tuple[Text, ...], version: int, text: str) -> tuple[Text, ...]:
    """The texts of late, with the newest behind the others."""
    return (*texts[-TEXTS_KEPT + 1 :], Text(version, text))
