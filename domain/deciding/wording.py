"""Two people, one text: what a rewording makes of the text as it stands."""

from dataclasses import dataclass
from typing import Any

from domain.deciding import checks
from domain.errors import TextEmpty


@dataclass(slots=True, frozen=True)
class Wording:
    """The text to be, and both inputs where they overlapped."""

    text: str
    ours: str | None = None
    theirs: str | None = None

    def members(self, stroke: str | None) -> dict[str, Any]:
        """The members of the event that are about the text."""
        members: dict[str, Any] = {"text": self.text}
        if stroke is not None:
            members["stroke"] = stroke
        if self.ours is not None:
            members |= {"merged": True, "ours": self.ours, "theirs": self.theirs}
        return members


def rewording(field: str, base: str, sent: str, current: str, limit: int, *, required: bool) -> Wording | None:  # noqa: PLR0913 - all six are needed to merge
    """Takes `base` → `sent` onto `current`. None where nothing changes by it."""
    if base == current:
        return None if sent == current else Wording(sent)
    text, overlap = checks.merged(field, base, sent, current, limit)
    if required and not text:
        raise TextEmpty(field=field)
    if text == current and not overlap:
        return None
    return Wording(text, sent, current) if overlap else Wording(text)
