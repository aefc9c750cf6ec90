"""Texts, and two people who write one."""

import pytest

from tests.protocol.scene import Scene
from tests.support.live import Live, new_id
from tests.support.patch import Json


async def written(scene: Scene, text: str) -> tuple[Live, Live, str, int]:
    """Two people before one activity's title; its id and the version at which both saw it."""
    one, _ = await scene.furnished()
    other, card = await scene.enter("participant"), new_id()
    base = (await one.ok("add_activity", activity=card, title=text, category="production"))[0]["version"]
    await other.at(base)
    return one, other, card, base


def title(live: Live, card: str) -> str:
    return str(live.canvas["activities"][card]["title"])


@pytest.mark.parametrize(
    ("field", "limit"), [("title", 200), ("details", 4_000), ("note", 1_000), ("comment", 1_000), ("reason", 1_000)]
)
async def test_a_text_has_at_most_so_many_letters(workshop: Scene, field: str, limit: int) -> None:
    """Rule T1."""
    live, note = await workshop.furnished()
    card = new_id()
    await live.ok("add_activity", activity=card, title="Make", category=None)

    async def answer(text: str) -> str | None:
        sent: dict[str, tuple[str, Json]] = {
            "note": ("reword_note", {"note": note, "text": text, "base": live.version}),
            "comment": ("comment_on_activity", {"activity": card, "comment": new_id(), "text": text}),
            "reason": ("judge_activity", {"activity": card, "judgement": "must_do", "reason": text}),
        }
        rewording: Json = {"activity": card, "field": field, "text": text, "base": live.version}
        action, fields = sent.get(field, ("reword_activity", rewording))
        got = await live.do(action, **fields)
        if got.receipt.get("code") == "text_too_long":
            assert (got.receipt["limit"], got.receipt["field"] in {"text", "reason"}) == (limit, True)
        return got.receipt.get("code")

    assert await answer("\N{BRICK}" * (limit + 1)) == "text_too_long"
    assert await answer(" " + "e\u0301" * limit + "\n") is None


async def test_a_text_is_kept_trimmed_and_in_one_form(workshop: Scene) -> None:
    """Rule T1."""
    one, _, card, _ = await written(workshop, "\u00a0 Cafe\u0301\t")
    assert title(one, card) == "Café"


async def test_a_blank_text_is_empty_or_absent_or_allowed(workshop: Scene) -> None:
    """Rule T2."""
    live, note = await workshop.furnished()
    card = new_id()
    await live.no("text_empty", "add_note", note=new_id(), block="channels", text=" \n ")
    await live.no("text_empty", "reword_note", note=note, text="", base=live.version)
    await live.ok("add_activity", activity=card, title="Make", category=None, details=" ", prompt="")
    await live.ok("reword_activity", activity=card, field="details", text="By hand", base=live.version)
    await live.ok("reword_activity", activity=card, field="details", text="  ", base=live.version)
    assert live.canvas["activities"][card]["details"] == ""
    await live.no("text_empty", "reword_activity", activity=card, field="title", text=" ", base=live.version)
    events = await live.ok("judge_activity", activity=card, judgement="must_do", reason=" ")
    assert "reason" not in events[0]["data"]


async def test_a_base_is_a_version_that_the_thing_has_seen(workshop: Scene) -> None:
    """Rule T3."""
    one, _, card, base = await written(workshop, "Make bricks")
    for wrong in (base - 1, 0, -1, base + 1, 2**60):
        receipt = await one.no("invalid", "reword_activity", activity=card, field="title", text="X", base=wrong)
        assert receipt["field"] == "base"
    await one.ok("reword_activity", activity=card, field="title", text="Make more bricks", base=base)


async def test_changes_in_different_places_both_survive(workshop: Scene) -> None:
    """Rule T4."""
    one, other, card, base = await written(workshop, "Make bricks for children")
    await one.ok("reword_activity", activity=card, field="title", text="Make good bricks for children", base=base)
    events = await other.ok(
        "reword_activity", activity=card, field="title", text="Make bricks for all children", base=base
    )
    assert title(other, card) == "Make good bricks for all children"
    assert "merged" not in events[0]["data"]
    assert events[0]["data"]["base"] == base


async def test_of_two_insertions_at_one_place_both_stay_the_earlier_first(workshop: Scene) -> None:
    """Rule T4."""
    one, other, card, base = await written(workshop, "Make bricks")
    await one.ok("reword_activity", activity=card, field="title", text="Make bricks, early", base=base)
    await other.ok("reword_activity", activity=card, field="title", text="Make bricks, late", base=base)
    assert title(other, card).index("early") < title(other, card).index("late")


async def test_an_overlap_keeps_the_words_of_both_and_says_so(workshop: Scene) -> None:
    """Rule T5."""
    one, other, card, base = await written(workshop, "Make bricks")
    await one.ok("reword_activity", activity=card, field="title", text="Make towers", base=base)
    events = await other.ok("reword_activity", activity=card, field="title", text="Make castles", base=base)
    data = events[0]["data"]
    assert (data["merged"], data["ours"], data["theirs"]) == (True, "Make castles", "Make towers")
    assert "towers" in data["text"]
    assert "castles" in data["text"]
    assert events[0]["words"] == ["/ours", "/text", "/theirs"]


async def test_the_same_change_by_both_is_made_once(workshop: Scene) -> None:
    """Rule T6."""
    one, other, card, base = await written(workshop, "Make bricks")
    await one.ok("reword_activity", activity=card, field="title", text="Make more bricks", base=base)
    same: Json = {"activity": card, "field": "title", "text": "Make more bricks", "base": base}
    assert (await other.do("reword_activity", **same)).outcome == "unchanged"
    await other.ok("reword_activity", **{**same, "text": "Make more bricks now"})
    assert title(other, card) == "Make more bricks now"


async def test_a_merge_that_grows_too_long_is_handed_back_with_the_text_as_it_stands(workshop: Scene) -> None:
    """Rule T7."""
    one, other, card, base = await written(workshop, "Make")
    early, late = f"{'e' * 150} Make", f"Make {'l' * 150}"
    await one.ok("reword_activity", activity=card, field="title", text=early, base=base)
    fields: Json = {"activity": card, "field": "title", "text": late, "base": base}
    receipt = await other.no("text_too_long", "reword_activity", **fields)
    assert (receipt["current"], receipt["limit"]) == (early, 200)


async def test_a_stroke_of_typing_is_one_change_to_undo(workshop: Scene) -> None:
    """Rules T9, U7."""
    one, _, card, version = await written(workshop, "Make bricks")
    stroke = new_id()
    for text in ("Make bricks w", "Make bricks wi", "Make bricks with care"):
        fields: Json = {"activity": card, "field": "title", "text": text, "base": version, "stroke": stroke}
        version = (await one.ok("reword_activity", **fields))[0]["version"]
    undone = await one.ok("undo")
    assert [event["data"]["undoes"] for event in undone] == [version]
    assert title(one, card) == "Make bricks"
