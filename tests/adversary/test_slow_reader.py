"""A client that never reads is closed, costs a bounded memory, and can come back."""

import json

from tests.adversary.slow_reader import ENOUGH, TOO_SLOW, WINDOW, crowd_beside, drained, long_edit, never_reading
from tests.load.crowd import gather
from tests.load.drive import flood
from tests.load.line import Line
from tests.support.canonical import canonical
from tests.support.live import Live, Place, new_id
from tests.support.process import serving
from tests.support.running import run

MOST_GROWN = 64_000_000
CARDS = 2_000


def test_who_never_reads_is_closed_while_the_others_get_everything() -> None:
    with serving() as server:
        ending, grown, edits = crowd_beside(server, people=5, edits=ENOUGH, window=16)
        assert ending.code in {TOO_SLOW, None}
        assert ending.frames < edits
        assert grown < MOST_GROWN
        assert server.complaints() == ""


def test_who_was_too_slow_comes_back_with_since_and_holds_the_same() -> None:
    with serving() as server:
        crowd = gather(server.http, 1, 5)
        room = crowd[0].room
        token = room.join("observer", "Reads at last")
        first = run(_held(Live(Place(server.port, room.id), token)))
        slow = never_reading(crowd[0])
        flood(crowd, long_edit, seconds=1, window=16)
        drained(slow)
        slow.close()
        run(_resumed(first))
        for person in crowd:
            person.line.close()


async def _held(live: Live) -> Live:
    await live.open()
    await live.cut()
    return live


async def _resumed(live: Live) -> None:
    await live.open()
    now = Live(live.place, live.token)
    await now.open()
    await live.at(now.version)
    assert canonical(live.canvas) == canonical(json.loads(json.dumps(now.canvas)))
    await live.close()
    await now.close()


def test_a_welcome_larger_than_the_outbox_reaches_who_reads_slowly_while_others_work() -> None:
    """Else whoever joins a large room on a thin line would be closed for being slow, again and again, for ever."""
    with serving() as server:
        crowd = gather(server.http, 1, 2)
        host = crowd[0].line
        for batch in range(CARDS // 100):
            ids = [f"{batch:08x}-0000-4000-8000-{number:012x}" for number in range(100)]
            for id_ in ids:
                card = {"activity": id_, "title": "Large", "category": "production", "details": "x" * 4000}
                host.send({"type": "do", "id": id_, "action": "add_activity", **card})
            host.settle(set(ids))
        room = crowd[0].room
        late = Line(server.port, room.id, room.join("observer", "Late"), WINDOW, wait=False)
        for _ in range(20):
            id_ = new_id()
            judged = {"activity": crowd[0].card, "judgement": "must_do", "reason": id_}
            host.send({"type": "do", "id": id_, "action": "judge_activity", **judged})
            host.settle({id_})
        welcome = json.loads(late.receive())
        assert len(welcome["canvas"]["activities"]) > CARDS
        last = welcome["version"]
        while last < room.head():
            message = json.loads(late.receive())
            last = message["to"] if message["type"] == "events" else last
        late.close()
        for person in crowd:
            person.line.close()
