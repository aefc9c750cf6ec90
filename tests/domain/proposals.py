"""What people may think of asking for, by chance: mostly sensible, sometimes not."""

from collections.abc import Callable
from random import Random
from typing import Final

from domain.vocabulary import VALUE_PROPOSITIONS
from domain.workshop import Workshop
from tests.domain.specification import Fields

BLOCKS: Final = ("channels", VALUE_PROPOSITIONS, VALUE_PROPOSITIONS, "key_resources")
CATEGORIES: Final = ("production", "problem_solving", "platform_network")
WORDS: Final = ("design", "build", "sell", "the", "big", "red", "bricks", "together", "")


class Mind:
    """Somebody looks at the room and thinks of something to do in it."""

    def __init__(self, chance: Random, new_id: Callable[[], str], state: Workshop) -> None:
        self.chance, self.new_id, self.state = chance, new_id, state

    def activity(self) -> str:
        known = [*self.state.activities, *list(self.state.retired)[:2]]
        return self.chance.choice(known) if known else self.new_id()

    def note(self) -> str:
        return self.chance.choice(list(self.state.notes)) if self.state.notes else self.new_id()

    def step(self) -> str | None:
        return self.chance.choice([None, *self.state.steps])

    def category(self) -> str | None:
        return self.chance.choice([*CATEGORIES, None])

    def guest(self) -> str:
        """Somebody who came last, and now and then somebody who is not there."""
        return self.chance.choice([*list(self.state.people)[3:], self.new_id()])

    def somebody(self) -> str:
        return self.chance.choice([*list(self.state.people)[:3], self.guest()])

    def head(self) -> int:
        """The newest version, or now and then one that is not the newest any more."""
        return max(0, self.state.version - self.chance.choice([0, 0, 0, 0, 0, 0, 0, 1]))

    def words(self) -> str:
        return " ".join(self.chance.choices(WORDS, k=self.chance.randint(1, 6)))

    def after(self, things: tuple[str, ...]) -> Fields:
        """Say where it is to go, or leave it open."""
        if self.chance.random() < 0.3:
            return {}
        return {"after": self.chance.choice([None, *things])}

    def rewording(self, text: str) -> Fields:
        """Change some of the words, as somebody who may have seen an older version; in one of two strokes, or none."""
        words = text.split(" ")
        words[self.chance.randrange(len(words))] = self.words()
        base = self.state.version - self.chance.choice([0, 0, 0, 1, 3, 40])
        stroke = self.chance.choice([None, None, *STROKES])
        return {"text": " ".join(words)[:150], "base": base} | ({"stroke": stroke} if stroke else {})


STROKES: Final = ("00000000-0000-4000-8000-00000000000a", "00000000-0000-4000-8000-00000000000b")


def add_note(mind: Mind) -> Fields:
    block = mind.chance.choice(BLOCKS)
    return {"note": mind.new_id(), "block": block, "text": mind.words(), **mind.after(mind.state.blocks[block])}


def reword_note(mind: Mind) -> Fields:
    id_ = mind.note()
    known = mind.state.notes.get(id_)
    return {"note": id_, **mind.rewording(known.text if known else "")}


def move_note(mind: Mind) -> Fields:
    block = mind.chance.choice(BLOCKS)
    return {"note": mind.note(), "block": block, **mind.after(mind.state.blocks[block])}


def remove_note(mind: Mind) -> Fields:
    return {"note": mind.note()}


def add_activity(mind: Mind) -> Fields:
    category = mind.category()
    place = mind.after(mind.state.categories[category or "unsorted"])
    words = {"title": mind.words(), "details": mind.words(), "prompt": mind.words()}
    return {"activity": mind.new_id(), "category": category, "step": mind.step(), **words, **place}


def reword_activity(mind: Mind) -> Fields:
    id_ = mind.activity()
    known = mind.state.any_activity(id_)
    field = mind.chance.choice(["title", "details"])
    return {"activity": id_, "field": field, **mind.rewording(getattr(known, field) if known else "")}


def move_activity(mind: Mind) -> Fields:
    category = mind.category()
    return {
        "activity": mind.activity(),
        "category": category,
        **mind.after(mind.state.categories[category or "unsorted"]),
    }


def place_activity(mind: Mind) -> Fields:
    return {"activity": mind.activity(), "step": mind.step()}


def judge_activity(mind: Mind) -> Fields:
    judgement = mind.chance.choice(["must_do", "not_now", None])
    return {"activity": mind.activity(), "judgement": judgement, "reason": mind.chance.choice([None, mind.words()])}


def link_activity(mind: Mind) -> Fields:
    return {"activity": mind.activity(), "note": mind.note()}


def combine_activities(mind: Mind) -> Fields:
    chosen = list(dict.fromkeys(mind.activity() for _ in range(mind.chance.randint(2, 4))))
    category = mind.chance.choice(CATEGORIES)
    return {"activities": chosen, "into": mind.new_id(), "title": mind.words(), "category": category}


def retire_activity(mind: Mind) -> Fields:
    return {"activity": mind.activity(), "reason": mind.chance.choice([None, mind.words()])}


def restore_activity(mind: Mind) -> Fields:
    retired = list(mind.state.retired)
    return {"activity": mind.chance.choice(retired) if retired else mind.new_id()}


def comment_on_activity(mind: Mind) -> Fields:
    return {"activity": mind.activity(), "comment": mind.new_id(), "text": mind.words()}


def describe_workshop(mind: Mind) -> Fields:
    return {field: mind.words() for field in mind.chance.sample(["title", "goal", "subject"], 2)}


def define_steps(mind: Mind) -> Fields:
    """Reorder, drop, rename, add: one of each, or none."""
    kept = [id_ for id_ in mind.state.steps if mind.chance.random() < 0.8]
    mind.chance.shuffle(kept)
    new = [mind.new_id()] if len(kept) < 4 else []
    return {"steps": [{"id": id_, "name": mind.words()} for id_ in (*kept, *new)]}


def enter_step(mind: Mind) -> Fields:
    return {"step": mind.step()}


def open_iteration(mind: Mind) -> Fields:
    return {"iteration": mind.new_id(), "name": mind.words()}


def close_iteration(mind: Mind) -> Fields:
    return {"override_reason": mind.words()}


def set_phase(mind: Mind) -> Fields:
    ends_at = mind.chance.choice([None, "2026-01-31T09:30:00Z", "2026-01-31T10:00:00.5Z"])
    return {"label": mind.chance.choice([None, mind.words()]), "ends_at": ends_at}


def define_questions(mind: Mind) -> Fields:
    kept = [{"id": id_, "text": text} for id_, text in (mind.state.questions or {}).items()][-3:]
    return {"questions": [*kept, {"id": mind.new_id(), "text": mind.words()}]}


def change_role(mind: Mind) -> Fields:
    return {"participant": mind.guest(), "role": mind.chance.choice(["facilitator", "participant", "observer"])}


def remove_person(mind: Mind) -> Fields:
    return {"participant": mind.guest()}


def restore_iteration(mind: Mind) -> Fields:
    closed = [*mind.state.closed, *filter(None, [mind.state.iteration])]
    return {"iteration": mind.chance.choice(closed) if closed else mind.new_id(), "base": mind.head()}


def undo_person(mind: Mind) -> Fields:
    """Somebody's work of late, or all of it."""
    head = mind.state.version
    ends = sorted(mind.chance.choice([0, head, mind.chance.randint(0, head)]) for _ in range(2))
    return {"participant": mind.somebody(), "from": ends[0], "to": ends[1], "base": mind.head()}


def take_back(mind: Mind) -> Fields:
    return {"skip": mind.chance.random() < 0.5}


def nothing_more(_: Mind) -> Fields:
    return {}


THOUGHTS: Final[dict[str, tuple[int, Callable[[Mind], Fields]]]] = {
    "describe_workshop": (2, describe_workshop),
    "define_steps": (3, define_steps),
    "enter_step": (1, enter_step),
    "add_note": (3, add_note),
    "reword_note": (3, reword_note),
    "move_note": (3, move_note),
    "remove_note": (3, remove_note),
    "add_activity": (4, add_activity),
    "reword_activity": (6, reword_activity),
    "move_activity": (4, move_activity),
    "place_activity": (3, place_activity),
    "judge_activity": (3, judge_activity),
    "link_activity": (4, link_activity),
    "unlink_activity": (3, link_activity),
    "combine_activities": (3, combine_activities),
    "retire_activity": (3, retire_activity),
    "restore_activity": (3, restore_activity),
    "comment_on_activity": (2, comment_on_activity),
    "open_iteration": (2, open_iteration),
    "close_iteration": (2, close_iteration),
    "restore_iteration": (2, restore_iteration),
    "undo_person": (2, undo_person),
    "undo": (10, take_back),
    "redo": (7, take_back),
    "lock_canvas": (1, nothing_more),
    "unlock_canvas": (3, nothing_more),
    "set_phase": (1, set_phase),
    "define_questions": (1, define_questions),
    "change_role": (1, change_role),
    "remove_person": (1, remove_person),
}
"""How often each action comes to mind, beside the others, and what somebody may mean by it."""
ACTIONS: Final = tuple(THOUGHTS)
WEIGHTS: Final = tuple(weight for weight, _ in THOUGHTS.values())


def proposal(chance: Random, new_id: Callable[[], str], state: Workshop) -> Fields:
    """Think of a command; in an empty room of filling it, in a locked one of opening it."""
    mind = Mind(chance, new_id, state)
    action = chance.choices(ACTIONS, WEIGHTS)[0]
    if chance.random() < 0.4:
        if state.locked:
            action = "unlock_canvas"
        elif not state.has_value_proposition():
            return {"action": "add_note", **add_note(mind), "block": VALUE_PROPOSITIONS}
        elif len(state.activities) < 4:
            action = "add_activity"
    return {"action": action, **THOUGHTS[action][1](mind)}
