"""What somebody in a busy workshop does next: one small act, chosen at random, on the canvas as they see it."""

from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Any, Final, NamedTuple, TypeAlias, TypeVar

from server.demo.guest import Guest, new_id
from server.demo.words import COMMENTS, DETAILS, NAMES, NOTES, REASONS, TITLES

Fields: TypeAlias = dict[str, object]
T = TypeVar("T")

MOST_CARDS: Final = 30
"""So many activities a group can still oversee; then it sorts and judges instead of writing more."""

ENOUGH_CARDS: Final = 12
LONGEST: Final = 110
MOST_WORDS: Final = 6


class Act(NamedTuple):
    """One command: its action and its fields. No action: there is nothing to do that kind of thing to."""

    action: str | None = None
    fields: Mapping[str, object] = {}


NOTHING: Final = Act()


class Person:
    """Somebody who acts: a guest, a source of chance, and the card that everybody writes on, which is left whole."""

    def __init__(self, guest: Guest, chance: Random, shared: str) -> None:
        self.guest, self.chance, self.shared = guest, chance, shared

    @property
    def canvas(self) -> dict[str, Any]:
        """The canvas as this person sees it now."""
        return self.guest.held.canvas

    def pick(self, things: Sequence[T]) -> T:
        """Take one of several."""
        return self.chance.choice(things)

    def card(self) -> dict[str, Any] | None:
        """Take a card of the canvas; often the first one, so that people meet there."""
        cards = [card for card in self.canvas["activities"].values() if card["id"] != self.shared]
        if not cards:
            return None
        card: dict[str, Any] = cards[0] if self.chance.random() < 0.3 else self.pick(cards)  # noqa: PLR2004 - a share
        return card

    def next(self) -> Act:
        """Choose what to do."""
        choices, weights = zip(*ACTS, strict=True)
        choose: Callable[[Person], Act] = self.chance.choices(choices, weights)[0]
        return choose(self)


def write(person: Person) -> Act:
    """Add a card, sorted or not."""
    if len(person.canvas["activities"]) >= MOST_CARDS:
        return sort(person)
    category = person.pick(tuple(TITLES))
    fields: Fields = {"activity": new_id(), "title": person.pick(TITLES[category]), "category": category}
    if person.chance.random() < 0.5:  # noqa: PLR2004 - half of the cards start unsorted
        fields["category"] = None
    return Act("add_activity", fields)


def sort(person: Person) -> Act:
    """Put a card into a category, somewhere in its list."""
    card = person.card()
    if card is None:
        return NOTHING
    category = person.pick(tuple(TITLES))
    others = [other for other in person.canvas["categories"][category] if other != card["id"]]
    return Act("move_activity", {"activity": card["id"], "category": category, "after": person.pick([None, *others])})


def judge(person: Person) -> Act:
    """Say whether a card must be done, often why."""
    card = person.card()
    if card is None:
        return NOTHING
    fields: Fields = {"activity": card["id"], "judgement": person.pick(("must_do", "must_do", "not_now"))}
    if person.chance.random() < 0.6:  # noqa: PLR2004 - a share
        fields["reason"] = person.pick(REASONS)
    return Act("judge_activity", fields)


def place(person: Person) -> Act:
    """Put a card at a step, or at the end product."""
    card = person.card()
    steps = [None, *(step["id"] for step in person.canvas["steps"])]
    return Act("place_activity", {"activity": card["id"], "step": person.pick(steps)}) if card else NOTHING


def link(person: Person) -> Act:
    """Link a card to a note, or cut a link."""
    card = person.card()
    if card is None:
        return NOTHING
    if card["links"] and person.chance.random() < 0.2:  # noqa: PLR2004 - a share
        return Act("unlink_activity", {"activity": card["id"], "note": person.pick(card["links"])})
    return Act("link_activity", {"activity": card["id"], "note": person.pick(tuple(person.canvas["notes"]))})


def comment(person: Person) -> Act:
    """Say something about a card."""
    card = person.card()
    if card is None:
        return NOTHING
    fields: Fields = {"activity": card["id"], "comment": new_id(), "text": person.pick(COMMENTS)}
    return Act("comment_on_activity", fields)


def reword(person: Person) -> Act:
    """Put a word into a card's title or details somewhere, while others may do the same; a long text is cut short."""
    card = person.card()
    if card is None:
        return NOTHING
    field = person.pick(("title", "title", "details"))
    words = card[field].split()
    if len(card[field]) > LONGEST:
        words = words[: len(words) // 3]
    words.insert(person.chance.randint(0, len(words)), person.pick(DETAILS))
    text = " ".join(words)
    base = person.guest.held.now
    return Act("reword_activity", {"activity": card["id"], "field": field, "text": text, "base": base})


def huddle(person: Person, card: str) -> Act:
    """Change the title of a given card: at its beginning, where others do the same, or somewhere else."""
    if card not in person.canvas["activities"]:
        return NOTHING
    first, *others = person.canvas["activities"][card]["title"].split()[:MOST_WORDS]
    word = person.pick(DETAILS)
    if person.chance.random() < 0.5:  # noqa: PLR2004 - half of the people meet at the first word
        first = word.capitalize()
    else:
        others.insert(person.chance.randint(0, len(others)), word)
    fields: Fields = {"field": "title", "text": " ".join([first, *others]), "base": person.guest.held.now}
    return Act("reword_activity", {"activity": card, **fields})


def combine(person: Person) -> Act:
    """Make one card of two."""
    one, other = person.card(), person.card()
    if one is None or other is None or one is other or len(person.canvas["activities"]) < ENOUGH_CARDS:
        return NOTHING
    title = f"{one['title']} and {other['title']}"[:LONGEST]
    category = person.pick(tuple(TITLES))
    fields: Fields = {"activities": [one["id"], other["id"]], "into": new_id(), "title": title, "category": category}
    return Act("combine_activities", fields)


def retire(person: Person) -> Act:
    """Put a card away, or bring one back."""
    card, retired = person.card(), tuple(person.canvas["retired"])
    if retired and (card is None or person.chance.random() < 0.4):  # noqa: PLR2004 - a share
        return Act("restore_activity", {"activity": person.pick(retired)})
    if card is None or len(person.canvas["activities"]) < ENOUGH_CARDS:
        return NOTHING
    return Act("retire_activity", {"activity": card["id"], "reason": person.pick(REASONS)})


def note(person: Person) -> Act:
    """Add, reword or move a note of another block."""
    block = person.pick(tuple(NOTES))
    own = [other for other in person.canvas["notes"].values() if other["block"] in NOTES]
    if not own or len(own) < ENOUGH_CARDS:
        return Act("add_note", {"note": new_id(), "block": block, "text": person.pick(NOTES[block])})
    other = person.pick(own)
    if person.chance.random() < 0.5:  # noqa: PLR2004 - a share
        return Act("move_note", {"note": other["id"], "block": block, "after": None})
    text = f"{person.pick(NOTES[block])}, says {person.pick(NAMES)}"
    return Act("reword_note", {"note": other["id"], "text": text, "base": person.guest.held.now})


ACTS: Final[Sequence[tuple[Callable[[Person], Act], int]]] = (
    (write, 14), (sort, 18), (judge, 18), (place, 8), (link, 10), (comment, 6), (reword, 16), (combine, 2), (retire, 3),
    (note, 5),
)  # fmt: skip
"""What people do, and how often."""
