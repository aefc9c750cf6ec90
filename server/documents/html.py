"""HTML that can't be spelled wrong: text is escaped where it enters, elements are closed, attributes quoted."""

from collections.abc import Sequence
from html import escape
from typing import NewType

Html = NewType("Html", str)


def text(words: object) -> Html:
    """Escape words, so that they stand on the page as they are."""
    return Html(escape(str(words)))


def prose(words: str) -> Html:
    """Set a sentence in which names stand between backticks."""
    return join(*(tag("code", text(part)) if odd % 2 else text(part) for odd, part in enumerate(words.split("`"))))


def join(*parts: Html) -> Html:
    """Put parts one behind the other."""
    return Html("".join(parts))


def tag(name: str, *parts: Html, **attributes: str) -> Html:
    """Make an element."""
    given = "".join(f' {attribute}="{escape(value)}"' for attribute, value in attributes.items())
    return Html(f"<{name}{given}>{join(*parts)}</{name}>")


def section(title: str, *parts: Html, level: int = 2, **attributes: str) -> Html:
    """Make a section with a heading."""
    return tag("section", tag(f"h{level}", text(title)), *parts, **attributes)


def table(heads: Sequence[str], rows: Sequence[Sequence[Html]]) -> Html:
    """Make a table; the first cell of each row is its head."""
    head = tag("thead", tag("tr", *(tag("th", text(name), scope="col") for name in heads)))
    body = tag(
        "tbody",
        *(tag("tr", tag("th", row[0], scope="row"), *(tag("td", cell) for cell in row[1:])) for row in rows),
    )
    return tag("div", tag("table", head, body), **{"class": "wide", "tabindex": "0"})


def page(title: str, content: Html) -> bytes:
    """Make a whole page, with the way to the others."""
    ways = tag(
        "nav",
        tag("a", text("HTTP"), href="/docs"),
        tag("a", text("Live"), href="/docs/live"),
        tag("a", text("The rooms"), href="/"),
        **{"aria-label": "Documents"},
    )
    head = (
        f'<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(title)}</title><link rel="stylesheet" href="/docs/style.css">'
    )
    body = tag("body", ways, tag("main", tag("h1", text(title)), content))
    return f'<!doctype html>\n<html lang="en"><head>{head}</head>{body}</html>\n'.encode()
