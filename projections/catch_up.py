"""What happened since somebody was last here, the most important first: what holds now and did not hold then.

Typing, dragging and what was changed and changed back are no news. Two canvases tell it, so it takes no longer after a
year than after a minute.
"""

from collections.abc import Iterator
from typing import Any, Final, Literal, NamedTuple, get_args

from domain.vocabulary import VALUE_PROPOSITIONS
from projections.compare import Canvas, Difference, differences
from projections.outcome import outcome

Kind = Literal[
    "iteration_closed",
    "iteration_opened",
    "flipped",
    "yours",
    "retired",
    "combined",
    "restored",
    "added",
    "must_do",
    "parked",
    "cleared",
    "title",
    "goal",
    "subject",
    "value_propositions",
    "step",
    "locked",
    "unlocked",
    "commented",
    "reworded",
    "joined",
    "moved",
    "placed",
]

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
"""By weight."""


DESCRIPTION: Final[tuple[Literal["title", "goal", "subject"], ...]] = ("title", "goal", "subject")


class News(NamedTuple):
    """One thing to tell. `parts` are what its sentence names, in words that people wrote, `activities` their ids."""

    kind: Kind
    number: int
    activities: tuple[str, ...] = ()
    parts: tuple[tuple[str, ...], ...] = ()


def catch_up(then: Canvas, now: Canvas, reader: str | None = None) -> list[News]:
    """Tell what happened between two moments, to somebody: what became of their own activities is told apart."""
    found = differences(then, now, ())
    news = [*_iterations(then, now), *_activities(then, now, found), *_yours(found, reader), *_room(then, now)]
    news += [*_commented(then, now, reader), *_joined(then, now, reader)]
    return sorted((one for one in news if one.number), key=lambda one: KINDS.index(one.kind))


def _iterations(then: Canvas, now: Canvas) -> Iterator[News]:
    """Iterations that were closed, and the one that was opened and is open still."""
    known = {one["id"]: one["to"] for one in then["iterations"]}
    closed = [one for one in now["iterations"] if one["to"] is not None and known.get(one["id"]) is None]
    opened = [one for one in now["iterations"] if one["to"] is None and one["id"] not in known]
    yield News("iteration_closed", len(closed), parts=tuple((one["name"],) for one in closed))
    yield News("iteration_opened", len(opened), parts=tuple((one["name"],) for one in opened))


def _activities(then: Canvas, now: Canvas, found: list[Difference]) -> Iterator[News]:
    combined = {one.activity: _combined(one) for one in found if one.kind == "combined"}
    for group, ids in outcome(then, now, found).items():
        match group:
            case "combined":
                parts = tuple(combined[id_] for id_ in ids)
            case "flipped":
                parts = tuple((_title(now, id_), now["activities"][id_]["judgement"]) for id_ in ids)
            case "reworded":
                parts = tuple((_title(then, id_), _title(now, id_)) for id_ in ids)
            case _:
                parts = tuple((_title(now, id_),) for id_ in ids)
        yield News(group, len(ids), tuple(ids), parts)


def _combined(one: Difference) -> tuple[str, ...]:
    """The new activity, and behind it those that it was made of."""
    return (one.after["title"], *(source["title"] for source in one.before))


def _yours(found: list[Difference], reader: str | None) -> Iterator[News]:
    """What became of activities of the reader's own that were there before."""
    yours: dict[str, str] = {}
    for one in found:
        if one.kind == "combined":
            yours |= {source["id"]: source["title"] for source in one.before if source["by"] == reader}
        elif one.kind == "retired" and one.before["by"] == reader:
            yours[one.activity] = one.before["title"]
    if reader is not None:
        yield News("yours", len(yours), tuple(yours), tuple((title,) for title in yours.values()))


def _room(then: Canvas, now: Canvas) -> Iterator[News]:
    """What the room as a whole is about, where it is, and whether it can be edited."""
    for field in DESCRIPTION:
        if then[field] != now[field]:
            yield News(field, 1, parts=((now[field],),))
    values = [now["notes"][id_]["text"] for id_ in now["blocks"][VALUE_PROPOSITIONS]]
    before = [then["notes"][id_]["text"] for id_ in then["blocks"][VALUE_PROPOSITIONS]]
    if sorted(values) != sorted(before):
        yield News("value_propositions", len(values) or 1, parts=tuple((value,) for value in values))
    if then["step"] != now["step"]:
        names = {step["id"]: step["name"] for step in now["steps"]}
        yield News("step", 1, parts=((names.get(now["step"], ""),),))
    if then["locked"] != now["locked"]:
        yield News("locked" if now["locked"] else "unlocked", 1)


def _commented(then: Canvas, now: Canvas, reader: str | None) -> Iterator[News]:
    """Comments of others: how many, and on which activities."""
    known = {one["id"] for activity in _all(then) for one in activity["comments"]}
    new = {
        activity["id"]: sum(one["id"] not in known and one["by"] != (reader or "") for one in activity["comments"])
        for activity in now["activities"].values()
    }
    on = [id_ for id_, count in new.items() if count]
    yield News("commented", sum(new.values()), tuple(on), tuple((_title(now, id_),) for id_ in on))


def _joined(then: Canvas, now: Canvas, reader: str | None) -> Iterator[News]:
    """Who came in and is still there. Their parts are ids: canvases have no names."""
    came = [who for who in now["people"] if who not in then["people"] and who != reader]
    yield News("joined", len(came), parts=tuple((who,) for who in came))


def _all(canvas: Canvas) -> Iterator[dict[str, Any]]:
    yield from canvas["activities"].values()
    yield from canvas["retired"].values()


def _title(canvas: Canvas, id_: str) -> str:
    there = canvas["activities"].get(id_) or canvas["retired"].get(id_)
    return "" if there is None else str(there["title"])
