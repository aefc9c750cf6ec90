"""A document as a page to print: plain HTML, whose look is one stylesheet that the server has."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final, assert_never

from domain.vocabulary import Language
from projections.document import Block, Bullets, Heading, Line, Ours, Paragraph, Strong, Theirs

STYLE: Final = "/print.css"
"""Where the stylesheet is: the content security policy allows none within the page."""


def printed(document: Sequence[Block], language: Language) -> str:
    """Write a whole page. Its title is the first heading."""
    title = next((_plain(block.line) for block in document if isinstance(block, Heading)), "")
    body = "\n".join(_block(block) for block in document)
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<title>{title}</title>\n<link rel="stylesheet" href="{STYLE}">\n</head>\n'
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _block(block: Block) -> str:
    match block:
        case Heading(level, line):
            return f"<h{level}>{_line(line)}</h{level}>"
        case Paragraph(lines):
            return "\n".join(f"<p>{one}</p>" for one in _paragraphs(lines))
        case Bullets(items):
            return "\n".join(["<ul>", *(f"<li>{_item(item)}</li>" for item in items), "</ul>"])
        case _:
            assert_never(block)


def _item(lines: Iterable[Line]) -> str:
    first, *others = _paragraphs(lines) or [""]
    return "\n".join([first, *(f"<p>{other}</p>" for other in others)])


def _paragraphs(lines: Iterable[Line]) -> list[str]:
    """Write lines, divided where one is empty."""
    found: list[list[str]] = [[]]
    for line in lines:
        if line:
            found[-1].append(_line(line))
        else:
            found.append([])
    return ["<br>\n".join(one) for one in found if one]


def _line(line: Line) -> str:
    return "".join(_piece(piece) for piece in line)


def _piece(piece: Ours | Theirs | Strong) -> str:
    words = _escaped(piece)
    return f"<strong>{words}</strong>" if isinstance(piece, Strong) else words


def _plain(line: Line) -> str:
    return "".join(_escaped(piece) for piece in line)


def _escaped(piece: Ours | Theirs | Strong) -> str:
    return escape(piece.words if isinstance(piece, Ours) else " ".join(piece.words.split()))
