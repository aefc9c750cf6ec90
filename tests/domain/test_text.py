"""Two people change one text: what both wrote stays, and a merge that had to choose says so."""

import string
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.edits import Edit, edits
from domain.text import Merge, merge, normalise

PLAIN = st.text(alphabet="ab c\n,", max_size=40).map(normalise)
WORDS = ["we", "design", "build", "sell", "the", "big", "red", "blocks", "and", "bricks"]
PROSE = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)
TEXT = st.one_of(PLAIN, PROSE)
LETTERS = string.ascii_lowercase
"""A base in which every place is unmistakable, since no letter stands in it twice."""
PLACE = st.integers(0, len(LETTERS))
STRETCH = st.tuples(PLACE, PLACE).map(sorted)


def applied(base: str, changes: tuple[Edit, ...]) -> str:
    for edit in reversed(changes):
        base = base[: edit.start] + edit.text + base[edit.end :]
    return base


def with_stretch(stretch: list[int], text: str) -> str:
    return LETTERS[: stretch[0]] + text + LETTERS[stretch[1] :]


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged"),
    [
        ("design the blocks", "design the blocks of wood", "design all the blocks", "design all the blocks of wood"),
        ("design the blocks", "design all the blocks", "design the blocks of wood", "design all the blocks of wood"),
        ("design the blocks", "sketch the blocks", "design the bricks", "sketch the bricks"),
        ("design the blocks", "the blocks", "design the bricks", "the bricks"),
        ("one two three", "ONE two THREE", "one 2 three", "ONE 2 THREE"),
        ("a b c", "alpha b gamma", "a beta c", "alpha beta gamma"),
        ("design the block", "design the blocks", "design the black", "design the blacks"),
        ("the block", "the big block", "the stone", "the big stone"),
        ("bouw de toren", "bouw de hoge toren", "bouw samen de toren", "bouw samen de hoge toren"),
    ],
)
def test_changes_in_different_places_both_survive(base: str, mine: str, theirs: str, merged: str) -> None:
    assert merge(base, mine, theirs) == Merge(merged, overlap=False)


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged"),
    [
        ("", "mine", "theirs", "theirsmine"),
        ("abc", "abcX", "abcY", "abcYX"),
        ("the block", "the red block", "the big block", "the big red block"),
        ("sell", "sell in shops", "sell online", "sell online in shops"),
        ("go", "ready go", "steady go", "steady ready go"),
    ],
)
def test_of_two_insertions_at_one_place_the_earlier_comes_first(base: str, mine: str, theirs: str, merged: str) -> None:
    assert merge(base, mine, theirs) == Merge(merged, overlap=False)


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged"),
    [
        ("design the blocks", "design the bricks", "design the stones", "design the stones bricks"),
        ("design the blocks", "design", "design the big blocks", "design big"),
        ("design the blocks", "design the big blocks", "design", "design big"),
        ("design the blocks", "sell bricks online", "design the big blocks", "big sell bricks online"),
        ("one two three", "entirely new", "ONE two THREE", "ONE THREE entirely new"),
        ("fix the machine", "fix the", "fix the maXchine", "fix the maXchine"),
        ("abcdef", "af", "abf", "af"),
        ("keep it up", "keep", "keep up", "keep"),
    ],
)
def test_changes_of_the_same_letters_overlap_and_keep_both_wordings(
    base: str, mine: str, theirs: str, merged: str
) -> None:
    assert merge(base, mine, theirs) == Merge(merged, overlap=True)


def test_a_rewritten_sentence_is_one_change_and_no_crumbs() -> None:
    base = "Ask the children what they want to build"
    mine = "Test what parents need in the shop"
    theirs = "Ask the youngest children what they want to build"

    assert merge(base, mine, theirs) == Merge("youngest Test what parents need in the shop", overlap=True)


def test_two_edits_of_one_author_leave_room_between_them() -> None:
    base = "Find out what sells.\nDraw it.\nBuild it in the shop."
    mine = "Find out what really sells.\nDraw it.\nBuild it in the workshop."
    theirs = "Find out what sells.\nDraw it on paper.\nBuild it in the shop."

    assert merge(base, mine, theirs).text == "Find out what really sells.\nDraw it on paper.\nBuild it in the workshop."


def test_a_word_corrected_by_both_alike_is_corrected_once() -> None:
    assert merge("desgin teh blocks", "design the blocks", "desgin the blocks") == Merge(
        "design the blocks", overlap=False
    )


def test_a_text_written_anew_in_very_many_places_is_one_change() -> None:
    words = [f"w{i}" for i in range(200)]
    new = [word if i % 2 else "x" for i, word in enumerate(words)]

    assert len(edits(" ".join(words), " ".join(new))) == 1


def test_the_normal_form_is_composed_and_has_no_blanks_around_it() -> None:
    assert normalise(" \u00a0cafe\u0301\n") == "café"


def test_a_letter_and_an_accent_that_meet_in_a_merge_are_composed() -> None:
    assert merge("x y", "x\u0301 y", "xe y").text == "xé y"


@given(TEXT, TEXT)
def test_edits_turn_the_text_before_into_the_text_after(base: str, text: str) -> None:
    assert applied(base, edits(base, text)) == text


@given(TEXT, TEXT)
def test_edits_stand_in_order_and_do_not_cross(base: str, text: str) -> None:
    changes = edits(base, text)

    assert all(one.end <= other.start for one, other in pairwise(changes))
    assert all(edit.start < edit.end or edit.text for edit in changes)


@given(TEXT, TEXT)
def test_a_side_that_changed_nothing_leaves_the_other_as_it_is(base: str, text: str) -> None:
    assert merge(base, base, text) == Merge(text, overlap=False)
    assert merge(base, text, base) == Merge(text, overlap=False)
    assert merge(base, text, text) == Merge(text, overlap=False)


@given(TEXT, TEXT, TEXT)
def test_whatever_either_wrote_stands_in_the_merged_text(base: str, mine: str, theirs: str) -> None:
    merged = merge(base, mine, theirs).text

    for edit in (*edits(base, mine), *edits(base, theirs)):
        assert edit.text.strip() in merged


@given(TEXT, TEXT, TEXT)
def test_a_merge_is_in_normal_form_and_invents_only_blanks(base: str, mine: str, theirs: str) -> None:
    merged = merge(base, mine, theirs).text

    assert merged == normalise(merged)
    assert set(merged) <= {*base, *mine, *theirs, " "}


@given(TEXT, TEXT, TEXT)
def test_both_orders_agree_on_whether_there_is_an_overlap(base: str, mine: str, theirs: str) -> None:
    assert merge(base, mine, theirs).overlap == merge(base, theirs, mine).overlap


@given(STRETCH, STRETCH)
def test_two_rewritten_stretches_overlap_exactly_where_they_share_letters(first: list[int], second: list[int]) -> None:
    mine, theirs = with_stretch(first, "MINE"), with_stretch(second, "THEIRS")
    (a, b), (c, d) = first, second

    merged = merge(LETTERS, mine, theirs)

    assert merged.overlap == (a < d and c < b)
    assert "MINE" in merged.text
    assert "THEIRS" in merged.text
    if not merged.overlap and a != c:
        later, earlier = sorted([(a, b, "MINE"), (c, d, "THEIRS")], reverse=True)
        apart = LETTERS[: later[0]] + later[2] + LETTERS[later[1] :]
        assert merged.text == apart[: earlier[0]] + earlier[2] + apart[earlier[1] :]


@given(STRETCH, STRETCH)
def test_what_neither_took_out_stays_and_what_one_took_out_is_gone(first: list[int], second: list[int]) -> None:
    merged = merge(LETTERS, with_stretch(first, ""), with_stretch(second, ""))

    gone = {*LETTERS[slice(*first)], *LETTERS[slice(*second)]}
    assert merged.text == "".join(letter for letter in LETTERS if letter not in gone)


@given(PLACE, PLACE, st.text(alphabet="XYZ", min_size=1, max_size=5), st.text(alphabet="789", min_size=1, max_size=5))
def test_two_strokes_of_typing_both_stay_as_typed(here: int, there: int, mine: str, theirs: str) -> None:
    merged = merge(LETTERS, with_stretch([here, here], mine), with_stretch([there, there], theirs))

    assert not merged.overlap
    assert mine in merged.text
    assert theirs in merged.text
    assert merged.text.replace(mine, "").replace(theirs, "") == LETTERS


@given(TEXT, st.text(alphabet="XYZ", min_size=1), st.text(alphabet="789", min_size=1))
def test_a_new_beginning_and_a_new_end_commute(base: str, beginning: str, end: str) -> None:
    before, behind = f"{beginning} {base}", f"{base} {end}"

    assert merge(base, before, behind) == Merge(normalise(f"{beginning} {base} {end}"), overlap=False) or not base
    assert not base or merge(base, behind, before) == merge(base, before, behind)


@given(TEXT, STRETCH)
def test_taking_out_again_what_is_already_out_changes_nothing(tail: str, stretch: list[int]) -> None:
    base, mine = f"{LETTERS} {tail}", f"{with_stretch(stretch, '')} {tail}"
    once = merge(base, mine, f"{base} more").text

    assert merge(base, mine, once).text == once


@given(st.lists(st.tuples(st.integers(0, 3), st.booleans()), max_size=len(string.ascii_letters)))
def test_four_people_who_type_letters_at_once_lose_none(turns: list[tuple[int, bool]]) -> None:
    """Each types at the end of the text as last seen, and sees the others' letters only now and then."""
    stands = "?"
    seen = dict.fromkeys(range(4), stands)
    for (person, looks), letter in zip(turns, string.ascii_letters, strict=False):
        stands = merge(seen[person], seen[person] + letter, stands).text
        seen = {**seen, person: stands} if looks else seen

    assert sorted(stands) == sorted("?" + string.ascii_letters[: len(turns)])
