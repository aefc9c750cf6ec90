"""Looking back: the canvas of a time and of an iteration; who changed what; what lies between two moments."""

from urllib.parse import quote

import pytest

from tests.protocol.scene import Scene
from tests.support.live import new_id
from tests.support.patch import Json


def shown(scene: Scene, query: str) -> Json:
    return dict(scene.room.get(f"/canvas?{query}"))


async def test_the_canvas_of_a_time_is_that_after_the_last_event_up_to_it(workshop: Scene) -> None:
    """Rules H25, E3."""
    await workshop.furnished()
    events = workshop.room.events()
    for event in events:
        last = max(other["version"] for other in events if other["at"] <= event["at"])
        assert shown(workshop, f"at={event['at']}") == shown(workshop, f"version={last}")
    assert shown(workshop, "at=1999-12-31T23:59:59Z") == shown(workshop, "version=0")
    assert shown(workshop, "at=9999-12-31T23:59:59.999999Z") == shown(workshop, f"version={len(events)}")
    hour_later = events[0]["at"].replace("Z", "-01:00")
    assert shown(workshop, f"at={hour_later}")["version"] == len(events)
    hour_before = events[0]["at"].replace("Z", "+01:00")
    assert shown(workshop, f"at={quote(hour_before)}")["version"] == 0


async def test_the_canvas_of_an_iteration_is_as_it_was_closed_and_as_it_is_while_it_is_open(workshop: Scene) -> None:
    """Rules H25, C7."""
    live, note = await workshop.furnished()
    first, second = new_id(), new_id()
    await live.ok("open_iteration", iteration=first, name="First")
    assert shown(workshop, f"iteration={first}")["version"] == live.version
    [closed] = await live.ok("close_iteration")
    await live.ok("reword_note", note=note, text="Play more", base=live.version)
    await live.ok("open_iteration", iteration=second, name="Second")
    then = shown(workshop, f"iteration={first}")
    assert then == shown(workshop, f"version={closed['version']}")
    assert then["canvas"]["notes"][note]["text"] == "Play"
    assert shown(workshop, f"iteration={second}") == shown(workshop, "")


@pytest.mark.parametrize(
    ("query", "status", "field"),
    [
        (f"iteration={new_id()}", 404, None),
        ("iteration=x", 404, None),
        ("iteration=", 404, None),
        ("at=yesterday", 422, "at"),
        ("at=", 422, "at"),
        ("at=2026-01-31", 422, "at"),
        ("at=2026-01-31T09:30:00Z&version=1", 422, "at"),
        ("version=1&iteration=x", 422, "iteration"),
        ("at=2026-01-31T09:30:00Z&iteration=x", 422, "iteration"),
    ],
)
def test_a_moment_that_there_is_not_and_one_that_is_named_twice(
    workshop: Scene, query: str, status: int, field: str | None
) -> None:
    """Rules H25, H6."""
    reply = workshop.get(f"/canvas?{query}")
    assert (reply.status, reply.json.get("field")) == (status, field)


def told(scene: Scene, query: str = "") -> list[Json]:
    """Give all revisions, page by page."""
    found: list[Json] = []
    after: int | None = 0
    while after is not None:
        page = scene.room.get(f"/revisions?after={after}&{query}")
        assert {"revisions", "next"} <= set(page) <= {"revisions", "next", "undone"}
        found += page["revisions"]
        after = page["next"]
    return found


async def test_revisions_tell_who_changed_what_from_what_to_what_and_why(workshop: Scene) -> None:
    """Rules H26, H3, G5."""
    host, note = await workshop.furnished()
    guest, card, first = await workshop.enter("participant", "Guest"), new_id(), new_id()
    await host.ok("open_iteration", iteration=first, name="First")
    await guest.at(host.version)
    await guest.ok("add_activity", activity=card, title="Make", category="production")
    [judged] = await guest.ok("judge_activity", activity=card, judgement="must_do", reason="It sells")
    await guest.ok("link_activity", activity=card, note=note)
    [undone] = await guest.ok("undo")
    revisions = told(workshop)
    expected: Json = {"version": judged["version"], "at": judged["at"], "by": guest.me, "kind": "ActivityJudged"}
    expected |= {"activity": card, "note": None, "field": "judgement", "before": None, "after": "must_do"}
    assert revisions[-3] == expected | {"reason": "It sells", "iteration": first, "undoes": None}
    about = [(one["field"], one["note"], one["before"], one["after"], one["undoes"]) for one in revisions[-2:]]
    assert about == [("links", note, None, note, None), ("links", note, note, None, undone["data"]["undoes"])]
    assert {one["version"] for one in revisions} == set(range(1, undone["version"] + 1))
    assert (revisions[0]["field"], revisions[0]["before"], revisions[0]["activity"]) == ("title", None, None)
    token = workshop.room.join("observer", "Watching")
    assert (
        workshop.server.http.get(f"{workshop.path}/revisions?kind=ActivityJudged", token)["revisions"]
        == revisions[-3:-2]
    )
    assert workshop.server.http.call("GET", f"{workshop.path}/revisions").status == 401


async def test_revisions_are_sought_by_activity_participant_and_kind(workshop: Scene) -> None:
    """Rule H27."""
    host, _ = await workshop.furnished()
    guest, card, other = await workshop.enter("participant", "Guest"), new_id(), new_id()
    for activity in (card, other):
        await host.ok("add_activity", activity=activity, title="Make", category="production")
    await guest.at(host.version)
    await guest.ok("move_activity", activity=card, category="problem_solving")
    await guest.ok("move_activity", activity=other, category="problem_solving")
    every = told(workshop)
    assert told(workshop, f"activity={card}") == [one for one in every if one["activity"] == card] != []
    assert told(workshop, f"participant={guest.me}") == [one for one in every if one["by"] == guest.me] != []
    assert told(workshop, "kind=ActivityAdded") == [one for one in every if one["kind"] == "ActivityAdded"] != []
    both = told(workshop, f"activity={card}&kind=ActivityMoved&participant={guest.me}")
    assert [(one["field"], one["after"]) for one in both] == [("category", "problem_solving")]
    assert told(workshop, f"activity={new_id()}") == []


async def test_a_page_of_revisions_never_splits_a_version(workshop: Scene) -> None:
    """Rule H27."""
    host, _ = await workshop.furnished()
    cards = [new_id() for _ in range(3)]
    for card in cards:
        await host.ok("add_activity", activity=card, title="Make", category="production")
    fields: Json = {"activities": cards, "into": new_id(), "title": "All", "category": "production"}
    [combined] = await host.ok("combine_activities", **fields)
    assert (
        len(told(workshop)[-4:]) == len([one for one in told(workshop) if one["version"] == combined["version"]]) == 4
    )
    for limit in (1, 2, 4, 5):
        assert told(workshop, f"limit={limit}") == told(workshop)
    page = workshop.room.get(f"/revisions?limit=2&after={combined['version'] - 1}")
    assert ([one["version"] for one in page["revisions"]], page["next"]) == ([combined["version"]] * 4, None)
    assert workshop.room.get(f"/revisions?after={combined['version']}") == {"revisions": [], "next": None}


@pytest.mark.parametrize(
    ("query", "status"),
    [
        *(("limit=0", 422), ("limit=1001", 422), ("limit=x", 422), ("after=-1", 422), ("after=999", 404)),
        *(("kind=Nothing", 422), ("colour=red", 422), ("kind=NoteAdded&kind=NoteAdded", 422)),
        *(("versions=", 422), ("versions=1,", 422), ("versions=1,x", 422), ("versions=-1", 422), ("versions=1.5", 422)),
        (f"versions={','.join(map(str, range(201)))}", 422),
    ],
)
def test_revisions_that_can_not_be_asked_for(workshop: Scene, query: str, status: int) -> None:
    """Rules H27, H6."""
    assert workshop.get(f"/revisions?{query}").status == status


def found(scene: Scene, query: str = "") -> list[int]:
    """Give the versions that are found."""
    return list(scene.room.get(f"/revisions/versions?{query}")["versions"])


async def test_events_are_found_in_the_whole_past_by_what_they_are_and_by_their_words(workshop: Scene) -> None:
    """Rule H39."""
    host, note = await workshop.furnished()
    guest, card, other = await workshop.enter("participant", "Zoë"), new_id(), new_id()
    for activity, title in ((card, "Make BRÜCKEN"), (other, "Ship")):
        await host.ok("add_activity", activity=activity, title=title, category="production")
    await guest.at(host.version)
    [judged] = await guest.ok("judge_activity", activity=card, judgement="not_now", reason="100% (sure)")
    [moved] = await guest.ok("move_activity", activity=other, category="problem_solving")
    [linked] = await guest.ok("link_activity", activity=other, note=note)
    every = told(workshop)
    answered = workshop.room.get("/revisions/versions")
    assert answered == {"version": linked["version"], "versions": [*range(1, linked["version"] + 1)]}
    for query in (
        f"activity={card}",
        f"participant={guest.me}",
        "kind=ActivityAdded",
        f"activity={card}&kind=ActivityJudged",
    ):
        assert found(workshop, query) == [one["version"] for one in told(workshop, query)] != []
    of_card = [one["version"] for one in every if one["activity"] == card]
    assert found(workshop, "text=%20br%C3%BCcken&language=en") == of_card
    assert found(workshop, f"text=br%C3%BCcken&kind=ActivityJudged&participant={guest.me}") == [judged["version"]]
    assert found(workshop, "text=ZO%C3%8B&kind=ActivityMoved") == [moved["version"]]
    for text, language in (("100%25%20(sure", "en"), ("not%20relevant%20now", "en"), ("nu%20niet%20relevant", "nl")):
        assert found(workshop, f"text={text}&language={language}") == [judged["version"]]
    assert found(workshop, "text=probleemoplossing&language=nl") == [moved["version"]]
    assert found(workshop, "text=link%20made&language=en") == [linked["version"]]
    assert found(workshop, "text=not_now") == found(workshop, f"text={card}") == []


async def test_revisions_of_some_events_alone(workshop: Scene) -> None:
    """Rule H39."""
    host, _ = await workshop.furnished()
    cards = [new_id() for _ in range(3)]
    for card in cards:
        await host.ok("add_activity", activity=card, title="Make", category="production")
    await host.ok("combine_activities", activities=cards, into=new_id(), title="All", category="production")
    some = [1, host.version - 2, host.version]
    query = f"versions={','.join(map(str, reversed(some)))},999"
    assert told(workshop, query) == [one for one in told(workshop) if one["version"] in some]
    assert told(workshop, f"{query}&limit=1") == told(workshop, query)
    assert [one["version"] for one in told(workshop, f"{query}&activity={cards[1]}")] == some[1:]


@pytest.mark.parametrize("query", ["kind=Nothing", "colour=red", "after=1", "language=fr", f"text={'x' * 201}"])
def test_events_that_can_not_be_sought(workshop: Scene, query: str) -> None:
    """Rules H39, H6."""
    assert workshop.get(f"/revisions/versions?{query}").status == 422


async def compared_room(scene: Scene) -> tuple[Json, list[str]]:
    """Let three iterations be closed, with an activity added, one judged and one combined; their ids, the cards."""
    host, note = await scene.furnished()
    guest, cards = await scene.enter("participant", "Guest"), [new_id() for _ in range(4)]
    made: Json = {"host": host.me, "guest": guest.me, "iterations": [], "closed": []}
    for turn in range(3):
        iteration = new_id()
        await host.ok("open_iteration", iteration=iteration, name=f"Turn {turn}")
        if turn < 2:
            await host.ok("add_activity", activity=cards[turn], title=f"Make {turn}", category="production")
            await host.ok("link_activity", activity=cards[turn], note=note)
            await guest.at(host.version)
            await guest.ok("judge_activity", activity=cards[turn], judgement="must_do", reason="It sells")
            await host.at(guest.version)
        else:
            fields: Json = {"activities": cards[:2], "into": cards[2], "title": "All", "category": "production"}
            await host.ok("combine_activities", **fields)
        [closed] = await host.ok("close_iteration", override_reason="Time is up")
        made["iterations"].append(iteration)
        made["closed"].append(closed["version"])
    await host.ok("judge_activity", activity=cards[2], judgement="not_now", reason="Later")
    return made, cards


async def test_two_moments_are_compared_by_version_and_by_iteration(workshop: Scene) -> None:
    """Rules H28, H3."""
    made, cards = await compared_room(workshop)
    first, second, third = made["iterations"]
    answer = workshop.room.get(f"/compare?from={first}&to={second}")
    assert set(answer) == {"from", "to", "summary", "differences"}
    assert answer["from"] == {"version": made["closed"][0], "iteration": first}
    assert answer["to"] == {"version": made["closed"][1], "iteration": second}
    assert answer["summary"] == {"added": 1}
    [added] = answer["differences"]
    assert set(added) == {"activity", "kind", "field", "before", "after", "by", "reason", "versions"}
    card = workshop.room.get(f"/canvas?iteration={second}")["canvas"]["activities"][cards[1]]
    assert (added["kind"], added["before"], added["after"], added["by"]) == ("added", None, card, [made["host"]])
    by_version = workshop.room.get(f"/compare?from={made['closed'][0]}&to={made['closed'][1]}")
    assert by_version == {**answer, **{side: {**answer[side], "iteration": None} for side in ("from", "to")}}
    assert workshop.room.get(f"/compare?from=0&to={second}")["summary"] == {"added": 2}
    [combined] = workshop.room.get(f"/compare?from={second}&to={third}")["differences"]
    assert (combined["kind"], combined["activity"]) == ("combined", cards[2])
    assert [source["id"] for source in combined["before"]] == cards[:2]
    head = workshop.room.head()
    [judged] = workshop.room.get(f"/compare?from={third}&to={head}")["differences"]
    assert (judged["kind"], judged["field"], judged["before"], judged["after"]) == (
        "judged",
        "judgement",
        None,
        "not_now",
    )
    assert (judged["reason"], judged["versions"]) == ("Later", [head])
    assert workshop.room.get(f"/compare?from={head}&to={head}")["differences"] == []
    assert workshop.server.http.call("GET", f"{workshop.path}/compare?from=1&to=2").status == 401
    assert workshop.get(f"/compare?from={'9' * 5_000}&to=1").status == 404
    assert workshop.room.get("/compare?from=01&to=1")["differences"] == []


async def test_a_comparison_is_read_backwards(workshop: Scene) -> None:
    """Rule H29."""
    made, cards = await compared_room(workshop)
    first, second, third = made["iterations"]
    [retired] = workshop.room.get(f"/compare?from={second}&to={first}")["differences"]
    assert (retired["kind"], retired["activity"], retired["after"]) == ("retired", cards[1], None)
    back = workshop.room.get(f"/compare?from={third}&to={second}")
    assert back["summary"] == {"retired": 1, "restored": 2}
    assert {one["activity"] for one in back["differences"] if one["kind"] == "restored"} == set(cards[:2])


async def test_a_comparison_is_downloaded_as_a_document_and_as_a_table(workshop: Scene) -> None:
    """Rules H30, H2."""
    made, _ = await compared_room(workshop)
    second, third = made["iterations"][1:]
    query = f"/compare?from={second}&to={third}"
    document = workshop.get(f"{query}&format=md&language=nl")
    assert document.headers["content-type"] == "text/markdown; charset=utf-8"
    assert document.headers["content-disposition"].startswith("attachment; ")
    assert document.headers["content-language"] == "nl"
    assert "\n1 samengevoegd.\n" in document.content.decode()
    assert "van Turn 1 naar Turn 2" in document.content.decode()
    assert "**All** uit **Make 0** en **Make 1** (door Facilitator)" in document.content.decode()
    assert workshop.get(f"{query}&format=md", **{"Accept-Language": "nl"}).content == document.content
    assert "\n1 combined.\n" in workshop.get(f"{query}&format=md").content.decode()
    sheet = workshop.get(f"{query}&format=csv&language=nl")
    assert sheet.headers["content-type"] == "text/csv; charset=utf-8"
    assert sheet.content.startswith("\ufeffVerandering;Activiteit;".encode())
    assert workshop.get(f"{query}&format=csv&language=en").content.startswith("\ufeffChange,Activity,".encode())


@pytest.mark.parametrize(
    ("query", "status"),
    [
        *(("from=1", 422), ("to=1", 422), ("from=-1&to=1", 422), ("from=1&to=999", 404), ("from=x&to=1", 404)),
        *(("from=1&to=1.5", 404), (f"from={new_id()}&to=1", 404), ("from=&to=1", 404), ("from=1&to=1&x=1", 422)),
        *(("from=1&to=1&format=pdf", 422), ("from=1&to=1&format=md&language=fr", 422)),
    ],
)
def test_moments_that_can_not_be_compared(workshop: Scene, query: str, status: int) -> None:
    """Rules H28, H30, H6."""
    assert workshop.get(f"/compare?{query}").status == status


async def test_the_audit_has_the_newest_version_and_its_digest(workshop: Scene) -> None:
    """Rules H31, G5."""
    await workshop.furnished()
    newest = workshop.room.events()[-1]
    token = workshop.room.join("observer", "Watching")
    told = workshop.server.http.get(f"{workshop.path}/audit", token)
    joined = workshop.room.events()[-1]
    assert joined["version"] == newest["version"] + 1
    assert told == {"version": joined["version"], "head": joined["digest"], "algorithm": "sha-256"}
    assert workshop.server.http.call("GET", f"{workshop.path}/audit").status == 401


async def test_what_a_copied_room_began_with_was_added_by_the_copying(workshop: Scene) -> None:
    """Rules H28, H18."""
    _, cards = await compared_room(workshop)
    http, asked = workshop.server.http, {"title": "Again", "copy": {"room": workshop.room.id}}
    copy = http.call("POST", "/api/rooms", asked, workshop.room.token).json
    answer = http.get(f"/api/rooms/{copy['room']}/compare?from=0&to=2", copy["token"])
    [added] = answer["differences"]
    assert (added["kind"], added["activity"], added["versions"]) == ("added", cards[2], [2])
