"""Each code of the contract, met once in the plainest way; the files by subject meet them in all others."""

from collections.abc import Callable, Iterator
from typing import Final

import pytest

from domain import events as e
from domain.errors import Rejected
from domain.taken_out import mark
from tests.domain.every_action import furnished
from tests.domain.specification import ANNA, FRIDA, OLGA, PIET, Outcome, activity, blank, given, listed, named, steps

DESIGN, FIRST = named("design"), named("first")
TOLD_BEFORE_DECIDING: Final = {"command_reused"}
"""Told from the record of commands, before anything is decided."""


def changed_since() -> Outcome:
    story = furnished().does(PIET, "judge_activity", activity=DESIGN, judgement="must_do")
    return story.does(ANNA, "judge_activity", activity=DESIGN, judgement="not_now").when("undo", by=PIET)


def redacted() -> Outcome:
    story = given(e.NoteReworded(note=named("value"), text=mark(9)))
    return story.when("reword_note", note=named("value"), text="Anew")


def too_many() -> Outcome:
    many = [{"id": named(f"step {number}"), "name": "Step"} for number in range(201)]
    return given().when("define_steps", by=FRIDA, steps=many)


MET: Final[dict[str, Callable[[], Outcome]]] = {
    "invalid": lambda: given().when("judge_activity", activity=DESIGN, judgement="perhaps"),
    "not_allowed": lambda: given().when("lock_canvas", by=OLGA),
    "locked": lambda: given(e.CanvasLocked()).when("remove_note", note=named("value")),
    "text_empty": lambda: given().when("reword_note", note=named("value"), text=" "),
    "text_too_long": lambda: given().when("reword_note", note=named("value"), text="x" * 1_001),
    "unknown_activity": lambda: given().when("retire_activity", activity=DESIGN),
    "unknown_note": lambda: given().when("remove_note", note=named("n")),
    "unknown_step": lambda: given().when("enter_step", by=FRIDA, step=named("idea")),
    "activity_retired": lambda: furnished().when("retire_activity", activity=named("old")),
    "id_taken": lambda: given().when("add_note", note=named("value"), block="channels", text="N"),
    "too_many": too_many,
    "value_proposition_first": lambda: blank().when("add_activity", activity=DESIGN, title="D", category=None),
    "unknown_participant": lambda: given().when("remove_person", by=FRIDA, participant="somebody"),
    "unknown_iteration": lambda: given().when("restore_iteration", by=FRIDA, iteration=FIRST),
    "last_facilitator": lambda: given().when("remove_person", by=FRIDA, participant=FRIDA),
    "step_in_use": lambda: given(steps("idea"), e.StepEntered(step=named("idea"))).when(
        "define_steps", by=FRIDA, steps=listed("selection")
    ),
    "iteration_open": lambda: given(e.IterationOpened(iteration=FIRST, name="First")).when(
        "open_iteration", by=FRIDA, iteration=named("second"), name="Second"
    ),
    "no_iteration": lambda: given().when("close_iteration", by=FRIDA),
    "iteration_blocked": lambda: given(activity("design"), e.IterationOpened(iteration=FIRST, name="First")).when(
        "close_iteration", by=FRIDA
    ),
    "nothing_to_undo": lambda: given().when("undo"),
    "nothing_to_redo": lambda: given().when("redo"),
    "changed_since": changed_since,
    "redacted": redacted,
}


def kinds(base: type[Rejected] = Rejected) -> Iterator[type[Rejected]]:
    for kind in base.__subclasses__():
        yield kind
        yield from kinds(kind)


def test_every_rejection_is_among_them() -> None:
    assert MET.keys() == {kind.code for kind in kinds()} - TOLD_BEFORE_DECIDING


@pytest.mark.parametrize("code", MET)
def test_a_rejection_is_met(code: str) -> None:
    MET[code]().rejected(code)
