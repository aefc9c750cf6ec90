"""Every action that the client previews, done on a real server: what stood there, what was sent, what it changed.

`python -m tests.browser.recording` writes `web/test/recorded.json`, against which the client's own tests check its
previews, and `web/test/recorded_log.json` for its fuzz run; the browser tests make a fresh recording each time.
"""

import json
from pathlib import Path
from typing import Any

from tests.browser.recorded_log import record_log
from tests.browser.rooms import Room, activity, new_id, note
from tests.support.patch import Json
from tests.support.process import serving

RECORDED = Path(__file__).parents[2] / "web" / "test" / "recorded.json"
RECORDED_LOG = RECORDED.with_name("recorded_log.json")


def record(room: Room) -> list[Json]:
    """Do one thing after another in a new room, alone; give for each the canvas before it and its changes."""
    recording: list[Json] = []
    for command in _actions():
        before = room.canvas()
        answer = room.do(command)[0]
        assert answer["outcome"] == "accepted", answer
        changes = [change for event in answer["events"] for change in event["changes"]]
        recording.append({"canvas": before, "me": room.participant, "command": answer["sent"], "changes": changes})
    return recording


def _actions() -> list[Json]:
    values = [note("Children learn to solve problems"), note("  Parents see it  ")]
    steps = [{"id": new_id(), "name": name} for name in ("Idea", "Development ")]
    cards = [
        activity(" Design bricks "),
        activity("Deliver bricks", "production", after=None, step=steps[0]["id"], details="Within two days"),
        activity("Keep the shop up", "platform_network", prompt="What keeps it running?"),
        activity("Find out why", None),
        activity("Ask teachers", "problem_solving", step=steps[0]["id"]),
    ]
    first, second, third, fourth, fifth = (card["activity"] for card in cards)
    return [
        values[0],
        values[1],
        note("A third") | {"after": values[0]["note"]},
        *_describing(steps),
        *cards,
        *_judging(first, second, [value["note"] for value in values]),
        *_moving(first, second, third, fourth),
        _do("comment_on_activity", activity=second, comment=new_id(), text=" With the schools "),
        _do("comment_on_activity", activity=second, comment=new_id(), text="And at home"),
        _do("retire_activity", activity=third, reason=" It runs by itself "),
        _do("remove_note", note=values[0]["note"]),
        _do("place_activity", activity=fifth, step=None),
        _do("restore_activity", activity=third),
        _do("retire_activity", activity=fourth),
        _combining(first, second, category="production"),
        _combining(third, fourth, category="problem_solving"),
        _do("lock_canvas"),
        _do("unlock_canvas"),
        _do("define_questions", questions=[{"id": new_id(), "text": " Who waits for us? "}]),
        _do("define_questions", questions=[]),
        _do("set_phase", label=" Write ideas ", ends_at="2026-01-31T09:30:00.000000Z"),
        _do("set_phase", label=None, ends_at="2026-01-31T09:35:00.000000Z"),
        _do("set_phase", label=None, ends_at=None),
    ]


def _describing(steps: list[Json]) -> list[Json]:
    return [
        _do("describe_workshop", title="Bricks for all", goal=" Ten activities "),
        _do("describe_workshop", goal="", subject="Bricks"),
        _do("define_steps", steps=steps),
        _do("enter_step", step=steps[1]["id"]),
        _do("enter_step", step=None),
    ]


def _judging(first: str, second: str, values: list[str]) -> list[Json]:
    return [
        _do("judge_activity", activity=first, judgement="must_do", reason=" It carries the rest "),
        _do("judge_activity", activity=first, judgement="not_now"),
        _do("judge_activity", activity=first, judgement=None),
        *(_do("link_activity", activity=first, note=value) for value in values),
        _do("link_activity", activity=second, note=values[0]),
        _do("unlink_activity", activity=first, note=values[1]),
        _do("move_note", note=values[1], block="value_propositions", after=None),
        _do("move_note", note=values[1], block="channels", after=None),
        _do("move_note", note=values[1], block="value_propositions", after=values[0]),
        _do("reword_note", note=values[1], text=" Parents see it grow ", base=12),
    ]


def _moving(first: str, second: str, third: str, fourth: str) -> list[Json]:
    return [
        _do("move_activity", activity=first, category="production", after=None),
        _do("move_activity", activity=first, category="production", after=second),
        _do("move_activity", activity=second, category="platform_network", after=third),
        _do("move_activity", activity=second, category=None, after=None),
        _do("move_activity", activity=second, category="production", after=new_id()),
        _do("reword_activity", activity=first, field="title", text=" Design new bricks ", base=20, stroke=new_id()),
        _do("reword_activity", activity=first, field="details", text="Cafe\u0301 tables\n", base=20),
        _do("judge_activity", activity=fourth, judgement="must_do"),
    ]


def _combining(*sources: str, category: str) -> Json:
    return _do("combine_activities", activities=list(sources), into=new_id(), title=" Both at once ", category=category)


def _do(action: str, **fields: Any) -> Json:  # noqa: ANN401 - any field
    return {"action": action, **fields}


if __name__ == "__main__":
    with serving() as server:
        lines = [json.dumps(one, ensure_ascii=False) for one in record(Room(server))]
        RECORDED.write_text("[\n" + ",\n".join(lines) + "\n]\n")
        RECORDED_LOG.write_text(json.dumps(record_log(Room(server)), ensure_ascii=False, separators=(",", ":")) + "\n")
