"""Taking back what one person did between two versions, and nothing that anybody else did."""

import random

import pytest

from domain import events as e
from domain.errors import Rejected
from domain.undo import DEPTH
from tests.domain.fuzz import Session
from tests.domain.proposals import proposal
from tests.domain.specification import ANNA, FRIDA, OLGA, PIET, Fields, Story, activity, given, named, note, read
from tests.domain.test_restoring import plan

A, B, C, N, M = named("a"), named("b"), named("c"), named("n"), named("m")


def room() -> Story:
    return given(note("n"), activity("a"), activity("b", after="a"))


def between(after: int, upto: int) -> Fields:
    return {"from": after, "to": upto}


def swept(story: Story, who: str, after: int, upto: int | None = None) -> Story:
    return story.does(FRIDA, "undo_person", participant=who, **between(after, upto or story.version))


def test_the_newest_goes_first_and_each_event_says_what_it_takes_back() -> None:
    story = room()
    start = story.version
    story = story.does(PIET, "judge_activity", activity=A, judgement="must_do").does(
        ANNA, "retire_activity", activity=B
    )
    story = story.does(PIET, "reword_activity", activity=A, field="title", text="Mine")

    head = story.version
    story = story.when("undo_person", by=FRIDA, participant=PIET, **between(start, head)).then(
        e.PersonUndone.model_validate({"participant": PIET, "from": start, "to": head, "base": head}),
        e.ActivityReworded(activity=A, field="title", text="Do a", undoes=start + 3),
        e.ActivityJudged(activity=A, judgement=None, undoes=start + 1),
    )

    assert B in story.document["retired"], "what Anna did stays"


def test_only_what_lies_between_the_two_versions_is_taken_back() -> None:
    story = room().does(PIET, "judge_activity", activity=A, judgement="must_do")
    first = story.version
    story = story.does(PIET, "judge_activity", activity=B, judgement="not_now")
    second = story.version
    story = story.does(PIET, "link_activity", activity=A, note=N)

    story = swept(story, PIET, first, second)

    assert (story.activity("a")["judgement"], story.activity("b")["judgement"]) == ("must_do", None)
    assert story.activity("a")["links"] == [N]


def test_what_others_have_built_upon_is_left_and_told() -> None:
    story = room()
    start = story.version
    story = story.does(PIET, "add_activity", activity=C, title="Piet's", category="production")
    added = story.version
    story = story.does(PIET, "judge_activity", activity=A, judgement="must_do")
    story = story.does(ANNA, "judge_activity", activity=C, judgement="not_now")

    left = plan(story, "undo_person", participant=PIET, **between(start, story.version)).skipped

    assert left == ((added, "changed_since"),)
    story = swept(story, PIET, start)
    assert story.activity("c")["judgement"] == "not_now"
    assert story.activity("a")["judgement"] is None


def test_a_thing_that_goes_and_comes_back_belongs_to_whom_it_belonged() -> None:
    story = room()
    start = story.version
    story = story.does(PIET, "add_activity", activity=C, title="Piet's", category="production")
    story = story.does(PIET, "comment_on_activity", activity=A, comment=named("said"), text="Why?")
    story = story.does(PIET, "add_note", note=M, block="channels", text="Shops")
    before = story.canvas

    story = swept(story, PIET, start)
    assert C not in story.document["activities"]
    story = story.does(FRIDA, "undo")

    assert story.canvas == before
    assert (story.activity("c")["by"], story.activity("a")["comments"][0]["by"]) == (PIET, PIET)
    assert story.document["notes"][M]["by"] == PIET


def test_what_was_taken_back_is_gone_from_that_persons_own_undo() -> None:
    story = room().does(PIET, "judge_activity", activity=A, judgement="must_do")
    start = story.version
    story = story.does(PIET, "judge_activity", activity=B, judgement="not_now")

    story = swept(story, PIET, start).does(PIET, "undo")

    assert story.activity("a")["judgement"] is None
    story.when("undo", by=PIET).rejected("nothing_to_undo")


def test_what_they_took_back_themselves_is_no_change_any_more() -> None:
    story = room()
    start = story.version
    story = story.does(PIET, "judge_activity", activity=A, judgement="must_do").does(PIET, "undo")

    story.when("undo_person", by=FRIDA, participant=PIET, **between(start, story.version)).unchanged()


def test_a_person_who_was_removed_can_still_be_undone_and_nobody_else() -> None:
    story = room()
    start = story.version
    story = story.does(PIET, "judge_activity", activity=A, judgement="must_do")
    story = story.does(FRIDA, "remove_person", participant=PIET).does(FRIDA, "remove_person", participant=OLGA)

    assert swept(story, PIET, start).activity("a")["judgement"] is None
    for nobody in (OLGA, "somebody"):
        story.when("undo_person", by=FRIDA, participant=nobody, **between(0, 1)).rejected("unknown_participant")


def test_more_than_is_remembered_is_found_in_the_log() -> None:
    story = room()
    start = story.version
    before = story.canvas
    for number in range(DEPTH + 20):
        story = story.does(PIET, "judge_activity", activity=(A, B)[number % 2], judgement="must_do", reason=f"{number}")
    changed = story.canvas

    story = swept(story, PIET, start)

    assert story.canvas == before
    assert len([one for one in story.log if one.event.undoes]) == DEPTH + 20
    assert story.does(FRIDA, "undo").canvas == changed


def test_ones_own_work_is_taken_back_as_anybodys() -> None:
    story = room()
    start = story.version
    before = story.canvas
    story = story.does(FRIDA, "judge_activity", activity=A, judgement="must_do").does(FRIDA, "undo").does(FRIDA, "redo")
    story = story.does(FRIDA, "move_activity", activity=A, category=None)
    changed = story.canvas

    story = swept(story, FRIDA, start)
    assert story.canvas == before
    assert story.does(FRIDA, "undo").canvas == changed


@pytest.mark.parametrize(("after", "upto"), [(-1, 3), (4, 3), (0, 99), (99, 99)])
def test_the_two_versions_lie_in_the_room_one_behind_the_other(after: int, upto: int) -> None:
    room().when("undo_person", by=FRIDA, participant=PIET, **between(after, upto)).rejected("invalid")


@pytest.mark.parametrize("by", [PIET, OLGA])
def test_only_facilitators_take_back_what_somebody_did(by: str) -> None:
    room().when("undo_person", by=by, participant=PIET, **between(0, 1)).rejected("not_allowed")


@pytest.mark.parametrize("seed", range(10))
def test_where_one_person_worked_alone_the_canvas_is_what_it_was_before(seed: int) -> None:
    session = Session(seed)
    for _ in range(60):
        session.step()
    room, start, before = session.room, session.room.state.version, session.room.shown()
    chance = random.Random(seed)
    while room.state.version < start + 25:
        fields = proposal(chance, session.id, room.state)
        if fields["action"] in {"undo", "redo"} or "stroke" in fields:
            continue
        try:
            room.commit(session._decide(read(fields), "piet"), "piet", session.id())  # noqa: SLF001 - the test's own session
        except Rejected:
            room.state.locked = False

    command = read(
        {
            "action": "undo_person",
            "participant": "piet",
            "from": start,
            "to": room.state.version,
            "base": room.state.version,
        }
    )
    room.commit(session._decide(command, "frida"), "frida", session.id())  # noqa: SLF001

    assert room.shown() == before
