"""What was decided about activities in one stretch of work, by whom, when and why.

A decision is told once, with the event by which it came to hold: that an activity came, went or was combined, and how
it is judged. What was decided and undecided within the stretch is not told.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from domain.vocabulary import Language
from projections.compare import Canvas, Difference, Kind
from projections.dates import moment
from projections.document import Line, Ours, Strong, line, phrase
from projections.minutes_words import WORDS
from projections.naming import AND, NAMES
from projections.revisions import Revision

DECISIONS: Final[tuple[Kind, ...]] = ("added", "combined", "restored", "retired", "judged")


class Stretch(NamedTuple):
    """What led up to the end of an iteration, from the end of the one before it; or up to now, in none."""

    iteration: Mapping[str, Any] | None
    earlier: Canvas
    later: Canvas
    between: Sequence[Revision]


class Decision(NamedTuple):
    """All that was decided about one activity, and the version by which it came to hold."""

    version: int
    activity: str
    found: Mapping[Kind, Difference]


class Reader(NamedTuple):
    """To whom it is told: what people are called, in which language, and the date that goes without saying."""

    people: Mapping[str, str]
    language: Language
    day: str


def decisions(stretch: Stretch, found: Sequence[Difference], reader: Reader) -> list[tuple[Line, ...]]:
    """Tell what was decided, in the order in which it came to hold."""
    at = {one.version: one for one in reversed(stretch.between)}
    return [
        (
            (*_what(one, stretch, reader.language), *_who(at.get(one.version), reader)),
            *_why(one, stretch, reader.language),
        )
        for one in _decided(stretch, found)
    ]


def _decided(stretch: Stretch, found: Sequence[Difference]) -> list[Decision]:
    judged = {one.activity: one.version for one in stretch.between if one.field in {"judgement", "reason"}}
    of: dict[str, dict[Kind, Difference]] = {}
    for one in found:
        if one.kind in DECISIONS:
            of.setdefault(one.activity, {})[one.kind] = one
    made = [
        Decision(
            max(
                *(version for one in own.values() for version in one.versions),
                judged.get(id_, 0) if id_ in stretch.later["activities"] else 0,
                0,
            ),
            id_,
            own,
        )
        for id_, own in of.items()
    ]
    return sorted(made, key=lambda one: one.version)


def _what(one: Decision, stretch: Stretch, language: Language) -> Line:
    words = WORDS[language]
    said: list[Line] = [(Ours(words[kind]),) for kind in ("added", "restored", "retired") if kind in one.found]
    if "combined" in one.found:
        sources = [(Strong(source["title"]),) for source in one.found["combined"].before]
        said.append(line(words["combined"], phrase(sources, ", ", f" {AND[language]} ")))
    judged = _judged(one.activity, stretch, language)
    if judged:
        said.append((Ours(judged),))
    shown = stretch.later["activities"].get(one.activity) or stretch.earlier["activities"][one.activity]
    return (Strong(shown["title"]), Ours(": "), *phrase(said, ", ", ", "))


def _judged(id_: str, stretch: Stretch, language: Language) -> str:
    """The judgement that came to hold, behind the one that held before, if any did."""
    later = stretch.later["activities"].get(id_)
    if later is None:
        return ""
    earlier = stretch.earlier["activities"].get(id_) or stretch.earlier["retired"].get(id_) or UNJUDGED
    names = NAMES[language]
    before, after = (names[judgement or "unjudged"] for judgement in (earlier["judgement"], later["judgement"]))
    if before != after:
        return f"{before} → {after}" if earlier["judgement"] else after
    return after if later["judgement"] and earlier["reason"] != later["reason"] else ""


UNJUDGED: Final[Mapping[str, None]] = {"judgement": None, "reason": None}


def _who(one: Revision | None, reader: Reader) -> Line:
    """Who made it so, and when."""
    if one is None:
        return ()
    if one.by is None:
        return (Ours(f" ({moment(one.at, reader.language, reader.day)})"),)
    return line(f" ({{}}, {moment(one.at, reader.language, reader.day)})", reader.people.get(one.by, one.by))


def _why(one: Decision, stretch: Stretch, language: Language) -> list[Line]:
    later = stretch.later["activities"].get(one.activity)
    reason = one.found["retired"].reason if later is None else later["reason"]
    return [line(WORDS[language]["reason"], reason)] if reason else []
