"""Two moments of a room, from the log and the history, and what lies between them. Blocking: called on a thread."""

from typing import Any, Final, NamedTuple

import orjson

from domain.vocabulary import Language
from projections.compare import backwards, differences, summary
from projections.comparison import Comparison, Side, sentence, words
from projections.revisions import Revision
from server.live import loading
from server.past.history import History
from server.storage.cache import Cache
from server.storage.log import Log

FIELDS: Final = Revision._fields


class Cut(NamedTuple):
    """A version, and the iteration by which it was named."""

    version: int
    iteration: str | None


def compared(log: Log, cache: Cache, history: History, room: str, cuts: tuple[Cut, Cut]) -> Comparison:
    """Compare two moments that the history has reached; the later one may come first. Nobody has a name in it yet."""
    one, other = (Side(loading.canvas_at(log, cache, room, cut.version), *cut) for cut in cuts)
    earlier, later = sorted((one, other), key=lambda side: side.version)
    pages = history.each(room, later.version, after=earlier.version)
    between = [revision_of(row) for page in pages for row in page]
    found = differences(earlier.canvas, later.canvas, between)
    return Comparison(one, other, found if one is earlier else backwards(found, earlier.canvas), {})


def in_words(comparison: Comparison, language: Language) -> dict[str, Any]:
    """Give a comparison as it is answered, with a sentence for the whole and for each difference."""
    told = as_json(comparison)
    for one, difference in zip(comparison.found, told["differences"], strict=True):
        difference["sentence"] = words(one, comparison, language)
    return {**told, "sentence": sentence(comparison.found, language)}


def as_json(comparison: Comparison) -> dict[str, Any]:
    """Give a comparison as it is answered."""
    sides = {"from": comparison.one, "to": comparison.other}
    return {
        **{name: {"version": side.version, "iteration": side.iteration} for name, side in sides.items()},
        "summary": summary(comparison.found),
        "differences": [one._asdict() for one in comparison.found],
    }


def revision_of(row: bytes) -> Revision:
    """Read a revision, also one that former code wrote."""
    told = orjson.loads(row)
    return Revision(*(told.get(field) for field in FIELDS))
