"""Texts that were taken out of the log, to those who decide."""

from typing import Any

import pytest

from domain import events as e
from domain.decide import decide
from domain.events import Recorded, TakenOut
from domain.evolve import evolve
from domain.taken_out import Borne, has_mark, mark
from domain.workshop import SNAPSHOT
from tests.domain.specification import FRIDA, PIET, Story, activity, did, given, named, note, read, steps

VALUE = named("value")


def taken_out(story: Story) -> Story:
    """Let the next event be a redaction. What people see had the text empty all along, so only decisions notice."""
    event = e.TextRedacted(version=1, pointer="/title", reason="A name", also=())
    evolve(story.state, Recorded(story.version + 1, "2026-01-01T00:00:00.000000Z", FRIDA, named("redaction"), event))
    return story


def test_a_redaction_names_all_that_the_log_bears() -> None:
    borne = Borne(named("design"), None, (TakenOut(version=7, pointer="/ours"),))
    story = given(activity("design"))
    command = read({"action": "redact", "version": 2, "pointer": "/title", "reason": " A  name "})
    (event,) = decide(command, story.state, FRIDA, borne)

    assert event.data() == {
        "version": 2,
        "pointer": "/title",
        "reason": "A  name",
        "activity": named("design"),
        "also": ({"version": 7, "pointer": "/ours"},),
    }
    assert decide(command, story.state, FRIDA) == ()


def reworded(since: int) -> Story:
    """Read a log in which the text of the value proposition, written last, was taken out at a version."""
    return given(e.NoteReworded(note=VALUE, text=mark(since)))


def test_nothing_can_be_built_upon_a_text_that_was_taken_out() -> None:
    """Rule R6."""
    written = given().version + 1
    story = taken_out(reworded(written + 1))
    story.when("reword_note", note=VALUE, text="Mine", base=written).rejected("redacted")
    story.when("reword_note", note=VALUE, text="Mine", base=written - 1).made()


def test_from_the_redaction_on_the_text_is_empty() -> None:
    """Rules R4, R6."""
    since = given().version + 2
    story = taken_out(reworded(since))
    assert (story.version, story.state.notes[VALUE].text) == (since, "")
    (event,) = story.when("reword_note", note=VALUE, text="Mine", base=since).made()
    assert event.data()["text"] == "Mine"


def test_another_redaction_empties_what_is_its_own_alone() -> None:
    """Rule R6."""
    since = given().version + 2
    story = taken_out(reworded(since + 1))
    story.when("reword_note", note=VALUE, text="Mine", base=since).rejected("redacted")
    taken_out(story).when("reword_note", note=VALUE, text="Mine", base=since + 1).made()


def undone() -> dict[str, tuple[Any, ...]]:
    """What somebody did that an undo can't take back without the text."""
    gone = mark(1_000)
    reworded = e.NoteReworded(note=VALUE, text=gone)
    return {
        "a rewording": (reworded, did(PIET, e.NoteReworded(note=VALUE, text="Mine"))),
        "a removal": (note("n"), e.NoteReworded(note=named("n"), text=gone), did(PIET, removed("n"))),
        "a judgement": (
            activity("a"),
            e.ActivityJudged(activity=named("a"), judgement="must_do", reason=gone),
            did(PIET, e.ActivityJudged(activity=named("a"), judgement="not_now")),
        ),
        "steps": (
            e.StepsDefined.model_validate({"steps": [{"id": named("s"), "name": gone}]}),
            did(PIET, steps("s")),
        ),
        "a description": (e.WorkshopDescribed(goal=gone), did(PIET, e.WorkshopDescribed(goal="Ours"))),
    }


def removed(name: str) -> e.NoteRemoved:
    return e.NoteRemoved(note=named(name), unlinked=())


@pytest.mark.parametrize("what", undone())
def test_an_undo_that_needs_the_text_is_refused_and_skip_passes_over_it(what: str) -> None:
    """Rules R6, U4."""
    before = did(PIET, e.NoteMoved(note=VALUE, block="value_propositions", after=None))
    story = given(note("m", "value_propositions", after="value"), before, *undone()[what])
    story.when("undo").rejected("redacted")
    (event,) = story.when("undo", skip=True).made()
    assert isinstance(event, e.NoteMoved)


def test_what_stands_is_emptied_wherever_it_stands() -> None:
    facts = len(everywhere(""))
    gone = mark(given().version + facts + 1)
    story = given(*everywhere(gone))
    assert gone in SNAPSHOT.dump_json(story.state).decode()
    taken_out(story).state.histories.clear()
    for texts in (story.state.notes[VALUE].texts, story.state.retired[named("a")].texts):
        assert all(said[-1].text == "" for said in texts.values())
        texts.clear()
    assert gone not in SNAPSHOT.dump_json(story.state).decode()


def everywhere(text: str) -> tuple[Any, ...]:
    """Say a text wherever one can be said."""
    return (
        e.WorkshopDescribed(title=text, goal=text, subject=text),
        e.StepsDefined.model_validate({"steps": [{"id": named("s"), "name": text}]}),
        e.QuestionsDefined.model_validate({"questions": [{"id": named("q"), "text": text}]}),
        e.PhaseSet(label=text, ends_at=None),
        e.NoteReworded(note=VALUE, text=text),
        activity("a", details=text, prompt=text),
        e.ActivityReworded(activity=named("a"), field="title", text=text),
        e.ActivityJudged(activity=named("a"), judgement="must_do", reason=text),
        e.ActivityCommented(activity=named("a"), comment=named("c"), text=text),
        e.ActivityRetired(activity=named("a"), reason=text),
    )


def test_a_mark_is_told_from_texts() -> None:
    assert has_mark({"steps": ({"id": "s", "name": mark(3)},)})
    assert not has_mark({"text": "3", "after": None, "links": (), "base": 3})
