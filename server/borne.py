"""Where in a room's log a text stands: what is to be taken out with it. Blocking: on a thread."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

import orjson

from domain.errors import Invalid
from domain.events import TakenOut
from domain.taken_out import Borne
from projections import bearing
from projections.bearing import Word
from server import codec
from server.codec import Stored
from server.erasures import Text
from server.loading import pages
from server.log import Log


class Found(NamedTuple):
    """What bears a text: to the domain, and as it is remembered; by events, to the log."""

    borne: Borne
    texts: tuple[Text, ...]

    @property
    def places(self) -> dict[int, list[str]]:
        """Tell the pointers by version."""
        return by_version(self.texts)


def by_version(texts: Iterable[Text]) -> dict[int, list[str]]:
    """Gather the pointers of each version."""
    places: dict[int, list[str]] = {}
    for text in texts:
        places.setdefault(text.version, []).append(text.pointer)
    return places


def find(log: Log, room: str, version: int, pointer: str, upto: int) -> Found | None:
    """Find what bears the text of a place; None where it is gone. Blocking. Raises Invalid, DamagedError, LogError."""
    everything: list[Word] = []
    commitments: dict[tuple[int, str], str] = {}
    named: Word | None = None
    known = False
    for stored in chain.from_iterable(pages(log, room, upto)):
        for word, commitment in _words(stored):
            everything.append(word)
            commitments[word.version, word.pointer] = commitment
        if stored.version == version:
            known = pointer in orjson.loads(stored.body)["words"]
            named = next((word for word in everything if (word.version, word.pointer) == (version, pointer)), None)
    if not known:
        raise Invalid(field="pointer", problem="leads to no text")
    if named is None or not named.text:
        return None
    found = bearing.bearing(named, everything)
    texts = [Text(version=w.version, pointer=w.pointer, commitment=commitments[w.version, w.pointer]) for w in found]
    also = tuple(TakenOut(version=word.version, pointer=word.pointer) for word in found[1:])
    return Found(Borne(*bearing.whose(named), also), tuple(texts))


def still_there(log: Log, room: str, texts: Iterable[Text]) -> list[Text]:
    """List those of some texts that the log has: by their commitments, for an older one may tell another story."""
    return [
        text
        for text in texts
        for stored in log.events(room, text.version - 1, 1)
        if stored.version == text.version and _committed(stored).get(text.pointer) == text.commitment
    ]


def _words(stored: Stored) -> Iterator[tuple[Word, str]]:
    if stored.words is None:
        return
    body = orjson.loads(stored.body)
    pointers = body["words"]
    texts = {p: text for p, text in zip(pointers, stored.words, strict=True) if text is not None}
    commitments = _committed(stored)
    for word in bearing.words(stored.version, stored.kind, body["data"], texts):
        yield word, commitments[word.pointer]


def _committed(stored: Stored) -> dict[str, str]:
    """Tell the commitments of the texts that are there, by their pointers."""
    if stored.words is None:
        return {}
    body = orjson.loads(stored.body)
    found = {}
    for pointer, text in zip(body["words"], stored.words, strict=True):
        if text is not None:
            parent, member = codec.place(body["data"], pointer)
            found[pointer] = parent[member]
    return found
