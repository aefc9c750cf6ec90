"""A small room, scripted: what its exports look like stands beside this file, written by hand."""

from typing import Final

from domain import events as e
from domain.events import Event, Recorded
from server.storage.codec import Stored
from server.storage.log import Append, PersonKept
from server.storage.store import SQLiteLog
from tests.server.played import sealed

VALUE, SHOPS, SAW, SELL, PLAN, BOTH, STEP, FIRST, SECOND, REMARK, TIDY = (
    f"00000000-0000-4000-8000-0000000000{number:02}" for number in range(1, 12)
)
PEOPLE: Final = (
    PersonKept("p1", "Noor", "facilitator", b"1" * 32),
    PersonKept("p2", "=Bo", "participant", b"2" * 32),
    PersonKept("p3", "Kim", "observer", b"3" * 32),
)

SCRIPT: Final[list[tuple[str | None, Event]]] = [
    ("p1", e.WorkshopOpened(room="bricks", title="Blokken & co", language="nl")),
    ("p1", e.ParticipantJoined(participant="p1", role="facilitator")),
    ("p2", e.ParticipantJoined(participant="p2", role="participant")),
    ("p3", e.ParticipantJoined(participant="p3", role="observer")),
    ("p1", e.WorkshopDescribed(goal="Meer spelen;\nminder opruimen")),
    ("p1", e.StepsDefined.model_validate({"steps": [{"id": STEP, "name": "Ontwikkelen"}]})),
    (None, e.NoteAdded(note=VALUE, block="value_propositions", text="Bouwen maakt vindingrijk", after=None)),
    ("p2", e.NoteAdded(note=SHOPS, block="channels", text="Winkels", after=None)),
    ("p1", e.IterationOpened(iteration=FIRST, name="Start", goal="Kiezen")),
    ("p2", e.ActivityAdded(activity=SAW, title="=Zagen", category=None, after=None,
        details="Eerst hout.\n\nDan verf.")),
    ("p2", e.ActivityAdded(activity=SELL, title="Verkopen", category="platform_network", after=None)),
    ("p2", e.ActivityMoved(activity=SAW, category="production", after=None)),
    ("p1", e.ActivityPlaced(activity=SAW, step=STEP)),
    ("p2", e.ActivityJudged(activity=SAW, judgement="must_do", reason="Zonder hout geen blok")),
    ("p2", e.ActivityLinked(activity=SAW, note=VALUE)),
    ("p1", e.ActivityJudged(activity=SELL, judgement="not_now", reason="Pas als er iets te koop is")),
    ("p1", e.IterationClosed(iteration=FIRST, override_reason="De tijd was om")),
    ("p2", e.ActivityAdded(activity=PLAN, title="Plannen", category="problem_solving", after=None)),
    ("p2", e.ActivityCommented(activity=PLAN, comment=REMARK, text='Wie "plant" er?')),
    ("p2", e.CommentWithdrawn(activity=PLAN, comment=REMARK, undoes=19)),
    ("p2", e.ActivitiesCombined(activities=(PLAN, SELL), into=BOTH, title="Plannen en verkopen",
        category="problem_solving", after=None, step=None, links=())),
    ("p1", e.ActivityJudged(activity=BOTH, judgement="not_now", reason="Pas na de winter")),
    ("p2", e.ActivityAdded(activity=TIDY, title="Opruimen", category=None, after=None)),
    ("p1", e.IterationOpened(iteration=SECOND, name="Vervolg")),
    ("p1", e.CanvasLocked()),
]  # fmt: skip


def stored() -> list[Stored]:
    """Seal the script; a minute passes between two events, and a day after the first iteration."""
    facts = [
        Recorded(version, f"2026-0{'1-31' if version < 18 else '2-01'}T09:{version:02}:07.250000Z", by, None, event)
        for version, (by, event) in enumerate(SCRIPT, 1)
    ]
    return sealed(facts, "e1")


def write(log: SQLiteLog) -> None:
    """Write the room into a log."""
    events = tuple(stored())
    log.append([Append("bricks", events, people=PEOPLE)])
