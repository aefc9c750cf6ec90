"""Schemas in words, with links to the shapes that they name."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final

from server.documents.html import Html, join, tag, text
from server.documents.schemas import Schema

WORDS: Final = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "object": "an object",
    "array": "a list",
    "null": "null",
}


def anchor(name: str) -> str:
    """Name the place of a shape on its page."""
    return f"shape-{name}"


def members(schema: Schema) -> Iterator[tuple[str, Schema, bool]]:
    """List the members of an object: name, schema, whether it is required."""
    required = schema.get("required", ())
    for name, part in schema.get("properties", {}).items():
        yield name, part, name in required


def named(choices: Iterable[Schema], between: str = ", ") -> Iterator[Html]:
    """Put choices into words, one after another."""
    for number, choice in enumerate(choices):
        if number:
            yield text(between)
        yield wording(choice)


def wording(schema: Any) -> Html:  # noqa: ANN401 - a schema, or true for anything
    """Put a schema into words."""
    if not isinstance(schema, dict):
        return text("anything")
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return tag("a", text(name), href=f"#{anchor(name)}")
    for literal in ("const", "enum"):
        if literal in schema:
            values = [schema["const"]] if literal == "const" else schema["enum"]
            return join(*_spread(tag("code", text(json.dumps(value))) for value in values))
    if "anyOf" in schema or "oneOf" in schema:
        return join(*named(schema.get("anyOf") or schema["oneOf"], " or "))
    return _typed(schema)


def _typed(schema: Schema) -> Html:
    kind = schema.get("type")
    if kind == "array" and "items" in schema:
        return join(text("a list of "), wording(schema["items"]))
    if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        return join(text("an object: for each name, "), wording(schema["additionalProperties"]))
    if schema.get("format") == "uuid" or "8}-[0-9a-f]" in schema.get("pattern", ""):
        return text("a UUID in lower case")
    bounds = [
        f"{word} {schema[bound]}"
        for bound, word in (
            ("minimum", "from"),
            ("exclusiveMinimum", "above"),
            ("maximum", "to"),
            ("maxLength", "up to"),
        )
        if bound in schema
    ]
    default = [f"unless told, {json.dumps(schema['default'])}"] if schema.get("default") is not None else []
    return text(", ".join([" ".join([WORDS.get(str(kind), "anything"), *bounds]), *default]))


def _spread(parts: Iterable[Html]) -> Iterator[Html]:
    """Put commas between parts."""
    parts = iter(parts)
    yield from islice(parts, 1)
    for part in parts:
        yield join(text(", "), part)
