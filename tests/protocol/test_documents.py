"""What is written to be read and printed: the guideline and the minutes."""

import re
from html.parser import HTMLParser

import pytest

from tests.protocol.scene import Scene
from tests.support.calls import Reply
from tests.support.live import new_id

VOID = {"meta", "link", "br"}


class Page(HTMLParser):
    """Reads a page: what is on it, and whether each element that was opened is closed."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[str] = []
        self.styles: list[str] = []
        self.words = ""
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        assert not {name for name in given if name == "style" or name.startswith("on")}
        self.elements.append(tag)
        if tag == "link":
            self.styles.append(str(given["href"]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def exported(scene: Scene, query: str, token: str | None = None) -> Reply:
    return scene.server.http.call("GET", f"{scene.path}/export?{query}", token=token or scene.room.token)


async def decided(scene: Scene) -> None:
    """Let something be decided that looks like markup."""
    host, note = await scene.furnished()
    card = new_id()
    await host.ok("open_iteration", iteration=new_id(), name="<i>First</i>")
    await host.ok("add_activity", activity=card, title="<script>alert(1)</script>", category="production")
    await host.ok("judge_activity", activity=card, judgement="must_do", reason='Saw & "sell"')
    await host.ok("link_activity", activity=card, note=note)
    await host.ok("reword_activity", activity=card, field="details", text="One\n\nTwo\nThree", base=host.version)
    await host.ok("close_iteration")


@pytest.mark.parametrize("document", ["guideline", "minutes"])
@pytest.mark.parametrize(("language", "must"), [("nl", "moet ik doen"), ("en", "must do")])
async def test_a_page_to_print_says_what_people_wrote_and_runs_none_of_it(
    workshop: Scene, document: str, language: str, must: str
) -> None:
    """Rules H38, H16."""
    await decided(workshop)
    reply = exported(workshop, f"format=html&document={document}&language={language}")
    assert (reply.status, reply.headers["content-language"]) == (200, language)
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    page = Page(reply.content.decode())
    assert page.open == []
    assert "<script>alert(1)</script>" in page.words
    assert not {"script", "style", "i", "img"} & set(page.elements)
    assert 'Saw & "sell"' in page.words
    assert (must in page.words) == (document == "minutes")
    assert page.styles == ["/print.css"]
    style = workshop.server.http.call("GET", "/print.css")
    assert (style.status, style.headers["content-type"]) == (200, "text/css; charset=utf-8")
    assert exported(workshop, f"format=html&document={document}&language={language}").content == reply.content


async def test_markdown_and_the_page_say_the_same_in_the_same_order(workshop: Scene) -> None:
    """Rules H38, H32."""
    await decided(workshop)
    watching = workshop.room.join("observer", "Watching")
    for document in ("guideline", "minutes"):
        page = Page(exported(workshop, f"format=html&document={document}", watching).content.decode())
        markdown = exported(workshop, f"format=md&document={document}", watching).content.decode()
        said = re.findall(r"\w+", markdown)
        found = re.findall(r"\w+", page.words)[-len(said) :]
        assert " ".join(found) == " ".join(said)
    assert exported(workshop, "format=md").content == exported(workshop, "format=md&document=guideline").content


async def test_minutes_have_who_was_there_what_was_decided_and_when(workshop: Scene) -> None:
    """Rule H38."""
    await decided(workshop)
    written = exported(workshop, "format=md&document=minutes&language=en").content.decode()
    assert "## Who was there" in written
    assert r"## Iteration: \<i>First\</i>" in written
    assert re.search(r"new, must do \(.*, \d\d:\d\d\)\\\n  Reason: Saw \\& \"sell\"", written)
    assert "1 added and 1 judged as must do." in written


@pytest.mark.parametrize(
    "query", ["format=csv&document=minutes", "format=json&document=guideline", "format=md&document=x", "format=pdf"]
)
async def test_a_document_that_there_is_not_is_refused(workshop: Scene, query: str) -> None:
    """Rules H38, H6."""
    assert exported(workshop, query).status == 422
