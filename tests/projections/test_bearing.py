"""Which words of a log go along with one that is taken out."""

from typing import Any

from projections.bearing import Word, bearing, whose, words


def word(version: int, text: str, *lineage: str, pointer: str = "/text", stroke: str | None = None) -> Word:
    return Word(version, pointer, text, lineage or ("note", "n", "text"), stroke)


def taken(named: Word, *others: Word) -> list[int]:
    """Tell the versions that go, those of the others in their order behind the one that was named."""
    everything = sorted((named, *others))
    found = bearing(named, everything)
    assert found[0] == named
    return [one.version for one in found[1:]]


def test_the_same_text_goes_wherever_it_stands() -> None:
    elsewhere = [word(2, "Jan", "activity", "a", "title"), word(7, "Jan", "activity", "a", "reason")]
    assert taken(word(4, "Jan"), *elsewhere, word(5, "Jan and Piet", "activity", "b", "title")) == [2, 7]


def test_in_its_own_field_every_version_goes_that_has_it_within() -> None:
    assert taken(word(4, "Jan"), word(3, "Ja"), word(5, "Call Jan"), word(6, "Call")) == [5]


def test_in_each_field_in_which_it_stood_too() -> None:
    title = "activity", "a", "title"
    assert taken(word(4, "Jan"), word(5, "Jan", *title), word(6, "Jan Jansen", *title)) == [5, 6]


def test_a_stroke_goes_whole_wherever_it_was_typed() -> None:
    typed = [word(version, text, stroke="s") for version, text in ((2, "J"), (3, "Ja"), (5, "Jans"), (6, "Something"))]
    assert taken(word(4, "Jan", stroke="s"), word(1, "Before"), *typed, word(7, "Later", stroke="t")) == [2, 3, 5, 6]


def test_a_stroke_in_which_somebody_went_on_with_the_text_goes_whole_too() -> None:
    went_on = [word(5, "Jan J", stroke="t"), word(6, "Ja", stroke="t")]
    assert taken(word(4, "Jan", stroke="s"), *went_on) == [5, 6]


def test_nothing_goes_for_being_empty() -> None:
    assert taken(word(4, "Jan", stroke="s"), word(3, "", stroke="s")) == []


def lineages(kind: str, data: dict[str, Any], *pointers: str) -> list[tuple[str, ...]]:
    return [one.lineage for one in words(9, kind, data, dict.fromkeys(pointers, "Jan"))]


def test_what_is_said_of_one_field_of_one_thing_is_one_lineage() -> None:
    assert lineages("ActivityAdded", {"activity": "a"}, "/title", "/details") == [
        ("activity", "a", "title"),
        ("activity", "a", "details"),
    ]
    reworded = {"activity": "a", "field": "details"}
    assert set(lineages("ActivityReworded", reworded, "/text", "/ours", "/theirs")) == {("activity", "a", "details")}
    assert lineages("ActivitiesCombined", {"into": "a"}, "/title") == [("activity", "a", "title")]
    assert lineages("ActivityRetired", {"activity": "a"}, "/reason") == [("activity", "a", "because")]
    assert lineages("ActivityCommented", {"activity": "a", "comment": "c"}, "/text") == [("comment", "a", "c")]
    assert set(lineages("NoteReworded", {"note": "n"}, "/text", "/theirs")) == {("note", "n", "text")}
    assert lineages("WorkshopDescribed", {}, "/goal") == lineages("WorkshopCopied", {}, "/goal")


def test_a_copied_thing_goes_on_with_what_it_was() -> None:
    copied = {
        "activities": [{"id": "a"}],
        "notes": [{"id": "n"}],
        "comments": [{"activity": "a", "id": "c"}],
        "steps": [{"id": "s"}],
    }
    pointers = "/activities/0/title", "/notes/0/text", "/comments/0/text", "/steps/0/name"
    assert lineages("WorkshopCopied", copied, *pointers) == [
        ("activity", "a", "title"),
        ("note", "n", "text"),
        ("comment", "a", "c"),
        ("step", "s", "name"),
    ]
    assert lineages("StepsDefined", copied, "/steps/0/name") == [("step", "s", "name")]


def test_whose_a_text_is() -> None:
    assert whose(word(4, "Jan")) == (None, "n")
    assert whose(word(4, "Jan", "activity", "a", "title")) == ("a", None)
    assert whose(word(4, "Jan", "comment", "a", "c")) == ("a", None)
    assert whose(word(4, "Jan", "workshop", "goal")) == (None, None)
