"""JSON Schemas of all models, under the names by which the documents refer to them."""

from collections.abc import Iterable
from typing import Any, Final, get_args

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from domain.commands import Command
from domain.events import EVENTS
from domain.messages import ENGLISH

Schema = dict[str, Any]

PLACE: Final = "#/components/schemas/{model}"
COMMANDS: Final[tuple[type[BaseModel], ...]] = get_args(get_args(Command)[0])
CODES: Final[tuple[str, ...]] = tuple(sorted(code for code in ENGLISH if ":" not in code))


def ref(name: str) -> Schema:
    """Refer to a schema by its name."""
    return {"$ref": PLACE.format(model=name)}


def schemas(models: Iterable[type[BaseModel]]) -> dict[str, Schema]:
    """Describe models, and whatever they are made of, by name; titles that only repeat a name are left out."""
    _, found = models_json_schema([(model, "validation") for model in models], ref_template=PLACE)
    named: dict[str, Schema] = _untitled(found["$defs"])
    for schema in named.values():
        if "description" in schema:
            schema["description"] = " ".join(schema["description"].split())
    return named


def commands() -> dict[str, Schema]:
    """Describe each command as the whole message that carries it."""
    found = schemas(COMMANDS)
    for model in COMMANDS:
        schema = found[model.__name__]
        schema["properties"] = {"type": {"const": "do", "type": "string"}, "id": _ID, **schema["properties"]}
        schema["required"] = ["type", "id", *schema["required"]]
    return found


def facts() -> dict[str, Schema]:
    """Describe the data of each type of event; in the place of a text may be what it had been committed to."""
    found = schemas(EVENTS.values())
    for name, kind in EVENTS.items():
        members = found[name]["properties"]
        for word in kind.WORDS:
            member, _, rest = word.partition("/*/")
            if rest:
                members[member] = {"anyOf": [members[member], {"type": "array", "items": {"type": "object"}}]}
            else:
                members[member] = {"anyOf": [members[member], _REDACTED]}
    return found


def with_facts(event: Schema) -> Schema:
    """Say in the schema of an event which data goes with which type."""
    kinds = [{"properties": {"type": {"const": name}, "data": ref(name)}} for name in EVENTS]
    return {**event, "oneOf": kinds}


_REDACTED: Final[Schema] = {
    "type": "object",
    "properties": {"redacted": {"type": "string", "pattern": "^[0-9a-f]{64}$"}},
    "required": ["redacted"],
    "additionalProperties": False,
    "description": "A text that was taken out: its commitment.",
}
_ID: Final[Schema] = {"type": "string", "format": "uuid", "description": "Chosen by the client, never used again."}


def _untitled(value: Any) -> Any:  # noqa: ANN401 - walks any JSON
    """Drop the titles that pydantic makes of names; a member of the name `title` is a schema and stays."""
    if isinstance(value, dict):
        return {name: _untitled(part) for name, part in value.items() if name != "title" or isinstance(part, dict)}
    if isinstance(value, list):
        return [_untitled(part) for part in value]
    return value
