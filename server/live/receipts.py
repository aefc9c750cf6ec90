"""How a room recognises what it was sent before: each command makes its events once, whenever it is sent again.

The log is what knows: every event bears its command, and an index finds it. Ids are random, so putting one into the
index costs a page of the disk, whichever; hence they go in many at a time, and until then the room remembers them.
"""

from collections.abc import Mapping
from hashlib import sha256
from itertools import islice
from typing import Any, Final

import orjson

from server.live.seen import Seen
from server.storage.log import CommandKept, Log
from server.wire.answers import Answer, Duplicate, Refused

INDEX_EVERY: Final = 256
"""Commands that a room remembers before they go into the log's index together."""

LOOK_UPS: Final = 20
"""Looks into the index after which a room is worth a filter that saves nearly all of them."""


class Receipts:
    """One room's commands that made events, all durable."""

    def __init__(self, room: str, log: Log, unindexed: list[CommandKept], *, fresh: bool) -> None:
        """`unindexed`: those that the log's index lacks. A `fresh` room has nothing in the index."""
        self._room, self._log = room, log
        self._unindexed = {kept.command: kept for kept in unindexed}
        self._seen = Seen((), 0) if fresh else None
        self._looked_up = 0
        self._since: list[str] | None = None

    def find(self, command: str) -> CommandKept | None:
        """Find what a command made when it was sent before; None for a new one. Raises LogError."""
        kept = self._unindexed.get(command)
        if kept is not None or (self._seen is not None and command not in self._seen):
            return kept
        self._looked_up += 1
        return self._log.command(self._room, command)

    def salt(self, kept: CommandKept) -> bytes | None:
        """Read the salt of a command's first event, None where it was taken out. Raises LogError."""
        return self._log.salt(self._room, kept.first)

    def due(self) -> tuple[CommandKept, ...]:
        """Answer what should go into the index with the next batch."""
        return tuple(self._unindexed.values()) if len(self._unindexed) >= INDEX_EVERY else ()

    def remember(self, commands: Mapping[str, CommandKept], indexed: int) -> None:
        """Remember the commands of a batch that is durable, with which the oldest `indexed` went into the index."""
        for command in [*islice(self._unindexed, indexed)]:
            del self._unindexed[command]
            if self._seen is not None:
                self._seen.add(command)
            if self._since is not None:
                self._since.append(command)
        self._unindexed |= commands

    @property
    def wants_filter(self) -> bool:
        """Whether a filter of what is in the index would save many looks, or is too small by now."""
        return self._looked_up > LOOK_UPS if self._seen is None else self._seen.full

    def begin_filter(self) -> None:
        """Note what goes into the index from now on, while a filter of what is in it is being made."""
        self._since = []

    def use_filter(self, seen: Seen) -> None:
        """Use a filter of what was in the index when it was begun."""
        for command in self._since or ():
            seen.add(command)
        self._since = None
        self._seen, self._looked_up = seen, 0


def filter_of(log: Log, room: str) -> Seen:
    """Make the filter of what is in a room's index. Blocking. Raises LogError."""
    ids = log.indexed(room)
    return Seen(ids, len(ids))


def content_of(fields: dict[str, Any]) -> bytes:
    """Encode what a command asks for; nothing where it holds a lone surrogate, which no text may."""
    try:
        return orjson.dumps(fields, option=orjson.OPT_SORT_KEYS)
    except TypeError:
        return b""


def broken_field(fields: dict[str, Any]) -> str:
    """Name the field that holds a lone surrogate."""
    broken = next(name for name, value in fields.items() if not content_of({name: value}))
    return broken.encode("utf-8", "replace").decode()


def fingerprint(salt: bytes, content: bytes) -> bytes:
    """Tell a command's content, keyed with the salt of the text it carries: without the salt nothing can be guessed."""
    return sha256(salt + content).digest()[:16]


def answer_again(kept: CommandKept, salt: bytes | None, by: str, content: bytes) -> Answer:
    """Answer a command that was sent before: what it made, or that its id now stands for something else.

    Where a text of it was taken out, the salt is gone with it (None): no content can be told from another any more.
    """
    if kept.by != by or (salt is not None and fingerprint(salt, content) != kept.fingerprint):
        return Refused("command_reused")
    return Duplicate(tuple(range(kept.first, kept.last + 1)))
