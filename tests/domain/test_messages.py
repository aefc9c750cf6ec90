"""What people read when something did not go as they meant it."""

import re
from collections.abc import Iterator

import pytest

from domain.errors import Rejected
from domain.messages import DUTCH, DUTCH_FIELDS, ENGLISH, ENGLISH_FIELDS, guest_name, host_name, message

DATA = {
    "field": "title",
    "problem": "it is not text",
    "limit": 200,
    "most": 500,
    "version": 7,
    "blockers": [{}, {}, {}],
}
CODES = sorted(code for code in ENGLISH if ":" not in code)


def kinds(base: type[Rejected] = Rejected) -> Iterator[type[Rejected]]:
    for kind in base.__subclasses__():
        yield kind
        yield from kinds(kind)


def test_both_languages_have_a_sentence_for_the_same_codes() -> None:
    assert DUTCH.keys() == ENGLISH.keys()


@pytest.mark.parametrize("code", sorted(kind.code for kind in kinds()))
def test_every_rejection_has_a_sentence(code: str) -> None:
    assert code in CODES


@pytest.mark.parametrize("code", CODES)
def test_a_sentence_differs_by_language_and_leaves_no_braces(code: str) -> None:
    dutch, english = message(code, "nl", DATA), message(code, "en", DATA)

    assert dutch != english
    for sentence in (dutch, english):
        assert re.fullmatch(r"\S.{10,300}\.", sentence)
        assert not {"{", "}"} & set(sentence)


@pytest.mark.parametrize("code", sorted(ENGLISH))
def test_both_languages_speak_of_the_same_data(code: str) -> None:
    def named(sentence: str) -> set[str]:
        return set(re.findall(r"{(\w+)}", sentence))

    assert named(DUTCH[code]) == named(ENGLISH[code])


def test_an_invalid_field_goes_by_its_name_on_the_wire() -> None:
    for language, named in (("nl", "‘override_reason’"), ("en", "“override_reason”")):
        sentence = message("invalid", language, {"field": "override_reason", "problem": "it is a number"})
        assert named in sentence
        assert "it is a number" in sentence


def test_a_text_that_is_too_long_names_the_field_and_the_limit() -> None:
    assert message("text_too_long", "nl", DATA) == "‘titel’ is te lang; kort het in tot hoogstens 200 tekens."
    assert message("text_too_long", "en", DATA) == "“title” is too long; shorten it to 200 characters or fewer."


def test_each_language_has_one_kind_of_quotation_marks() -> None:
    assert not [sentence for sentence in DUTCH.values() if re.search("[“”„\"]|'{", sentence)]
    assert not [sentence for sentence in ENGLISH.values() if re.search("[‘„\"]|'{", sentence)]


def test_a_field_without_a_word_of_its_own_goes_by_its_name() -> None:
    assert "‘details’" in message("text_too_long", "nl", {"field": "details", "limit": 4_000})


def test_a_blocked_iteration_says_how_many_activities_are_in_the_way() -> None:
    assert "3" in message("iteration_blocked", "nl", DATA)
    assert "3" in message("iteration_blocked", "en", DATA)


def test_an_activity_says_whether_it_was_retired_or_combined() -> None:
    assert "combined" in message("activity_retired", "en", {"into": "another"})
    assert "combined" not in message("activity_retired", "en", {"into": None})
    assert "samengevoegd" in message("activity_retired", "nl", {"into": "another"})
    assert "weggelegd" in message("activity_retired", "nl", {})


def test_what_a_role_may_not_is_said_to_that_role() -> None:
    sentences = {message("not_allowed", "en", {"role": role}) for role in ("observer", "participant", "unheard of")}

    assert len(sentences) == 3


def test_what_people_wrote_is_not_read_as_a_pattern() -> None:
    assert "{limit}" in message("invalid", "en", {"field": "{limit}", "problem": "{field}"})


def test_a_language_that_we_lack_is_english() -> None:
    assert message("locked", "fr", {}) == message("locked", "en", {})
    assert (host_name("fr"), guest_name(1, "fr")) == (host_name("en"), guest_name(1, "en"))


def test_who_opens_a_room_without_a_name_is_called_by_the_role_and_who_joins_is_a_guest() -> None:
    assert (host_name("nl"), host_name("en")) == ("Begeleider", "Facilitator")
    assert (guest_name(1, "nl"), guest_name(23, "en")) == ("Gast 1", "Guest 23")


def test_an_unknown_code_is_an_error_and_no_empty_sentence() -> None:
    with pytest.raises(KeyError):
        message("unheard_of", "en", {})


def test_field_words_differ_from_the_names_on_the_wire() -> None:
    assert all(name != word for name, word in {**DUTCH_FIELDS, **ENGLISH_FIELDS}.items())
