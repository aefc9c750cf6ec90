"""A comparison in words: one sentence first, then what was added, retired, combined and so on, each group by itself."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from domain.vocabulary import Language
from projections import sheet
from projections.compare import KINDS, Canvas, Difference, Kind
from projections.markdown import text
from projections.naming import NAMES, called, listed
from projections.outcome import Group, outcome

COUNTED: Final[Mapping[Language, Mapping[str, tuple[str, str]]]] = {
    "en": {
        "added": ("1 added", "{} added"),
        "retired": ("1 put away", "{} put away"),
        "restored": ("1 brought back", "{} brought back"),
        "combined": ("1 combined", "{} combined"),
        "must_do": ("1 judged as must do", "{} judged as must do"),
        "parked": ("1 parked", "{} parked"),
        "flipped": ("1 judgement flipped", "{} judgements flipped"),
        "cleared": ("1 judgement taken back", "{} judgements taken back"),
        "reasoned": ("1 judged for another reason", "{} judged for another reason"),
        "reworded": ("1 text reworded", "{} texts reworded"),
        "moved": ("1 in another category", "{} in another category"),
        "placed": ("1 at another step", "{} at another step"),
        "linked": ("1 link made", "{} links made"),
        "unlinked": ("1 link removed", "{} links removed"),
    },
    "nl": {
        "added": ("1 erbij", "{} erbij"),
        "retired": ("1 weggelegd", "{} weggelegd"),
        "restored": ("1 teruggehaald", "{} teruggehaald"),
        "combined": ("1 samengevoegd", "{} samengevoegd"),
        "must_do": ("1 beoordeeld als moet ik doen", "{} beoordeeld als moet ik doen"),
        "parked": ("1 geparkeerd", "{} geparkeerd"),
        "flipped": ("1 oordeel omgeslagen", "{} oordelen omgeslagen"),
        "cleared": ("1 oordeel ingetrokken", "{} oordelen ingetrokken"),
        "reasoned": ("1 om een andere reden beoordeeld", "{} om een andere reden beoordeeld"),
        "reworded": ("1 tekst anders verwoord", "{} teksten anders verwoord"),
        "moved": ("1 naar een andere categorie", "{} naar een andere categorie"),
        "placed": ("1 bij een andere stap", "{} bij een andere stap"),
        "linked": ("1 koppeling gelegd", "{} koppelingen gelegd"),
        "unlinked": ("1 koppeling weggehaald", "{} koppelingen weggehaald"),
    },
}
"""What is counted in the sentence, in its order: one of it, and several."""

GROUPS: Final[Mapping[Language, Mapping[Kind, str]]] = {
    "en": {
        "added": "Added",
        "retired": "Put away",
        "restored": "Brought back",
        "combined": "Combined",
        "judged": "Judged",
        "reworded": "Reworded",
        "moved": "In another category",
        "placed": "At another step",
        "linked": "Links made",
        "unlinked": "Links removed",
    },
    "nl": {
        "added": "Erbij",
        "retired": "Weggelegd",
        "restored": "Teruggehaald",
        "combined": "Samengevoegd",
        "judged": "Beoordeeld",
        "reworded": "Anders verwoord",
        "moved": "Naar een andere categorie",
        "placed": "Bij een andere stap",
        "linked": "Koppelingen gelegd",
        "unlinked": "Koppelingen weggehaald",
    },
}

WORDS: Final[Mapping[Language, Mapping[str, str]]] = {
    "en": {
        "heading": "{title}: from {one} to {other}",
        "same": "Nothing is different.",
        "from": "from {sources}",
        "columns": "Change|Activity|Id|Field|Before|After|By|Reason|Versions",
    },
    "nl": {
        "heading": "{title}: van {one} naar {other}",
        "same": "Er is niets anders.",
        "from": "uit {sources}",
        "columns": "Verandering|Activiteit|Id|Veld|Voor|Na|Door|Reden|Versies",
    },
}


class Hand(NamedTuple):
    """How a title is set apart from the words around it, and how a text is written so that it stands as it is."""

    title: Callable[[str], str]
    text: Callable[[str], str]


MARKED: Final = Hand(lambda title: f"**{text(title)}**", text)
PLAIN: Final[Mapping[Language, Hand]] = {
    "en": Hand(lambda title: f"“{title}”", str),
    "nl": Hand(lambda title: f"‘{title}’", str),
}

JUDGED: Final[tuple[Group, ...]] = ("must_do", "parked", "flipped", "cleared")
"""What is counted of judgements."""


class Side(NamedTuple):
    """One of the two canvases, with its version and the iteration by which it was asked for."""

    canvas: Canvas
    version: int
    iteration: str | None


class Comparison(NamedTuple):
    """Two canvases and what lies between them; `people` has the names of the participants."""

    one: Side
    other: Side
    found: Sequence[Difference]
    people: Mapping[str, str]


def sentence(found: Sequence[Difference], language: Language) -> str:
    """Say in one sentence how much is different."""
    return _sentence(Counter(_counted_as(one) for one in found), language)


def counted(earlier: Canvas, later: Canvas, found: Sequence[Difference], language: Language) -> str:
    """Say how much came of a stretch of time, the judgements of what is new included."""
    counts = Counter(_counted_as(one) for one in found)
    judged = outcome(earlier, later, found)
    return _sentence({**counts, **{name: len(judged.get(name, ())) for name in JUDGED}}, language)


def _sentence(counts: Mapping[str, int], language: Language) -> str:
    forms = COUNTED[language]
    parts = [forms[name][counts[name] > 1].format(counts[name]) for name in forms if counts.get(name)]
    return f"{listed(parts, language)}." if parts else WORDS[language]["same"]


def markdown(comparison: Comparison, language: Language) -> str:
    """Write it as a document."""
    sides = [_side_name(side, language) for side in (comparison.one, comparison.other)]
    title = comparison.other.canvas["title"] or comparison.one.canvas["title"]
    if comparison.other.version or comparison.one.version:  # before the first event the workshop had no title yet
        title = called(title, language)
    heading = WORDS[language]["heading"].format(title=text(title), one=text(sides[0]), other=text(sides[1]))
    lines = [f"# {heading}", "", sentence(comparison.found, language)]
    for kind, group in GROUPS[language].items():
        items = [one for one in comparison.found if one.kind == kind]
        if items:
            lines += ["", f"## {group}", "", *(f"- {_item(one, comparison, language, MARKED)}" for one in items)]
    return "\n".join(lines) + "\n"


def words(one: Difference, comparison: Comparison, language: Language) -> str:
    """Say one difference in plain words: of which activity, from what to what, by whom, and why."""
    return _item(one, comparison, language, PLAIN[language])


def table(comparison: Comparison, language: Language) -> str:
    """Write it as a table, the groups one below the other."""
    rows: list[Sequence[str | None]] = [WORDS[language]["columns"].split("|")]
    for one in sorted(comparison.found, key=lambda one: KINDS.index(one.kind)):
        before, after = (_value(value, one, comparison, language) for value in (one.before, one.after))
        field = None if one.field is None else NAMES[language].get(one.field, GROUPS[language][one.kind])
        versions = " ".join(map(str, one.versions))
        rows.append(
            [
                *(
                    GROUPS[language][one.kind],
                    called(_title(one.activity, comparison), language),
                    one.activity,
                    field,
                    before,
                    after,
                ),
                *(_by(one, comparison, language), one.reason, versions),
            ]
        )
    return sheet.MARK + "".join(sheet.row(cells, language) for cells in rows)


def _counted_as(one: Difference) -> str:
    if one.kind != "judged":
        return one.kind
    if one.before == one.after:
        return "reasoned"
    if one.after is None:
        return "cleared"
    if one.before is not None:
        return "flipped"
    return "parked" if one.after == "not_now" else "must_do"


def _side_name(side: Side, language: Language) -> str:
    for iteration in side.canvas["iterations"]:
        if iteration["id"] == side.iteration:
            return called(iteration["name"], language)
    return NAMES[language]["version"].format(version=side.version)


def _item(one: Difference, comparison: Comparison, language: Language, hand: Hand) -> str:
    names = NAMES[language]
    parts = [hand.title(called(_title(one.activity, comparison), language))]
    if one.kind == "combined":
        sources = listed([hand.title(called(source["title"], language)) for source in one.before], language)
        parts.append(f" {WORDS[language]['from'].format(sources=sources)}")
    elif one.field == "details":
        parts.append(f" ({names['details']})")
    elif one.field is not None:
        before, after = (_value(value, one, comparison, language) for value in (one.before, one.after))
        values = [hand.text(value or names["nothing"]) for value in (before, after) if value or one.field != "links"]
        parts.append(f": {' → '.join(values)}")
    parts.append(f" ({names['by'].format(who=hand.text(_by(one, comparison, language)))})")
    if one.reason:
        parts.append(f". {names['reason'].format(reason=text(one.reason))}")
    return "".join(parts)


def _by(one: Difference, comparison: Comparison, language: Language) -> str:
    who = [comparison.people.get(participant, participant) for participant in one.by]
    return listed(who, language) or NAMES[language]["nobody"]


def _title(activity: str, comparison: Comparison) -> str:
    for canvas in (comparison.other.canvas, comparison.one.canvas):
        for where in ("activities", "retired"):
            if activity in canvas[where]:
                return str(canvas[where][activity]["title"])
    return activity


def _value(value: Any, one: Difference, comparison: Comparison, language: Language) -> str | None:  # noqa: ANN401 - of any field
    names = NAMES[language]
    match one.field:
        case None:
            return "; ".join(called(title, language) for title in _titles(value)) or None
        case "judgement":
            return names[value or "unjudged"]
        case "category":
            return names[value or "unsorted"]
        case "step":
            steps = {step["id"]: step["name"] for side in comparison[:2] for step in side.canvas["steps"]}
            return called(str(steps.get(value, value)), language) if value else names["product"]
        case "links" if value:
            notes = {**comparison.one.canvas["notes"], **comparison.other.canvas["notes"]}
            return called(notes[value]["text"], language) if value in notes else str(value)
        case "title":
            return called(value, language)
        case _:
            return None if value is None else str(value)


def _titles(value: Any) -> Iterator[str]:  # noqa: ANN401 - an activity, several, or none
    if isinstance(value, dict):
        yield value["title"]
    elif value:
        yield from (activity["title"] for activity in value)
