"""Tables that open in a spreadsheet, and only say something there.

The Dutch form has semicolons, since a Dutch Excel takes commas for decimal signs; the English one has commas. Both
begin with a byte order mark, by which Excel knows that it is UTF-8, and lines end as RFC 4180 has it. A cell that would
be read as a formula begins with an apostrophe: it comes from people, and must compute nothing where it is opened.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from domain.vocabulary import Language

MARK: Final = "\ufeff"
DELIMITERS: Final[Mapping[Language, str]] = {"en": ",", "nl": ";"}
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def row(cells: Iterable[Any], language: Language) -> str:
    """Write one row of texts and whole numbers; null is an empty cell."""
    delimiter = DELIMITERS[language]
    return delimiter.join(_cell(cell, delimiter) for cell in cells) + "\r\n"


def _cell(value: object, delimiter: str) -> str:
    if value is None:
        return ""
    cell = str(value)
    if not isinstance(value, int) and cell.startswith(FORMULA):
        cell = f"'{cell}"
    if any(sign in cell for sign in (delimiter, '"', "\n", "\r")):
        return f'"{cell.replace(chr(34), chr(34) * 2)}"'
    return cell
