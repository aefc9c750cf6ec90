"""Who may what: observers nothing, participants all but leading, facilitators everything; and the lock."""

import pytest

from domain import events as e
from tests.domain.every_action import EVERY_ACTION, FACILITATORS_ALONE, Example, furnished
from tests.domain.specification import ANNA, FRIDA, OLGA, PIET, activity, given, named

LED = sorted(FACILITATORS_ALONE)
SHARED = sorted(EVERY_ACTION.keys() - FACILITATORS_ALONE)


@pytest.mark.parametrize("action", sorted(EVERY_ACTION))
def test_observers_may_do_nothing(action: str) -> None:
    Example(action).asked(by=OLGA).rejected("not_allowed", role="observer")


@pytest.mark.parametrize("action", sorted(EVERY_ACTION))
def test_who_never_joined_may_do_nothing(action: str) -> None:
    Example(action).asked(by="somebody").rejected("not_allowed")


@pytest.mark.parametrize("action", LED)
def test_leading_the_workshop_is_for_facilitators(action: str) -> None:
    Example(action).asked(by=PIET).rejected("not_allowed", role="participant")


@pytest.mark.parametrize("action", SHARED)
def test_participants_may_do_everything_else(action: str) -> None:
    Example(action).asked(by=PIET).made()


@pytest.mark.parametrize("action", sorted(EVERY_ACTION))
def test_facilitators_may_do_everything(action: str) -> None:
    Example(action, by=FRIDA).asked().made()


@pytest.mark.parametrize("action", SHARED)
def test_while_the_canvas_is_locked_participants_may_do_nothing(action: str) -> None:
    Example(action, locked=True).asked(by=PIET).rejected("locked")


@pytest.mark.parametrize("action", sorted(EVERY_ACTION.keys() - {"lock_canvas"}))
def test_while_the_canvas_is_locked_facilitators_edit(action: str) -> None:
    Example(action, by=FRIDA, locked=True).asked().made()


def test_a_facilitator_locks_the_canvas_and_unlocks_it() -> None:
    after = given().when("lock_canvas", by=FRIDA).then(e.CanvasLocked())
    assert after.document["locked"] is True

    after = after.when("unlock_canvas", by=FRIDA).then(e.CanvasUnlocked())
    assert after.document["locked"] is False


def test_locking_what_is_locked_changes_nothing() -> None:
    given(e.CanvasLocked()).when("lock_canvas", by=FRIDA).unchanged()
    given().when("unlock_canvas", by=FRIDA).unchanged()


def test_once_unlocked_participants_go_on() -> None:
    story = furnished().given(e.CanvasLocked(), e.CanvasUnlocked())

    story.when("judge_activity", by=ANNA, activity=named("design"), judgement="must_do").accepted()


def test_participants_may_edit_what_others_made() -> None:
    story = given().does(FRIDA, "add_activity", activity=named("design"), title="Do design", category="production")

    story.when("judge_activity", by=ANNA, activity=named("design"), judgement="must_do").accepted()
    story.when("retire_activity", by=PIET, activity=named("design")).accepted()


def test_a_new_role_counts_from_then_on() -> None:
    story = given(activity("design"), e.ParticipantJoined(participant=OLGA, role="participant"))

    story.when("judge_activity", by=OLGA, activity=named("design"), judgement="must_do").accepted()
