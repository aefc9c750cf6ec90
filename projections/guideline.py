"""The guideline: what to do and why, step by step, to be read by those who carry it out.

Who opens it was not at the workshop. So it begins with what customers want, then says for each step what must be done,
why and for which value, and keeps what is not relevant now in sight with its reason. It is made from the canvas; what
that does not have (when iterations were opened and closed, the names of people) comes with it.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from domain.vocabulary import LISTS, UNSORTED, VALUE_PROPOSITIONS, Language
from projections.markdown import paragraphs, text
from projections.naming import NAMES, listed

Canvas = dict[str, Any]

WORDS: Final[Mapping[Language, Mapping[str, str]]] = {
    "en": {
        "goal": "Goal: {}",
        "subject": "What it is about: {}",
        "value": "Why customers want it",
        "do": "What to do",
        "nothing": "Nothing has been judged as must do yet.",
        "why": "Why: {}",
        "for": "For: {}",
        "parked": "Not relevant now",
        "open": "Still to be judged",
        "iterations": "Iterations",
        "running": "{} until now",
        "closed": "{} to {}",
        "although": "Closed early: {}",
        "people": "Made by",
        "as_of": "As of version {}, {}.",
    },
    "nl": {
        "goal": "Doel: {}",
        "subject": "Waar het over gaat: {}",
        "value": "Waarom klanten het willen",
        "do": "Wat we doen",
        "nothing": "Er is nog niets beoordeeld als moet ik doen.",
        "why": "Waarom: {}",
        "for": "Voor: {}",
        "parked": "Nu niet relevant",
        "open": "Nog te beoordelen",
        "iterations": "Iteraties",
        "running": "{} tot nu",
        "closed": "{} tot {}",
        "although": "Eerder afgesloten: {}",
        "people": "Gemaakt door",
        "as_of": "Stand bij versie {}, {}.",
    },
}


class Course(NamedTuple):
    """When an iteration was opened and closed, as dates, and why all the same where it was not finished."""

    opened: str
    closed: str | None
    although: str | None


class Report(NamedTuple):
    """All that the guideline is made of: the canvas of a version, its date, the iterations' course, people's names."""

    canvas: Canvas
    version: int
    date: str
    courses: Mapping[str, Course]
    people: Mapping[str, str]


def guideline(report: Report, language: Language) -> str:
    """Write the guideline."""
    parts = [
        *_head(report.canvas, language),
        *_must(report.canvas, language),
        *_group("parked", report.canvas, "not_now", language),
        *_group("open", report.canvas, None, language),
        *_iterations(report, language),
        *_people(report, language),
        WORDS[language]["as_of"].format(report.version, report.date),
    ]
    return "\n\n".join(parts) + "\n"


def _head(canvas: Canvas, language: Language) -> Iterator[str]:
    words = WORDS[language]
    yield f"# {text(canvas['title'])}"
    for field in ("subject", "goal"):
        if canvas[field]:
            yield words[field].format(paragraphs(canvas[field]))
    values = [canvas["notes"][note]["text"] for note in canvas["blocks"][VALUE_PROPOSITIONS]]
    if values:
        yield f"## {words['value']}"
        yield _bullets([text(value) for value in values])


def _must(canvas: Canvas, language: Language) -> Iterator[str]:
    """What must be done, by step and category: first for the end product as a whole."""
    yield f"## {WORDS[language]['do']}"
    found = False
    for step in (None, *canvas["steps"]):
        heading = NAMES[language]["product"] if step is None else text(step["name"])
        for category in LISTS:
            items = _judged(canvas, category, "must_do", None if step is None else step["id"])
            if not items:
                continue
            if heading:
                yield f"### {heading}"
                heading = ""
            yield f"#### {NAMES[language][category]}"
            yield _bullets([_item(activity, canvas, language) for activity in items])
            found = True
    if not found:
        yield WORDS[language]["nothing"]


def _judged(canvas: Canvas, category: str, judgement: str | None, *step: str | None) -> list[dict[str, Any]]:
    """The activities of a category that are judged so, at a step where one is given."""
    activities = [canvas["activities"][id_] for id_ in canvas["categories"][category]]
    return [one for one in activities if one["judgement"] == judgement and (not step or one["step"] == step[0])]


def _group(heading: str, canvas: Canvas, judgement: str | None, language: Language) -> Iterator[str]:
    """Activities that are not to be done now, or not judged yet: each with its place."""
    items = [
        _item(activity, canvas, language, place=_place(activity, canvas, language))
        for category in LISTS
        for activity in _judged(canvas, category, judgement)
    ]
    if items:
        yield f"## {WORDS[language][heading]}"
        yield _bullets(items)


def _place(activity: dict[str, Any], canvas: Canvas, language: Language) -> str:
    names = {step["id"]: text(step["name"]) for step in canvas["steps"]}
    step = names.get(activity["step"], NAMES[language]["product"])
    return f"{NAMES[language][activity['category'] or UNSORTED]}, {step}"


def _item(activity: dict[str, Any], canvas: Canvas, language: Language, place: str = "") -> str:
    words = WORDS[language]
    lines = [f"**{text(activity['title'])}**" + (f" ({place})" if place else "")]
    if activity["details"]:
        lines.append(paragraphs(activity["details"], "  "))
    if activity["reason"]:
        lines.append("  " + words["why"].format(text(activity["reason"])))
    serves = [text(canvas["notes"][note]["text"]) for note in activity["links"]]
    if serves:
        lines.append("  " + words["for"].format("; ".join(serves)))
    return "\\\n".join(lines)


def _iterations(report: Report, language: Language) -> Iterator[str]:
    words = WORDS[language]
    items: list[str] = []
    for iteration in report.canvas["iterations"]:
        course = report.courses[iteration["id"]]
        dates = words["running" if course.closed is None else "closed"].format(course.opened, course.closed)
        lines = [f"**{text(iteration['name'])}** ({dates})"]
        if iteration["goal"]:
            lines.append("  " + words["goal"].format(text(iteration["goal"])))
        if course.although:
            lines.append("  " + words["although"].format(text(course.although)))
        items.append("\\\n".join(lines))
    if items:
        yield f"## {words['iterations']}"
        yield _bullets(items)


def _people(report: Report, language: Language) -> Iterator[str]:
    """Those who have a say in the room now; observers look on."""
    makers = [who for who, member in report.canvas["people"].items() if member["role"] != "observer"]
    if makers:
        yield f"## {WORDS[language]['people']}"
        yield listed([text(report.people.get(who, who)) for who in makers], language)


def _bullets(items: Sequence[str]) -> str:
    return "\n".join(f"- {item}" for item in items)
