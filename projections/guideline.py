"""The guideline: what to do and why, step by step, to be read by those who carry it out.

Who opens it was not at the workshop. So it begins with what customers want, then says for each step what must be done,
why and for which value, and keeps what is not relevant now in sight with its reason. It is made from the canvas; what
that does not have (when iterations were opened and closed, the names of people) comes with it.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from domain.vocabulary import LISTS, UNSORTED, VALUE_PROPOSITIONS, Language
from projections.dates import day
from projections.document import Block, Bullets, Heading, Line, Ours, Paragraph, Strong, heading, line, lines, phrase
from projections.legible import legible
from projections.naming import AND, NAMES

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
    """When an iteration was opened and closed, and why all the same where it was not finished."""

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


def guideline(report: Report, language: Language) -> list[Block]:
    """Make the guideline."""
    report = report._replace(canvas=legible(report.canvas, language))
    return [
        *head(report.canvas, language),
        *_must(report.canvas, language),
        *_group("parked", report.canvas, "not_now", language),
        *_group("open", report.canvas, None, language),
        *_iterations(report, language),
        *_people(report, language),
        as_of(report.version, report.date, language),
    ]


def as_of(version: int, at: str, language: Language) -> Paragraph:
    """Say of which version a document is."""
    return Paragraph(((Ours(WORDS[language]["as_of"].format(version, day(at, language))),),))


def head(canvas: Canvas, language: Language, form: str = "{}") -> Iterator[Block]:
    """Say what the workshop is about, under its title, and why customers want it."""
    words = WORDS[language]
    yield Heading(1, line(form, canvas["title"]))
    for field in ("subject", "goal"):
        if canvas[field]:
            yield Paragraph(lines(canvas[field], words[field]))
    values = [canvas["notes"][note]["text"] for note in canvas["blocks"][VALUE_PROPOSITIONS]]
    if values:
        yield heading(2, words["value"])
        yield Bullets(tuple((line("{}", value),) for value in values))


def _must(canvas: Canvas, language: Language) -> Iterator[Block]:
    """What must be done, by step and category: first for the end product as a whole."""
    yield heading(2, WORDS[language]["do"])
    found = False
    for step in (None, *canvas["steps"]):
        named: Heading | None = Heading(
            3, (Ours(NAMES[language]["product"]),) if step is None else line("{}", step["name"])
        )
        for category in LISTS:
            items = _judged(canvas, category, "must_do", None if step is None else step["id"])
            if not items:
                continue
            if named is not None:
                yield named
                named = None
            yield heading(4, NAMES[language][category])
            yield Bullets(tuple(_item(activity, canvas, language) for activity in items))
            found = True
    if not found:
        yield Paragraph(((Ours(WORDS[language]["nothing"]),),))


def _judged(canvas: Canvas, category: str, judgement: str | None, *step: str | None) -> list[dict[str, Any]]:
    """The activities of a category that are judged so, at a step where one is given."""
    activities = [canvas["activities"][id_] for id_ in canvas["categories"][category]]
    return [one for one in activities if one["judgement"] == judgement and (not step or one["step"] == step[0])]


def _group(name: str, canvas: Canvas, judgement: str | None, language: Language) -> Iterator[Block]:
    """Activities that are not to be done now, or not judged yet: each with its place."""
    items = tuple(
        _item(activity, canvas, language, place=_place(activity, canvas, language))
        for category in LISTS
        for activity in _judged(canvas, category, judgement)
    )
    if items:
        yield heading(2, WORDS[language][name])
        yield Bullets(items)


def _place(activity: dict[str, Any], canvas: Canvas, language: Language) -> Line:
    names = {step["id"]: line("{}", step["name"]) for step in canvas["steps"]}
    step = names.get(activity["step"], (Ours(NAMES[language]["product"]),))
    return line(f" ({NAMES[language][activity['category'] or UNSORTED]}, {{}})", step)


def _item(activity: dict[str, Any], canvas: Canvas, language: Language, place: Line = ()) -> tuple[Line, ...]:
    words = WORDS[language]
    made: list[Line] = [(Strong(activity["title"]), *place)]
    if activity["details"]:
        made += lines(activity["details"])
    if activity["reason"]:
        made.append(line(words["why"], activity["reason"]))
    serves = [line("{}", canvas["notes"][note]["text"]) for note in activity["links"]]
    if serves:
        made.append(line(words["for"], phrase(serves, "; ", "; ")))
    return tuple(made)


def _iterations(report: Report, language: Language) -> Iterator[Block]:
    words = WORDS[language]
    items: list[tuple[Line, ...]] = []
    for iteration in report.canvas["iterations"]:
        course = report.courses[iteration["id"]]
        dates = _dates(course, language)
        made: list[Line] = [(Strong(iteration["name"]), Ours(f" ({dates})"))]
        if iteration["goal"]:
            made.append(line(words["goal"], iteration["goal"]))
        if course.although:
            made.append(line(words["although"], course.although))
        items.append(tuple(made))
    if items:
        yield heading(2, words["iterations"])
        yield Bullets(tuple(items))


def _dates(course: Course, language: Language) -> str:
    opened = day(course.opened, language)
    if course.closed is None:
        return WORDS[language]["running"].format(opened)
    closed = day(course.closed, language)
    return opened if opened == closed else WORDS[language]["closed"].format(opened, closed)


def _people(report: Report, language: Language) -> Iterator[Block]:
    """Those who have a say in the room now; observers look on."""
    makers = [who for who, member in report.canvas["people"].items() if member["role"] != "observer"]
    if makers:
        yield heading(2, WORDS[language]["people"])
        named = [line("{}", report.people.get(who, who)) for who in makers]
        yield Paragraph((phrase(named, ", ", f" {AND[language]} "),))
