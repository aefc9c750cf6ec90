"""Moments that people name, in the one form that events have: RFC 3339 in UTC with six digits behind the second.

The domain knows no clock: it reads such a moment, and compares it with nothing.
"""

import re
from calendar import monthrange
from typing import Annotated, Final, TypeAlias

from pydantic import AfterValidator, WithJsonSchema

_UTC: Final = re.compile(
    r"(?P<second>(?P<year>(?!0000)\d{4})-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])"
    r"[Tt](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)(?:\.(?P<rest>\d+))?(?:[Zz]|[+-]00:00)",
    re.ASCII,
)
_DIGITS: Final = 6


def instant(text: str) -> str:
    """Write a moment as it is kept. Raises ValueError for what is no such moment; beyond six digits it is cut off."""
    found = _UTC.fullmatch(text)
    if found is None or int(found["day"]) > monthrange(int(found["year"]), int(found["month"]))[1]:
        raise ValueError("must be a time in UTC, such as 2026-01-31T09:30:00Z")
    return f"{found['second'].upper()}.{(found['rest'] or '')[:_DIGITS]:0<{_DIGITS}}Z"


Instant: TypeAlias = Annotated[str, AfterValidator(instant), WithJsonSchema({"type": "string", "format": "date-time"})]
"""A moment that somebody sends, as it is kept."""
