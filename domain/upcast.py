"""Former shapes of events → today's. An event is kept as it was written, for ever, and read through here.

A type whose members change gets the next `schema`, and here a function that makes the former members today's. A new
meaning is a new type.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from domain.events import EVENTS, Event

SCHEMAS: Final[Mapping[str, int]] = dict.fromkeys(EVENTS, 1)
"""The schema that each type is written in now."""

UPCASTERS: Final[Mapping[tuple[str, int], Callable[[dict[str, Any]], dict[str, Any]]]] = {}
"""(type, schema) → what turns the members of that schema into those of the next."""


class UnknownShapeError(ValueError):
    """An event of a type or a schema that this program does not know: it was written by a newer one."""


def read(kind: str, schema: int, data: dict[str, Any]) -> Event:
    """Make the event of what stands in the log."""
    if kind not in EVENTS or not 1 <= schema <= SCHEMAS[kind]:
        msg = f"no event {kind} of schema {schema} is known here"
        raise UnknownShapeError(msg)
    for former in range(schema, SCHEMAS[kind]):
        data = UPCASTERS[kind, former](data)
    return EVENTS[kind].model_validate(data)
