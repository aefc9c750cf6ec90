"""The minutes: who was there, what was done when, and what was decided, by whom and why, iteration by iteration.

They are made from the log, so nobody has to take them. A decision is told once, where it came to hold: what was decided
and undecided within one iteration is not in them, nor is how texts were worded.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from domain.vocabulary import Language
from projections.compare import Canvas, differences
from projections.comparison import counted
from projections.dates import moment, span
from projections.decisions import Reader, Stretch, decisions
from projections.document import Block, Bullets, Heading, Line, Ours, Paragraph, Strong, heading, line, phrase
from projections.guideline import WORDS as GUIDELINE
from projections.guideline import as_of, head
from projections.legible import legible
from projections.lifeline import taken_back
from projections.minutes_words import WORDS
from projections.naming import AND, called
from projections.revisions import Revision
from projections.trail import ROLES

UNMINUTED: Final = frozenset(
    {
        *("ActivityReworded", "NoteReworded", "NoteMoved"),
        *("ActivityCommented", "CommentWithdrawn", "CommentRestored"),
    }
)
"""Types of events that the minutes pass over: most of a long log is typing."""

COURSE: Final = {
    *("WorkshopDescribed", "StepsDefined", "StepEntered", "PhaseSet", "WorkshopCopied"),
    *("IterationRestored", "PersonUndone"),
}


class Session(NamedTuple):
    """All that the minutes are made of: the canvas of a version, the stretches of work, people's names.

    `times` has the times of the versions at which iterations were opened and closed, and of the newest.
    """

    canvas: Canvas
    version: int
    stretches: Sequence[Stretch]
    times: Mapping[int, str]
    people: Mapping[str, str]


def minutes(session: Session, language: Language) -> list[Block]:
    """Make the minutes."""
    words = WORDS[language]
    session = session._replace(
        canvas=legible(session.canvas, language),
        stretches=[_legible(stretch, language) for stretch in session.stretches],
    )
    told = [one for stretch in session.stretches for one in stretch.between]
    over = span(told[0].at if told else session.times[session.version], session.times[session.version], language)
    first, *rest = head(session.canvas, language, words["minutes"])
    return [
        first,
        Paragraph(((Ours(words["utc"].format(over)),),)),
        *rest,
        *_present(session, told, language),
        *(block for stretch in session.stretches for block in _stretch(session, stretch, language)),
        as_of(session.version, session.times[session.version], language),
    ]


def _legible(stretch: Stretch, language: Language) -> Stretch:
    name = None if stretch.iteration is None else called(stretch.iteration["name"], language)
    return stretch._replace(
        iteration=None if stretch.iteration is None else {**stretch.iteration, "name": name},
        earlier=legible(stretch.earlier, language),
        later=legible(stretch.later, language),
    )


def _present(session: Session, told: Sequence[Revision], language: Language) -> Iterator[Block]:
    """Everybody who came in, with the role that they have or had last, and when they came."""
    came: dict[str, str] = {}
    roles: dict[str, str] = {}
    for one in told:
        if one.field == "people":
            for who, member in (one.after or one.before or {}).items():
                came.setdefault(who, one.at)
                roles[who] = member["role"]
    known = told[0].at[:10] if told and told[0].at[:10] == session.times[session.version][:10] else ""
    if came:
        yield heading(2, WORDS[language]["present"])
        yield Bullets(
            tuple(
                (_person(session.people.get(who, who), roles[who], moment(at, language, known), language),)
                for who, at in came.items()
            )
        )


def _person(name: str, role: str, since: str, language: Language) -> Line:
    return (Strong(name), Ours(WORDS[language]["since"].format(ROLES[language][role], since)))


def _stretch(session: Session, stretch: Stretch, language: Language) -> Iterator[Block]:
    words, iteration = WORDS[language], stretch.iteration
    found = differences(stretch.earlier, stretch.later, stretch.between)
    course = list(_course(session, stretch, language))
    decided = decisions(stretch, found, Reader(session.people, language, _day(session, stretch)))
    if iteration is None:
        if not course and not decided:
            return
        yield heading(2, words["between" if session.canvas["iterations"] else "alone"])
        yield Paragraph(((Ours(f"{span(stretch.between[0].at, stretch.between[-1].at, language)}."),),))
    else:
        yield Heading(2, line(words["iteration"], iteration["name"]))
        yield Paragraph(tuple(_about(session, stretch, language)))
    yield Paragraph(((Ours(counted(stretch.earlier, stretch.later, found, language)),),))
    if course:
        yield heading(3, words["course"])
        yield Bullets(tuple((one,) for one in course))
    if decided:
        yield heading(3, words["decisions"])
        yield Bullets(tuple(decided))


def _day(session: Session, stretch: Stretch) -> str:
    """The date that is not said again with each time."""
    if stretch.iteration is not None:
        return session.times[stretch.iteration["from"]][:10]
    return stretch.between[0].at[:10] if stretch.between else ""


def _about(session: Session, stretch: Stretch, language: Language) -> Iterator[Line]:
    words, iteration = WORDS[language], stretch.iteration or {}
    opened = session.times[iteration["from"]]
    if iteration["to"] is None:
        yield (Ours(words["running"].format(moment(opened, language))),)
    else:
        yield (Ours(f"{span(opened, session.times[iteration['to']], language)}."),)
    if iteration["goal"]:
        yield line(GUIDELINE[language]["goal"], iteration["goal"])
    for one in stretch.between:
        if one.kind == "IterationClosed" and one.reason:
            yield line(words["although"], one.reason)


def _course(session: Session, stretch: Stretch, language: Language) -> Iterator[Line]:
    """What the workshop was busy with, and what was said about it as a whole."""
    undone = taken_back((one.version, one.undoes) for one in stretch.between if one.undoes is not None)
    day = _day(session, stretch)
    for one in stretch.between:
        if one.kind in COURSE and one.version not in undone and one.undoes is None:
            said = _said(one, session, language)
            if said is not None:
                yield (Ours(f"{moment(one.at, language, day)} "), *said)


def _said(one: Revision, session: Session, language: Language) -> Line | None:
    words = WORDS[language]
    match one.field, one.after:
        case "phase", {"label": label, "ends_at": ends_at}:
            named = line(words["phase"], label) if label else (Ours(words["timer"]),)
            return named if ends_at is None else (*named, Ours(words["until"].format(ends_at[11:16])))
        case "step", str(step):
            names = {each["id"]: each["name"] for each in session.canvas["steps"]}
            return line(words["step"], names.get(step, step))
        case "step", None:
            return (Ours(words["no_step"]),)
        case "steps", [*steps]:
            return line(
                words["steps"],
                phrase([line("{}", called(step["name"], language)) for step in steps], ", ", f" {AND[language]} "),
            )
        case ("title" | "goal" | "subject") as field, str(text) if text:
            return line(words[field], text)
        case "restored", str(iteration):
            names = {each["id"]: each["name"] for each in session.canvas["iterations"]}
            return line(words["iteration_restored"], names.get(iteration, iteration))
        case "person", str(person):
            return line(words["undone"], session.people.get(person, person))
        case "room", _:
            return (Ours(words["copied"]),)
        case _:
            return None
