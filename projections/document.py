"""A document before it is written down: headings, paragraphs and lists, in which people's words stand apart from ours.

So a document is made once, and is Markdown or a page to print by who writes it; what people wrote is markup in neither.
"""

from collections.abc import Iterable
from typing import NamedTuple, TypeAlias


class Ours(NamedTuple):
    """Words of this program's own."""

    words: str


class Theirs(NamedTuple):
    """Words that people wrote, as one line."""

    words: str


class Strong(NamedTuple):
    """Words that people wrote, and that the reader is to see first."""

    words: str


Line: TypeAlias = tuple[Ours | Theirs | Strong, ...]
"""One line. An empty one divides two paragraphs."""


class Heading(NamedTuple):
    """A heading; that of level 1 is the document's title."""

    level: int
    line: Line


class Paragraph(NamedTuple):
    """Lines that stay lines."""

    lines: tuple[Line, ...]


class Bullets(NamedTuple):
    """A list; each of its items is lines that stay lines."""

    items: tuple[tuple[Line, ...], ...]


Block: TypeAlias = Heading | Paragraph | Bullets


def heading(level: int, words: str) -> Heading:
    """Make a heading of our own words."""
    return Heading(level, (Ours(words),))


def line(form: str, *pieces: str | Line) -> Line:
    """Fill a sentence of ours with what people wrote, or with pieces of a line."""
    made: list[Ours | Theirs | Strong] = []
    for place, words in enumerate(form.split("{}")):
        if place:
            piece = pieces[place - 1]
            made += [Theirs(piece)] if isinstance(piece, str) else piece
        if words:
            made.append(Ours(words))
    return tuple(made)


def lines(words: str, form: str = "{}") -> tuple[Line, ...]:
    """Take what people wrote in several lines, the first of which fills a sentence of ours."""
    first, *others = words.splitlines() or [""]
    return (line(form, first), *((Theirs(other),) if other.strip() else () for other in others))


def phrase(parts: Iterable[Line], between: str, last: str) -> Line:
    """Put pieces into one phrase: a, b and c."""
    made: list[Ours | Theirs | Strong] = []
    given = list(parts)
    for place, part in enumerate(given):
        if place:
            made.append(Ours(last if place == len(given) - 1 else between))
        made += part
    return tuple(made)
