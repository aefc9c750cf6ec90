"""What became of things: the life line of an activity, and what happened since somebody was here."""

import pytest

from tests.protocol.scene import Scene
from tests.support.calls import Reply
from tests.support.live import Live, new_id
from tests.support.patch import Json


def asked(scene: Scene, path: str, token: str | None = None) -> Reply:
    return scene.server.http.call("GET", f"{scene.path}/{path}", token=token or scene.room.token)


def told(scene: Scene, path: str, token: str | None = None) -> Json:
    reply = asked(scene, path, token)
    assert reply.status == 200, reply.content
    return dict(reply.json)


async def added(live: Live, title: str, **fields: str | None) -> str:
    """Add an activity; its id."""
    card = new_id()
    await live.ok("add_activity", **{"activity": card, "title": title, "category": "production", **fields})
    return card


async def typed(live: Live, card: str, *texts: str) -> None:
    """Type a title in one stroke."""
    stroke = new_id()
    for text in texts:
        fields: Json = {"activity": card, "field": "title", "text": text, "base": live.version, "stroke": stroke}
        await live.ok("reword_activity", **fields)


def short(line: Json) -> list[tuple[str, object, object]]:
    return [(one["field"], one["before"], one["after"]) for one in line["moments"]]


async def test_a_life_line_has_every_change_with_who_when_and_why(workshop: Scene) -> None:
    """Rules H33, H26, T9."""
    host, note = await workshop.furnished()
    card = await added(host, "Make")
    await typed(host, card, "Make b", "Make bricks")
    [judged] = await host.ok("judge_activity", activity=card, judgement="must_do", reason="It sells")
    await host.ok("link_activity", activity=card, note=note)
    line = told(workshop, f"activities/{card}/lifeline")
    assert {name: line[name] for name in ("activity", "title", "state", "sources", "into")} == {
        "activity": card, "title": "Make bricks", "state": "must_do", "sources": [], "into": None,
    }  # fmt: skip
    judging = ("judgement", None, "must_do")
    assert short(line) == [("title", None, "Make"), ("title", "Make", "Make bricks"), judging, ("links", None, note)]
    assert [one["version"] - one["first"] for one in line["moments"]] == [0, 1, 0, 0]
    revisions = workshop.room.get(f"/revisions?activity={card}&kind=ActivityJudged")["revisions"]
    for revision in revisions:
        assert {**revision, "first": judged["version"], "undone_by": None, "sources": [], "into": None} == next(
            one for one in line["moments"] if one["version"] == revision["version"]
        )
    token = workshop.room.join("observer", "Watching")
    assert told(workshop, f"activities/{card}/lifeline", token) == line


async def test_what_was_taken_back_says_by_what_unless_it_was_done_again(workshop: Scene) -> None:
    """Rules H33, U5."""
    host, _ = await workshop.furnished()
    card = await added(host, "Make")
    await host.ok("judge_activity", activity=card, judgement="not_now")
    [undone] = await host.ok("undo")
    moments = told(workshop, f"activities/{card}/lifeline")["moments"]
    assert [one["undone_by"] for one in moments] == [None, undone["version"], None]
    [redone] = await host.ok("redo")
    moments = told(workshop, f"activities/{card}/lifeline")["moments"]
    assert [one["undone_by"] for one in moments] == [None, None, redone["version"], None]
    for _ in range(2):
        await host.ok("undo")
    line = told(workshop, f"activities/{card}/lifeline")
    assert (line["state"], line["title"]) == ("withdrawn", "Make")
    assert line["moments"][0]["undone_by"] == host.version


async def test_a_combination_names_what_it_was_made_of_and_its_sources_what_they_became(workshop: Scene) -> None:
    """Rule H33."""
    host, _ = await workshop.furnished()
    one, other, both = await added(host, "Saw"), await added(host, "Paint"), new_id()
    fields: Json = {"activities": [one, other], "into": both, "title": "Work wood", "category": "production"}
    await host.ok("combine_activities", **fields)
    sources = [{"activity": one, "title": "Saw"}, {"activity": other, "title": "Paint"}]
    line = told(workshop, f"activities/{both}/lifeline")
    assert (line["sources"], line["into"], line["state"]) == (sources, None, "unjudged")
    assert line["moments"][0]["sources"] == sources
    into = {"activity": both, "title": "Work wood"}
    line = told(workshop, f"activities/{one}/lifeline")
    assert (line["into"], line["state"], line["moments"][-1]["into"]) == (into, "combined", into)
    await host.ok("restore_activity", activity=one)
    line = told(workshop, f"activities/{one}/lifeline")
    assert (line["into"], line["state"], line["moments"][-2]["into"]) == (None, "unjudged", into)


async def test_the_life_of_a_copied_activity_begins_with_the_copying(workshop: Scene) -> None:
    """Rules H33, H18."""
    host, _ = await workshop.furnished()
    card = await added(host, "Make")
    http = workshop.server.http
    made = http.call("POST", "/api/rooms", {"title": "T", "copy": {"room": workshop.room.id}}, workshop.room.token).json
    [moment] = http.get(f"/api/rooms/{made['room']}/activities/{card}/lifeline", made["token"])["moments"]
    assert (moment["version"], moment["kind"], moment["activity"]) == (2, "WorkshopCopied", card)
    assert (moment["field"], moment["before"], moment["after"]) == ("title", None, "Make")


async def test_what_never_was_an_activity_has_no_life_line(workshop: Scene) -> None:
    """Rules H33, H4."""
    host, note = await workshop.furnished()
    card = await added(host, "Make")
    assert asked(workshop, f"activities/{card}/lifeline", Scene(workshop.server).room.token).status == 404
    for unknown in (note, new_id(), "x"):
        assert asked(workshop, f"activities/{unknown}/lifeline").status == 404


async def test_who_comes_back_reads_what_holds_now_and_did_not_then(workshop: Scene) -> None:
    """Rule H34."""
    host, _ = await workshop.furnished()
    guest = await workshop.enter("participant", "Guest")
    saw, paint = await added(host, "Saw"), await added(host, "Paint")
    await guest.at(host.version)
    sell = await added(guest, "Sell")
    await host.at(guest.version)
    await host.ok("judge_activity", activity=saw, judgement="must_do")
    since = host.version
    await host.ok("judge_activity", activity=saw, judgement="not_now", reason="No wood")
    await host.ok("retire_activity", activity=sell)
    await host.ok("judge_activity", activity=paint, judgement="not_now")
    await host.ok("judge_activity", activity=paint, judgement=None)
    await host.ok("lock_canvas")
    news = told(workshop, f"catch-up?since={since}&language=en", guest.token)
    assert news["counts"] == {"flipped": 1, "yours": 1, "retired": 1, "locked": 1}
    assert [(one["kind"], one["text"], one["activities"]) for one in news["sentences"]] == [
        ("flipped", "One judgement flipped: “Saw” (not relevant now).", [saw]),
        ("yours", "Your activity “Sell” was put away or combined.", [sell]),
        ("retired", "“Sell” was put away.", [sell]),
        ("locked", "The canvas is locked.", []),
    ]
    times = {event["version"]: event["at"] for event in workshop.room.events()}
    assert news["since"] == {"version": since, "at": times[since]}
    assert news["to"] == {"version": host.version, "at": times[host.version]}
    dutch = told(workshop, f"catch-up?since={since}&language=nl")
    assert "yours" not in dutch["counts"]
    assert dutch["sentences"][-1]["text"] == "Het canvas staat op slot."


async def test_who_missed_nothing_is_told_nothing_and_who_was_never_here_is_told_all(workshop: Scene) -> None:
    """Rules H34, H6."""
    host, _ = await workshop.furnished()
    await added(host, "Make")
    watching = workshop.room.join("observer", "Watching")
    head = workshop.room.get("/canvas")["version"]
    news = told(workshop, f"catch-up?since={head}", watching)
    assert (news["sentences"], news["counts"]) == ([], {})
    news = told(workshop, "catch-up?since=0", watching)
    assert news["since"] == {"version": 0, "at": None}
    assert news["counts"] == {"title": 1, "value_propositions": 1, "added": 1, "joined": 1}


@pytest.mark.parametrize(
    ("query", "status"), [("", 422), ("since=x", 422), ("since=-1", 422), ("since=1&kind=x", 422), ("since=99", 404)]
)
async def test_a_catch_up_since_no_version_is_refused(workshop: Scene, query: str, status: int) -> None:
    """Rules H34, H6."""
    assert asked(workshop, f"catch-up?{query}").status == status


async def test_a_page_of_revisions_says_which_were_taken_back_and_by_what(workshop: Scene) -> None:
    """Rules H27, U5."""
    host, _ = await workshop.furnished()
    card = await added(host, "Make")
    [judged] = await host.ok("judge_activity", activity=card, judgement="not_now")
    assert "undone" not in workshop.room.get("/revisions")
    [undone] = await host.ok("undo")
    assert workshop.room.get("/revisions")["undone"] == {str(judged["version"]): undone["version"]}
    assert "undone" not in workshop.room.get(f"/revisions?after={judged['version']}")
    [redone] = await host.ok("redo")
    assert workshop.room.get("/revisions")["undone"] == {str(undone["version"]): redone["version"]}


async def test_an_iteration_is_summarized_by_what_it_made_of_the_one_before(workshop: Scene) -> None:
    """Rules H35, H28."""
    host, note = await workshop.furnished()
    step, first, second = new_id(), new_id(), new_id()
    await host.ok("define_steps", steps=[{"id": step, "name": "Build"}])
    assert told(workshop, "iterations") == {"iterations": []}
    saw = await added(host, "Saw", step=step)
    assert [one["iteration"] for one in told(workshop, "iterations")["iterations"]] == [None]
    [opened] = await host.ok("open_iteration", iteration=first, name="First", goal="Choose")
    sell = await added(host, "Sell", category="platform_network")
    await host.ok("judge_activity", activity=saw, judgement="must_do")
    await host.ok("link_activity", activity=saw, note=note)
    await host.ok("judge_activity", activity=sell, judgement="not_now")
    [closed] = await host.ok("close_iteration")
    await host.ok("open_iteration", iteration=second, name="Second")
    await host.ok("judge_activity", activity=saw, judgement="not_now")
    await host.ok("retire_activity", activity=sell)
    [one, other] = told(workshop, "iterations", workshop.room.join("observer", "Watching"))["iterations"]
    assert {name: one[name] for name in ("iteration", "name", "goal", "since", "from", "to", "opened", "closed")} == {
        "iteration": first,
        "name": "First",
        "goal": "Choose",
        "since": 0,
        "from": opened["version"],
        "to": closed["version"],
        "opened": opened["at"],
        "closed": closed["at"],
    }
    assert some(one["counts"]) == {"added": 2, "must_do": 1, "parked": 1}
    assert some(one["categories"]["production"]) == {"added": 1, "must_do": 1}
    assert some(one["categories"]["platform_network"]) == {"added": 1, "parked": 1}
    assert [(at["step"], some(at["counts"])) for at in one["steps"]] == [
        (None, {"added": 1, "parked": 1}),
        (step, {"added": 1, "must_do": 1}),
    ]
    assert one["standing"] == {"must_do": 1, "not_now": 1, "unjudged": 0}
    assert (other["since"], other["to"], other["closed"]) == (closed["version"], None, None)
    assert some(other["counts"]) == {"flipped": 1, "retired": 1}
    assert other["standing"] == {"must_do": 0, "not_now": 1, "unjudged": 0}
    compared = workshop.room.get(f"/compare?from={first}&to={second}")["summary"]
    assert compared == {"retired": 1, "judged": 1}


def some(counts: dict[str, int]) -> dict[str, int]:
    return {name: count for name, count in counts.items() if count}


async def test_a_copied_room_summarizes_its_own_work_only(workshop: Scene) -> None:
    """Rules H35, H18."""
    host, _ = await workshop.furnished()
    await added(host, "Make")
    http = workshop.server.http
    made = http.call("POST", "/api/rooms", {"title": "T", "copy": {"room": workshop.room.id}}, workshop.room.token).json
    assert http.get(f"/api/rooms/{made['room']}/iterations", made["token"]) == {"iterations": []}


async def test_a_question_knows_its_activities_and_what_became_of_them(workshop: Scene) -> None:
    """Rules H36, C5."""
    host, _ = await workshop.furnished()
    assert told(workshop, "questions") == {"questions": []}
    saw, paint = (
        await added(host, "Saw", prompt="production.flow"),
        await added(host, "Paint", prompt="production.flow"),
    )
    sell, both, _ = await added(host, "Sell", prompt="Own question?"), new_id(), await added(host, "Unasked")
    await host.ok("judge_activity", activity=sell, judgement="must_do")
    await host.ok("retire_activity", activity=paint)
    fields: Json = {"activities": [saw, sell], "into": both, "title": "Saw and sell", "category": "production"}
    await host.ok("combine_activities", **fields)
    into = {"activity": both, "title": "Saw and sell", "state": "unjudged"}
    [flow, own] = told(workshop, "questions", workshop.room.join("observer", "Watching"))["questions"]
    assert (flow["prompt"], some(flow["counts"])) == ("production.flow", {"combined": 1, "retired": 1})
    assert {one["activity"]: (one["title"], one["state"], one["into"]) for one in flow["activities"]} == {
        paint: ("Paint", "retired", None), saw: ("Saw", "combined", into),
    }  # fmt: skip
    assert own["prompt"] == "Own question?"
    assert own["activities"] == [{"activity": sell, "title": "Sell", "state": "combined", "into": into}]
