"""The revisions as a table for people: who changed what, from what to what, in their own language.

Things and people stand there by the names that they have now, and by their ids, which stay.
"""

import json
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from domain.vocabulary import Language
from projections import sheet
from projections.naming import NAMES

COLUMNS: Final[Mapping[Language, tuple[str, ...]]] = {
    "en": (
        *("Version", "Time (UTC)", "Person", "Change", "About", "Id", "Field"),
        *("Before", "After", "Reason", "Iteration", "Takes back"),
    ),
    "nl": (
        *("Versie", "Tijd (UTC)", "Persoon", "Verandering", "Waarover", "Id", "Veld"),
        *("Voor", "Na", "Reden", "Iteratie", "Neemt terug"),
    ),
}

KINDS: Final[Mapping[Language, Mapping[str, str]]] = {
    "en": {
        "WorkshopOpened": "Workshop opened",
        "ParticipantJoined": "Joined",
        "WorkshopDescribed": "Workshop described",
        "StepsDefined": "Steps defined",
        "StepEntered": "Step entered",
        "NoteAdded": "Note added",
        "NoteReworded": "Note reworded",
        "NoteMoved": "Note moved",
        "NoteRemoved": "Note removed",
        "NoteRestored": "Note brought back",
        "ActivityAdded": "Activity added",
        "ActivityReworded": "Activity reworded",
        "ActivityMoved": "Activity moved",
        "ActivityPlaced": "Activity placed at a step",
        "ActivityJudged": "Activity judged",
        "ActivityLinked": "Link made",
        "ActivityUnlinked": "Link removed",
        "ActivitiesCombined": "Activities combined",
        "ActivityRetired": "Activity put away",
        "ActivityRestored": "Activity brought back",
        "ActivityWithdrawn": "Activity taken back",
        "ActivityCommented": "Comment made",
        "CommentWithdrawn": "Comment taken back",
        "CommentRestored": "Comment brought back",
        "ActivityReturned": "Activity is back",
        "IterationOpened": "Iteration opened",
        "IterationClosed": "Iteration closed",
        "IterationRestored": "Iteration restored",
        "CanvasLocked": "Canvas locked",
        "CanvasUnlocked": "Canvas unlocked",
        "PhaseSet": "Phase set",
        "QuestionsDefined": "Questions defined",
        "ParticipantRoleChanged": "Role changed",
        "ParticipantRemoved": "Removed from the room",
        "PersonUndone": "Work of one person taken back",
        "WorkshopCopied": "Workshop copied",
        "TextRedacted": "Text taken out",
    },
    "nl": {
        "WorkshopOpened": "Workshop geopend",
        "ParticipantJoined": "Erbij gekomen",
        "WorkshopDescribed": "Workshop beschreven",
        "StepsDefined": "Stappen bepaald",
        "StepEntered": "Stap begonnen",
        "NoteAdded": "Notitie toegevoegd",
        "NoteReworded": "Notitie anders verwoord",
        "NoteMoved": "Notitie verplaatst",
        "NoteRemoved": "Notitie verwijderd",
        "NoteRestored": "Notitie teruggehaald",
        "ActivityAdded": "Activiteit toegevoegd",
        "ActivityReworded": "Activiteit anders verwoord",
        "ActivityMoved": "Activiteit verplaatst",
        "ActivityPlaced": "Activiteit bij een stap gezet",
        "ActivityJudged": "Activiteit beoordeeld",
        "ActivityLinked": "Koppeling gelegd",
        "ActivityUnlinked": "Koppeling weggehaald",
        "ActivitiesCombined": "Activiteiten samengevoegd",
        "ActivityRetired": "Activiteit weggelegd",
        "ActivityRestored": "Activiteit teruggehaald",
        "ActivityWithdrawn": "Activiteit teruggenomen",
        "ActivityCommented": "Opmerking gemaakt",
        "CommentWithdrawn": "Opmerking teruggenomen",
        "CommentRestored": "Opmerking teruggehaald",
        "ActivityReturned": "Activiteit is terug",
        "IterationOpened": "Iteratie geopend",
        "IterationClosed": "Iteratie afgesloten",
        "IterationRestored": "Iteratie hersteld",
        "CanvasLocked": "Canvas op slot gezet",
        "CanvasUnlocked": "Canvas van slot gehaald",
        "PhaseSet": "Fase ingesteld",
        "QuestionsDefined": "Vragen bepaald",
        "ParticipantRoleChanged": "Rol veranderd",
        "ParticipantRemoved": "Uit de kamer gehaald",
        "PersonUndone": "Werk van één persoon teruggedraaid",
        "WorkshopCopied": "Workshop overgenomen",
        "TextRedacted": "Tekst eruit gehaald",
    },
}

FIELDS: Final[Mapping[Language, Mapping[str, str]]] = {
    "en": {
        **{name: name for name in ("title", "text", "details", "category", "step", "judgement", "reason", "links")},
        **{name: name for name in ("comments", "retired", "block", "goal", "subject", "steps", "iteration", "locked")},
        **{name: name for name in ("phase", "questions", "people", "person", "room")},
        "restored": "restored iteration",
        "categories": "order in the category",
        "blocks": "order in the block",
    },
    "nl": {
        "title": "titel",
        "text": "tekst",
        "details": "toelichting",
        "category": "categorie",
        "categories": "volgorde in de categorie",
        "step": "stap",
        "judgement": "oordeel",
        "reason": "reden",
        "links": "koppelingen",
        "comments": "opmerkingen",
        "retired": "weggelegd",
        "block": "blok",
        "blocks": "volgorde in het blok",
        "goal": "doel",
        "subject": "onderwerp",
        "steps": "stappen",
        "iteration": "iteratie",
        "locked": "op slot",
        "phase": "fase",
        "questions": "vragen",
        "people": "mensen",
        "person": "persoon",
        "restored": "herstelde iteratie",
        "room": "kamer",
    },
}

ANSWERS: Final[Mapping[Language, Mapping[bool, str]]] = {
    "en": {True: "yes", False: "no"},
    "nl": {True: "ja", False: "nee"},
}

ROLES: Final[Mapping[Language, Mapping[str, str]]] = {
    "en": {"facilitator": "facilitator", "participant": "participant", "observer": "observer"},
    "nl": {"facilitator": "begeleider", "participant": "deelnemer", "observer": "toeschouwer"},
}

Told = Mapping[str, Any]
"""A revision with its members by name."""


class Now(NamedTuple):
    """What things and people are called now, by their ids."""

    things: Mapping[str, str]
    people: Mapping[str, str]


def now(canvas: dict[str, Any], people: Mapping[str, str]) -> Now:
    """Take the names from a canvas, and those of people from elsewhere, since no canvas has them."""
    things = {
        **{id_: note["text"] for id_, note in canvas["notes"].items()},
        **{id_: card["title"] for id_, card in (*canvas["retired"].items(), *canvas["activities"].items())},
        **{step["id"]: step["name"] for step in canvas["steps"]},
        **{iteration["id"]: iteration["name"] for iteration in canvas["iterations"]},
    }
    return Now(things, people)


def header(language: Language) -> str:
    """Write the first row, and the mark that goes before it."""
    return sheet.MARK + sheet.row(COLUMNS[language], language)


def row(one: Told, names: Now, language: Language) -> str:
    """Write one revision."""
    thing = one["activity"] or one["note"]
    iteration, by = one["iteration"], one["by"]
    cells = [
        *(one["version"], f"{one['at'][:10]} {one['at'][11:19]}", names.people.get(by, by)),
        *(KINDS[language][one["kind"]], names.things.get(thing or ""), thing, FIELDS[language][one["field"]]),
        *(value(one[side], one, names, language) for side in ("before", "after")),
        *(one["reason"], names.things.get(iteration or "", iteration), one["undoes"]),
    ]
    return sheet.row(cells, language)


def value(given: Any, one: Told, names: Now, language: Language) -> str | None:  # noqa: ANN401 - of any field
    """Say what stood before a revision, or stands after it."""
    match given:
        case None:
            return _absent(one, language)
        case bool():
            return ANSWERS[language][given]
        case list():
            return "; ".join(str(_named(item, names)) for item in given)
        case {"label": label, "ends_at": ends_at}:
            return ", ".join(part for part in (label, ends_at) if part)
        case dict() if one["field"] == "people":
            return ", ".join(f"{names.people.get(who, who)}: {ROLES[language][m['role']]}" for who, m in given.items())
        case str() if one["field"] in {"category", "judgement", "block"}:
            return NAMES[language][given]
        case str() if one["field"] == "person":
            return names.people.get(given, given)
        case str() if one["field"] in {"step", "links", "iteration", "restored", "categories", "blocks"}:
            return names.things.get(given, given)
        case _:
            return given if isinstance(given, str) else json.dumps(given, ensure_ascii=False, sort_keys=True)


def _absent(one: Told, language: Language) -> str | None:
    """What null means, where it means something."""
    if one["activity"] is None:
        return None
    meaning = {"category": "unsorted", "judgement": "unjudged", "step": "product"}.get(one["field"])
    return None if meaning is None else NAMES[language][meaning]


def _named(item: Any, names: Now) -> Any:  # noqa: ANN401 - of any list
    """A step or a question by its words, a thing by its name."""
    if isinstance(item, dict):
        return item.get("name") or item.get("text")
    return names.things.get(item, item)
