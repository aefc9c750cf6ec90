"""What came of a stretch of time, as groups of activities: two canvases are enough to tell.

An activity can be in several groups: who adds one and parks it has done both. What nets out to nothing is in none.
"""

from collections.abc import Iterable
from typing import Any, Final, Literal, TypeAlias, get_args

from projections.compare import Canvas, Difference, differences

Group = Literal[
    "flipped", "retired", "combined", "restored", "added", "must_do", "parked", "cleared", "reworded", "moved", "placed"
]

GROUPS: Final[tuple[Group, ...]] = get_args(Group)
"""By weight: what changes what people do comes first."""

Outcome: TypeAlias = dict[Group, list[str]]

_JUDGED: Final[dict[str, Group]] = {"must_do": "must_do", "not_now": "parked"}


def outcome(earlier: Canvas, later: Canvas, found: Iterable[Difference] | None = None) -> Outcome:
    """Group the activities by what came of them; groups without any are left out.

    `must_do` and `parked` are those that stand so and had no judgement, `flipped` those that had the other one,
    `cleared` those that have none any more. Within a group they come in the order in which they came.
    """
    groups: Outcome = {group: [] for group in GROUPS}
    for one in differences(earlier, later, ()) if found is None else found:
        if one.kind in groups and one.activity not in groups[one.kind]:
            groups[one.kind].append(one.activity)
    for id_, activity in later["activities"].items():
        group = _judged(_judgement(earlier, id_), activity["judgement"])
        if group is not None:
            groups[group].append(id_)
    rank = {id_: place for place, id_ in enumerate({**later["activities"], **earlier["activities"]})}
    return {group: sorted(ids, key=lambda id_: rank[id_]) for group, ids in groups.items() if ids}


def _judgement(canvas: Canvas, id_: str) -> str | None:
    there: dict[str, Any] | None = canvas["activities"].get(id_) or canvas["retired"].get(id_)
    return None if there is None else there["judgement"]


def _judged(before: str | None, after: str | None) -> Group | None:
    if before == after:
        return None
    if before is not None:
        return "flipped" if after is not None else "cleared"
    return _JUDGED[str(after)]
