"""A comparison in words: the sentence, the document and the table, in both languages."""

import csv
import io

from domain import events as e
from projections.compare import KINDS, backwards, differences
from projections.comparison import COUNTED, GROUPS, WORDS, Comparison, Side, markdown, sentence, table
from projections.naming import DUTCH, ENGLISH
from projections.sheet import DELIMITERS, FORMULA
from tests.domain.specification import ANNA, FRIDA, PIET, Story, activity, given, named, note, steps
from tests.projections.moments import Moments

NAMES = {PIET: "Piet *", ANNA: "Anna"}


def told(story: Story, since: int, *, back: bool = False) -> Comparison:
    """Compare the newest moment with an earlier one."""
    moments = Moments(story.log)
    one, other = (Side(moments.canvases[version], version, None) for version in (since, moments.head))
    found = differences(one.canvas, other.canvas, moments.between(since, moments.head))
    return Comparison(other, one, backwards(found, one.canvas), NAMES) if back else Comparison(one, other, found, NAMES)


def workshop() -> tuple[Story, int]:
    """A workshop in which one thing of each sort happens."""
    story = given(
        *(activity(name) for name in ("a", "b", "c", "d", "x", "y")),
        note("n"),
        e.ActivityJudged(activity=named("b"), judgement="must_do"),
        e.ActivityJudged(activity=named("d"), judgement="must_do"),
        e.ActivityRetired(activity=named("d")),
        e.ActivityLinked(activity=named("c"), note=named("n")),
    )
    since = story.version
    story = story.does(PIET, "add_activity", activity=named("new"), title="=1+1 [x](y)", category="production")
    story = story.does(PIET, "judge_activity", activity=named("a"), judgement="not_now", reason="Too\nearly; yet")
    story = story.does(ANNA, "judge_activity", activity=named("b"), judgement="not_now")
    story = story.does(ANNA, "restore_activity", activity=named("d"))
    story = story.does(ANNA, "unlink_activity", activity=named("c"), note=named("n"))
    story = story.does(ANNA, "link_activity", activity=named("a"), note=named("n"))
    story = story.does(ANNA, "move_activity", activity=named("c"), category="problem_solving")
    story = story.does(ANNA, "reword_activity", activity=named("c"), field="title", text="See", base=story.version)
    both = {"activities": [named("x"), named("y")], "into": named("xy"), "category": "production"}
    return story.does(PIET, "combine_activities", title="X and Y", **both), since


def test_everything_that_can_be_said_is_said_in_both_languages() -> None:
    assert ENGLISH.keys() == DUTCH.keys()
    for words in (COUNTED, WORDS):
        assert words["en"].keys() == words["nl"].keys()
    assert set(GROUPS["en"]) == set(GROUPS["nl"]) == set(KINDS)


def test_one_sentence_says_how_much_is_different() -> None:
    story, since = workshop()
    found = told(story, since).found
    assert sentence(found, "en") == (
        "1 added, 1 brought back, 1 combined, 1 parked, 1 judgement flipped, 1 text reworded, 1 in another category,"
        " 1 link made and 1 link removed."
    )
    assert sentence(found, "nl") == (
        "1 erbij, 1 teruggehaald, 1 samengevoegd, 1 geparkeerd, 1 oordeel omgeslagen, 1 tekst anders verwoord,"
        " 1 naar een andere categorie, 1 koppeling gelegd en 1 koppeling weggehaald."
    )
    back = sentence(told(story, since, back=True).found, "en")
    assert back.startswith("3 put away, 2 brought back, 1 judgement flipped, 1 judgement taken back")
    assert sentence([*found[:1], *found[:1]], "en") == "2 added."
    assert (sentence([], "en"), sentence([], "nl")) == ("Nothing is different.", "Er is niets anders.")


def test_judgements_are_told_apart() -> None:
    story = given(*(activity(name) for name in "abc"))
    story = story.does(PIET, "judge_activity", activity=named("b"), judgement="must_do", reason="Old")
    story = story.does(PIET, "judge_activity", activity=named("c"), judgement="must_do")
    since = story.version
    story = story.does(PIET, "judge_activity", activity=named("a"), judgement="must_do")
    story = story.does(PIET, "judge_activity", activity=named("b"), judgement="must_do", reason="New")
    story = story.does(PIET, "judge_activity", activity=named("c"), judgement=None)
    expected = "1 judged as must do, 1 judgement taken back and 1 judged for another reason."
    assert sentence(told(story, since).found, "en") == expected


GUIDE = """# {title}: from version {since} to version {head}

1 added, 1 brought back, 1 combined, 1 parked, 1 judgement flipped, 1 text reworded, 1 in another category, 1 link \
made and 1 link removed.

## Added

- **\\=1+1 \\[x\\](y)** (by Piet \\*)

## Brought back

- **Do d** (by Anna)

## Combined

- **X and Y** from **Do x** and **Do y** (by Piet \\*)

## Judged

- **Do a**: not judged → not relevant now (by Piet \\*). Reason: Too early; yet
- **Do b**: must do → not relevant now (by Anna)

## Reworded

- **See**: Do c → See (by Anna)

## In another category

- **See**: Production → Problem solving (by Anna)

## Links made

- **Do a**: The n (by Anna)

## Links removed

- **See**: The n (by Anna)
"""


def test_the_document_tells_each_group_by_itself() -> None:
    story, since = workshop()
    comparison = told(story, since)
    title = comparison.other.canvas["title"]
    assert markdown(comparison, "en") == GUIDE.format(title=title, since=since, head=story.version)
    dutch = markdown(comparison, "nl")
    assert dutch.startswith(f"# {title}: van versie {since} naar versie {story.version}\n\n1 erbij, ")
    assert "- **Do a**: niet beoordeeld → nu niet relevant (door Piet \\*). Reden: Too early; yet\n" in dutch


def test_the_table_opens_in_a_spreadsheet_and_computes_nothing() -> None:
    story, since = workshop()
    comparison = told(story, since)
    for language, delimiter in DELIMITERS.items():
        written = table(comparison, language)
        assert written.startswith("\ufeff")
        rows = list(csv.reader(io.StringIO(written[1:], newline=""), delimiter=delimiter, strict=True))
        assert {len(row) for row in rows} == {9}
        assert len(rows) == 1 + len(comparison.found)
        assert [row[1] for row in rows if row[1].startswith(FORMULA)] == []
    written = table(comparison, "nl")
    first = written[1:].split("\r\n")[:2]
    assert first[0] == "Verandering;Activiteit;Id;Veld;Voor;Na;Door;Reden;Versies"
    assert first[1] == f"Erbij;'=1+1 [x](y);{named('new')};;;'=1+1 [x](y);Piet *;;{since + 1}"
    assert '"Too\nearly; yet"' in written


def test_iterations_and_steps_are_called_by_their_names() -> None:
    story = given(activity("a"), steps("idea"))
    since = story.version
    story = story.does(PIET, "place_activity", activity=named("a"), step=named("idea"))
    story = story.does(FRIDA, "open_iteration", iteration=named("first"), name="Kick-off")
    comparison = told(story, since)
    named_so = comparison._replace(other=comparison.other._replace(iteration=named("first")))
    written = markdown(named_so, "nl")
    assert written.startswith(f"# Toys: van versie {since} naar Kick-off\n")
    assert "- **Do a**: Eindproduct als geheel → Idea (door Piet \\*)\n" in written
