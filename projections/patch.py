"""JSON Patch (RFC 6902), the three operations that a canvas needs, on plain values in place."""

from typing import Any, TypedDict


class Operation(TypedDict, total=False):
    """`op` is add, replace or remove; `value` is absent where it removes."""

    op: str
    path: str
    value: Any


def add(path: str, value: object) -> Operation:
    return {"op": "add", "path": path, "value": value}


def replace(path: str, value: object) -> Operation:
    return {"op": "replace", "path": path, "value": value}


def remove(path: str) -> Operation:
    return {"op": "remove", "path": path}


def apply(document: dict[str, Any], operations: list[Operation]) -> None:
    """Change the document as the operations say. Raises LookupError or ValueError where one does not fit it.

    A value becomes part of the document as it is, so its maker gives it away.
    """
    for operation in operations:
        *path, last = operation["path"].split("/")[1:]
        parent: Any = document
        for name in path:
            parent = parent[int(name)] if type(parent) is list else parent[name]
        op = operation["op"]
        if type(parent) is list:
            _change_list(parent, op, last, operation)
        elif op == "remove":
            del parent[last]
        else:
            if op == "replace" and last not in parent:
                raise LookupError(operation["path"])
            parent[last] = operation["value"]


def _change_list(parent: list[Any], op: str, name: str, operation: Operation) -> None:
    at = len(parent) if name == "-" else int(name)
    if not 0 <= at <= len(parent) - (op != "add"):
        raise LookupError(operation["path"])
    if op == "add":
        parent.insert(at, operation["value"])
    elif op == "replace":
        parent[at] = operation["value"]
    else:
        del parent[at]
