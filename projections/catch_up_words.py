"""What happened since somebody was last here, in a few sentences."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from domain.vocabulary import Language
from projections.catch_up import Kind, News
from projections.naming import NAMES, called, listed

SENTENCES: Final = 8
"""How many are told at most: what weighs less is counted only."""

NAMED: Final = 3
"""How many things a sentence names; the others are counted."""

LETTERS: Final = 60

ONE: Final[Mapping[Language, Mapping[Kind, str]]] = {
    "en": {
        "iteration_closed": "The iteration {} was closed.",
        "iteration_opened": "The iteration {} is under way.",
        "flipped": "One judgement flipped: {}.",
        "yours": "Your activity {} was put away or combined.",
        "retired": "{} was put away.",
        "combined": "{}.",
        "restored": "{} was brought back.",
        "added": "{} was added.",
        "must_do": "{} was judged as must do.",
        "parked": "{} was parked as not relevant now.",
        "cleared": "{} is to be judged again.",
        "title": "The workshop is called {} now.",
        "goal": "The goal is now: {}.",
        "subject": "The subject is now: {}.",
        "value_propositions": "The value proposition is now {}.",
        "step": "The workshop is at the step {} now.",
        "locked": "The canvas is locked.",
        "unlocked": "The canvas can be edited again.",
        "commented": "There is a new comment on {}.",
        "reworded": "{}.",
        "joined": "{} joined.",
    },
    "nl": {
        "iteration_closed": "De iteratie {} is afgesloten.",
        "iteration_opened": "De iteratie {} is aan de gang.",
        "flipped": "Eén oordeel is omgeslagen: {}.",
        "yours": "Jouw activiteit {} is weggelegd of samengevoegd.",
        "retired": "{} is weggelegd.",
        "combined": "{}.",
        "restored": "{} is teruggehaald.",
        "added": "{} kwam erbij.",
        "must_do": "{} is beoordeeld als moet ik doen.",
        "parked": "{} is geparkeerd als nu niet relevant.",
        "cleared": "{} moet opnieuw beoordeeld worden.",
        "title": "De workshop heet nu {}.",
        "goal": "Het doel is nu: {}.",
        "subject": "Het onderwerp is nu: {}.",
        "value_propositions": "De waardepropositie is nu {}.",
        "step": "De workshop is nu bij de stap {}.",
        "locked": "Het canvas staat op slot.",
        "unlocked": "Het canvas kan weer bewerkt worden.",
        "commented": "Er is een nieuwe opmerking bij {}.",
        "reworded": "{}.",
        "joined": "{} kwam erbij.",
    },
}
"""What is told of one. A kind that has no sentence is counted only."""

SEVERAL: Final[Mapping[Language, Mapping[Kind, str]]] = {
    "en": {
        "iteration_closed": "{count} iterations were closed: {}.",
        "flipped": "{count} judgements flipped: {}.",
        "yours": "{count} of your activities were put away or combined: {}.",
        "retired": "{count} activities were put away: {}.",
        "combined": "{count} combinations were made: {}.",
        "restored": "{count} activities were brought back: {}.",
        "added": "{count} activities were added: {}.",
        "must_do": "{count} activities were judged as must do: {}.",
        "parked": "{count} activities were parked as not relevant now: {}.",
        "cleared": "{count} activities are to be judged again: {}.",
        "value_propositions": "The value propositions are now {}.",
        "commented": "There are {count} new comments, on {}.",
        "reworded": "{count} activities were reworded: {}.",
        "joined": "{count} people joined: {}.",
    },
    "nl": {
        "iteration_closed": "{count} iteraties zijn afgesloten: {}.",
        "flipped": "{count} oordelen zijn omgeslagen: {}.",
        "yours": "{count} van jouw activiteiten zijn weggelegd of samengevoegd: {}.",
        "retired": "{count} activiteiten zijn weggelegd: {}.",
        "combined": "{count} keer is er samengevoegd: {}.",
        "restored": "{count} activiteiten zijn teruggehaald: {}.",
        "added": "Er kwamen {count} activiteiten bij: {}.",
        "must_do": "{count} activiteiten zijn beoordeeld als moet ik doen: {}.",
        "parked": "{count} activiteiten zijn geparkeerd als nu niet relevant: {}.",
        "cleared": "{count} activiteiten moeten opnieuw beoordeeld worden: {}.",
        "value_propositions": "De waardeproposities zijn nu {}.",
        "commented": "Er zijn {count} nieuwe opmerkingen, bij {}.",
        "reworded": "{count} activiteiten zijn anders verwoord: {}.",
        "joined": "Er kwamen {count} mensen bij: {}.",
    },
}

WORDS: Final[Mapping[Language, Mapping[str, str]]] = {
    "en": {
        "quoted": "“{}”",
        "flipped": "{} ({})",
        "made": "{} became {}",
        "made_of_several": "{} became {}",
        "named": "{} is now called {}",
        "details": "the details of {} changed",
        "other": "1 other",
        "others": "{} others",
        "whole": "The workshop is at no step in particular now.",
        "no_goal": "There is no goal any more.",
        "no_subject": "There is no subject any more.",
        "no_value": "There is no value proposition any more.",
    },
    "nl": {
        "quoted": "‘{}’",
        "flipped": "{} ({})",
        "made": "{} werd {}",
        "made_of_several": "{} werden {}",
        "named": "{} heet nu {}",
        "details": "de toelichting bij {} is veranderd",
        "other": "1 andere",
        "others": "{} andere",
        "whole": "De workshop is nu bij geen stap in het bijzonder.",
        "no_goal": "Er is geen doel meer.",
        "no_subject": "Er is geen onderwerp meer.",
        "no_value": "Er is geen waardepropositie meer.",
    },
}

NOTHING_LEFT: Final[Mapping[Kind, str]] = {
    "step": "whole",
    "goal": "no_goal",
    "subject": "no_subject",
    "value_propositions": "no_value",
}
"""What is told where the value is gone."""


class Told(NamedTuple):
    """One sentence, and the activities that it is about."""

    kind: Kind
    text: str
    number: int
    activities: tuple[str, ...]

    def as_answered(self) -> dict[str, Any]:
        """Give it as it is answered."""
        return {"kind": self.kind, "text": self.text, "count": self.number, "activities": self.activities}


def told(news: Sequence[News], people: Mapping[str, str], language: Language) -> list[Told]:
    """Tell what weighs most, in its order."""
    sayable = [one for one in news if one.kind in ONE[language]][:SENTENCES]
    return [Told(one.kind, _sentence(one, people, language), one.number, one.activities) for one in sayable]


def _sentence(one: News, people: Mapping[str, str], language: Language) -> str:
    left = NOTHING_LEFT.get(one.kind)
    if left is not None and not any(part[0] for part in one.parts):
        return WORDS[language][left]
    parts = [_part(one.kind, part, people, language) for part in one.parts[:NAMED]]
    more = len(one.parts) - NAMED
    if more > 0:
        parts.append(WORDS[language]["other" if more == 1 else "others"].format(more))
    form = (ONE if len(one.parts) <= 1 and one.number == 1 else SEVERAL)[language].get(one.kind) or ONE[language][
        one.kind
    ]
    sentence = form.format(listed(parts, language), count=one.number)
    return sentence[0].upper() + sentence[1:]


def _part(kind: Kind, part: tuple[str, ...], people: Mapping[str, str], language: Language) -> str:
    words = WORDS[language]
    match kind:
        case "flipped":
            return words["flipped"].format(_quoted(part[0], language), NAMES[language][part[1]])
        case "combined":
            into, *sources = (_quoted(title, language) for title in part)
            form = words["made_of_several" if len(sources) > 1 else "made"]
            return form.format(listed(sources, language), into)
        case "reworded" if part[0] == part[1]:
            return words["details"].format(_quoted(part[0], language))
        case "reworded":
            return words["named"].format(*(_quoted(title, language) for title in part))
        case "joined":
            return people.get(part[0], part[0])
        case "goal" | "subject":
            return _short(part[0]).rstrip(".")
        case _:
            return _quoted(part[0], language)


def _quoted(words: str, language: Language) -> str:
    return WORDS[language]["quoted"].format(_short(called(words, language)))


def _short(words: str) -> str:
    """Words of people in one line, and not too many of them."""
    line = " ".join(words.split())
    return line if len(line) <= LETTERS else f"{line[: LETTERS - 1].rstrip()}…"
