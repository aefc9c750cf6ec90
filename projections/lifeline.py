"""The life line of one activity: all that ever happened to it, from the moment it came, and what it was part of.

One stroke of typing is one moment, from the text before it to the text after it. A moment that was taken back says by
which one; where that was taken back too (a redo), it holds again and says nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from projections.compare import Canvas
from projections.revisions import Revision


class Named(NamedTuple):
    """An activity by its id, and by the title that it has now."""

    activity: str
    title: str


class Combining(NamedTuple):
    """One combination: what was made, and of what."""

    into: str
    title: str
    sources: tuple[str, ...]


class Moment(NamedTuple):
    """One change of one field, as a revision tells it; `first` is the first version of a stroke of typing."""

    revision: Revision
    first: int
    undone_by: int | None
    sources: tuple[Named, ...]
    into: Named | None

    def told(self) -> dict[str, Any]:
        """Give it as it is answered."""
        return {
            **self.revision._asdict(),
            "undone_by": self.undone_by,
            "first": self.first,
            "sources": [one._asdict() for one in self.sources],
            "into": None if self.into is None else self.into._asdict(),
        }


class Material(NamedTuple):
    """What a life line is made of: the activity's revisions in order; of their versions the strokes and combinations.

    `copied` is the revision by which a copied room began, where the activity came with it.
    """

    revisions: Sequence[Revision]
    strokes: Mapping[int, str]
    combinations: Mapping[int, Combining]
    copied: Revision | None = None


JUDGED: Final = {"must_do": "must_do", "not_now": "not_now", None: "unjudged"}


def state_of(activity: str, canvas: Canvas) -> str:
    """Tell what has become of an activity."""
    if activity in canvas["activities"]:
        return JUDGED[canvas["activities"][activity]["judgement"]]
    if activity in canvas["retired"]:
        return "retired" if into_of(activity, canvas) is None else "combined"
    return "withdrawn"


def into_of(activity: str, canvas: Canvas) -> str | None:
    """Tell what a retired activity has become part of."""
    because = canvas["retired"].get(activity, {}).get("retired_because")
    return str(because["into"]) if isinstance(because, dict) else None


def lifeline(activity: str, material: Material, canvas: Canvas) -> dict[str, Any]:
    """Tell the life of an activity, up to the canvas that it stands on, or stood on."""
    came = [] if material.copied is None else [_came(activity, material, canvas)]
    moments = _with_undoings([*came, *_moments(activity, material, canvas)])
    into = into_of(activity, canvas)
    origin = _card(activity, canvas).get("origin") or {}
    return {
        "activity": activity,
        "title": _title(activity, canvas) or _last_title(moments),
        "state": state_of(activity, canvas),
        "sources": [Named(id_, _title(id_, canvas))._asdict() for id_ in origin.get("activities", ())],
        "into": None if into is None else Named(into, _title(into, canvas))._asdict(),
        "moments": [moment.told() for moment in moments],
    }


def taken_back(undoings: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Tell which version takes which one back, given (version, undone version) in order; those that hold in the end."""
    by: dict[int, list[int]] = {}
    for version, undone in undoings:
        if version not in by.setdefault(undone, []):
            by[undone].append(version)
    holding: dict[int, int] = {}
    for undone in sorted(by, reverse=True):  # what takes something back is newer than that, so it is known already
        left = [version for version in by[undone] if version not in holding]
        if left:
            holding[undone] = left[-1]
    return holding


def _moments(activity: str, material: Material, canvas: Canvas) -> list[Moment]:
    moments: list[Moment] = []
    for one in material.revisions:
        stroke = material.strokes.get(one.version)
        last = moments[-1] if moments else None
        if (
            stroke
            and last
            and last.revision.field == one.field
            and material.strokes.get(last.revision.version) == stroke
        ):
            moments[-1] = last._replace(revision=one._replace(before=last.revision.before))
            continue
        moments.append(Moment(one, one.version, None, *_combined(activity, one, material, canvas)))
    return moments


def _combined(
    activity: str, one: Revision, material: Material, canvas: Canvas
) -> tuple[tuple[Named, ...], Named | None]:
    """Tell what a combination was made of where the activity was made by it, and else what it became part of."""
    combining = material.combinations.get(one.version)
    if combining is None:
        return (), None
    if combining.into == activity:
        return tuple(Named(id_, _title(id_, canvas)) for id_ in combining.sources), None
    return (), Named(combining.into, _title(combining.into, canvas) or combining.title)


def _with_undoings(moments: list[Moment]) -> list[Moment]:
    revisions = [one.revision for one in moments]
    back = taken_back((one.version, one.undoes) for one in revisions if one.undoes is not None)
    return [one._replace(undone_by=back.get(one.revision.version)) for one in moments]


def _came(activity: str, material: Material, canvas: Canvas) -> Moment:
    """The beginning of an activity that a copied room began with, under the title that it had."""
    titles = [one.before for one in material.revisions if one.field == "title"]
    assert material.copied is not None  # noqa: S101 - asked by who calls
    title = titles[0] if titles else _title(activity, canvas)
    copied = material.copied._replace(activity=activity, field="title", before=None, after=title)
    return Moment(copied, copied.version, None, (), None)


def _last_title(moments: Sequence[Moment]) -> str:
    """The title of an activity that was taken back: its last one."""
    for moment in reversed(moments):
        for title in (moment.revision.after, moment.revision.before):
            if moment.revision.field == "title" and isinstance(title, str):
                return title
    return ""


def _card(activity: str, canvas: Canvas) -> dict[str, Any]:
    return canvas["activities"].get(activity) or canvas["retired"].get(activity) or {}


def _title(activity: str, canvas: Canvas) -> str:
    return str(_card(activity, canvas).get("title", ""))
