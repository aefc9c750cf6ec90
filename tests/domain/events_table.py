"""The table of events in docs/domain.md, made from the models.

To write it anew: python -m tests.domain.events_table
"""

import types
from pathlib import Path
from typing import Any, Final, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from domain import vocabulary
from domain.events import EVENTS

PAGE: Final = Path(__file__).parents[2] / "docs" / "domain.md"
BEGIN, END = "<!-- events: made from domain/events.py -->", "<!-- /events -->"
PLAIN: Final = {str: "text", int: "whole number", bool: "true or false", type(None): "null"}
NAMED: Final = {
    get_args(vocabulary.Block): "block",
    get_args(vocabulary.Category): "category",
    get_args(vocabulary.Judgement): "judgement",
    get_args(vocabulary.Role): "role",
}
"""Choices that the page explains once."""


def table() -> str:
    """Make the table: one row for each type, its members in order, those that people wrote."""
    rows = [_row(name, kind) for name, kind in EVENTS.items()]
    return "\n".join(["| type | members of `data` | words |", "|---|---|---|", *rows])


def written() -> str:
    """Read the table as it stands in the page."""
    return PAGE.read_text("utf-8").partition(BEGIN)[2].partition(END)[0].strip()


def _row(name: str, kind: type[BaseModel]) -> str:
    named = {field.alias or member: field for member, field in kind.model_fields.items()}
    members = [_member(member, field) for member, field in named.items() if member != "undoes"]
    pointers = [f"`/{pattern}`" for pattern in getattr(kind, "WORDS", ())]
    return f"| `{name}` | {', '.join(members) or '–'} | {', '.join(pointers) or '–'} |"


def _member(name: str, field: FieldInfo) -> str:
    words = _words(field.annotation)
    if not field.is_required():
        # Absent where it does not apply; null means something only where a place or a step is named.
        words = words if name in {"after", "step"} else words.removesuffix(" or null")
        return f"[`{name}` {words}]"
    return f"`{name}` {words}"


def _words(annotation: Any) -> str:  # noqa: ANN401 - a member's annotation
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return NAMED.get(parts) or " or ".join(f"`{part}`" for part in parts)
    if origin in {Union, types.UnionType}:
        return " or ".join(_words(part) for part in parts)
    if origin is tuple:
        return f"list of ({_words(parts[0])})"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return ", ".join(_member(member, field) for member, field in annotation.model_fields.items())
    return PLAIN[annotation]


if __name__ == "__main__":
    page = PAGE.read_text("utf-8")
    before, _, rest = page.partition(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}\n{table()}\n{END}{rest.partition(END)[2]}", "utf-8")
