"""Several activities become one: the new one stands in their stead, and they are retired with all that they had."""

import pytest

from domain import events as e
from tests.domain.specification import PIET, Fields, Outcome, Story, activity, given, listed, named, note, steps

DESIGN, BUILD, BOTH = named("design"), named("build"), named("both")


def pair() -> Story:
    return given(activity("design"), activity("build", after="design"))


def combining(story: Story, *names: str, into: str = "both", **changed: str | None) -> Outcome:
    fields: Fields = {"title": "Both", "category": "production"} | changed
    return story.when("combine_activities", activities=[named(name) for name in names], into=named(into), **fields)


def test_activities_are_combined_into_a_new_one() -> None:
    combining(pair(), "design", "build").then(
        e.ActivitiesCombined(
            activities=(DESIGN, BUILD), into=BOTH, title="Both", category="production", after=None, step=None, links=()
        )
    )


def test_the_new_one_stands_last_in_its_category() -> None:
    story = given(activity("design"), activity("build", after="design"), activity("sell", after="build"))

    after = combining(story, "design", "build").accepted()

    assert after.document["categories"]["production"] == [named("sell"), BOTH]


def test_the_combined_ones_are_retired_and_say_into_what() -> None:
    after = combining(pair(), "design", "build").accepted()

    assert list(after.document["retired"]) == [DESIGN, BUILD]
    assert after.activity("build")["retired_because"] == {"kind": "combination", "into": BOTH}


def test_the_new_one_remembers_what_it_was_combined_from() -> None:
    after = combining(pair(), "build", "design").accepted()

    assert after.activity("both")["origin"] == {"kind": "combination", "activities": [BUILD, DESIGN]}
    assert after.activity("both")["by"] == PIET


def test_links_and_comments_are_kept_each_once() -> None:
    story = pair().given(
        note("n"),
        e.ActivityLinked(activity=DESIGN, note=named("value")),
        e.ActivityLinked(activity=BUILD, note=named("n")),
        e.ActivityLinked(activity=BUILD, note=named("value")),
        e.ActivityCommented(activity=DESIGN, comment=named("c"), text="Why?"),
        e.ActivityCommented(activity=BUILD, comment=named("d"), text="Who?"),
    )

    after = combining(story, "design", "build").accepted()

    assert after.activity("both")["links"] == [named("value"), named("n")]
    assert [comment["id"] for comment in after.activity("both")["comments"]] == [named("c"), named("d")]
    assert [comment["id"] for comment in after.activity("build")["comments"]] == [named("d")]


def test_a_comment_that_came_along_twice_is_kept_once_when_both_ways_meet() -> None:
    story = pair().given(e.ActivityCommented(activity=DESIGN, comment=named("c"), text="Why?"))
    story = combining(story, "design", "build").accepted()

    after = combining(story, "both", "design", into="all").accepted()

    assert [comment["id"] for comment in after.activity("all")["comments"]] == [named("c")]


def test_the_new_one_has_no_details_judgement_or_reason() -> None:
    story = given(activity("design", details="On paper"), activity("build", details="In steel")).given(
        e.ActivityJudged(activity=DESIGN, judgement="must_do", reason="Law"),
        e.ActivityJudged(activity=BUILD, judgement="must_do", reason="Law"),
    )

    both = combining(story, "design", "build").accepted().activity("both")

    assert (both["details"], both["judgement"], both["reason"]) == ("", None, None)


@pytest.mark.parametrize(("other", "agreed"), [("idea", "idea"), ("selection", None), (None, None)])
def test_the_new_one_stands_at_the_step_of_its_sources_where_they_agree(other: str | None, agreed: str | None) -> None:
    at_step = {"step": named(other)} if other else {}
    story = given(
        steps("idea", "selection"), activity("design", step=named("idea")), activity("build", None, **at_step)
    )

    assert combining(story, "design", "build").accepted().activity("both")["step"] == (
        named(agreed) if agreed else None
    )


def test_a_step_that_is_gone_is_no_step_of_the_new_one() -> None:
    story = given(steps("idea"), activity("design", step=named("idea")), activity("build", step=named("idea"))).given(
        e.ActivityRetired(activity=DESIGN), e.ActivityRetired(activity=BUILD), steps()
    )

    assert combining(story, "design", "build").accepted().activity("both")["step"] is None


def test_what_was_combined_can_be_combined_again() -> None:
    story = combining(pair(), "design", "build").accepted().given(activity("sell"))

    after = combining(story, "design", "sell", into="other").accepted()

    assert after.activity("design")["retired_because"] == {"kind": "combination", "into": named("other")}
    assert after.activity("build")["retired_because"] == {"kind": "combination", "into": BOTH}


def test_what_was_retired_can_be_combined() -> None:
    story = pair().given(e.ActivityRetired(activity=DESIGN, reason="Late"))

    after = combining(story, "design", "build").accepted()

    assert after.activity("design")["retired_because"] == {"kind": "combination", "into": BOTH}


def test_the_new_id_must_be_free() -> None:
    combining(pair(), "design", "build", into="design").rejected("id_taken", id=DESIGN)
    combining(pair(), "design", "build", into="value").rejected("id_taken", id=named("value"))


def test_the_new_one_must_be_sorted() -> None:
    combining(pair(), "design", "build", category=None).rejected("invalid", field="category")


def test_the_new_one_needs_a_title() -> None:
    combining(pair(), "design", "build", title="\t").rejected("text_empty", field="title")


def test_it_takes_two_to_be_combined() -> None:
    combining(pair(), "design").rejected("invalid", field="activities")
    combining(pair()).rejected("invalid", field="activities")


def test_one_activity_can_not_be_combined_with_itself() -> None:
    combining(pair(), "design", "build", "design").rejected("invalid", field="activities")


def test_combining_retired_ones_needs_a_value_proposition() -> None:
    story = pair().given(
        e.ActivityRetired(activity=DESIGN),
        e.ActivityRetired(activity=BUILD),
        e.NoteRemoved(note=named("value"), unlinked=()),
    )

    combining(story, "design", "build").rejected("value_proposition_first")


def test_a_combination_can_be_combined_in_its_turn() -> None:
    story = combining(pair(), "design", "build").accepted().given(activity("sell"))

    after = combining(story, "both", "sell", into="all").accepted()

    assert set(after.document["activities"]) == {named("all")}
    assert after.document["retired"].keys() == {DESIGN, BUILD, BOTH, named("sell")}


def test_steps_may_be_dropped_once_only_the_retired_sources_bear_them() -> None:
    story = given(steps("idea", "selection"), activity("design", step=named("idea")), activity("build"))
    story = combining(story, "design", "build").accepted()

    story.when("define_steps", by="frida", steps=listed("selection")).accepted()
