"""What people wrote stands in a document as they wrote it, and is no markup; in a table it computes nothing."""

import csv
import io

import pytest

from projections import sheet
from projections.document import Bullets, Paragraph, lines
from projections.markdown import text, written


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("Saw & sell", r"Saw \& sell"),
        ("<script>alert(1)</script>", r"\<script>alert(1)\</script>"),
        ("[x](javascript:y) ![z](w)", r"\[x\](javascript:y) !\[z\](w)"),
        ("# no heading", r"\# no heading"),
        ("a # b - c + d > e", "a # b - c + d > e"),
        ("- no list", r"\- no list"),
        ("+ no list", r"\+ no list"),
        ("> no quote", r"\> no quote"),
        ("12. no list", r"12\. no list"),
        ("1) no list", r"1\) no list"),
        ("2.5 of 3.", "2.5 of 3."),
        ("--- ===", r"\--- ==="),
        ("`*_~|\\", r"\`\*\_\~\|" + "\\\\"),
        ("  two\n words\t", "two words"),
    ],
)
def test_a_line_says_what_somebody_wrote(words: str, written: str) -> None:
    assert text(words) == written


def test_lines_stay_lines_and_a_blank_one_begins_a_paragraph() -> None:
    said = lines("One\n- two\n\nThree", "So: {}")
    assert written([Paragraph(said)]) == "So: One\\\n\\- two\n\nThree\n"
    assert written([Bullets((said, lines("Four")))]) == "- So: One\\\n  \\- two\n\n  Three\n- Four\n"


def test_cells_come_back_from_a_spreadsheet_as_they_were_written() -> None:
    cells = ["a", 'say "so"', "two\nlines", "1,5", "1;5", "", None, 7, -7, "2026-01-31 09:30:00", "é ☃"]
    for language, delimiter in sheet.DELIMITERS.items():
        written = sheet.row(cells, language)
        assert written.endswith("\r\n")
        [read] = csv.reader(io.StringIO(written, newline=""), delimiter=delimiter, strict=True)
        assert read == ["" if cell is None else str(cell) for cell in cells]


@pytest.mark.parametrize("words", ["=1+1", "+31 6", "-1", "@SUM(A1)", "\tx", "=cmd|' /C calc'!A0", "="])
def test_what_could_be_a_formula_begins_with_an_apostrophe(words: str) -> None:
    [[cell]] = csv.reader(io.StringIO(sheet.row([words], "nl"), newline=""), delimiter=";")
    assert cell == f"'{words}"
