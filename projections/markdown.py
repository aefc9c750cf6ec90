r"""Markdown that says what people wrote, and nothing that they did not mean: their words are no markup."""

import re
from itertools import pairwise
from typing import Final

_MARKUP: Final = re.compile(r"[\\`*_{}\[\]<|~&]|^[#>+=-]|((?<=^\d)|(?<=^\d\d)|(?<=^\d\d\d))[.)](?= |$)")
"""What could be read as markup, in a line by itself."""


def text(words: str) -> str:
    """Write words as one line of text."""
    return _MARKUP.sub(lambda found: f"\\{found[0]}", " ".join(words.split()))


def paragraphs(words: str, indent: str = "") -> str:
    """Write words of several lines: a line of theirs is a line, and a blank one begins a paragraph."""
    lines = [text(line) for line in words.splitlines()]
    written: list[str] = []
    for line, following in pairwise([*lines, ""]):
        written.append(f"{indent}{line}\\" if line and following else f"{indent}{line}" if line else "")
    return "\n".join(written)
