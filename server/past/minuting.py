"""What the minutes are made of, from the revisions and the canvases at the ends of iterations. Blocking."""

from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from typing import Any, Final

from projections.decisions import Stretch
from projections.minutes import UNMINUTED, Session
from projections.summaries import beginning
from server.past.comparing import revision_of
from server.past.following import began_as_copy
from server.past.moments import time_of
from server.storage.log import Log

Canvas = dict[str, Any]

_UNMINUTED: Final = tuple(f'"kind":"{kind}"'.encode() for kind in sorted(UNMINUTED))


def session(  # noqa: PLR0913, PLR0917 - of what, from where
    log: Log,
    room: str,
    version: int,
    pages: Iterable[list[bytes]],
    canvas_at: Callable[[int], Canvas],
    people: Mapping[str, str],
) -> Session:
    """Divide what happened up to a version by the ends of iterations. Raises DamagedError, LogError."""
    canvas, copied = canvas_at(version), began_as_copy(log, room)
    told = [revision_of(row) for row in chain.from_iterable(pages) if _minuted(row)]
    ends: list[tuple[Mapping[str, Any] | None, int]] = [
        (one, version if one["to"] is None else one["to"]) for one in canvas["iterations"]
    ]
    if canvas["iteration"] is None:
        ends.append((None, version))
    stretches, earlier = list[Stretch](), canvas_at(beginning(canvas, 0, copied=copied))
    after = 0
    for iteration, to in ends:
        later = canvas_at(to)
        between = [one for one in told if after < one.version <= to]
        stretches.append(Stretch(iteration, earlier, later, between))
        earlier, after = later, to
    moments = {
        version,
        *(one[side] for one in canvas["iterations"] for side in ("from", "to") if one[side] is not None),
    }
    times = {moment: time_of(log, room, moment) or "" for moment in moments}
    return Session(canvas, version, stretches, times, people)


def _minuted(row: bytes) -> bool:
    """Whether the minutes need a revision: most of a long log is typing, which need not be read for them."""
    beginning_of = row[:200]  # version, time, person and kind come first
    return not any(kind in beginning_of for kind in _UNMINUTED)
