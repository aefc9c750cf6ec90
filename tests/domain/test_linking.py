"""An activity serves what stands on the canvas: it is linked to notes."""

from domain import events as e
from tests.domain.specification import activity, given, named, note

DESIGN = named("design")
LINKED = e.ActivityLinked(activity=DESIGN, note=named("value"))


def test_an_activity_is_linked_to_a_note() -> None:
    given(activity("design")).when("link_activity", activity=DESIGN, note=named("value")).then(LINKED)


def test_an_activity_may_be_linked_to_a_note_of_any_block() -> None:
    story = given(activity("design"), note("n", "revenue_streams"), LINKED)

    after = story.when("link_activity", activity=DESIGN, note=named("n")).accepted()

    assert after.activity("design")["links"] == [named("value"), named("n")]


def test_linking_what_is_linked_changes_nothing() -> None:
    given(activity("design"), LINKED).when("link_activity", activity=DESIGN, note=named("value")).unchanged()


def test_an_activity_is_unlinked() -> None:
    given(activity("design"), LINKED).when("unlink_activity", activity=DESIGN, note=named("value")).then(
        e.ActivityUnlinked(activity=DESIGN, note=named("value"))
    )


def test_unlinking_what_is_not_linked_changes_nothing() -> None:
    given(activity("design")).when("unlink_activity", activity=DESIGN, note=named("value")).unchanged()


def test_a_note_that_does_not_exist_can_not_be_linked() -> None:
    story = given(activity("design"))

    story.when("link_activity", activity=DESIGN, note=named("n")).rejected("unknown_note", note=named("n"))
    story.when("unlink_activity", activity=DESIGN, note=named("n")).rejected("unknown_note", note=named("n"))
