"""What must hold when the workshop is over, looked at from outside: one canvas for all, a whole log, nothing twice."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from projections import canvas as canvases
from projections.patch import apply
from server.demo.calls import Calls, wrong
from server.demo.guest import Guest
from server.demo.held import digest_of
from server.demo.work import Out, Play
from server.storage.codec import BEGINNING, canonical

Event = dict[str, Any]


async def check_all(calls: Calls, token: str, play: Play, out: Out) -> None:
    """Compare all that anybody holds, and say what was found. Raises WrongError at the first thing that is wrong."""
    guests = play.everybody
    for guest in guests:
        guest.check()
    answer = await calls.get(f"/api/rooms/{play.room}/canvas", token)
    same_canvas(answer, guests)
    out(f"{len(guests)} canvases equal each other and the server's, at version {answer['version']}.")
    events = await calls.events(play.room, token)
    _whole(events, answer)
    out(f"{len(events)} events without a gap, their digests chained, their changes fold to that canvas.")
    commands = sum(exactly_once(guest, events) for guest in guests)
    out(f"{commands} accepted commands, each in the log exactly once; no refused one is.")
    nothing_lost(answer["canvas"], play.shared, play.marks)
    merged = sum(event["data"].get("merged", False) for event in events)
    out(f"{len(play.marks)} marks on the card that everybody wrote on, none lost; {merged} rewordings met an overlap.")


def same_canvas(answer: dict[str, Any], guests: Sequence[Guest]) -> None:
    """Compare everybody's canvas with the server's."""
    expected = canonical(answer["canvas"])
    for guest in guests:
        if guest.held.version != answer["version"] or canonical(guest.held.canvas) != expected:
            wrong(f"{guest.name} holds another canvas than the server, at version {guest.held.version}.")


def _whole(events: Sequence[Event], answer: dict[str, Any]) -> None:
    digest, held = BEGINNING, canvases.initial()
    for version, event in enumerate(events, 1):
        if event["version"] != version:
            wrong(f"The log has event {event['version']} where {version} should stand.")
        if event["digest"] != (digest := digest_of(digest, event)):
            wrong(f"The chain of digests breaks at event {version}.")
        apply(held, event["changes"])
    if len(events) != answer["version"] or canonical(held) != canonical(answer["canvas"]):
        wrong("The log's changes do not fold to the server's canvas.")


def exactly_once(guest: Guest, events: Sequence[Event]) -> int:
    """Count a guest's accepted commands, each of which has its events in the log, together, and was seen once."""
    logged: dict[str, list[int]] = {}
    for event in events:
        if event["by"] == guest.participant and event["command"] is not None:
            logged.setdefault(event["command"], []).append(event["version"])
    accepted = {command: ending.versions for command, ending in guest.endings.items() if ending.outcome == "accepted"}
    if {command: tuple(versions) for command, versions in logged.items()} != accepted:
        wrong(f"{guest.name}: the accepted commands are not those that stand in the log.")
    if any(later != earlier + 1 for versions in logged.values() for earlier, later in pairwise(versions)):
        wrong(f"{guest.name}: the events of one command do not stand together.")
    if any(times > 1 for times in guest.seen.values()):
        wrong(f"{guest.name}: a command's events came more than once.")
    return len(accepted)


def nothing_lost(canvas: dict[str, Any], shared: str, marks: Sequence[str]) -> None:
    """Look for each mark on the card that everybody wrote on: it stands there once."""
    text = canvas["activities"][shared]["details"]
    lost = [mark for mark in marks if text.count(mark) != 1]
    if lost:
        wrong(f"{len(lost)} of {len(marks)} marks that people wrote are lost or doubled: {lost[:5]}")
