"""A thing's place is its own: it is told by what it stands behind."""

import pytest

from domain import events as e
from tests.domain.specification import ANNA, FRIDA, PIET, Fields, Story, activity, given, named, note


def row(*names: str) -> Story:
    """Let these activities stand under production, in order."""
    story = given()
    for before, name in zip((None, *names), names, strict=False):
        story.given(activity(name, after=before))
    return story


def order(story: Story, category: str = "production") -> str:
    """Tell the order in letters: each activity has a letter for a name."""
    names = {named(letter): letter for letter in "abcdefgh"}
    return "".join(names[id_] for id_ in story.document["categories"][category])


@pytest.mark.parametrize(("after", "becomes"), [({"after": None}, "xabc"), ({}, "abcx"), ({"after": "b"}, "abxc")])
def test_null_is_first_absent_is_last(after: dict[str, str | None], becomes: str) -> None:
    place: Fields = {"after": after["after"] and named(after["after"])} if after else {}
    story = row("a", "b", "c")

    added = story.does(PIET, "add_activity", activity=named("d"), title="X", category="production", **place)

    assert order(added).replace("d", "x") == becomes


@pytest.mark.parametrize(("after", "becomes"), [({"after": None}, "cab"), ({}, "abc"), ({"after": "a"}, "acb")])
def test_moving_follows_the_same_words(after: dict[str, str | None], becomes: str) -> None:
    place: Fields = {"after": after["after"] and named(after["after"])} if after else {}
    story = row("a", "b").given(activity("c", None))

    assert order(story.does(PIET, "move_activity", activity=named("c"), category="production", **place)) == becomes


def test_an_after_that_stands_in_another_list_means_last() -> None:
    story = row("a", "b").given(activity("c", "problem_solving"))

    story.when("add_activity", activity=named("d"), title="Do d", category="production", after=named("c")).then(
        activity("d", after="b")
    )
    assert order(story) == "abd"


def test_an_after_that_does_not_stand_any_more_means_last() -> None:
    story = row("a", "b", "c").given(e.ActivityRetired(activity=named("a")))

    story.when("move_activity", activity=named("b"), category="production", after=named("a")).then(
        e.ActivityMoved(activity=named("b"), category="production", after=named("c"))
    )


def test_a_note_goes_last_where_its_after_is_gone() -> None:
    story = given(note("n"), note("m", after="n"))

    story.when("add_note", note=named("o"), block="channels", text="The o", after=named("value")).then(
        note("o", after="m")
    )


def test_an_after_that_names_the_thing_itself_is_invalid() -> None:
    story = row("a").given(note("n"))

    story.when("move_activity", activity=named("a"), category="production", after=named("a")).rejected(
        "invalid", field="after"
    )
    story.when("move_note", note=named("n"), block="channels", after=named("n")).rejected("invalid", field="after")


def moved_away(*names: str, thing: str) -> Story:
    return row(*names).does(PIET, "move_activity", activity=named(thing), category=None)


def test_taking_a_move_back_puts_it_behind_its_former_predecessor() -> None:
    story = moved_away("a", "b", "c", thing="b")

    assert order(story.does(PIET, "undo")) == "abc"


def test_taking_a_move_back_finds_the_nearest_former_predecessor_that_still_stands_there() -> None:
    story = moved_away("a", "b", "c", "d", thing="d")
    story = story.does(ANNA, "retire_activity", activity=named("c"))
    story = story.does(ANNA, "move_activity", activity=named("b"), category="problem_solving")

    assert order(story.does(PIET, "undo")) == "ad"


def test_without_any_former_predecessor_it_comes_first() -> None:
    story = moved_away("a", "b", "c", thing="b").does(ANNA, "retire_activity", activity=named("a"))

    assert order(story.does(PIET, "undo")) == "bc"


def test_what_came_between_meanwhile_stays_behind_it() -> None:
    story = moved_away("a", "b", "c", thing="b")
    story = story.does(ANNA, "add_activity", activity=named("e"), title="E", category="production", after=named("a"))

    assert order(story.does(PIET, "undo")) == "abec"


def test_a_predecessor_that_was_moved_is_followed_to_where_it_stands() -> None:
    story = moved_away("a", "b", "c", "d", thing="b")
    story = story.does(ANNA, "move_activity", activity=named("a"), category="production", after=named("d"))

    assert order(story.does(PIET, "undo")) == "cdab"


def test_a_retired_activity_comes_back_by_undo_to_where_it_was() -> None:
    story = row("a", "b", "c").does(PIET, "retire_activity", activity=named("b"))

    assert order(story.does(PIET, "undo")) == "abc"


def test_sources_of_a_combination_come_back_each_to_its_place() -> None:
    story = row("a", "b", "c", "d", "e").given(activity("f", "problem_solving"))
    ids = [named(name) for name in "cafb"]
    story = story.does(PIET, "combine_activities", activities=ids, into=named("g"), title="G", category="production")
    assert order(story) == "deg"

    story = story.does(PIET, "undo")

    assert (order(story), order(story, "problem_solving")) == ("abcde", "f")


def test_a_withdrawn_activity_comes_back_by_redo_to_where_it_was() -> None:
    story = row("a", "b").does(
        PIET, "add_activity", activity=named("c"), title="C", category="production", after=named("a")
    )
    story = story.does(PIET, "undo").does(FRIDA, "retire_activity", activity=named("a"))

    assert order(story.does(PIET, "redo")) == "cb"


def test_a_removed_note_comes_back_to_where_it_was() -> None:
    story = given(note("n"), note("m", after="n"), note("o", after="m")).does(ANNA, "remove_note", note=named("m"))

    story = story.does(ANNA, "undo")

    assert story.document["blocks"]["channels"] == [named("n"), named("m"), named("o")]


def test_a_moved_note_comes_back_to_where_it_was() -> None:
    story = given(note("n"), note("m", after="n"))
    before = story.canvas

    assert story.does(ANNA, "move_note", note=named("n"), block="channels").does(ANNA, "undo").canvas == before


def test_links_and_comments_come_back_to_where_they_were() -> None:
    design = named("design")
    story = given(activity("design"), note("n"), note("m"))
    for name in ("value", "n", "m"):
        story = story.does(PIET, "link_activity", activity=design, note=named(name))
    before = story.canvas

    assert story.does(ANNA, "unlink_activity", activity=design, note=named("n")).does(ANNA, "undo").canvas == before
    assert story.does(ANNA, "remove_note", note=named("n")).does(ANNA, "undo").canvas == before


def test_a_comment_comes_back_to_where_it_was() -> None:
    design = named("design")
    story = given(activity("design"))
    story = story.does(PIET, "comment_on_activity", activity=design, comment=named("a"), text="A")
    story = story.does(ANNA, "comment_on_activity", activity=design, comment=named("b"), text="B")
    before = story.canvas

    assert story.does(PIET, "undo").does(PIET, "redo").canvas == before
