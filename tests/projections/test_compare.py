"""What lies between two moments, in the workshop's words."""

import json
from typing import Any

import pytest

from domain import events as e
from projections.compare import Difference, backwards, differences, summary
from tests.domain.fuzz import Session
from tests.domain.specification import ANNA, FRIDA, PIET, Story, activity, given, listed, named, note, steps
from tests.domain.stored import stored
from tests.projections.moments import Moments

FIELDS = ("title", "details", "category", "step", "judgement", "reason")


def since(version: int, story: Story) -> list[Difference]:
    """Answer what lies between a version and now."""
    moments = Moments(story.log)
    return differences(moments.canvases[version], moments.canvases[-1], moments.between(version, moments.head))


def told(found: list[Difference]) -> list[tuple[str, str, Any, Any]]:
    return [(one.kind, one.activity, one.before, one.after) for one in found]


def test_what_was_changed_and_changed_back_is_no_difference() -> None:
    story = given(activity("a"))
    start = story.version
    story = story.does(PIET, "judge_activity", activity=named("a"), judgement="must_do")
    story = story.does(PIET, "judge_activity", activity=named("a"), judgement=None)
    story = story.does(PIET, "add_activity", activity=named("b"), title="B", category=None).does(PIET, "undo")
    story = story.does(PIET, "retire_activity", activity=named("a")).does(PIET, "restore_activity", activity=named("a"))
    assert since(start, story) == []


def test_another_place_within_a_category_is_none_and_another_category_is_one() -> None:
    story = given(activity("a"), activity("b", after="a"))
    start = story.version
    story = story.does(PIET, "move_activity", activity=named("b"), category="production", after=None)
    assert since(start, story) == []
    story = story.does(ANNA, "move_activity", activity=named("b"), category=None, after=None)
    (one,) = since(start, story)
    assert (one.kind, one.before, one.after, one.by, one.versions) == (
        "moved",
        "production",
        None,
        (ANNA,),
        (story.version,),
    )


def test_fields_name_who_changed_them_in_which_versions_and_why() -> None:
    story = given(activity("a"), steps("idea"))
    start = story.version
    story = story.does(PIET, "judge_activity", activity=named("a"), judgement="must_do", reason="At once")
    story = story.does(ANNA, "judge_activity", activity=named("a"), judgement="not_now", reason="No money")
    story = story.does(PIET, "reword_activity", activity=named("a"), field="title", text="Saw")
    story = story.does(PIET, "place_activity", activity=named("a"), step=named("idea"))
    judged, reworded, placed = since(start, story)
    assert (judged.kind, judged.before, judged.after) == ("judged", None, "not_now")
    assert (judged.by, judged.reason, judged.versions) == ((PIET, ANNA), "No money", (start + 1, start + 2))
    assert (reworded.kind, reworded.field, reworded.before, reworded.after) == ("reworded", "title", "Do a", "Saw")
    assert (placed.kind, placed.after) == ("placed", named("idea"))


def test_another_reason_for_the_same_judgement_is_a_difference() -> None:
    story = given(activity("a")).does(PIET, "judge_activity", activity=named("a"), judgement="must_do", reason="Old")
    start = story.version
    story = story.does(ANNA, "judge_activity", activity=named("a"), judgement="must_do", reason="New")
    (one,) = since(start, story)
    assert (one.kind, one.before, one.after, one.reason) == ("judged", "must_do", "must_do", "New")


def test_what_came_or_went_is_told_as_that_alone() -> None:
    story = given(activity("old"))
    start = story.version
    story = story.does(PIET, "add_activity", activity=named("new"), title="New", category=None)
    story = story.does(PIET, "judge_activity", activity=named("new"), judgement="must_do")
    story = story.does(ANNA, "reword_activity", activity=named("old"), field="title", text="Older")
    story = story.does(ANNA, "retire_activity", activity=named("old"), reason="Nobody wants it")
    added, retired = since(start, story)
    assert (added.kind, added.activity, added.before) == ("added", named("new"), None)
    assert (added.after["judgement"], added.versions) == ("must_do", (start + 1,))
    assert (retired.kind, retired.before["title"], retired.after) == ("retired", "Do old", None)
    assert (retired.reason, retired.by) == ("Nobody wants it", (ANNA,))
    assert summary([added, retired]) == {"added": 1, "retired": 1}


def test_an_adding_that_was_taken_back_later_is_a_going() -> None:
    story = given().does(PIET, "add_activity", activity=named("a"), title="A", category=None)
    start = story.version
    (one,) = since(start, story.does(PIET, "undo"))
    assert (one.kind, one.before["title"], one.after, one.versions) == ("retired", "A", None, (start + 1,))


def test_what_was_retired_before_and_stands_now_was_restored() -> None:
    story = given(activity("a"), e.ActivityRetired(activity=named("a")))
    start = story.version
    story = story.does(PIET, "restore_activity", activity=named("a"), reason="After all")
    (one,) = since(start, story)
    assert (one.kind, one.before, one.after["title"], one.reason) == ("restored", None, "Do a", "After all")


def combine(story: Story, into: str, *names: str) -> Story:
    """Combine activities into a new one."""
    ids = {"activities": [named(name) for name in names], "into": named(into)}
    return story.does(PIET, "combine_activities", title=f"Do {into}", category="production", **ids)


def test_a_combination_is_told_once_through_several_with_those_that_stood_before_as_its_sources() -> None:
    story = given(activity("a"), activity("b"))
    start = story.version
    story = story.does(PIET, "add_activity", activity=named("c"), title="C", category=None)
    story = combine(combine(story, "ac", "a", "c"), "all", "ac", "b")
    (one,) = since(start, story)
    assert (one.kind, one.activity, one.after["title"]) == ("combined", named("all"), "Do all")
    assert [source["id"] for source in one.before] == [named("a"), named("b")]
    assert one.versions == (story.version - 1, story.version)


def test_a_combination_of_what_came_in_between_is_an_adding() -> None:
    story = given()
    start = story.version
    for name in ("a", "b"):
        story = story.does(PIET, "add_activity", activity=named(name), title=name, category=None)
    (one,) = since(start, combine(story, "ab", "a", "b"))
    assert (one.kind, one.activity, one.before) == ("added", named("ab"), None)


def test_what_was_combined_into_something_that_went_is_gone_too() -> None:
    story = given(activity("a"), activity("b"))
    start = story.version
    story = combine(story, "ab", "a", "b").does(ANNA, "retire_activity", activity=named("ab"), reason="Enough")
    found = since(start, story)
    assert [(one.kind, one.activity, one.reason) for one in found] == [
        ("retired", one.activity, "Enough") for one in found
    ]
    assert {one.activity for one in found} == {named("a"), named("b")}


def test_links_are_told_note_by_note_also_where_the_note_itself_went() -> None:
    story = given(activity("a"), note("n"), e.ActivityLinked(activity=named("a"), note=named("n")))
    start = story.version
    story = story.does(PIET, "link_activity", activity=named("a"), note=named("value"))
    story = story.does(ANNA, "remove_note", note=named("n"))
    assert told(since(start, story)) == [
        ("linked", named("a"), None, named("value")),
        ("unlinked", named("a"), named("n"), None),
    ]


def test_read_backwards_coming_is_going_and_a_combination_falls_apart() -> None:
    story = given(activity("a"), activity("b"), activity("c"))
    start = story.version
    story = combine(story, "ab", "a", "b").does(PIET, "retire_activity", activity=named("c"))
    story = story.does(PIET, "add_activity", activity=named("d"), title="D", category=None)
    turned = backwards(since(start, story), Moments(story.log).canvases[start])
    found = {(one.kind, one.activity) for one in turned}
    assert found == {
        ("retired", named("ab")),
        ("restored", named("a")),
        ("restored", named("b")),
        ("restored", named("c")),
        ("retired", named("d")),
    }


def test_a_judgement_read_backwards_has_the_reason_that_it_had() -> None:
    judged = e.ActivityJudged(activity=named("a"), judgement="must_do", reason="It earns")
    story = given(activity("a"), judged)
    start = story.version
    for judgement in ("not_now", "must_do"):
        story = story.does(PIET, "judge_activity", activity=named("a"), judgement=judgement, reason="No money")
        (one,) = since(start, story)
        (turned,) = backwards([one], Moments(story.log).canvases[start])
        assert (one.before, one.after, one.reason) == ("must_do", judgement, "No money")
        assert (turned.before, turned.after, turned.reason) == (judgement, "must_do", "It earns")


def test_what_came_back_elsewhere_was_put_there_by_its_coming_back() -> None:
    story = given(activity("a", step=named("idea")), steps("idea"))
    start = story.version
    story = story.does(PIET, "retire_activity", activity=named("a")).does(FRIDA, "define_steps", steps=listed("plan"))
    story = story.does(ANNA, "restore_activity", activity=named("a"))
    (one,) = since(start, story)
    assert (one.kind, one.before, one.after) == ("placed", named("idea"), None)
    assert (one.by, one.versions) == ((ANNA,), (story.version,))


def test_what_a_copy_brought_was_added_by_the_copying() -> None:
    moments = Moments(event.recorded() for event in stored("fourth"))
    copying = next(one.version for one in moments.revisions if one.kind == "WorkshopCopied")
    before, after = moments.canvases[copying - 1], moments.canvases[copying]
    found = differences(before, after, moments.between(copying - 1, copying))
    assert {one.activity for one in found} == set(after["activities"]) != set()
    assert {(one.kind, one.versions) for one in found} == {("added", (copying,))}


@pytest.mark.parametrize("seed", range(12))
def test_the_differences_laid_on_one_canvas_give_the_activities_of_the_other(seed: int) -> None:
    session = Session(seed)
    for _ in range(150):
        session.step()
    moments = Moments(recorded for recorded, _ in session.room.log)
    for _ in range(60):
        one, other = sorted(session.chance.choices(range(moments.head + 1), k=2))
        earlier, later = moments.canvases[one], moments.canvases[other]
        found = differences(earlier, later, moments.between(one, other))
        assert laid(found, earlier) == fields(later), (seed, one, other)
        assert laid(backwards(found, earlier), later) == fields(earlier), (seed, other, one)
        for difference in found:
            assert difference.versions, (seed, one, other, difference)
            assert all(one < version <= other for version in difference.versions)
            assert difference.before != difference.after or difference.kind == "judged"


def fields(canvas: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Answer what is compared of each activity that stands."""
    return {id_: _fields(activity) for id_, activity in canvas["activities"].items()}


def _fields(activity: dict[str, Any]) -> dict[str, Any]:
    kept = {field: activity[field] for field in FIELDS}
    return kept | {"links": sorted(activity["links"])}


def laid(found: list[Difference], canvas: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Lay differences on the activities of a canvas, knowing nothing but what they say."""
    shown = json.loads(json.dumps(canvas["activities"]))
    for one in found:
        if one.kind == "combined":
            for source in one.before:
                del shown[source["id"]]
        if one.kind == "retired":
            del shown[one.activity]
        elif one.kind in {"added", "restored", "combined"}:
            shown[one.activity] = json.loads(json.dumps(one.after))
        elif one.kind == "linked":
            shown[one.activity]["links"].append(one.after)
        elif one.kind == "unlinked":
            shown[one.activity]["links"].remove(one.before)
        else:
            assert one.field is not None
            shown[one.activity][one.field] = one.after
        if one.kind == "judged":
            shown[one.activity]["reason"] = one.reason
    return {id_: _fields(activity) for id_, activity in shown.items()}
