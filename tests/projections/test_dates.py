"""Days and times in words."""

import pytest

from domain.vocabulary import Language
from projections.dates import MONTHS, day, moment, span

FIRST, SAME_DAY, LATER = "2026-03-02T09:00:00Z", "2026-03-02T10:08:59Z", "2027-10-16T23:59:00Z"


@pytest.mark.parametrize(("language", "written"), [("en", "2 March 2026"), ("nl", "2 maart 2026")])
def test_a_day_is_written_out(language: Language, written: str) -> None:
    assert day(FIRST, language) == written
    assert moment(FIRST, language) == f"{written}, 09:00"
    assert moment(FIRST, language, "2026-03-02") == "09:00"
    assert moment(FIRST, language, "2026-03-03") == f"{written}, 09:00"


def test_the_day_of_a_span_is_said_once_where_it_is_the_same() -> None:
    assert span(FIRST, SAME_DAY, "nl") == "2 maart 2026, 09:00–10:08"
    assert span(FIRST, "2026-03-02T09:00:59Z", "en") == "2 March 2026, 09:00"
    assert span(FIRST, LATER, "nl") == "2 maart 2026, 09:00 – 16 oktober 2027, 23:59"


def test_a_year_has_twelve_months_in_each_language() -> None:
    assert [len(set(MONTHS[language])) for language in ("en", "nl")] == [12, 12]
