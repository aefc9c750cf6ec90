"""The table of actions, read as one: what each takes, what it makes, and that it names what is wrong."""

from typing import get_args

import pytest
from pydantic import BaseModel

from domain.commands import Command
from domain.decide import FACILITATORS_ONLY
from domain.vocabulary import UUID_PATTERN
from tests.domain.every_action import EVERY_ACTION, FACILITATORS_ALONE, OF_MANY_EVENTS, Example
from tests.domain.specification import FRIDA, UPON_A_VERSION, Fields


def action_of(kind: type[BaseModel]) -> str:
    return str(get_args(kind.model_fields["action"].annotation)[0])


COMMANDS = {action_of(kind): kind for kind in get_args(get_args(Command)[0])}
NAMED = {
    (action, field.alias or name): field
    for action, kind in COMMANDS.items()
    for name, field in kind.model_fields.items()
    if name != "action"
}
FIELDS = [*NAMED]
REQUIRED = [named for named, field in NAMED.items() if field.is_required()]

OPTIONAL = [pair for pair in FIELDS if pair not in REQUIRED and pair != ("close_iteration", "override_reason")]
"""An iteration closes without a reason where nothing blocks it, which the examples' room does not show."""


def test_every_action_has_its_example() -> None:
    assert EVERY_ACTION.keys() == COMMANDS.keys()


def test_the_examples_use_every_field() -> None:
    used = {(action, field) for action, (_, fields) in EVERY_ACTION.items() for field in fields}
    placed_last = {("move_note", "after"), ("move_activity", "after")}

    assert set(FIELDS) - used - placed_last == {(action, "base") for action in UPON_A_VERSION}


@pytest.mark.parametrize("action", sorted(EVERY_ACTION))
def test_every_action_makes_one_event_of_its_type(action: str) -> None:
    first, *others = Example(action, by=FRIDA).asked().made()

    assert type(first) is EVERY_ACTION[action][0]
    assert bool(others) == (action in OF_MANY_EVENTS)


@pytest.mark.parametrize("action", sorted(EVERY_ACTION.keys() - {"undo", "redo"}))
def test_an_event_has_the_fields_of_its_action_by_the_same_names(action: str) -> None:
    data = Example(action, by=FRIDA).asked().made()[0].model_dump(mode="json", exclude_unset=True)
    sent = EVERY_ACTION[action][1]

    assert {field: data[field] for field in sent} == sent


@pytest.mark.parametrize(("action", "field"), REQUIRED)
def test_a_required_field_that_is_missing_is_named(action: str, field: str) -> None:
    example = Example(action, by=FRIDA)
    fields = {name: value for name, value in EVERY_ACTION[action][1].items() if name != field}
    if field == "base":
        example.asked(base=None).rejected("invalid", field="base")
    else:
        example.story.when(action, by=FRIDA, **fields).rejected("invalid", field=field)


@pytest.mark.parametrize("action", sorted(EVERY_ACTION))
def test_an_unknown_field_is_an_error_and_named(action: str) -> None:
    Example(action, by=FRIDA).asked(colour="red").rejected("invalid", field="colour")


@pytest.mark.parametrize(("action", "field"), FIELDS)
def test_a_field_of_another_kind_is_named(action: str, field: str) -> None:
    wrong: Fields = {field: {"neither": "text nor number"}}

    Example(action, by=FRIDA).asked(**wrong).rejected("invalid", field=field)


@pytest.mark.parametrize(("action", "field"), OPTIONAL)
def test_an_optional_field_may_be_left_out(action: str, field: str) -> None:
    example = Example(action, by=FRIDA)
    fields = {name: value for name, value in EVERY_ACTION[action][1].items() if name != field}

    example.story.when(action, by=FRIDA, **fields).made()


def test_an_action_that_we_do_not_know_is_invalid() -> None:
    Example("undo").story.when("wipe_canvas").rejected("invalid", field="action")


def test_the_actions_for_facilitators_alone_are_those_of_the_contract() -> None:
    assert {action_of(kind) for kind in FACILITATORS_ONLY} == FACILITATORS_ALONE


def test_a_uuid_is_told_in_lower_case_only() -> None:
    assert "A-F" not in UUID_PATTERN
