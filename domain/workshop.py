"""The state that decisions are made upon: what stands on the canvas, and what it takes to merge and to take back.

It is a cache of the log, changed only by `evolve`.
"""

from dataclasses import dataclass, field

from pydantic import TypeAdapter

from domain.things import Activity, Note, Phase
from domain.undo import History
from domain.vocabulary import BLOCKS, LISTS, VALUE_PROPOSITIONS


@dataclass(slots=True)
class Workshop:
    """One room. `ids` has every id ever used: none is free again. `closed`: the version at which each iteration was."""

    version: int = 0
    title: str = ""
    language: str = "en"
    goal: str = ""
    subject: str = ""
    locked: bool = False
    people: dict[str, str] = field(default_factory=dict)
    notes: dict[str, Note] = field(default_factory=dict)
    blocks: dict[str, tuple[str, ...]] = field(default_factory=lambda: dict.fromkeys(BLOCKS, ()))
    activities: dict[str, Activity] = field(default_factory=dict)
    categories: dict[str, tuple[str, ...]] = field(default_factory=lambda: dict.fromkeys(LISTS, ()))
    retired: dict[str, Activity] = field(default_factory=dict)
    steps: dict[str, str] = field(default_factory=dict)
    step: str | None = None
    iteration: str | None = None
    closed: dict[str, int] = field(default_factory=dict)
    phase: Phase | None = None
    questions: dict[str, str] | None = None
    ids: set[str] = field(default_factory=set)
    stamps: dict[str, int] = field(default_factory=dict)
    histories: dict[str, History] = field(default_factory=dict)

    def has_value_proposition(self) -> bool:
        """Whether a note stands under value propositions (M1)."""
        return bool(self.blocks[VALUE_PROPOSITIONS])

    def any_activity(self, activity: str) -> Activity | None:
        """The activity, on the canvas or retired; None where it is unknown or withdrawn."""
        return self.activities.get(activity) or self.retired.get(activity)


def initial() -> Workshop:
    """The workshop before its first event."""
    return Workshop()


SNAPSHOT: TypeAdapter[Workshop] = TypeAdapter(Workshop)
"""To and from JSON, for the cache of states."""
