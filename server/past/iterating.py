"""What each iteration of a room made, from what is kept of those that are closed. Blocking: called on a thread."""

from typing import Any, Final

import orjson

from projections.summaries import beginning, summary
from server.live import loading
from server.past.following import began_as_copy
from server.past.history import History
from server.storage import codec
from server.storage.cache import Cache
from server.storage.log import Log

NOBODYS: Final = dict.fromkeys(("iteration", "name", "goal", "from", "to", "opened", "closed", "override_reason"))
"""What happened between two iterations, or before the first one: in none yet."""


def iterations(log: Log, cache: Cache, history: History, room: str, upto: int) -> list[dict[str, Any]]:
    """Summarize all iterations up to a version, and behind them what happened since the last one was closed, if any.

    Where former code kept no summary, it is made here. Raises DamagedError, LogError.
    """
    canvas = loading.canvas_at(log, cache, room, upto)
    kept = {cut.version: cut.summary for cut in history.cuts(room, upto)}
    copied = began_as_copy(log, room)
    found: list[dict[str, Any]] = []
    for one in canvas["iterations"]:
        to = upto if one["to"] is None else one["to"]
        since = beginning(canvas, to - 1, copied=copied)
        known = kept.get(to)
        made = orjson.loads(known) if known is not None else _made(log, cache, room, since, to)
        found.append({**_course(log, room, one), "since": since, **made})
    if canvas["iteration"] is None:
        since = beginning(canvas, upto, copied=copied)
        made = _made(log, cache, room, since, upto)
        if any(made["counts"].values()):
            found.append({**NOBODYS, "since": since, **made})
    return found


def _made(log: Log, cache: Cache, room: str, since: int, upto: int) -> dict[str, Any]:
    return summary(loading.canvas_at(log, cache, room, since), loading.canvas_at(log, cache, room, upto))


def _course(log: Log, room: str, iteration: dict[str, Any]) -> dict[str, Any]:
    opened = _event(log, room, iteration["from"])
    closed = None if iteration["to"] is None else _event(log, room, iteration["to"])
    reason = None if closed is None else closed["data"].get("override_reason")
    return {
        "iteration": iteration["id"],
        **{name: iteration[name] for name in ("name", "goal", "from", "to")},
        "opened": opened["at"],
        "closed": None if closed is None else closed["at"],
        "override_reason": reason if isinstance(reason, str) else None,
    }


def _event(log: Log, room: str, version: int) -> dict[str, Any]:
    return codec.unseal(log.events(room, version - 1, 1)[0])
