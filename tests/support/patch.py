"""JSON Pointer (RFC 6901) and the three operations of JSON Patch (RFC 6902) that events use.

Everything here leaves its arguments as they were: a document is replaced along the path of a change and shared
elsewhere, so many clients may hold one canvas.
"""

import re
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]
INDEX = re.compile(r"0|[1-9][0-9]*")


class DoesNotFitError(ValueError):
    """A patch that names a place which the document does not have."""


def parts(pointer: str) -> list[str]:
    """Give the unescaped steps of a pointer; none for the whole document."""
    if not pointer:
        return []
    if not pointer.startswith("/"):
        message = f"no pointer: {pointer!r}"
        raise DoesNotFitError(message)
    return [part.replace("~1", "/").replace("~0", "~") for part in pointer[1:].split("/")]


def read(document: Any, pointer: str) -> Any:  # noqa: ANN401 - any JSON value
    """Give what stands at the pointer."""
    for part in parts(pointer):
        document = document[_place(document, part)]
    return document


def write(document: Any, pointer: str, value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Give the document with `value` in place of what stands at the pointer."""
    return _at(document, parts(pointer), "replace", value)


def apply(document: Any, changes: list[Json]) -> Any:  # noqa: ANN401 - any JSON value
    """Give the document after all changes, or DoesNotFitError."""
    for change in changes:
        operation = change["op"]
        if operation not in {"add", "replace", "remove"}:
            message = f"no operation of an event: {change}"
            raise DoesNotFitError(message)
        if ("value" in change) == (operation == "remove") or set(change) - {"op", "path", "value"}:
            message = f"wrong members: {change}"
            raise DoesNotFitError(message)
        document = _at(document, parts(change["path"]), operation, change.get("value"))
    return document


def _place(document: Any, part: str) -> str | int:  # noqa: ANN401 - any JSON value
    if isinstance(document, dict) and part in document:
        return part
    if isinstance(document, list) and INDEX.fullmatch(part) and int(part) < len(document):
        return int(part)
    message = f"nothing at {part!r}"
    raise DoesNotFitError(message)


def _at(document: Any, path: list[str], operation: str, value: Any) -> Any:  # noqa: ANN401 - any JSON value
    if not path:
        return value
    if len(path) > 1:
        place = _place(document, path[0])
        return _replaced(document, place, _at(document[place], path[1:], operation, value))
    if operation == "add":
        return _added(document, path[0], value)
    place = _place(document, path[0])
    return _replaced(document, place, value) if operation == "replace" else _removed(document, place)


def _replaced(document: Any, place: Any, value: Any) -> Any:  # noqa: ANN401 - any JSON value
    copy = document.copy()
    copy[place] = value
    return copy


def _removed(document: Any, place: Any) -> Any:  # noqa: ANN401 - any JSON value
    copy = document.copy()
    del copy[place]
    return copy


def _added(document: Any, part: str, value: Any) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(document, dict):
        return {**document, part: value}
    if not isinstance(document, list):
        message = f"nothing can be added to {document!r}"
        raise DoesNotFitError(message)
    index = len(document) if part == "-" else int(part) if INDEX.fullmatch(part) else -1
    if not 0 <= index <= len(document):
        message = f"no place {part!r} in a list of {len(document)}"
        raise DoesNotFitError(message)
    return [*document[:index], value, *document[index:]]
