"""docs/domain.md says what the models say."""

from tests.domain.events_table import table, written


def test_the_page_has_the_table_of_events_that_the_models_make() -> None:
    assert written() == table(), "python -m tests.domain.events_table writes it anew"


def test_the_table_tells_members_that_may_be_absent_and_what_people_wrote() -> None:
    row = next(line for line in table().splitlines() if "`ActivityJudged`" in line)

    assert row == "| `ActivityJudged` | `activity` text, `judgement` judgement or null, [`reason` text] | `/reason` |"
