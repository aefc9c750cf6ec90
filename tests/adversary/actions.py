"""Random actions of the contract, chosen by what a client sees: mostly sensible, sometimes not."""

import random
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from tests.support.patch import Json

Act: TypeAlias = tuple[str, Json]
BLOCKS = (
    "customer_segments", "value_propositions", "channels", "customer_relationships",
    "revenue_streams", "key_resources", "key_partners", "cost_structure",
)  # fmt: skip
CATEGORIES = ("production", "problem_solving", "platform_network")
WORDS = (
    "design", "make", "ship", "the", "blocks", "een", "spél", "spe\u0301l", "🧱", "👩‍🔧", "naïve",
    "<b>", "/", "\u05d0", "for", "all", "",
)  # fmt: skip
LONG = "x" * 4001


@dataclass
class Eyes:
    """What one client sees when it chooses, and what it saw a while ago."""

    random: random.Random
    role: str
    canvas: Json
    version: int
    past: Sequence[tuple[int, Json]]
    stroke: str

    def new_id(self) -> str:
        """Give a UUID from the seed."""
        return str(uuid.UUID(int=self.random.getrandbits(128), version=4))

    def one(self, things: Any) -> Any:  # noqa: ANN401 - ids or null
        """Give one of these, or now and then an id that nothing has."""
        known = list(things)
        return self.random.choice(known) if known and self.random.random() > 0.02 else self.new_id()

    def text(self) -> str:
        """Give what somebody could type, blanks around it included."""
        if self.random.random() < 0.01:
            return LONG
        return " ".join(self.random.choices(WORDS, k=self.random.randrange(1, 8)))

    def place(self, ids: list[str]) -> Json:
        """Give an `after`, null or absent."""
        return self.random.choice([{}, {"after": None}, {"after": self.one(ids)}])

    def retyped(self, text: str) -> str:
        """Give a text with some words typed over, in between or away."""
        words = text.split(" ")
        start = self.random.randrange(len(words) + 1)
        end = min(len(words), start + self.random.choice([0, 0, 1, 2]))
        return " ".join([*words[:start], self.text(), *words[end:]])

    def seen(self, kind: str, thing: str) -> tuple[int, Json]:
        """Give a version, often an old one, at which this thing stood, and the thing as it was."""
        here = [(version, canvas[kind][thing]) for version, canvas in self.past if thing in canvas[kind]]
        if here and self.random.random() < 0.5:
            return self.random.choice(here)
        return self.version, self.canvas[kind].get(thing, {"title": "", "details": "", "text": ""})


def _describe_workshop(eyes: Eyes) -> Act:
    return "describe_workshop", {eyes.random.choice(["title", "goal", "subject"]): eyes.text()}


def _define_steps(eyes: Eyes) -> Act:
    steps = [step for step in eyes.canvas["steps"] if eyes.random.random() > 0.1]
    if len(steps) < 8:
        steps.insert(eyes.random.randrange(len(steps) + 1), {"id": eyes.new_id(), "name": eyes.text()})
    return "define_steps", {"steps": steps}


def _step(eyes: Eyes) -> Any:  # noqa: ANN401 - an id or null
    return eyes.one([*(step["id"] for step in eyes.canvas["steps"]), None])


def _enter_step(eyes: Eyes) -> Act:
    return "enter_step", {"step": _step(eyes)}


def _add_note(eyes: Eyes) -> Act:
    block = eyes.random.choice(BLOCKS)
    return "add_note", {
        "note": eyes.new_id(),
        "block": block,
        "text": eyes.text(),
        **eyes.place(eyes.canvas["blocks"][block]),
    }


def _reword_note(eyes: Eyes) -> Act:
    note = eyes.one(eyes.canvas["notes"])
    base, was = eyes.seen("notes", note)
    return "reword_note", {"note": note, "text": eyes.retyped(was["text"]), "base": base, **_stroke(eyes)}


def _stroke(eyes: Eyes) -> Json:
    return {"stroke": eyes.stroke} if eyes.random.random() < 0.5 else {}


def _move_note(eyes: Eyes) -> Act:
    block = eyes.random.choice(BLOCKS)
    place = {"after": None, **eyes.place(eyes.canvas["blocks"][block])}
    return "move_note", {"note": eyes.one(eyes.canvas["notes"]), "block": block, **place}


def _remove_note(eyes: Eyes) -> Act:
    return "remove_note", {"note": eyes.one(eyes.canvas["notes"])}


def _activity(eyes: Eyes) -> str:
    return str(eyes.one(eyes.canvas["activities"]))


def _category(eyes: Eyes) -> str | None:
    return eyes.random.choice([*CATEGORIES, None])


def _add_activity(eyes: Eyes) -> Act:
    category = _category(eyes)
    more = eyes.random.choice([{}, {"details": eyes.text()}, {"step": _step(eyes)}, {"step": None, "details": None}])
    ids = eyes.canvas["categories"][category or "unsorted"]
    new = {"activity": eyes.new_id(), "title": eyes.text(), "category": category}
    return "add_activity", {**new, **more, **eyes.place(ids)}


def _reword_activity(eyes: Eyes) -> Act:
    activity, name = _activity(eyes), eyes.random.choice(["title", "title", "details"])
    base, was = eyes.seen("activities", activity)
    text = eyes.retyped(was[name])
    return "reword_activity", {"activity": activity, "field": name, "text": text, "base": base, **_stroke(eyes)}


def _move_activity(eyes: Eyes) -> Act:
    category = _category(eyes)
    place = {"after": None, **eyes.place(eyes.canvas["categories"][category or "unsorted"])}
    return "move_activity", {"activity": _activity(eyes), "category": category, **place}


def _place_activity(eyes: Eyes) -> Act:
    return "place_activity", {"activity": _activity(eyes), "step": _step(eyes)}


def _judge_activity(eyes: Eyes) -> Act:
    reasons: list[Json] = [{}, {"reason": None}, {"reason": eyes.text()}]
    judgement = eyes.random.choice(["must_do", "not_now", None])
    return "judge_activity", {"activity": _activity(eyes), "judgement": judgement, **eyes.random.choice(reasons)}


def _link(eyes: Eyes, action: str) -> Act:
    return action, {"activity": _activity(eyes), "note": eyes.one(eyes.canvas["notes"])}


def _combine_activities(eyes: Eyes) -> Act:
    known = [
        *eyes.canvas["activities"],
        *eyes.random.sample(list(eyes.canvas["retired"]), k=min(1, len(eyes.canvas["retired"]))),
    ]
    sources = eyes.random.sample(known, k=min(len(known), eyes.random.choice([2, 2, 3]))) or [eyes.new_id()]
    new = {"into": eyes.new_id(), "title": eyes.text(), "category": eyes.random.choice(CATEGORIES)}
    return "combine_activities", {"activities": sources, **new}


def _retire_activity(eyes: Eyes) -> Act:
    reasons: list[Json] = [{}, {"reason": eyes.text()}]
    return "retire_activity", {"activity": _activity(eyes), **eyes.random.choice(reasons)}


def _restore_activity(eyes: Eyes) -> Act:
    return "restore_activity", {"activity": eyes.one(eyes.canvas["retired"])}


def _comment_on_activity(eyes: Eyes) -> Act:
    return "comment_on_activity", {"activity": _activity(eyes), "comment": eyes.new_id(), "text": eyes.text()}


def _iterate(eyes: Eyes) -> Act:
    if eyes.canvas["iteration"]:
        return "close_iteration", eyes.random.choice([{}, {"override_reason": eyes.text()}])
    return "open_iteration", {"iteration": eyes.new_id(), "name": eyes.text(), "goal": eyes.text()}


def _restore_iteration(eyes: Eyes) -> Act:
    known = [iteration["id"] for iteration in eyes.canvas["iterations"]]
    return "restore_iteration", {"iteration": eyes.one(known), "base": eyes.version}


def _undo_person(eyes: Eyes) -> Act:
    start, end = sorted(eyes.random.choice([0, eyes.version, eyes.random.randint(0, eyes.version)]) for _ in range(2))
    who = eyes.one(eyes.canvas["people"])
    return "undo_person", {"participant": who, "from": start, "to": end, "base": eyes.version}


def _undo(eyes: Eyes) -> Act:
    return eyes.random.choice(["undo", "undo", "redo"]), eyes.random.choice([{}, {}, {"skip": True}, {"skip": False}])


def _lock(eyes: Eyes) -> Act:
    return ("unlock_canvas" if eyes.canvas["locked"] else "lock_canvas"), {}


def _set_phase(eyes: Eyes) -> Act:
    ends_at = eyes.random.choice([None, "2026-01-31T09:30:00Z", "2026-01-31T10:00:00.5+00:00"])
    return "set_phase", {"label": eyes.random.choice([None, eyes.text()]), "ends_at": ends_at}


def _define_questions(eyes: Eyes) -> Act:
    kept = [question for question in eyes.canvas["questions"] or [] if eyes.random.random() > 0.3]
    return "define_questions", {"questions": [*kept, {"id": eyes.new_id(), "text": eyes.text()}]}


CHOICES: dict[Callable[[Eyes], Act], float] = {
    _describe_workshop: 1, _define_steps: 1, _enter_step: 1, _add_note: 5, _reword_note: 6, _move_note: 3,
    _remove_note: 2, _add_activity: 8, _reword_activity: 14, _move_activity: 6, _place_activity: 4,
    _judge_activity: 6, _combine_activities: 2, _retire_activity: 2, _restore_activity: 3, _comment_on_activity: 4,
    _iterate: 1, _restore_iteration: 0.5, _undo_person: 0.5, _undo: 10, _lock: 0.3, _set_phase: 1, _define_questions: 1,
    lambda eyes: _link(eyes, "link_activity"): 6, lambda eyes: _link(eyes, "unlink_activity"): 3,
}  # fmt: skip


def random_action(eyes: Eyes) -> Act:
    """Choose an action and its fields; who may unlock a locked canvas soon does."""
    if eyes.canvas["locked"] and eyes.role == "facilitator" and eyes.random.random() < 0.5:
        return "unlock_canvas", {}
    return eyes.random.choices(list(CHOICES), weights=list(CHOICES.values()))[0](eyes)
