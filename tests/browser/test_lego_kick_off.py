"""The LEGO kick-off, played by eight people at eight screens: laptops and phones, one in English, one without a mouse.

A facilitator opens the room, six join by link and by code, one watches. They write 24 cards at once, combine three
duplicates, sort, judge 21 cards together and close the iteration, which first refuses and names what is missing.
"""

from collections.abc import Iterator
from itertools import cycle

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import PHONE, People, saved
from tests.support.patch import Json
from tests.support.process import Server

DUTCH = {
    "production": "Productie",
    "problem_solving": "Probleemoplossing",
    "platform_network": "Platform en netwerk",
    "unsorted": "Ongesorteerd",
}
ENGLISH = {
    "production": "Production",
    "problem_solving": "Problem solving",
    "platform_network": "Platform and network",
    "unsorted": "Unsorted",
}
CARDS: dict[str, tuple[tuple[str, str], ...]] = {
    "Ben": (
        ("production", "Stenen ontwerpen"),
        ("production", "Mallen laten maken"),
        ("platform_network", "De webwinkel bijhouden"),
        ("unsorted", "Met scholen praten"),
    ),
    "Emma": (
        ("production", "Mould bricks"),
        ("problem_solving", "Ask children what is too hard"),
        ("platform_network", "Keep the fan site alive"),
        ("unsorted", "Visit a toy museum"),
    ),
    "Fatima": (
        ("production", "Nieuwe stenen ontwerpen"),
        ("problem_solving", "Klachten oplossen"),
        ("platform_network", "Bouwers samenbrengen"),
        ("unsorted", "Handleidingen tekenen"),
    ),
    "Gijs": (
        ("production", "Dozen inpakken"),
        ("problem_solving", "Klachten afhandelen"),
        ("platform_network", "Winkels bevoorraden"),
        ("unsorted", "Een wedstrijd houden"),
    ),
    "Hanna": (
        ("production", "Kleuren mengen"),
        ("problem_solving", "Voortdurend blijven verbeteren"),
        ("platform_network", "De webwinkel draaiend houden"),
        ("unsorted", "Leraren opleiden"),
    ),
    "Ivo": (
        ("production", "Dozen vervoeren"),
        ("problem_solving", "Kapotte stenen vervangen"),
        ("platform_network", "Ontwerpen laten delen"),
        ("unsorted", "Onderzoek volgen"),
    ),
}
DUPLICATES = (
    ("Stenen ontwerpen", "Nieuwe stenen ontwerpen"),
    ("Klachten oplossen", "Klachten afhandelen"),
    ("De webwinkel bijhouden", "De webwinkel draaiend houden"),
)


SEEN = """([selector, all]) =>
    [...document.querySelectorAll(selector)].reduce((sum, { textContent }) => sum + Number(textContent), 0) === all
"""


def counts_selector(name: str) -> str:
    """Tell where a screen shows how many cards each column has."""
    return ".tabs b" if name in CARDS and name != "Ben" else ".heads .count > [aria-hidden]"


class Workshop:
    """The room, and everybody's screen."""

    def __init__(self, server: Server, people: People) -> None:
        self.server, self.people = server, people
        self.url = f"http://127.0.0.1:{server.port}"
        self.screens: dict[str, Page] = {}
        self.room = self.token = ""

    def page(self, name: str, *, phone: bool = False, english: bool = False) -> Page:
        """Give somebody a screen."""
        locale = "en-GB" if english else "nl-NL"
        context = self.people.context(self.url, size=PHONE if phone else None, locale=locale, has_touch=phone)
        self.screens[name] = context.new_page()
        return self.screens[name]

    def canvas(self) -> Json:
        """Give the canvas as the server has it."""
        canvas: Json = self.server.http.get(f"/api/rooms/{self.room}/canvas", self.token)["canvas"]
        return canvas

    def titles(self) -> list[str]:
        return sorted(activity["title"] for activity in self.canvas()["activities"].values())

    def saved(self) -> None:
        for page in self.screens.values():
            saved(page)


@pytest.fixture
def workshop(server: Server, people: People) -> Workshop:
    return Workshop(server, people)


def opened(workshop: Workshop) -> tuple[str, str, str]:
    """Open the room; give the link to take part, the code and the link to watch."""
    fay = workshop.page("Fay")
    fay.goto(workshop.url)
    fay.get_by_label("Waar gaat de workshop over?").fill("Stenen voor scholen")
    fay.get_by_label("Je naam").fill("Fay")
    fay.get_by_role("radio", name="Het voorbeeld LEGO").check()
    fay.get_by_role("button", name="Ruimte openen").click()
    saved(fay)
    workshop.room = fay.url.split("/room/")[1].split("#")[0]
    workshop.token = fay.evaluate("JSON.parse(localStorage.getItem('kern.rooms'))[0].token")
    fay.get_by_role("button", name="Uitnodigen").click()
    dialog = fay.get_by_role("dialog")
    dialog.locator("svg[data-ready=true]").wait_for()
    code = dialog.locator(".code").first.inner_text()
    links = fay.evaluate("JSON.parse(localStorage.getItem('kern.rooms'))[0].links")
    fay.keyboard.press("Escape")
    return workshop.url + links["participant"], code, workshop.url + links["observer"]


def joined(workshop: Workshop, link: str, code: str, watching: str) -> None:
    """Have six take part and one watch, each through the door of their own language."""
    for name in CARDS:
        page = workshop.page(name, phone=name != "Ben", english=name == "Emma")
        by_code = name in {"Gijs", "Ivo"}
        page.goto(f"{workshop.url}/join" if by_code else link)
        if by_code:
            page.get_by_label("Code van de ruimte").fill(f" {code.lower()} ")
        page.get_by_label("Your name" if name == "Emma" else "Je naam").fill(name)
        page.get_by_role("button", name="Join" if name == "Emma" else "Meedoen", exact=True).click()
        saved(page)
    olaf = workshop.page("Olaf")
    olaf.goto(watching)
    olaf.get_by_label("Je naam").fill("Olaf")
    olaf.get_by_role("button", name="Meedoen", exact=True).click()
    saved(olaf)


def write(page: Page, name: str, place: str, title: str) -> None:
    """Write a card: on a phone under its tab, in English for Emma, by Ben without a mouse."""
    words = ENGLISH if name == "Emma" else DUTCH
    asks = f"Add an activity to {words[place]}" if name == "Emma" else f"Activiteit toevoegen aan {words[place]}"
    if name != "Ben":
        page.locator(f".tabs button.{place}").click()
    field = page.get_by_role("textbox", name=asks)
    if name == "Ben":
        field.focus()
        page.keyboard.type(title)
        page.keyboard.press("Enter")
        return
    field.fill(title)
    field.press("Enter")


def rounds() -> Iterator[tuple[str, str, str]]:
    """Give everyone a card in turn, so that all write at the same time."""
    for number in range(4):
        for name, cards in CARDS.items():
            yield (name, *cards[number])


def to_an_unjudged_card(workshop: Workshop, page: Page) -> None:
    """Pass over what others have judged meanwhile, as the screen says of it."""
    judged = {one["title"] for one in workshop.canvas()["activities"].values() if one["judgement"]}
    title = page.locator("#judging article h3")
    while (at := title.inner_text()) in judged:
        page.locator("#judging .act [aria-pressed=true]").wait_for()
        page.locator("#judging [data-control=onward]").click()
        expect(title).not_to_have_text(at)


def judge_one(workshop: Workshop, page: Page, judgement: str) -> None:
    """Judge the next card, with the value it delivers or without a reason."""
    to_an_unjudged_card(workshop, page)
    english = page.evaluate("document.documentElement.lang") == "en"
    page.locator(f"#judging [data-control={judgement}]").click()
    if judgement == "must_do":
        page.locator("#judging li button").first.click()
    else:
        page.get_by_role("button", name="Go on" if english else "Verder", exact=True).click()
    saved(page)


def test_the_kick_off_from_the_first_link_to_a_closed_iteration(workshop: Workshop) -> None:
    joined(workshop, *opened(workshop))
    screens = workshop.screens
    fay, ben, olaf = screens["Fay"], screens["Ben"], screens["Olaf"]
    fay.get_by_role("button", name="Iteratie openen").click()
    fay.get_by_role("textbox", name="Naam").fill("Kick-off")
    fay.get_by_role("button", name="Openen", exact=True).click()

    for name, place, title in rounds():
        write(screens[name], name, place, title)
    workshop.saved()
    written = sorted(title for cards in CARDS.values() for _, title in cards)
    assert workshop.titles() == written
    for name, page in screens.items():
        counts = page.locator(counts_selector(name))
        expect(counts).to_have_count(4)
        page.wait_for_function(SEEN, arg=[counts_selector(name), len(written)])

    for one, other in DUPLICATES:
        combine(ben, one, other)
    workshop.saved()
    canvas = workshop.canvas()
    assert len(canvas["activities"]) == len(written) - len(DUPLICATES)
    combined = [one for one in canvas["activities"].values() if (one["origin"] or {}).get("kind") == "combination"]
    authors = {canvas["retired"][id_]["by"] for one in combined for id_ in one["origin"]["activities"]}
    assert len(authors) == len({"Ben", "Fatima", "Gijs", "Hanna"}), "whoever wrote the sources stays their author"

    sort_all(workshop)
    judge_all(workshop)
    close(workshop, fay)
    expect(olaf.get_by_text("Kick-off").first).to_be_visible()
    expect(olaf.get_by_role("textbox", name="Activiteit toevoegen")).to_have_count(0)
    final = workshop.canvas()
    judgements = [one["judgement"] for one in final["activities"].values()]
    assert (judgements.count("must_do"), judgements.count("not_now")) == (14, 7)
    assert (final["iterations"][0]["name"], final["iteration"]) == ("Kick-off", None)


def combine(page: Page, one: str, other: str) -> None:
    """Combine two cards without a mouse: select both, press c, take the title that is proposed."""
    for title in (one, other):
        page.get_by_role("article", name=title, exact=True).focus()
        page.keyboard.press("x")
    page.keyboard.press("c")
    page.get_by_role("dialog", name="Samenvoegen").wait_for()
    page.get_by_role("textbox", name="Titel van de nieuwe activiteit").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)


def sort_all(workshop: Workshop) -> None:
    """Give each card that lies loose a category, from the list that a thumb moves cards with."""
    page = workshop.screens["Ivo"]
    page.locator(".tabs button.unsorted").click()
    places = cycle(("Productie", "Probleemoplossing", "Platform en netwerk"))
    cards = page.locator("[data-card]")
    for left in range(cards.count(), 0, -1):
        cards.first.get_by_role("button", name="verplaatsen").click()
        page.get_by_role("menuitemradio", name=next(places)).click()
        expect(cards).to_have_count(left - 1)
    saved(page)
    assert workshop.canvas()["categories"]["unsorted"] == []


def judge_all(workshop: Workshop) -> None:
    """Judge twenty of the twenty-one together, each at their own screen."""
    names = ("Ben", "Emma", "Fatima", "Gijs", "Hanna")
    pages = [workshop.screens[name] for name in names]
    for page in pages:
        page.goto(f"{workshop.url}/room/{workshop.room}#judging")
        page.locator("#judging article h3").wait_for()
    wanted = ["must_do"] * 13 + ["not_now"] * 7
    for page, judgement in zip(cycle(pages), wanted, strict=False):
        judge_one(workshop, page, judgement)


def close(workshop: Workshop, fay: Page) -> None:
    """Try to close with one card unjudged, be refused, be led to the card, judge it, and close."""
    (left,) = (one for one in workshop.canvas()["activities"].values() if one["judgement"] is None)
    fay.get_by_role("button", name="Iteratie sluiten").click()
    dialog = fay.get_by_role("dialog", name="Kick-off")
    dialog.get_by_role("button", name="Iteratie sluiten").click()
    expect(dialog.get_by_role("alert")).to_be_visible()
    assert workshop.canvas()["iteration"] is not None
    dialog.get_by_role("button", name=left["title"]).click()
    sheet = fay.get_by_role("dialog", name=left["title"])
    sheet.get_by_role("button", name="Moet ik doen").click()
    sheet.get_by_role("checkbox").first.check()
    fay.keyboard.press("Escape")
    expect(dialog.get_by_text("Er staat niets meer in de weg.")).to_be_visible()
    dialog.get_by_role("button", name="Iteratie sluiten").click()
    expect(dialog.get_by_text("De iteratie is gesloten.")).to_be_visible()
