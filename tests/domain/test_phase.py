"""The phase that the workshop is in, and the time until which it is."""

import pytest

from domain import events as e
from domain.messages import message
from tests.domain.specification import FRIDA, PIET, activity, given

SIX = "2026-01-31T09:30:00.000000Z"
WRITING = e.PhaseSet(label="Writing", ends_at=SIX)


def test_before_anybody_set_one_there_is_no_phase() -> None:
    assert given().document["phase"] is None


def test_a_facilitator_says_what_everybody_is_busy_with_and_until_when() -> None:
    story = given().when("set_phase", by=FRIDA, label=" Writing ", ends_at=SIX).then(WRITING)

    assert story.document["phase"] == {"label": "Writing", "ends_at": SIX}


@pytest.mark.parametrize(
    ("label", "ends_at", "phase"),
    [
        ("Writing", None, {"label": "Writing", "ends_at": None}),
        (None, SIX, {"label": None, "ends_at": SIX}),
        (" \n", SIX, {"label": None, "ends_at": SIX}),
    ],
)
def test_a_phase_may_have_no_end_and_a_timer_no_name(
    label: str | None, ends_at: str | None, phase: dict[str, str | None]
) -> None:
    story = given().when("set_phase", by=FRIDA, label=label, ends_at=ends_at).then(e.PhaseSet.model_validate(phase))

    assert story.document["phase"] == phase


@pytest.mark.parametrize("blank", [None, "", " "])
def test_neither_a_name_nor_an_end_is_no_phase(blank: str | None) -> None:
    story = given(WRITING).when("set_phase", by=FRIDA, label=blank, ends_at=None)

    assert story.then(e.PhaseSet(label=None, ends_at=None)).document["phase"] is None
    given().when("set_phase", by=FRIDA, label=blank, ends_at=None).unchanged()


def test_the_same_phase_again_changes_nothing_however_it_is_written() -> None:
    given(WRITING).when("set_phase", by=FRIDA, label="Writing ", ends_at="2026-01-31t09:30:00.0+00:00").unchanged()


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("2026-01-31T09:30:00Z", SIX),
        ("2026-01-31T09:30:00.5Z", "2026-01-31T09:30:00.500000Z"),
        ("2026-01-31T09:30:00.123456Z", "2026-01-31T09:30:00.123456Z"),
        ("2026-01-31T09:30:00.1234569Z", "2026-01-31T09:30:00.123456Z"),
        ("2026-01-31t09:30:00z", SIX),
        ("2026-01-31T09:30:00+00:00", SIX),
        ("2026-01-31T09:30:00.25-00:00", "2026-01-31T09:30:00.250000Z"),
        ("0999-12-31T23:59:59Z", "0999-12-31T23:59:59.000000Z"),
        ("2028-02-29T00:00:00Z", "2028-02-29T00:00:00.000000Z"),
    ],
)
def test_a_time_is_kept_in_utc_with_six_digits(sent: str, kept: str) -> None:
    given().when("set_phase", by=FRIDA, label=None, ends_at=sent).then(e.PhaseSet(label=None, ends_at=kept))


@pytest.mark.parametrize(
    "ends_at",
    [
        "",
        "soon",
        "09:30",
        "2026-01-31",
        "2026-01-31T09:30:00",
        "2026-01-31T09:30Z",
        "2026-01-31 09:30:00Z",
        "2026-01-31T09:30:00.Z",
        "2026-01-31T09:30:00+01:00",
        "2026-01-31T09:30:00Z ",
        "2026-01-31T09:30:00Z\n",
        "2026-02-29T09:30:00Z",
        "2026-13-01T09:30:00Z",
        "2026-01-31T24:00:00Z",
        "2026-01-31T09:30:60Z",
        "0000-01-01T00:00:00Z",
        "\uff12\uff10\uff12\uff16-01-31T09:30:00Z",
        1_769_851_800,
    ],
)
@pytest.mark.parametrize("by", [FRIDA, PIET])
def test_what_is_no_time_in_utc_is_wrong_whoever_sends_it(ends_at: object, by: str) -> None:
    given().when("set_phase", by=by, label="Writing", ends_at=ends_at).rejected("invalid", field="ends_at")


def test_a_name_has_at_most_200_letters() -> None:
    given().when("set_phase", by=FRIDA, label="x" * 200, ends_at=None).accepted()
    given().when("set_phase", by=FRIDA, label="x" * 201, ends_at=None).rejected(
        "text_too_long", field="label", limit=200
    )
    assert "‘naam van de fase’" in message("text_too_long", "nl", {"field": "label", "limit": 200})


def test_nothing_ends_by_itself() -> None:
    """The domain knows no clock: whatever was set for yesterday stands, and holds nobody up."""
    story = given(e.PhaseSet(label="Writing", ends_at="1999-12-31T23:59:59.000000Z"))

    story = story.does(PIET, "add_note", note=activity("n").activity, block="channels", text="Late")
    assert story.document["phase"]["label"] == "Writing"


def test_a_phase_is_not_taken_back_and_leaves_what_can_be() -> None:
    story = given().does(FRIDA, "describe_workshop", goal="Sell").does(FRIDA, "set_phase", label="Writing", ends_at=SIX)

    story = story.does(FRIDA, "undo")
    assert (story.document["goal"], story.document["phase"]["label"]) == ("", "Writing")
    story.does(FRIDA, "set_phase", label=None, ends_at=None).does(FRIDA, "redo")
    assert story.document["goal"] == "Sell"
    assert story.document["phase"] is None
