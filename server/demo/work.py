"""The busy part of the play: everybody acts at once, for a while, on the same canvas."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from secrets import SystemRandom
from typing import Final, TypeAlias

from server.demo.acts import Person, huddle
from server.demo.calls import wrong
from server.demo.guest import Ending, Guest

Out: TypeAlias = Callable[[str], None]

UNDERSTOOD: Final = frozenset(
    {
        "activity_retired",
        "changed_since",
        "nothing_to_redo",
        "nothing_to_undo",
        "text_too_long",
        "unknown_activity",  # its adding was taken back meanwhile
        "unknown_note",
    }
)
"""Refusals that people bring about by working on the same things at once."""

BETWEEN_ACTS: Final = 0.08
"""Seconds that somebody waits between two acts, on average; longer in a crowd, whose clients all run in here."""

CROWD: Final = 8
LINE_BREAKS_EVERY: Final = 2.0
HUDDLE_EVERY: Final = 1.0
LONGEST_LIST: Final = 3_600


@dataclass
class Play:
    """A play in progress: who is in it, what they wrote on the shared card, and what happened so far."""

    room: str
    facilitator: Guest
    guests: list[Guest]
    sponsor: Guest
    shared: str = ""
    marks: list[str] = field(default_factory=list)
    refused: int = 0
    undone: int = 0

    @property
    def everybody(self) -> list[Guest]:
        """All who hold a canvas: those who edit and the one who looks on."""
        return [self.facilitator, *self.guests, self.sponsor]


async def work(current: Play, seconds: float, out: Out) -> None:
    """Have everybody act for some seconds, one of them over a bad line. Raises WrongError at the first wrong thing."""
    end = time.monotonic() + seconds
    chance = SystemRandom()
    people = [Person(guest, chance, current.shared) for guest in current.guests]
    try:
        async with asyncio.TaskGroup() as group:
            for person in people:
                group.create_task(_act(current, person, end))
            group.create_task(_huddles(current, people, end))
            group.create_task(_bad_line(current.guests[-1], end))
            group.create_task(_report(current, end, seconds, out))
    except ExceptionGroup as failed:
        raise failed.exceptions[0] from None


async def _act(current: Play, person: Person, end: float) -> None:
    pause = BETWEEN_ACTS * max(1, len(current.guests) / CROWD)
    while time.monotonic() < end:
        person.guest.check()
        if person.chance.random() < 0.1:  # noqa: PLR2004 - a share
            await _write_on_the_shared_card(current, person)
        else:
            action, fields = person.next()
            if action is None:
                continue
            ending = _understood(current, action, await person.guest.do(action, **fields))
            if ending.outcome == "accepted" and person.chance.random() < 0.08:  # noqa: PLR2004 - a share
                await _take_back(current, person)
        await asyncio.sleep(pause * person.chance.uniform(0.5, 1.5))


async def _write_on_the_shared_card(current: Play, person: Person) -> None:
    """Add a mark at the end of the one text that everybody adds to at the same time: none may get lost."""
    text = person.canvas["activities"][current.shared]["details"]
    if len(text) > LONGEST_LIST:
        return
    mark = f"{person.guest.name}-{len(current.marks):04}."
    current.marks.append(mark)
    fields = {"activity": current.shared, "field": "details", "text": f"{text} {mark}", "base": person.guest.held.now}
    await must(person.guest, "reword_activity", **fields)


async def _take_back(current: Play, person: Person) -> None:
    ending = _understood(current, "undo", await person.guest.do("undo"))
    current.undone += ending.outcome == "accepted"
    if ending.outcome == "accepted" and person.chance.random() < 0.4:  # noqa: PLR2004 - a share
        _understood(current, "redo", await person.guest.do("redo"))


async def _huddles(current: Play, people: list[Person], end: float) -> None:
    """Have everybody change one title in the same moment, again and again, none of them knowing of the others."""
    while (left := end - time.monotonic()) > 0:
        await asyncio.sleep(min(HUDDLE_EVERY, left))
        card = people[0].card()
        acts = [(person.guest, huddle(person, card["id"])) for person in people] if card else []
        for ending in await asyncio.gather(*(guest.do(action, **fields) for guest, (action, fields) in acts if action)):
            _understood(current, "reword_activity", ending)


async def _bad_line(guest: Guest, end: float) -> None:
    """Cut one person's connection again and again; with it everything comes out as without."""
    while (left := end - time.monotonic()) > 0:
        await asyncio.sleep(min(LINE_BREAKS_EVERY, left))
        guest.cut()


async def _report(current: Play, end: float, seconds: float, out: Out) -> None:
    while (left := end - time.monotonic()) > 0:
        await asyncio.sleep(min(1.0, left))
        canvas = current.facilitator.held.canvas
        judged = sum(card["judgement"] is not None for card in canvas["activities"].values())
        welcomes = current.guests[-1].welcomes
        out(
            f"{seconds - max(0.0, end - time.monotonic()):5.1f} s  {current.facilitator.held.now} events  "
            f"{len(canvas['activities'])} activities, {judged} judged, {len(canvas['retired'])} retired  "
            f"{current.undone} undone  {current.refused} refused  {welcomes - 1} reconnections"
        )


async def must(guest: Guest, action: str, **fields: object) -> None:
    """Do what has to be accepted. Raises WrongError where it is not."""
    ending = await guest.do(action, **fields)
    if ending.outcome != "accepted":
        wrong(f"{guest.name}: {action} was {ending.outcome}: {ending.data.get('message', ending.code)}")


def _understood(current: Play, action: str, ending: Ending) -> Ending:
    if ending.outcome == "rejected":
        current.refused += 1
        if ending.code not in UNDERSTOOD:
            wrong(f"{action} was rejected: {ending.code}, {ending.data.get('message')}")
    return ending
