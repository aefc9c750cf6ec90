"""The fault that a validation found, in words for programs."""

from typing import Any

from pydantic import ValidationError


def fault_of(error: ValidationError) -> dict[str, Any]:
    """Name the first field that is wrong, and what is wrong with it; a name may hold a lone surrogate, as JSON may."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    path = [str(part) for part in first["loc"]]
    if len(path) > 1 and path[0] not in {"steps", "copy"}:
        path = path[1:]  # the tag of the union that the field was looked for in
    field = ".".join(path) or "action"
    return {"field": field.encode("utf-8", "replace").decode(), "problem": first["msg"].removeprefix("Value error, ")}
