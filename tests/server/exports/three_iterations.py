"""A workshop of three iterations, scripted. What it comes to stands in `puzzles/`, written by hand from this script."""

from typing import Any, Final

from domain import events as e
from domain.events import Event, Recorded
from server.storage.codec import Stored
from server.storage.log import Append, PersonKept
from server.storage.store import SQLiteLog
from tests.server.played import sealed

NAMES: Final = (
    *("ONE", "TWO", "THREE", "THINK", "MAKE", "VALUE"),
    *("SAW", "SAND", "SHOP", "COMPLAIN", "PAINT", "FINISH", "GIFT", "STROKE"),
)
IDS: Final = {name: f"00000000-0000-4000-8000-0000000001{number:02}" for number, name in enumerate(NAMES)}

PEOPLE: Final = {"p1": "Fenna", "p2": "Joris", "p3": "Sam", "p4": "Loes"}
ROLES: Final = {"p1": "facilitator", "p2": "participant", "p3": "participant", "p4": "observer"}

FIRST, SECOND, THIRD = "2026-03-02T09", "2026-03-09T10", "2026-03-16T10"

SCRIPT: Final[list[tuple[str, int, str, str, dict[str, Any]]]] = [
    (FIRST, 0, "p1", "WorkshopOpened", {"room": "puzzles", "title": "Schuifpuzzels", "language": "nl"}),
    (FIRST, 0, "p1", "ParticipantJoined", {"participant": "p1", "role": "facilitator"}),
    (FIRST, 1, "p1", "WorkshopDescribed",
        {"goal": "Puzzels die je blijft oppakken", "subject": "Een houten schuifpuzzel"}),
    (FIRST, 2, "p1", "StepsDefined", {"steps": [{"id": "THINK", "name": "Bedenken"}, {"id": "MAKE", "name": "Maken"}]}),
    (FIRST, 3, "p1", "NoteAdded",
        {"note": "VALUE", "block": "value_propositions", "text": "Rust in je hoofd", "after": None}),
    (FIRST, 4, "p2", "ParticipantJoined", {"participant": "p2", "role": "participant"}),
    (FIRST, 5, "p3", "ParticipantJoined", {"participant": "p3", "role": "participant"}),
    (FIRST, 6, "p4", "ParticipantJoined", {"participant": "p4", "role": "observer"}),
    (FIRST, 7, "p1", "IterationOpened", {"iteration": "ONE", "name": "Kiezen", "goal": "Wat moet er echt gebeuren?"}),
    (FIRST, 8, "p1", "StepEntered", {"step": "THINK"}),
    (FIRST, 8, "p1", "PhaseSet", {"label": "Zelf schrijven", "ends_at": "2026-03-02T09:18:00.000000Z"}),
    (FIRST, 9, "p2", "ActivityAdded",
        {"activity": "SAW", "title": "Hout zagen", "category": "production", "after": None,
         "prompt": "production.flow"}),
    (FIRST, 10, "p3", "ActivityAdded",
        {"activity": "SAND", "title": "Randen schuren", "category": "production", "after": "SAW"}),
    (FIRST, 11, "p2", "ActivityAdded",
        {"activity": "SHOP", "title": "Webwinkel bijhouden", "category": "platform_network", "after": None}),
    (FIRST, 12, "p3", "ActivityAdded",
        {"activity": "COMPLAIN", "title": "Klachten oplossen", "category": None, "after": None}),
    (FIRST, 13, "p2", "ActivityReworded",
        {"activity": "SAW", "field": "title", "text": "Hout op", "base": 12, "stroke": "STROKE"}),
    (FIRST, 13, "p2", "ActivityReworded",
        {"activity": "SAW", "field": "title", "text": "Hout op maat zagen", "base": 16, "stroke": "STROKE"}),
    (FIRST, 18, "p1", "PhaseSet", {"label": None, "ends_at": None}),
    (FIRST, 19, "p1", "ActivityMoved", {"activity": "COMPLAIN", "category": "problem_solving", "after": None}),
    (FIRST, 20, "p2", "ActivityPlaced", {"activity": "SAW", "step": "MAKE"}),
    (FIRST, 21, "p2", "ActivityJudged",
        {"activity": "SAW", "judgement": "must_do", "reason": "Zonder hout geen puzzel"}),
    (FIRST, 22, "p2", "ActivityLinked", {"activity": "SAW", "note": "VALUE"}),
    (FIRST, 23, "p3", "ActivityJudged", {"activity": "SAND", "judgement": "not_now", "reason": "Eerst een puzzel"}),
    (FIRST, 24, "p1", "ActivityJudged", {"activity": "SHOP", "judgement": "must_do"}),
    (FIRST, 25, "p1", "ActivityJudged", {"activity": "SHOP", "judgement": None, "undoes": 24}),
    (FIRST, 26, "p3", "ActivityJudged",
        {"activity": "SHOP", "judgement": "not_now", "reason": "Nog niets te verkopen"}),
    (FIRST, 27, "p3", "ActivityJudged", {"activity": "COMPLAIN", "judgement": "not_now"}),
    (FIRST, 30, "p1", "IterationClosed", {"iteration": "ONE"}),
    (SECOND, 0, "p1", "IterationOpened", {"iteration": "TWO", "name": "Verbeteren"}),
    (SECOND, 1, "p1", "StepEntered", {"step": "MAKE"}),
    (SECOND, 2, "p2", "ActivityAdded",
        {"activity": "PAINT", "title": "Stukken verven", "category": "production", "after": "SAND", "step": "MAKE"}),
    (SECOND, 3, "p2", "ActivitiesCombined",
        {"activities": ["SAND", "PAINT"], "into": "FINISH", "title": "Stukken afwerken", "category": "production",
         "after": "SAW", "step": None, "links": []}),
    (SECOND, 4, "p3", "ActivityJudged",
        {"activity": "FINISH", "judgement": "must_do", "reason": "Splinters kosten klanten"}),
    (SECOND, 5, "p3", "ActivityLinked", {"activity": "FINISH", "note": "VALUE"}),
    (SECOND, 6, "p1", "ActivityJudged",
        {"activity": "SHOP", "judgement": "must_do", "reason": "Er is nu iets te verkopen"}),
    (SECOND, 7, "p2", "ActivityLinked", {"activity": "SHOP", "note": "VALUE"}),
    (SECOND, 8, "p1", "ActivityRetired", {"activity": "COMPLAIN", "reason": "Er zijn nog geen klanten"}),
    (SECOND, 9, "p3", "ActivityAdded",
        {"activity": "GIFT", "title": "Cadeaupapier drukken", "category": "platform_network", "after": "SHOP"}),
    (SECOND, 10, "p3", "ActivityWithdrawn", {"activity": "GIFT", "undoes": 38}),
    (SECOND, 12, "p1", "IterationClosed", {"iteration": "TWO", "override_reason": "De rest volgt later"}),
    (THIRD, 0, "p2", "ActivityRestored",
        {"activity": "COMPLAIN", "category": "problem_solving", "after": None, "step": None,
         "reason": "De eerste klacht is er"}),
    (THIRD, 1, "p1", "IterationOpened", {"iteration": "THREE", "name": "Afmaken", "goal": "Klaar voor de winkel"}),
    (THIRD, 2, "p1", "ActivityJudged",
        {"activity": "COMPLAIN", "judgement": "must_do", "reason": "Een klacht per week"}),
    (THIRD, 3, "p2", "ActivityLinked", {"activity": "COMPLAIN", "note": "VALUE"}),
    (THIRD, 4, "p2", "ActivityPlaced", {"activity": "FINISH", "step": "MAKE"}),
    (THIRD, 5, "p3", "ActivityReworded",
        {"activity": "FINISH", "field": "details", "text": "Schuren, verven, lakken.", "base": 32}),
    (THIRD, 6, "p1", "WorkshopDescribed", {"title": "Schuifpuzzels voor thuis"}),
    (THIRD, 7, "p1", "IterationClosed", {"iteration": "THREE"}),
    (THIRD, 8, "p1", "CanvasLocked", {}),
]  # fmt: skip


def identified(value: Any) -> Any:  # noqa: ANN401 - of any member
    """Put ids in the place of the names that things have in the script."""
    match value:
        case dict():
            return {name: identified(member) for name, member in value.items()}
        case list():
            return [identified(member) for member in value]
        case _:
            return IDS.get(value, value) if isinstance(value, str) else value


def event(kind: str, members: dict[str, Any]) -> Event:
    made: Event = e.EVENTS[kind].model_validate(identified(members))
    return made


def stored() -> list[Stored]:
    """Seal the script."""
    return sealed(
        [
            Recorded(version, f"{hour}:{minute:02}:00.000000Z", by, None, event(kind, members))
            for version, (hour, minute, by, kind, members) in enumerate(SCRIPT, 1)
        ],
        "e1",
    )


def write(log: SQLiteLog, tokens: dict[str, bytes]) -> None:
    """Write the room into a log, with the hash of each person's token."""
    people = tuple(
        PersonKept(who, name, ROLES[who], tokens.get(who, who.encode() * 16))  # type: ignore[arg-type]
        for who, name in PEOPLE.items()
    )
    log.append([Append("puzzles", tuple(stored()), people=people)])
