"""What lies between two canvases, in the workshop's words: what was added, retired, combined, judged otherwise.

Only what holds in the end is told: what was changed and changed back is no difference, nor is another place within a
category. A thing that came, went or was combined is told as that alone. The revisions between the two say who did it,
when and why.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, Literal, NamedTuple, TypeAlias, get_args

from projections.revisions import Revision

Canvas: TypeAlias = dict[str, Any]
Kind = Literal[
    "added", "retired", "restored", "combined", "reworded", "moved", "placed", "judged", "linked", "unlinked"
]

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
FIELDS: Final[tuple[tuple[str, Kind], ...]] = (
    ("title", "reworded"),
    ("details", "reworded"),
    ("category", "moved"),
    ("step", "placed"),
)
"""The fields with one value, and what another value is called."""

BACKWARDS: Final[dict[Kind, Kind]] = {
    "added": "retired",
    "retired": "restored",
    "restored": "retired",
    "linked": "unlinked",
    "unlinked": "linked",
}
"""What a difference is called when it is read from the later canvas to the earlier one."""


class Difference(NamedTuple):
    """`before` and `after` are the field's values; of what came, went or was combined the whole activity, or null.

    A combination has the activities that it was made of as its `before`. `reason`: the last one that somebody gave.
    """

    activity: str
    kind: Kind
    field: str | None
    before: Any
    after: Any
    by: tuple[str, ...]
    reason: str | None
    versions: tuple[int, ...]


def differences(earlier: Canvas, later: Canvas, between: Sequence[Revision]) -> list[Difference]:
    """Tell what lies between two canvases, given the revisions behind the earlier one up to the later one."""
    events = _Events(between)
    found = [
        *_came(earlier, later, events),
        *_went(earlier, later, events),
        *(
            difference
            for id_, before in earlier["activities"].items()
            if id_ in later["activities"]
            for difference in _changed(before, later["activities"][id_], events)
        ),
    ]
    return sorted(found, key=_order)


def backwards(found: Iterable[Difference], earlier: Canvas) -> list[Difference]:
    """Read differences from the later canvas to the earlier one. A judgement has the reason that it had there."""
    return sorted((turned for one in found for turned in _turned(one, earlier)), key=_order)


def summary(found: Iterable[Difference]) -> dict[str, int]:
    """Count the differences of each kind that occurs."""
    counts = dict.fromkeys(KINDS, 0)
    for one in found:
        counts[one.kind] += 1
    return {kind: count for kind, count in counts.items() if count}


def _order(one: Difference) -> tuple[int, str, int, str]:
    return min(one.versions, default=0), one.activity, KINDS.index(one.kind), str(one.field)


class _Events:
    """The revisions between, by the activity and the field that they concern."""

    def __init__(self, between: Iterable[Revision]) -> None:
        self._of: dict[tuple[str, str], list[Revision]] = {}
        self.copying: list[Revision] = []
        for one in between:
            if one.kind == "WorkshopCopied":  # one event that brought many, none of which has a revision of its own
                self.copying.append(one)
            if one.activity is not None:
                self._of.setdefault((one.activity, one.field), []).append(one)

    def of(self, activity: str, *fields: str, note: str | None = None) -> list[Revision]:
        """Those that touched one of the fields; of links those with that note, or where all links came or went."""
        found = [one for field in fields for one in self._of.get((activity, field), ())]
        return sorted((one for one in found if note is None or one.note == note), key=lambda one: one.version)


def _told(
    kind: Kind, activity: str, values: tuple[object, object], events: list[Revision], field: str | None = None
) -> Difference:
    by = tuple(dict.fromkeys(one.by for one in events if one.by is not None))
    reason = events[-1].reason if events else None
    versions = tuple(dict.fromkeys(one.version for one in events))
    return Difference(activity, kind, field, *values, by, reason, versions)


def _came(earlier: Canvas, later: Canvas, events: _Events) -> Iterator[Difference]:
    gone = _combined_away(earlier, later)
    for id_, after in later["activities"].items():
        if id_ in earlier["activities"]:
            continue
        if id_ in earlier["retired"]:
            yield _told("restored", id_, (None, after), events.of(id_, "retired")[-1:])
        elif id_ in gone:
            made = [one for into in (id_, *gone[id_].through) for one in events.of(into, "title") if _is_new(one)]
            made.sort(key=lambda one: one.version)
            yield _told("combined", id_, (gone[id_].sources, after), made)
        else:
            came = [one for one in events.of(id_, "title", "retired") if _is_new(one)]
            yield _told("added", id_, (None, after), came or events.copying)


def _is_new(one: Revision) -> bool:
    return one.field == "retired" or not isinstance(one.before, str)


def _went(earlier: Canvas, later: Canvas, events: _Events) -> Iterator[Difference]:
    combined = {source["id"] for away in _combined_away(earlier, later).values() for source in away.sources}
    for id_, before in earlier["activities"].items():
        if id_ not in later["activities"] and id_ not in combined:
            yield _told("retired", id_, (before, None), _last_going(id_, later, events))


def _last_going(id_: str, later: Canvas, events: _Events) -> list[Revision]:
    """The event by which an activity left for good, or by which the last one that it had been combined into did."""
    at: str | None = id_
    going: list[Revision] = []
    while at is not None and at not in later["activities"]:
        going = [*going, *events.of(at, "retired")[-1:]] or events.of(at, "title")[-1:]
        at = _into(later, at)
    return going[-1:]


class _Away(NamedTuple):
    """The activities that ended in one that stands, and those that they went through on the way."""

    sources: list[dict[str, Any]]
    through: list[str]


def _combined_away(earlier: Canvas, later: Canvas) -> dict[str, _Away]:
    """Find, for each activity that is new, which of those that stood before were combined into it, however often."""
    found: dict[str, _Away] = {}
    for id_, activity in earlier["activities"].items():
        if id_ in later["activities"]:
            continue
        at, through = _into(later, id_), list[str]()
        while at is not None and at not in later["activities"]:
            through.append(at)
            at = _into(later, at)
        if at is None or at in earlier["activities"] or at in earlier["retired"]:
            continue  # what was combined into one that is not new went, as far as these two moments tell
        away = found.setdefault(at, _Away([], []))
        away.sources.append(activity)
        away.through.extend(one for one in through if one not in away.through)
    return found


def _into(canvas: Canvas, id_: str) -> str | None:
    because = canvas["retired"].get(id_, {}).get("retired_because")
    return because["into"] if isinstance(because, dict) else None


def _changed(before: dict[str, Any], after: dict[str, Any], events: _Events) -> Iterator[Difference]:
    id_ = before["id"]
    for field, kind in FIELDS:
        if before[field] != after[field]:
            yield _told(kind, id_, (before[field], after[field]), events.of(id_, field), field)
    if (before["judgement"], before["reason"]) != (after["judgement"], after["reason"]):
        judged = events.of(id_, "judgement", "reason")
        yield _told("judged", id_, (before["judgement"], after["judgement"]), judged, "judgement")
    for note in before["links"]:
        if note not in after["links"]:
            yield _told("unlinked", id_, (note, None), events.of(id_, "links", note=note), "links")
    for note in after["links"]:
        if note not in before["links"]:
            yield _told("linked", id_, (None, note), events.of(id_, "links", note=note), "links")


def _turned(one: Difference, earlier: Canvas) -> Iterator[Difference]:
    if one.kind == "combined":
        yield one._replace(kind="retired", before=one.after, after=None)
        for source in one.before:
            yield one._replace(activity=source["id"], kind="restored", before=None, after=source)
    else:
        reason = earlier["activities"][one.activity]["reason"] if one.kind == "judged" else one.reason
        kind = BACKWARDS.get(one.kind, one.kind)
        yield one._replace(kind=kind, before=one.after, after=one.before, reason=reason)
