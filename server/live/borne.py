"""Where in a room's log a text stands: what is to be taken out with it. Blocking: on a thread."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple

import orjson

from domain.errors import Invalid
from domain.events import TakenOut
from domain.taken_out import Borne
from projections import bearing
from projections.bearing import Word
from server.live.loading import PAGE
from server.storage import codec
from server.storage.codec import Stored
from server.storage.erasures import Text
from server.storage.log import Log


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
    there = log.events(room, version - 1, 1) if 1 <= version <= upto else []
    if not there or pointer not in orjson.loads(there[0].body)["words"]:
        raise Invalid(field="pointer", problem="leads to no text")
    said = dict(told(there[0]))
    named = next((word for word in said if word.pointer == pointer), None)
    if named is None or not named.text:
        return None
    said |= _said(partial(log.events_saying, room, named.text), upto)
    strokes = bearing.strokes(named, said)
    if strokes:
        said |= _said(partial(log.events_typed, room, sorted(strokes)), upto)
    found = bearing.bearing(named, sorted(said, key=_place))
    texts = [Text(version=word.version, pointer=word.pointer, commitment=said[word]) for word in found]
    also = tuple(TakenOut(version=word.version, pointer=word.pointer) for word in found[1:])
    return Found(Borne(*bearing.whose(named), also), tuple(texts))


def _said(read: Callable[[int, int, int], list[Stored]], upto: int) -> dict[Word, str]:
    """Read what people wrote in some events, and what it was committed to. `read` gives those between two versions."""
    said: dict[Word, str] = {}
    after = 0
    while page := read(after, upto, PAGE):
        for stored in page:
            said.update(told(stored))
        after = page[-1].version
    return said


def _place(word: Word) -> tuple[int, str]:
    return word.version, word.pointer


def still_there(log: Log, room: str, texts: Iterable[Text]) -> list[Text]:
    """List those of some texts that the log has: by their commitments, for an older one may tell another story."""
    return [
        text
        for text in texts
        for stored in log.events(room, text.version - 1, 1)
        if stored.version == text.version and _committed(stored).get(text.pointer) == text.commitment
    ]


def told(stored: Stored) -> Iterator[tuple[Word, str]]:
    """Tell what people wrote in an event and is there still, and what it was committed to."""
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
