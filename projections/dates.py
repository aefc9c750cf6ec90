"""Days and times as people write them; in UTC, like all of the log, so that the same log gives the same words."""

from collections.abc import Mapping
from typing import Final

from domain.vocabulary import Language

MONTHS: Final[Mapping[Language, tuple[str, ...]]] = {
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    "nl": (
        *("januari", "februari", "maart", "april", "mei", "juni"),
        *("juli", "augustus", "september", "oktober", "november", "december"),
    ),
}


def day(at: str, language: Language) -> str:
    """Write the day of a time: "2 March 2026"."""
    year, month, number = at[:10].split("-")
    return f"{int(number)} {MONTHS[language][int(month) - 1]} {year}"


def moment(at: str, language: Language, known: str = "") -> str:
    """Write a time down, to the minute; its day only where that is another one than is known."""
    return at[11:16] if at[:10] == known else f"{day(at, language)}, {at[11:16]}"


def span(first: str, last: str, language: Language) -> str:
    """From one moment to another; what is the same of both, day or minute, is said once."""
    if first[:16] == last[:16]:
        return moment(first, language)
    dash = "–" if first[:10] == last[:10] else " – "
    return f"{moment(first, language)}{dash}{moment(last, language, first[:10])}"
