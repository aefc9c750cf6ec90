"""The three operations of JSON Patch that a canvas needs."""

from typing import Any

import pytest

from projections.patch import Operation, add, apply, remove, replace


@pytest.mark.parametrize(
    ("operation", "becomes"),
    [
        (add("/b", 2), {"a": [1, 2, 3], "b": 2}),
        (add("/a", 0), {"a": 0}),
        (add("/a/0", 0), {"a": [0, 1, 2, 3]}),
        (add("/a/3", 4), {"a": [1, 2, 3, 4]}),
        (add("/a/-", 4), {"a": [1, 2, 3, 4]}),
        (replace("/a", None), {"a": None}),
        (replace("/a/1", 0), {"a": [1, 0, 3]}),
        (remove("/a"), {}),
        (remove("/a/1"), {"a": [1, 3]}),
    ],
)
def test_a_document_is_changed_as_the_operation_says(operation: Operation, becomes: dict[str, Any]) -> None:
    document: dict[str, Any] = {"a": [1, 2, 3]}

    apply(document, [operation])

    assert document == becomes


def test_operations_follow_each_other() -> None:
    document: dict[str, Any] = {"a": {}}

    apply(document, [add("/a/b", {"c": []}), add("/a/b/c/0", 1), add("/a/b/c/0", 2), remove("/a/b/c/1")])

    assert document == {"a": {"b": {"c": [2]}}}


@pytest.mark.parametrize(
    "operation",
    [
        replace("/b", 1),
        remove("/b"),
        add("/b/c", 1),
        add("/a/4", 1),
        add("/a/-1", 1),
        replace("/a/3", 1),
        replace("/a/-", 1),
        remove("/a/3"),
        remove("/a/-"),
        add("/a/x", 1),
        remove("/a/0/b"),
    ],
)
def test_an_operation_that_does_not_fit_is_an_error(operation: Operation) -> None:
    with pytest.raises((LookupError, ValueError, TypeError)):
        apply({"a": [1, 2, 3]}, [operation])
