"""What is left of a text in the files of a data folder: as it is, and in what was compressed."""

import re
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

BEGINNING = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
"""How something compressed begins; where it begins by chance, nothing comes of it."""

PIECE = 128
LONGEST = 2**20


def left_of(folder: Path, *texts: str) -> list[str]:
    """Name the files in which a text stands, as bytes, in a value that is compressed, or in remains of one."""
    return sorted(
        f"{file.name}: {text}"
        for file in folder.rglob("*")
        if file.is_file() and not file.name.endswith("-shm")
        for text in texts
        if any(text.encode() in content for content in _contents(file))
    )


def _contents(file: Path) -> Iterator[bytes]:
    raw = file.read_bytes()
    yield raw
    for beginning in BEGINNING.finditer(raw):
        yield _as_far_as_it_goes(raw[beginning.start() : beginning.start() + LONGEST])
    if raw.startswith(b"SQLite format 3"):
        yield from _values(file)


def _as_far_as_it_goes(packed: bytes) -> bytes:
    """Unpack something whose end may be overwritten, or lie on another page."""
    unpacking, found = zlib.decompressobj(), b""
    for at in range(0, len(packed), PIECE):
        try:
            found += unpacking.decompress(packed[at : at + PIECE])
        except zlib.error:
            break
        if unpacking.eof:
            break
    return found


def _values(file: Path) -> Iterator[bytes]:
    """Unpack what is there, whole."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            for row in connection.execute(f"SELECT * FROM {table}"):  # noqa: S608 - its own tables
                yield from (_as_far_as_it_goes(value) for value in row if isinstance(value, bytes))
