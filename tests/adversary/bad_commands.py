"""Bad commands, made from the table of fields: each field meets every fault that its kind can have."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.adversary.fields import FIELDS, Field, Props
from tests.support.live import new_id
from tests.support.patch import Json

LONE = "a\ud83d"
DEEP = 400
INVALID = frozenset({"rejected invalid"})
EMPTY, LONG = frozenset({"rejected text_empty"}), frozenset({"rejected text_too_long"})
SINCE = frozenset({"rejected changed_since"})  # the head has moved on since the room was furnished
NAMING = frozenset({"activity", "note", "step", "participant", "iteration"})
TOO_DEEP = INVALID | {"error", "closed 4400"}
WHOLE_NUMBERS = {"nought": 0, "negative": -1, "2^53": 2**53, "a fraction": 1.5, "a numeral": "1"}
TYPES: dict[str, Any] = {
    "a number": 7,
    "a list": [],
    "an object": {},
    "true": True,
    "a text": "x",
    "a list of null": [None],
}
STRANGERS: Json = {"extra": 1, "__proto__": {"role": "facilitator"}, "by": "p1", "ÿ": None, LONE: 1}
OWN_TYPES = {
    "base": {"a number"},
    "head": {"a number"},
    "version": {"a number"},
    "flag": {"true"},
    "steps": {"a list"},
    "questions": {"a list"},
    "activities": {"a list"},
}


@dataclass(frozen=True)
class Bad:
    """One kind of bad input: what was wrong where, and which answers the contract allows."""

    message: str
    field: str
    fault: str
    payload: Any
    allowed: frozenset[str]

    @property
    def name(self) -> tuple[str, str, str]:
        """Give what it is counted by."""
        return self.message, self.field, self.fault


def nested(depth: int) -> Any:  # noqa: ANN401 - lists within lists
    """Give lists within lists."""
    value: Any = 1
    for _ in range(depth):
        value = [value]
    return value


def faults(field: Field, props: Props) -> Iterator[tuple[str, Any, frozenset[str]]]:
    """Give each fault of a field: its name, the value, the answers allowed."""
    text = field.kind not in OWN_TYPES
    for name, value in TYPES.items():
        if name not in OWN_TYPES.get(field.kind, {"a text"}):
            yield name, value, INVALID
    yield "deep nesting", nested(DEEP), TOO_DEEP
    if not field.nullable:
        yield "null", None, INVALID
    if text:
        yield "a lone surrogate", LONE, INVALID | _unknown(field)
    yield from _own_faults(field, props)


def _unknown(field: Field) -> frozenset[str]:
    kind = {"retired": "activity", "activities": "activity"}.get(field.kind, field.kind)
    return frozenset({f"rejected unknown_{kind}"}) if kind in NAMING else frozenset()


def _own_faults(field: Field, props: Props) -> Iterator[tuple[str, Any, frozenset[str]]]:
    match field.kind:
        case "new" | "stroke":
            yield from _id_faults()
        case "activity" | "retired" | "note" | "step" | "participant" | "iteration":
            yield "unknown", new_id(), _unknown(field)
            yield "no UUID", "__proto__", _unknown(field) | INVALID
            yield "empty", "", _unknown(field) | INVALID
        case "text" | "word" | "details":
            yield from _text_faults(field)
        case "category" | "block" | "judgement" | "field" | "role":
            names = {"unknown": "elsewhere", "in capitals": str(props.good(field)).upper(), "empty": ""}
            yield from ((name, value, INVALID) for name, value in {**names, "__proto__": "__proto__"}.items())
        case "base" | "head" | "version":
            yield from _number_faults(field, props)
        case "flag":
            yield "a word", "yes", INVALID
            yield "one", 1, INVALID
        case "after":
            pass
        case "steps":
            yield from _listed_faults(props.step, "name", 200, "steps")
        case "questions":
            yield from _listed_faults(props.question, "text", 1_000, "questions")
        case "time":
            wrong = {"no time": "soon", "empty": "", "of another zone": "2026-01-31T09:30:00+01:00"}
            yield from ((name, value, INVALID) for name, value in {**wrong, "no day": "2026-02-30T09:30:00Z"}.items())
        case "activities":
            yield from _activities_faults(props.activity, field)


def _number_faults(field: Field, props: Props) -> Iterator[tuple[str, Any, frozenset[str]]]:
    for name, value in {**WHOLE_NUMBERS, "beyond the head": props.head + 10_000}.items():
        if field.kind == "base" or name != "nought":
            yield name, value, INVALID if field.kind == "base" else INVALID | SINCE


def _id_faults() -> Iterator[tuple[str, Any, frozenset[str]]]:
    id_ = new_id()
    wrong = {"no UUID": "abc", "empty": "", "without dashes": id_.replace("-", ""), "in braces": f"{{{id_}}}"}
    for name, value in {**wrong, "in capitals": "A" + id_[1:].upper()}.items():
        yield name, value, INVALID


def _text_faults(field: Field) -> Iterator[tuple[str, Any, frozenset[str]]]:
    if field.kind == "text":
        yield "empty", "", EMPTY
        yield "blank", " \n\t\u00a0", EMPTY
    if field.most:
        yield "too long", "x" * (field.most + 1), LONG
        yield "too long in astral letters", "🧱" * (field.most + 1), LONG


def _activities_faults(known: str, field: Field) -> Iterator[tuple[str, Any, frozenset[str]]]:
    yield "empty", [], INVALID
    yield "an unknown one", [known, new_id()], _unknown(field)
    yield "a number within", [known, 7], INVALID
    yield "null within", [known, None], INVALID


MOST = {"steps": 200, "questions": 50}


def _listed_faults(known: str, word: str, most: int, kind: str) -> Iterator[tuple[str, Any, frozenset[str]]]:
    """Give the faults of a list that is defined anew: of steps with a name, of questions with a text."""
    good = {"id": known, word: "Development"}
    yield "a number within", [good, 7], INVALID
    yield "null within", [good, None], INVALID
    yield "one without an id", [good, {word: "Nameless"}], INVALID
    yield f"one without a {word}", [good, {"id": new_id()}], INVALID
    yield "one with an unknown member", [{**good, "colour": "red"}], INVALID
    yield "one whose id is no UUID", [good, {"id": "two", word: "Two"}], INVALID
    yield "one whose id is in capitals", [good, {"id": "A" + new_id()[1:].upper(), word: "Two"}], INVALID
    yield f"one whose {word} is a number", [good, {"id": new_id(), word: 2}], INVALID
    yield f"one whose {word} is blank", [good, {"id": new_id(), word: " "}], EMPTY
    yield f"one whose {word} is too long", [good, {"id": new_id(), word: "x" * (most + 1)}], LONG
    yield f"one whose {word} has a lone surrogate", [good, {"id": new_id(), word: LONE}], INVALID
    yield "the same id twice", [good, good], INVALID | {"rejected id_taken"}
    many = [good, *({"id": new_id(), word: "n"} for _ in range(MOST[kind]))]
    yield "too many", many, frozenset({"rejected too_many"})


def bad_commands(props: Props) -> Iterator[Bad]:
    """Give every bad command for a facilitator's connection."""
    for action, fields in FIELDS.items():
        for field in fields:
            if field.required:
                command = props.command(action)
                del command[field.name]
                yield Bad(action, field.name, "missing", command, INVALID)
            for fault, value, allowed in faults(field, props):
                yield Bad(action, field.name, fault, {**props.command(action), field.name: value}, allowed)
        for name, value in STRANGERS.items():
            yield Bad(action, name, "unknown field", {**props.command(action), name: value}, INVALID)
    yield from _taken(props)


def _taken(props: Props) -> Iterator[Bad]:
    for action, field, thing in (
        ("add_note", "note", props.note), ("add_activity", "activity", props.activity),
        ("add_activity", "activity", props.retired), ("combine_activities", "into", props.other),
    ):  # fmt: skip
        fault = "taken by what was retired" if thing == props.retired else "taken"
        command: Json = {**props.command(action), field: thing}
        yield Bad(action, field, fault, command, frozenset({"rejected id_taken"}))
    for action, field in (("move_note", "note"), ("move_activity", "activity")):
        command = props.command(action)
        yield Bad(action, "after", "itself", {**command, "after": command[field]}, INVALID)


def forbidden(props: Props) -> Iterator[Bad]:
    """Give every action, as an observer may not send it."""
    for action in FIELDS:
        yield Bad(action, "role", "an observer's", props.command(action), frozenset({"rejected not_allowed"}))
