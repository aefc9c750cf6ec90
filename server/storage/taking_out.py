"""What is kept of an event's texts once some of them are taken out.

The row of the texts keeps its length, so that it is overwritten where it lies and no other row is moved: a 0 stands in
place of a text, and blanks at the end. The event's salt is zeros then; the own salts of the texts that stay are kept.
"""

import hmac
from collections.abc import Iterable
from typing import Final

import orjson

from server.storage.codec import Stored, Taken

NO_SALT: Final = bytes(16)
"""What stands in the place of the salt of an event from which something was taken out."""


def without(stored: Stored, row: bytes, pointers: Iterable[str], since: int) -> tuple[bytes, Taken]:
    """Take texts out of an event's row: the row as it is then, and what is kept beside it."""
    listed: list[str] = orjson.loads(stored.body)["words"]
    former = stored.taken or Taken({p: hmac.digest(stored.salt or b"", p.encode(), "sha256").hex() for p in listed}, {})
    gone = set(pointers) & former.salts.keys()
    texts = orjson.loads(row)
    left = orjson.dumps([0 if p in gone else text for p, text in zip(listed, texts, strict=True)])
    salts = {p: salt for p, salt in former.salts.items() if p not in gone}
    return left.ljust(len(row)), Taken(salts, {**former.since, **dict.fromkeys(gone, since)})
