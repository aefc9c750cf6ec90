"""What it takes to take a change back: for each person, the changes that can be undone and redone.

A change is what one command (or one stroke of typing) did. It consists of *touches*: one field of one thing, what the
field was before, and two stamps: the one that the field bore before and the one it bears since. A change can be taken
back where each field still bears the stamp that the change left; then the field and its stamp become what they were,
so that the change before it can be taken back as well. Taking back is a change too, whose touches are the mirror
image, so redoing is undoing an undoing.

A command that does many things (restoring an iteration, taking back what somebody did) is one change of several
*parts*, one for each thing; they are taken back one after the other, the newest first.

Nothing here is changed once it is made. It is not frozen all the same: touches are made for every event, and Python
takes three times as long to make a frozen one.
"""

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Annotated, Final, Literal, NamedTuple, TypeAlias

from pydantic import Field

from domain.things import Activity, Note

DEPTH: Final = 100
"""Changes that each person can take back, one after the other."""

OVERLAID: Final = -1
"""A stamp that no field bears: somebody else changed the text in the middle of the stroke."""


@dataclass(slots=True)
class Place:
    """Where a thing stood: its list, and what stood before it there, the nearest last."""

    list: str
    predecessors: tuple[str, ...]
    was: Literal["place"] = "place"


@dataclass(slots=True)
class Worded:
    """What a text said."""

    text: str
    was: Literal["worded"] = "worded"


@dataclass(slots=True)
class Defined:
    """The steps, in order: id to name."""

    steps: dict[str, str]
    was: Literal["defined"] = "defined"


@dataclass(slots=True)
class AtStep:
    step: str | None
    was: Literal["at_step"] = "at_step"


@dataclass(slots=True)
class Judged:
    judgement: str | None
    reason: str | None
    was: Literal["judged"] = "judged"


@dataclass(slots=True)
class Said:
    """A comment stood, behind these."""

    text: str
    author: str | None
    predecessors: tuple[str, ...]
    was: Literal["said"] = "said"


@dataclass(slots=True)
class Linked:
    """A link stood, behind the links to these notes."""

    predecessors: tuple[str, ...]
    was: Literal["linked"] = "linked"


@dataclass(slots=True)
class Standing:
    """The activity stood on the canvas, there and at this step, and is retired now."""

    place: Place
    step: str | None
    was: Literal["standing"] = "standing"


@dataclass(slots=True)
class Retired:
    """The activity was retired: why, or into which one it was combined, and the step it bore."""

    because: str | None
    into: str | None
    step: str | None
    was: Literal["retired"] = "retired"


@dataclass(slots=True)
class NoteGone:
    """The note stood there, with these links (activity, and the links before it), and is removed now."""

    place: Place
    note: Note
    links: tuple[tuple[str, tuple[str, ...]], ...]
    was: Literal["note_gone"] = "note_gone"


@dataclass(slots=True)
class ActivityGone:
    """The activity stood there, and is withdrawn now."""

    place: Place
    activity: Activity
    was: Literal["activity_gone"] = "activity_gone"


@dataclass(slots=True)
class Absent:
    """There was no such thing, link or comment. `stamps`: those that the thing bore when it came."""

    stamps: dict[str, int] = field(default_factory=dict)
    was: Literal["absent"] = "absent"


Before: TypeAlias = Annotated[
    Absent | Place | Worded | Defined | AtStep | Judged | Said | Linked | Standing | Retired | NoteGone | ActivityGone,
    Field(discriminator="was"),
]

ABSENT: Final = Absent()


@dataclass(slots=True)
class Touch:
    """One field of one thing (`thing` is empty for the workshop itself).

    `field` is the canvas's name for it, or `place`, `life`, `link:NOTE`, `comment:COMMENT`.
    """

    kind: Literal["workshop", "note", "activity"]
    thing: str
    field: str
    before: Before
    stamp_before: int
    stamp_after: int


@dataclass(slots=True)
class Part:
    """What is taken back at once. `version` is the last of its events; `undoes`: what it takes back itself."""

    version: int
    touches: tuple[Touch, ...]
    undoes: int | None

    def stamp(self, kind: str, thing: str, field: str) -> int | None:
        """The stamp that a field bore before this."""
        for touch in self.touches:
            if touch.field == field and touch.thing == thing and touch.kind == kind:
                return touch.stamp_before
        return None


@dataclass(slots=True)
class Change(Part):
    """All that one command did: its last part, and those `earlier`, oldest first. An undoing names a part's version."""

    command: str
    stroke: str | None
    earlier: list[Part] = field(default_factory=list)

    def part(self, version: int) -> Part | None:
        """Find the part that made this version."""
        if version == self.version:
            return self
        at = bisect_left(self.earlier, version, key=_version)
        return self.earlier[at] if at < len(self.earlier) and self.earlier[at].version == version else None


def _version(part: Part) -> int:
    return part.version


class Sweep(NamedTuple):
    """A command that takes back what somebody else did."""

    command: str
    whose: str


@dataclass(slots=True)
class History:
    """One person's changes, the newest last; `depth` of them are kept.

    `taking`: the change that the command at hand takes back; `redoing`: it was an undoing itself. `sweep`: what a
    command takes back is somebody's whom it names.
    """

    done: list[Change] = field(default_factory=list)
    undone: list[Change] = field(default_factory=list)
    taking: Change | None = None
    redoing: bool = False
    sweep: Sweep | None = None
    depth: int = DEPTH

    def take(self, version: int) -> Part:
        """What made the version; its change leaves its side, and what was passed over to get there is dropped."""
        part = None if self.taking is None else self.taking.part(version)
        if part is not None:
            return part
        for side in (self.done, self.undone):
            for at, change in enumerate(side):
                part = change.part(version)
                if part is not None:
                    del side[at:]
                    self.taking, self.redoing = change, side is self.undone
                    return part
        msg = f"nothing of version {version} can be taken back"
        raise LookupError(msg)

    def begin_sweep(self, command: str, whose: str) -> None:
        """What the command takes back from here on is somebody's. What could be redone is forgotten."""
        self.undone.clear()
        self.taking, self.sweep = None, Sweep(command, whose)

    def take_from(self, other: "History", version: int) -> Part | None:
        """What made the version; its change leaves the other's history. None: too long ago to be remembered there."""
        part = None if self.taking is None else self.taking.part(version)
        if part is not None:
            return part
        for at, change in enumerate(other.done):
            part = change.part(version)
            if part is not None:
                del other.done[at]
                self.taking = change
                return part
        return None

    def record(self, change: Change) -> None:
        """Files a change that takes nothing of one's own back. What could be redone is forgotten."""
        done = self.done
        if done and done[-1].command == change.command:
            done.append(_joined(done.pop(), change))
            return
        self.undone.clear()
        if self.sweep is None or self.sweep.command != change.command:
            self.taking = None
        if change.stroke is not None:
            at = next((i for i in reversed(range(len(done))) if _same_text(done[i], change)), None)
            if at is not None and done[at].stroke == change.stroke:
                change = _stroked(done.pop(at), change)
        done.append(change)
        del done[: -self.depth]

    def reverse(self, change: Change) -> None:
        """Files a change that takes back the one being taken: among those to redo, or to undo again."""
        side = self.done if self.redoing else self.undone
        if side and side[-1].command == change.command:
            change = _joined(side.pop(), change)
        side.append(change)


def _joined(first: Change, second: Change) -> Change:
    """Several events of one command are one change. Those that take back one thing together are one part of it."""
    touches = second.touches
    if second.undoes is not None and second.undoes == first.undoes:
        touches += first.touches  # the newest first, as they are to be taken back
    else:
        first.earlier.append(Part(first.version, first.touches, first.undoes))
    return Change(second.version, touches, second.undoes, first.command, first.stroke or second.stroke, first.earlier)


def _same_text(first: Change, second: Change) -> bool:
    """Both rewrite the same field of the same thing."""
    one, two = first.touches[0], second.touches[0]
    return one.thing == two.thing and one.field == two.field and one.kind == two.kind


def _stroked(first: Change, second: Change) -> Change:
    """Several rewordings of one stroke are one change, unless somebody came in between: then none can be taken back."""
    one, two = first.touches[0], second.touches[0]
    after = two.stamp_after if one.stamp_after == two.stamp_before else OVERLAID
    touch = Touch(one.kind, one.thing, one.field, one.before, one.stamp_before, after)
    return Change(second.version, (touch,), None, second.command, second.stroke)
