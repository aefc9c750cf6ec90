"""Each projection meets every type of event there ever was."""

import copy
import csv
import io
import json
import pkgutil
from typing import Any

import pytest

import projections
from domain.events import EVENTS, ActivitiesCombined
from domain.evolve import evolve
from domain.vocabulary import Language
from domain.workshop import initial
from projections import canvas as canvases
from projections import comparison, guideline, revisions, sheet, trail
from projections.catch_up import catch_up
from projections.catch_up_words import told
from projections.compare import differences
from projections.decisions import Stretch
from projections.finding import finder
from projections.lifeline import Combining, Material, lifeline
from projections.markdown import written
from projections.minutes import Session, minutes
from projections.outcome import outcome
from projections.patch import apply
from projections.print_page import printed
from projections.questions import questions
from projections.summaries import summary
from tests.domain.agreement import check_agreement
from tests.domain.stored import AS_WRITTEN, canvas, everything, stored
from tests.projections.moments import Moments
from tests.support import patch as auditors

LAST_OF_JANUARY = {"en": "31 January 2026", "nl": "31 januari 2026"}
PROJECTIONS = {"canvas": canvases, "revisions": revisions}
"""The folds of the log; a new one is to meet the corpus here too, or in a test of its own."""
WORDS = {
    *("catch_up", "catch_up_words", "comparison", "decisions", "finding", "guideline", "lifeline", "minutes"),
    *("questions", "summaries", "trail"),
}
"""What puts a canvas or revisions into words: it meets the corpus below, at every version."""
TOOLS = {
    *("compare", "copying", "document", "former", "markdown", "minutes_words", "naming", "outcome", "patch", "preview"),
    *("bearing", "dates", "finding", "legible", "print_page", "sheet"),
}


def test_every_projection_is_among_those_tested() -> None:
    modules = {module.name for module in pkgutil.iter_modules(projections.__path__)}

    assert modules - TOOLS - WORDS == PROJECTIONS.keys()


@pytest.mark.parametrize("kind", EVENTS)
def test_the_corpus_has_the_type(kind: str) -> None:
    assert kind in {event.type for event in everything()}, "tests/domain/stored.py says where its example goes"


@pytest.mark.parametrize("name", AS_WRITTEN)
def test_a_room_of_long_ago_is_shown_as_it_was_in_the_end(name: str) -> None:
    shown = canvases.initial()
    for event in stored(name):
        canvases.advance(shown, event.recorded())

    assert shown == canvas(name)


@pytest.mark.parametrize("name", AS_WRITTEN)
def test_the_canvas_shows_the_workshop_at_every_version(name: str) -> None:
    shown, state = canvases.initial(), initial()
    for event in stored(name):
        canvases.advance(shown, event.recorded())
        evolve(state, event.recorded())
        check_agreement(state, shown)


@pytest.mark.parametrize("name", AS_WRITTEN)
def test_the_changes_that_anybody_else_applies_make_the_same_canvas(name: str) -> None:
    """Over the wire as JSON, and with an implementation of RFC 6902 that shares nothing with the product's."""
    shown: dict[str, Any] = canvases.initial()
    theirs = canvases.initial()
    for event in stored(name):
        changes = canvases.changes(shown, event.recorded())
        theirs = auditors.apply(theirs, json.loads(json.dumps(changes)))
        apply(shown, changes)
        assert theirs == shown


@pytest.mark.parametrize("name", AS_WRITTEN)
def test_finding_the_changes_changes_nothing(name: str) -> None:
    shown = canvases.initial()
    for event in stored(name):
        before = copy.deepcopy(shown)
        changes = canvases.changes(shown, event.recorded())
        assert shown == before
        assert canvases.changes(shown, event.recorded()) == changes
        apply(shown, changes)


@pytest.mark.parametrize("name", AS_WRITTEN)
def test_changes_are_made_of_three_operations(name: str) -> None:
    shown = canvases.initial()
    for event in stored(name):
        for operation in canvases.advance(shown, event.recorded()):
            members = {"op", "path"} if operation["op"] == "remove" else {"op", "path", "value"}
            assert operation["op"] in {"add", "replace", "remove"}
            assert operation.keys() == members


@pytest.mark.parametrize("name", AS_WRITTEN)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_version_can_be_put_into_words(name: str, language: Language) -> None:
    moments = Moments(event.recorded() for event in stored(name))
    names = trail.now(moments.canvases[-1], {one.by: f"The name of {one.by}" for one in moments.revisions if one.by})
    columns = len(trail.COLUMNS[language])
    for one in moments.revisions:
        made = trail.row(one._asdict(), names, language)
        [cells] = csv.reader(io.StringIO(made, newline=""), delimiter=sheet.DELIMITERS[language], strict=True)
        assert len(cells) == columns
        for words in (*cells[2:5], *cells[7:10]):
            assert finder(words.lstrip("'").swapcase(), names, language)(one._asdict())
        assert not finder("in none of them", names, language)(one._asdict())
    for version, shown in enumerate(moments.canvases):
        courses = {one["id"]: guideline.Course("2026-01-30", "2026-01-31", None) for one in shown["iterations"]}
        report = guideline.Report(shown, version, "2026-01-31", courses, {})
        assert written(guideline.guideline(report, language)).endswith(f"{version}, {LAST_OF_JANUARY[language]}.\n")
        newest = comparison.Side(moments.canvases[-1], moments.head, None)
        found = differences(shown, newest.canvas, moments.between(version, moments.head))
        compared = comparison.Comparison(comparison.Side(shown, version, None), newest, found, {})
        assert comparison.markdown(compared, language).count("\n- ") == len(found)
        assert comparison.table(compared, language).count("\r\n") == len(found) + 1


@pytest.mark.parametrize("name", AS_WRITTEN)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_happened_since_any_version_can_be_told(name: str, language: Language) -> None:
    moments = Moments(event.recorded() for event in stored(name))
    now = moments.canvases[-1]
    for then in moments.canvases:
        news = catch_up(then, now, "p1")
        sentences = told(news, {}, language)
        assert all(one.number for one in news)
        assert all("{" not in one.text and one.text.endswith(".") for one in sentences), sentences
    assert catch_up(now, now, "p1") == []


@pytest.mark.parametrize("name", AS_WRITTEN)
def test_the_life_line_of_every_activity_has_all_its_revisions(name: str) -> None:
    moments = Moments(event.recorded() for event in stored(name))
    combinations = {
        event.version: Combining(made.into, made.title, made.activities)
        for event in (one.recorded() for one in stored(name))
        if isinstance(made := event.event, ActivitiesCombined)
    }
    for id_ in {one.activity for one in moments.revisions if one.activity is not None}:
        own = [one for one in moments.revisions if one.activity == id_]
        line = lifeline(id_, Material(own, {}, combinations), moments.canvases[-1])
        assert [one["version"] for one in line["moments"]] == [one.version for one in own]
        assert json.loads(json.dumps(line)) is not None


@pytest.mark.parametrize("name", AS_WRITTEN)
def test_an_iteration_between_any_versions_is_summarized_by_category_and_by_step(name: str) -> None:
    moments = Moments(event.recorded() for event in stored(name))
    now = moments.canvases[-1]
    for then in moments.canvases:
        made, groups = summary(then, now), outcome(then, now)
        assert {group: count for group, count in made["counts"].items() if count} == {
            group: len(ids) for group, ids in groups.items()
        }
        for group, count in made["counts"].items():
            assert sum(counts[group] for counts in made["categories"].values()) == count
            assert sum(one["counts"][group] for one in made["steps"]) == count
        assert sum(made["standing"].values()) == len(now["activities"])


@pytest.mark.parametrize("name", AS_WRITTEN)
def test_at_every_version_each_activity_that_answers_a_question_is_told_once(name: str) -> None:
    for shown in Moments(event.recorded() for event in stored(name)).canvases:
        told_of = [one["activity"] for asked in questions(shown) for one in asked["activities"]]
        cards = [*shown["activities"].values(), *shown["retired"].values()]
        assert sorted(told_of) == sorted(one["id"] for one in cards if (one["origin"] or {}).get("kind") == "prompt")
        assert all(sum(asked["counts"].values()) == len(asked["activities"]) for asked in questions(shown))


@pytest.mark.parametrize("name", AS_WRITTEN)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_minutes_are_made_of_every_stretch_between_two_versions(name: str, language: Language) -> None:
    moments = Moments(event.recorded() for event in stored(name))
    now, head = moments.canvases[-1], moments.head
    times = dict.fromkeys(range(head + 1), "2026-01-31T09:30:00.000000Z")
    for version, shown in enumerate(moments.canvases):
        stretches = [
            Stretch(None, moments.canvases[0], shown, moments.between(0, version)),
            *(Stretch(one, shown, now, moments.between(version, head)) for one in now["iterations"]),
        ]
        made = minutes(Session(now, head, stretches, times, {}), language)
        assert written(made).endswith(f"{head}, {LAST_OF_JANUARY[language]}.\n")
        assert printed(made, language).count("<h1>") == 1
