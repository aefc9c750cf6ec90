"""The room's own questions."""

import pytest

from domain import events as e
from domain.vocabulary import Question
from tests.domain.specification import FRIDA, given, named, note, steps


def asked(*names: str) -> list[dict[str, str]]:
    return [{"id": named(name), "text": f"And {name}?"} for name in names]


def defined(*names: str) -> e.QuestionsDefined:
    return e.QuestionsDefined(questions=tuple(Question.model_validate(question) for question in asked(*names)))


def test_until_questions_are_defined_there_are_none_of_the_rooms_own() -> None:
    assert given().document["questions"] is None


def test_questions_are_defined_all_at_once_in_their_order() -> None:
    story = given().when("define_questions", by=FRIDA, questions=asked("who", "why")).then(defined("who", "why"))
    assert story.document["questions"] == asked("who", "why")

    story = story.when("define_questions", by=FRIDA, questions=asked("why", "how")).then(defined("why", "how"))
    assert story.document["questions"] == asked("why", "how")


def test_no_question_at_all_is_something_else_than_none_of_ones_own() -> None:
    story = given().when("define_questions", by=FRIDA, questions=[]).then(defined())

    assert story.document["questions"] == []
    story.when("define_questions", by=FRIDA, questions=[]).unchanged()


def test_a_text_is_kept_in_one_form_and_has_to_be_there() -> None:
    def ask(text: str) -> list[dict[str, str]]:
        return [{"id": named("who"), "text": text}]

    story = given().does(FRIDA, "define_questions", questions=ask(" Who e\u0301lse? "))
    assert story.document["questions"] == ask("Who élse?")
    story.when("define_questions", by=FRIDA, questions=ask("Who élse?")).unchanged()
    story.when("define_questions", by=FRIDA, questions=ask("x" * 1_000)).accepted()
    story.when("define_questions", by=FRIDA, questions=ask("x" * 1_001)).rejected("text_too_long", limit=1_000)
    story.when("define_questions", by=FRIDA, questions=ask(" ")).rejected("text_empty", field="text")


def test_a_new_order_and_a_new_wording_are_changes() -> None:
    story = given(defined("who", "why"))

    story.when("define_questions", by=FRIDA, questions=asked("why", "who")).then(defined("why", "who"))
    story.when("define_questions", by=FRIDA, questions=asked("why", "who")).unchanged()


@pytest.mark.parametrize("taken", ["value", "n", "idea", "dropped", "gone"])
def test_the_id_of_a_new_question_was_never_used(taken: str) -> None:
    story = given(note("n"), steps("idea"), steps("idea", "dropped"), steps("idea"), defined("gone"), defined("who"))

    story.when("define_questions", by=FRIDA, questions=asked("who", taken)).rejected("id_taken", id=named(taken))


def test_a_questions_id_is_taken_for_everything_else() -> None:
    given(defined("who")).when("add_note", note=named("who"), block="channels", text="N").rejected("id_taken")


def test_a_question_stands_once() -> None:
    given().when("define_questions", by=FRIDA, questions=asked("who", "who")).rejected("invalid", field="questions")


def test_a_room_has_at_most_fifty() -> None:
    many = asked(*map(str, range(51)))

    given().when("define_questions", by=FRIDA, questions=many).rejected("too_many", most=50)
    given().when("define_questions", by=FRIDA, questions=many[:50]).accepted()


def test_questions_are_not_taken_back() -> None:
    story = given().does(FRIDA, "define_questions", questions=asked("who"))

    story.when("undo", by=FRIDA).rejected("nothing_to_undo")
