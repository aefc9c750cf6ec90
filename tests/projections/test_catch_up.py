"""What happened since somebody was last here: given what happened, when they come back, then they are told this."""

from domain import events as e
from domain.vocabulary import Language
from projections.catch_up import KINDS, catch_up
from projections.catch_up_words import ONE, SENTENCES, SEVERAL, WORDS, told
from tests.domain.specification import ANNA, FRIDA, PIET, Story, activity, given, named, note
from tests.projections.moments import Moments

COUNTED_ONLY = {"moved", "placed"}
NEVER_SEVERAL = {"iteration_opened", "title", "goal", "subject", "step", "locked", "unlocked"}


def since(story: Story, version: int, reader: str, language: Language = "en") -> list[str]:
    """Answer what a reader is told who was last here at a version."""
    canvases = Moments(story.log).canvases
    news = catch_up(canvases[version], canvases[-1], reader)
    return [one.text for one in told(news, {PIET: "Piet"}, language)]


def test_everything_that_can_happen_has_its_words_in_both_languages() -> None:
    assert ONE["en"].keys() == ONE["nl"].keys() == set(KINDS) - COUNTED_ONLY
    assert SEVERAL["en"].keys() == SEVERAL["nl"].keys() == set(ONE["en"]) - NEVER_SEVERAL
    assert WORDS["en"].keys() == WORDS["nl"].keys()


def test_the_most_important_comes_first_whatever_came_last() -> None:
    story = given(note("n"), activity("a"), activity("b"), e.ActivityJudged(activity=named("a"), judgement="must_do"))
    then = story.version
    story = story.does(FRIDA, "describe_workshop", goal="Play more.")
    story = story.does(PIET, "add_activity", activity=named("c"), title="Sell", category=None)
    story = story.does(PIET, "retire_activity", activity=named("b"))
    story = story.does(PIET, "judge_activity", activity=named("a"), judgement="not_now", reason="No wood")
    story = story.does(FRIDA, "open_iteration", iteration=named("i"), name="Second")
    assert since(story, then, ANNA) == [
        "The iteration “Second” is under way.",
        "One judgement flipped: “Do a” (not relevant now).",
        "“Do b” was put away.",
        "“Sell” was added.",
        "The goal is now: Play more.",
    ]
    assert since(story, then, ANNA, "nl") == [
        "De iteratie ‘Second’ is aan de gang.",
        "Eén oordeel is omgeslagen: ‘Do a’ (nu niet relevant).",
        "‘Do b’ is weggelegd.",
        "‘Sell’ kwam erbij.",
        "Het doel is nu: Play more.",
    ]


def test_what_was_changed_and_changed_back_is_no_news_nor_is_dragging() -> None:
    story = given(note("n"), activity("a"), activity("b"))
    then = story.version
    story = story.does(PIET, "judge_activity", activity=named("a"), judgement="must_do")
    story = story.does(PIET, "undo")
    story = story.does(PIET, "move_activity", activity=named("b"), category="production")
    story = story.does(PIET, "add_activity", activity=named("c"), title="Sell", category=None)
    story = story.does(PIET, "retire_activity", activity=named("c"))
    assert since(story, then, ANNA) == []


def test_several_things_are_counted_and_three_of_them_named() -> None:
    story = given(note("n"))
    then = story.version
    for name in "abcde":
        story = story.does(PIET, "add_activity", activity=named(name), title=name.upper(), category="production")
    assert since(story, then, ANNA)[-1] == "5 activities were added: “A”, “B”, “C” and 2 others."
    assert since(story, then, ANNA, "nl")[-1] == "Er kwamen 5 activiteiten bij: ‘A’, ‘B’, ‘C’ en 2 andere."
    assert since(story, then + 1, ANNA)[-1].endswith("and 1 other.")


def test_combining_says_what_became_of_what_and_so_does_another_title() -> None:
    story = given(note("n"), activity("a"), activity("b"), activity("c"))
    then = story.version
    both = {"activities": [named("a"), named("b")], "into": named("ab"), "category": "production"}
    story = story.does(PIET, "combine_activities", title="A and B", **both)
    story = story.does(PIET, "reword_activity", activity=named("c"), field="title", text="See", base=story.version)
    assert since(story, then, ANNA) == ["“Do a” and “Do b” became “A and B”.", "“Do c” is now called “See”."]
    assert since(story, then, ANNA, "nl") == ["‘Do a’ en ‘Do b’ werden ‘A and B’.", "‘Do c’ heet nu ‘See’."]


def test_what_became_of_ones_own_is_told_apart_and_ones_own_comments_are_no_news() -> None:
    story = given(note("n")).does(PIET, "add_activity", activity=named("a"), title="Sell", category=None)
    then = story.version
    story = story.does(PIET, "comment_on_activity", activity=named("a"), comment=named("k"), text="Mine")
    assert since(story, then, PIET) == []
    assert since(story, then, ANNA) == ["There is a new comment on “Sell”."]
    story = story.does(ANNA, "retire_activity", activity=named("a"))
    assert since(story, then, PIET) == ["Your activity “Sell” was put away or combined.", "“Sell” was put away."]


def test_people_who_came_are_named_as_they_are_called_now() -> None:
    story = Story().given(e.WorkshopOpened(room="r", title="T", language="nl"))
    story = story.given(e.ParticipantJoined(participant=PIET, role="participant"))
    assert since(story, 1, ANNA) == ["Piet joined."]
    assert since(story, 1, PIET) == []


def test_it_stays_a_few_sentences_and_no_sentence_runs_on() -> None:
    story = given(note("n"), activity("a", title="x" * 200), activity("b"), activity("c"), activity("d"))
    then = story.version
    for action, card in (("judge_activity", "a"), ("judge_activity", "b")):
        story = story.does(PIET, action, activity=named(card), judgement="must_do" if card == "a" else "not_now")
    story = story.does(PIET, "retire_activity", activity=named("c"))
    story = story.does(PIET, "add_activity", activity=named("e"), title="E", category=None)
    story = story.does(PIET, "comment_on_activity", activity=named("a"), comment=named("k"), text="Why?")
    story = story.does(FRIDA, "describe_workshop", title="T", goal="G", subject="S")
    story = story.does(FRIDA, "open_iteration", iteration=named("i"), name="I")
    story = story.does(FRIDA, "lock_canvas")
    sentences = since(story, then, ANNA)
    assert len(sentences) == SENTENCES
    assert max(map(len, sentences)) < 100
    assert sentences[0] == "The iteration “I” is under way."
