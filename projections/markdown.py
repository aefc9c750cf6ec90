r"""Markdown that says what people wrote, and nothing that they did not mean: their words are no markup."""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Final, assert_never

from projections.document import Block, Bullets, Heading, Line, Ours, Paragraph, Strong, Theirs

_MARKUP: Final = re.compile(r"[\\`*_{}\[\]<|~&]|^[#>+=-]|((?<=^\d)|(?<=^\d\d)|(?<=^\d\d\d))[.)](?= |$)")
"""What could be read as markup, in a line by itself."""


def text(words: str) -> str:
    """Write words as one line of text."""
    return _MARKUP.sub(lambda found: f"\\{found[0]}", " ".join(words.split()))


def written(document: Iterable[Block]) -> str:
    """Write a document."""
    return "\n\n".join(_block(block) for block in document) + "\n"


def _block(block: Block) -> str:
    match block:
        case Heading(level, line):
            return f"{'#' * level} {_line(line)}"
        case Paragraph(lines):
            return _lines(lines)
        case Bullets(items):
            return "\n".join(f"- {_lines(item, '  ')}" for item in items)
        case _:
            assert_never(block)


def _lines(lines: Iterable[Line], indent: str = "") -> str:
    """Write lines: a line stays a line, and an empty one begins a paragraph. All but the first are indented."""
    made: list[str] = []
    for line, following in pairwise([*map(_line, lines), ""]):
        made.append(f"{line}\\" if line and following else line)
    return "\n".join(f"{indent}{line}" if place and line else line for place, line in enumerate(made))


def _line(line: Line) -> str:
    return "".join(_piece(piece) for piece in line)


def _piece(piece: Ours | Theirs | Strong) -> str:
    match piece:
        case Ours(words):
            return words
        case Theirs(words):
            return text(words)
        case Strong(words):
            return f"**{text(words)}**"
        case _:
            assert_never(piece)
