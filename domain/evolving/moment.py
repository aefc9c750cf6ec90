"""When and by whom an event came, and how its touches are made."""

from dataclasses import dataclass, replace
from typing import Literal

from domain.things import TEXTS_KEPT, Text
from domain.undo import ABSENT, Absent, Before, Change, Touch


@dataclass(slots=True, frozen=True)
class Moment:
    """`taken` is the change that the event takes back, or None."""

    version: int
    by: str | None
    taken: Change | None

    def touch(  # noqa: PLR0913 - a touch has these parts, and each caller knows them all
        self,
        kind: Literal["workshop", "note", "activity"],
        thing: str,
        field: str,
        before: Before,
        stamps: dict[str, int],
        since: int,
    ) -> Touch:
        """Stamps the field, and answers the touch that takes this back. Without a stamp a field bears `since`."""
        stamp_before = stamps.get(field, since)
        stamp_after = self.version
        if self.taken is not None:
            former = self.taken.stamp(kind, thing, field)
            stamp_after = self.version if former is None else former
        stamps[field] = stamp_after
        return Touch(kind, thing, field, before, stamp_before, stamp_after)

    def came(self, kind: Literal["note", "activity"], thing: str, stamps: dict[str, int], since: int) -> Touch:
        """Answer the touch that takes a coming back: with the stamps by which any change since can be told."""
        touch = self.touch(kind, thing, "life", ABSENT, stamps, since)
        return replace(touch, before=Absent(dict(stamps)))


def remembered(texts: tuple[Text, ...], version: int, text: str) -> tuple[Text, ...]:
    """The texts of late, with the newest behind the others."""
    return (*texts[-TEXTS_KEPT + 1 :], Text(version, text))
