"""Events are kept as they were written, and read as long as there are rooms."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from domain.events import EVENTS
from domain.evolve import evolve
from domain.upcast import SCHEMAS, UPCASTERS, UnknownShapeError, read
from domain.workshop import SNAPSHOT, initial
from tests.domain.stored import AS_WRITTEN, FOLDER, digest, everything, stored

NEVER_TAKES_BACK = {
    "WorkshopOpened",
    "ParticipantJoined",
    "StepEntered",
    "IterationOpened",
    "IterationClosed",
    "CanvasLocked",
    "CanvasUnlocked",
    "PhaseSet",
    "QuestionsDefined",
    "ParticipantRoleChanged",
    "ParticipantRemoved",
    "WorkshopCopied",
    "IterationRestored",
    "PersonUndone",
    "TextRedacted",
}
"""Types of what undo does not cover: none of them ever undoes anything."""


def test_what_was_written_once_is_not_written_anew() -> None:
    assert {name: digest(name) for name in AS_WRITTEN} == AS_WRITTEN
    assert {file.stem for file in FOLDER.glob("*.jsonl")} == AS_WRITTEN.keys()


@pytest.mark.parametrize("kind", EVENTS)
def test_an_event_of_every_type_with_every_member_is_kept(kind: str) -> None:
    kept = {member for event in everything() if event.type == kind for member in event.data}
    named = {field.alias or name for name, field in EVENTS[kind].model_fields.items()}
    members = named - ({"undoes"} if kind in NEVER_TAKES_BACK else set())

    assert kept == members, "a new type or member needs an example in a new file of the corpus"
    assert any(event.type == kind for event in everything())


@pytest.mark.parametrize("kind", EVENTS)
def test_every_schema_of_every_type_is_kept(kind: str) -> None:
    kept = {event.schema for event in everything() if event.type == kind}

    assert kept == set(range(1, SCHEMAS[kind] + 1))


@pytest.mark.parametrize("name", AS_WRITTEN)
def test_a_stored_event_is_read_and_says_what_it_said(name: str) -> None:
    for event in stored(name):
        today = read(event.type, event.schema, event.data)
        assert type(today).__name__ == event.type
        if event.schema == SCHEMAS[event.type]:
            assert json.loads(json.dumps(today.data())) == event.data, event.version


@pytest.mark.parametrize("name", AS_WRITTEN)
def test_a_room_of_long_ago_still_makes_its_workshop(name: str) -> None:
    state = initial()
    for event in stored(name):
        evolve(state, event.recorded())

    assert SNAPSHOT.validate_json(SNAPSHOT.dump_json(state)) == state
    assert state.version == len(list(stored(name)))


@pytest.mark.parametrize(("kind", "schema"), [("ActivityDreamt", 1), ("NoteAdded", 0), ("NoteAdded", 99)])
def test_what_a_newer_program_wrote_is_told_apart_from_what_is_damaged(kind: str, schema: int) -> None:
    with pytest.raises(UnknownShapeError, match=f"{kind} of schema {schema}"):
        read(kind, schema, {})


@pytest.mark.parametrize("data", [{}, {"note": "n", "unlinked": [], "colour": "red"}, {"note": 7, "unlinked": []}])
def test_data_that_is_no_event_is_not_read(data: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="NoteRemoved"):
        read("NoteRemoved", 1, data)


def test_each_former_schema_has_its_upcaster() -> None:
    former = {(kind, schema) for kind, newest in SCHEMAS.items() for schema in range(1, newest)}

    assert UPCASTERS.keys() == former


@pytest.mark.parametrize("kind", EVENTS)
def test_words_point_to_texts(kind: str) -> None:
    for pattern in getattr(EVENTS[kind], "WORDS", ()):
        found = [word for event in everything() if event.type == kind for word in pointed(event.data, pattern)]
        assert found
        assert all(isinstance(word, str) for word in found)


def pointed(value: Any, pattern: str) -> Iterator[Any]:  # noqa: ANN401 - any JSON value
    """Give what a pattern of pointers finds; a member that is absent, or a word that is null, is not found."""
    name, _, rest = pattern.partition("/")
    parts = value if name == "*" else [value[name]] if name in value else []
    for part in parts:
        yield from pointed(part, rest) if rest else [part] if part is not None else []
