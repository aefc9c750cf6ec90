"""The play: a facilitator opens a room, people work in it all at once, and the facilitator brings it to a close."""

import asyncio
from typing import Any

from server.demo.calls import Calls, WrongError, wrong
from server.demo.checks import check_all
from server.demo.guest import Guest, new_id
from server.demo.words import NAMES, REASONS
from server.demo.work import Out, Play, must, work


async def play(url: str, participants: int, seconds: float, out: Out) -> int:
    """Play a whole workshop against a server. Answers 0 if everything came out as it should, else 1, and says why."""
    guests: list[Guest] = []
    try:
        calls = Calls(url)
        room = await calls.post("/api/rooms", {"title": "Brick by brick", "language": "en", "template": "lego"})
        link = calls.link(room["links"]["facilitator"])
        out(f"Room {room['room']}: {participants} people come in, a facilitator, and a sponsor who looks on.")
        current = await _gather(calls, room, max(1, participants), guests)
        await _kick_off(current)
        out(f"Iteration “Kick-off” is open; everybody works at once for {seconds:g} seconds.")
        await work(current, seconds, out)
        out("Time is up. The facilitator closes the iteration, which is refused while something is missing.")
        await _close(current, out)
        await check_all(calls, room["token"], current, out)
    except WrongError as error:
        out(f"This did not come out as it should. {error}")
        return 1
    finally:
        await asyncio.gather(*(guest.leave() for guest in guests))
    out("Everything came out as it should. The room, for its facilitator:")
    out(link)
    return 0


async def _gather(calls: Calls, room: dict[str, Any], participants: int, guests: list[Guest]) -> Play:
    def invite(role: str) -> str:
        return str(room["links"][role]).partition("#")[2]

    async def join(role: str, name: str) -> Guest:
        joined = await calls.post(f"/api/rooms/{room['room']}/join", {"invite": invite(role), "name": name})
        return Guest(calls, room["room"], joined, name)

    names = [
        NAMES[i % len(NAMES)] + (f" {i // len(NAMES) + 1}" if i >= len(NAMES) else "") for i in range(participants)
    ]
    guests.append(Guest(calls, room["room"], room, "Facilitator"))
    guests += await asyncio.gather(*(join("participant", name) for name in names), join("observer", "Sponsor"))
    await asyncio.gather(*(guest.enter() for guest in guests))
    return Play(room["room"], guests[0], guests[1:-1], guests[-1])


async def _kick_off(current: Play) -> None:
    lead = current.facilitator
    await must(lead, "open_iteration", iteration=new_id(), name="Kick-off", goal="Find what we must do ourselves")
    current.shared = new_id()
    await must(lead, "add_activity", activity=current.shared, title="Write down what comes to mind", category=None)
    await asyncio.gather(*(guest.reach(lead.held.now) for guest in current.everybody))


async def _close(current: Play, out: Out) -> None:
    """Close the iteration: refused at first, for something is left unsorted, then once all blockers are dealt with."""
    lead = current.facilitator
    await must(lead, "add_activity", activity=new_id(), title="Tell the shops what is coming", category=None)
    ending = await lead.do("close_iteration")
    if ending.code != "iteration_blocked" or not ending.data.get("blockers"):
        wrong(f"Closing with something unsorted was not refused, but: {ending.outcome} {ending.code}")
    out(f"Refused: {ending.data['message']}")
    for blocker in ending.data["blockers"]:
        await _settle(lead, blocker["activity"], blocker["needs"])
    await must(lead, "close_iteration")
    await asyncio.gather(*(guest.reach(lead.held.now) for guest in current.everybody))
    out(f"{len(ending.data['blockers'])} activities sorted, judged and linked; the iteration is closed.")


async def _settle(lead: Guest, activity: str, needs: list[str]) -> None:
    """Do for one activity what stands in the way of closing; what must be done is linked, needed or not."""
    if "category" in needs:
        await must(lead, "move_activity", activity=activity, category="problem_solving", after=None)
    if "judgement" in needs:
        await must(lead, "judge_activity", activity=activity, judgement="not_now", reason=REASONS[1])
    if "value_proposition" in needs:
        note = lead.held.canvas["blocks"]["value_propositions"][0]
        await must(lead, "link_activity", activity=activity, note=note)
