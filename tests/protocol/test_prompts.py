"""The questions that help to find activities."""

import pytest

from tests.protocol.scene import Scene
from tests.support.live import new_id
from tests.support.patch import Json
from tests.support.process import Server

LISTS = {"general": 4, "production": 4, "problem_solving": 3, "platform_network": 3}


def prompts(server: Server, query: str = "", **headers: str) -> Json:
    reply = server.http.send("GET", f"/api/prompts{query}", headers=headers)
    assert reply.status == 200
    return dict(reply.json)


def keys(found: Json) -> list[str]:
    return [found["master"]["key"], *(one["key"] for name in LISTS for one in found[name])]


def test_questions_are_listed_in_both_languages_under_the_same_keys(direct: Server) -> None:
    """Rule H19."""
    dutch, english = prompts(direct, "?language=nl"), prompts(direct, "?language=en")
    for found in (dutch, english):
        assert set(found) == {"master", *LISTS}
        assert {name: len(found[name]) for name in LISTS} == LISTS
        assert {one.get("source") for one in found["general"]} == {"Osterwalder"}
        assert not any("source" in one for name in LISTS if name != "general" for one in found[name])
    assert keys(dutch) == keys(english)
    assert len(set(keys(dutch))) == 15
    texts = [[one["text"] for name in LISTS for one in found[name]] for found in (dutch, english)]
    assert all(one != other and one.endswith("?") and other.endswith("?") for one, other in zip(*texts, strict=True))


def test_questions_are_in_the_language_that_is_asked_for_else_preferred_else_english(direct: Server) -> None:
    """Rules H19, H2."""
    dutch, english = prompts(direct, "?language=nl"), prompts(direct, "?language=en")
    preferring = {"Accept-Language": "nl-NL, en;q=0.5"}
    assert prompts(direct) == english
    assert prompts(direct, **preferring) == dutch
    assert prompts(direct, "?language=en", **preferring) == english
    reply = direct.http.send("GET", "/api/prompts", headers=preferring)
    assert reply.headers["content-language"] == "nl"


@pytest.mark.parametrize("query", ["?language=fr", "?language=", "?language=nl&language=en", "?colour=red"])
def test_another_language_is_out_of_range(direct: Server, query: str) -> None:
    """Rules H19, H6."""
    reply = direct.http.call("GET", f"/api/prompts{query}")
    assert (reply.status, reply.problem) == (422, "invalid")


async def test_a_card_remembers_the_key_of_a_question_or_its_text(workshop: Scene) -> None:
    """Rules H19, C5."""
    live, _ = await workshop.furnished()
    for prompt in (keys(prompts(workshop.server))[5], "Who makes it?"):
        card = new_id()
        await live.ok("add_activity", activity=card, title="Make", category=None, prompt=prompt)
        assert live.canvas["activities"][card]["origin"] == {"kind": "prompt", "prompt": prompt}
