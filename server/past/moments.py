"""The moments of a room's past that people name: a version, a time, an iteration."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Annotated, Any, Final, TypeAlias

import orjson
from pydantic import AfterValidator, WithJsonSchema

from domain.instant import instant
from server.live.loading import DamagedError
from server.storage.log import Log

_OFFSET: Final = re.compile(r"(?P<local>.+?)(?P<sign>[+\- ])(?P<hours>[01]\d|2[0-3]):(?P<minutes>[0-5]\d)", re.ASCII)
"""A time with an offset. A plus that nobody escaped arrives in an address as a blank."""


def utc(text: str) -> str:
    """Write an RFC 3339 time, in whatever offset, as events have theirs. Raises ValueError for what is no such time."""
    found = _OFFSET.fullmatch(text)
    if found is None:
        return instant(text)
    local = datetime.fromisoformat(instant(found["local"] + "Z"))
    offset = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"]))
    try:
        moment = local.replace(tzinfo=timezone(-offset if found["sign"] == "-" else offset)).astimezone(UTC)
    except OverflowError as error:
        raise ValueError("must be a time within the years 1 to 9999") from error
    return f"{moment:%Y-%m-%dT%H:%M:%S.%f}Z".rjust(27, "0")


Time: TypeAlias = Annotated[str, AfterValidator(utc), WithJsonSchema({"type": "string", "format": "date-time"})]
"""A time that somebody asks about, as events have theirs."""


def version_at(log: Log, room: str, time: str, upto: int) -> int:
    """Find the last event at a time or before it, up to a version; 0 before the first. Raises DamagedError, LogError.

    Times never step back in a room, so halving finds it in a few steps, in a log of any length.
    """
    low, high = 0, upto
    while low < high:
        middle = (low + high + 1) // 2
        if _at(log, room, middle) <= time:
            low = middle
        else:
            high = middle - 1
    return low


def version_of(iterations: Iterable[Mapping[str, Any]], iteration: str, head: int) -> int | None:
    """Find the version at which an iteration was closed; the newest while it is open, None where it is unknown."""
    for one in iterations:
        if one["id"] == iteration:
            return head if one["to"] is None else int(one["to"])
    return None


def time_of(log: Log, room: str, version: int) -> str | None:
    """Tell when an event happened; None before the first one. Raises DamagedError, LogError."""
    return _at(log, room, version) if version else None


def _at(log: Log, room: str, version: int) -> str:
    found = log.events(room, version - 1, 1)
    if not found or found[0].version != version:
        raise DamagedError(f"version {version} is missing")
    return str(orjson.loads(found[0].body)["at"])
