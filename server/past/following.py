"""From the log to the histories: each event becomes its revisions, once. Blocking: called on a thread, page by page."""

import logging
import time
from collections import OrderedDict
from typing import Any, Final

import orjson

from domain.events import Recorded, WorkshopCopied
from projections import canvas as canvases
from projections.revisions import revisions
from projections.summaries import beginning, closes, summary
from server.live import loading
from server.past.blocks import Row
from server.past.history import Cut, Generation, History
from server.past.words import Words
from server.storage import codec
from server.storage.cache import Cache, code_hash
from server.storage.log import Head, Log

logger = logging.getLogger("kern.following")

PAGE: Final = 500
"""Events between two transactions: some hundredths of a second of work."""

PAGES: Final = 4
"""Pages in a transaction where all is made anew: each writes the indexes' ends, one for each card that was touched."""

SMALL: Final = 5_000
"""Events up to which a room's revisions are made anew while somebody waits, where other code had made them."""

PROGRESS: Final = 5.0
"""Seconds between two lines of progress."""

CANVASES: Final = 16
"""Canvases that are kept to go on from; any other is found from the snapshots."""


class Follower:
    """Follows the log with the histories. A room is followed by one thread at a time."""

    def __init__(self, log: Log, cache: Cache, history: History, code: str | None = None) -> None:
        self._log, self._cache, self._history = log, cache, history
        self._code = code_hash() if code is None else code
        self._told = 0.0
        self._canvases: OrderedDict[int, tuple[Head, dict[str, Any]]] = OrderedDict()

    def follow(self, room: str, upto: int) -> bool:
        """Bring what is served a page nearer to a version; whether it is there. Raises DamagedError, LogError.

        A small room's revisions that other code made are made anew instead.
        """
        served = self._fitting(self._history.served(room))
        if served is not None and served.code != self._code and upto <= SMALL:
            return self.renew(room, upto)
        served = served or self._begun(room)
        return self._advanced(served, min(upto, served.head.version + PAGE)).head.version >= upto

    def going_on(self, room: str) -> Generation:
        """Give what is served of a room to go on with, or a new one where it is of other code. Raises LogError."""
        served = self._fitting(self._history.served(room))
        return served if served is not None and served.code == self._code else self._begun(room)

    def outdated(self, room: str) -> bool:
        """Tell whether what is served of a room was made by other code."""
        served = self._history.served(room)
        return served is not None and served.code != self._code

    def renew(self, room: str, upto: int) -> bool:
        """Bring a new generation a page nearer to a version, and serve it once it is there; whether it is."""
        if not self.outdated(room):
            return True
        growing = self._fitting(self._history.growing(room, self._code)) or self._history.begin(room, self._code)
        growing = self._advanced(growing, min(upto, growing.head.version + PAGE * PAGES))
        if growing.head.version < upto:
            self._tell(growing, upto)
            return False
        self._history.serve(growing)
        logger.info("the history of room %s is made anew: %d events", room, upto)
        return True

    def _begun(self, room: str) -> Generation:
        """Begin anew: nothing is there, or it is of another log than this one (a backup was put in its place)."""
        if self._history.served(room) is not None:
            self._history.forget(room)
        return self._history.begin(room, self._code)

    def _fitting(self, generation: Generation | None) -> Generation | None:
        """Answer the generation where it belongs to this very log."""
        if generation is None or not generation.head.version:
            return generation
        there = self._log.events(generation.room, generation.head.version - 1, 1)
        return generation if there and there[0].digest == generation.head.digest else None

    def _advanced(self, generation: Generation, upto: int) -> Generation:
        if generation.head.version >= upto:
            return generation
        canvas, head, rows, cuts = self._canvas(generation), generation.head, list[Row](), list[Cut]()
        for stored, digest in loading.chain(self._log, generation.room, generation.head, upto):
            with loading.readable(stored):
                recorded = codec.recorded(codec.unseal(stored))
                rows += rows_of(canvas, recorded)
                canvases.advance(canvas, recorded)
            if closes(recorded):
                cuts.append(cut_of(self._log, self._cache, generation.room, canvas, recorded))
            head = Head(stored.version, digest)
        loading.reached(head, upto)
        generation = self._history.put(generation, head, rows, cuts)
        self._remember(generation, canvas)
        return generation

    def _tell(self, growing: Generation, upto: int) -> None:
        """Tell, now and then, how far a history is that is made anew."""
        if time.monotonic() - self._told > PROGRESS:
            self._told = time.monotonic()
            logger.info("the history of room %s: %d of %d events made anew", growing.room, growing.head.version, upto)

    def _canvas(self, generation: Generation) -> dict[str, Any]:
        """Give the canvas at a generation's position, to be folded on."""
        head, canvas = self._canvases.pop(generation.id, (None, {}))
        if head == generation.head:
            return canvas
        return loading.canvas_at(self._log, self._cache, generation.room, generation.head.version)

    def _remember(self, generation: Generation, canvas: dict[str, Any]) -> None:
        self._canvases[generation.id] = (generation.head, canvas)
        while len(self._canvases) > CANVASES:
            self._canvases.popitem(last=False)


def rows_of(canvas: dict[str, Any], recorded: Recorded) -> list[Row]:
    """Tell the revisions that an event makes of the canvas before it, as they are kept."""
    return [
        Row(one.version, Words(one.activity, one.kind, one.by), orjson.dumps(one._asdict()), one.undoes)
        for one in revisions(canvas, recorded)
    ]


def cut_of(log: Log, cache: Cache, room: str, canvas: dict[str, Any], recorded: Recorded) -> Cut:
    """Summarize the iteration that an event closes, from the canvas behind it and that at the end before."""
    before = beginning(canvas, recorded.version - 1, copied=began_as_copy(log, room))
    return Cut(recorded.version, orjson.dumps(summary(loading.canvas_at(log, cache, room, before), canvas)))


def began_as_copy(log: Log, room: str) -> bool:
    """Tell whether a room began with what stood in another one."""
    second = log.events(room, 1, 1)
    return bool(second) and isinstance(codec.recorded(codec.unseal(second[0])).event, WorkshopCopied)
