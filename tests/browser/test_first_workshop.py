"""The first workshop of README.md, followed word by word by two people who have never seen Kern."""

from playwright.sync_api import Page, expect

from tests.browser.people import People, add, card, saved
from tests.support.process import Server

VALUE = "Building develops creativity"


def opened(people: People, url: str) -> Page:
    page = people.context(url).new_page()
    page.goto(f"{url}/?new")
    page.get_by_label("What is the workshop about?").fill("A new building set")
    page.get_by_label("Your name").fill("Fay")
    page.get_by_role("button", name="Open the room").click()
    saved(page)
    return page


def invited(people: People, url: str, host: Page) -> Page:
    """Join by the link to take part, in a browser of one's own and in another language."""
    host.get_by_role("button", name="Invite").click()
    link = host.get_by_role("textbox", name="To take part").input_value()
    host.keyboard.press("Escape")
    page = people.context(url, locale="nl-NL").new_page()
    page.goto(link)
    page.get_by_role("textbox", name="Je naam").fill("Bo")
    page.get_by_role("button", name="Meedoen").click()
    saved(page)
    return page


def begun_with_the_value(page: Page) -> None:
    """Be led to the value, without which nothing can be added."""
    expect(page.get_by_role("textbox", name="Add an activity to Production")).to_have_count(0)
    page.get_by_role("button", name="Write it down").click()
    value = page.get_by_role("textbox", name="Add a value proposition")
    expect(value).to_be_focused()
    page.keyboard.type(VALUE)
    page.keyboard.press("Enter")
    add(page, "Mould bricks")
    expect(card(page, "Mould bricks")).to_be_visible()


def test_the_first_workshop_of_the_readme_can_be_followed_to_the_end(server: Server, people: People) -> None:
    url = f"http://127.0.0.1:{server.port}"
    fay = opened(people, url)
    begun_with_the_value(fay)
    bo = invited(people, url, fay)
    expect(card(bo, "Mould bricks")).to_be_visible()

    add(fay, "Keep the web shop up", "Unsorted")
    card(bo, "Keep the web shop up").get_by_role("button", name="Nu niet").click()
    card(fay, "Mould bricks").get_by_role("button", name="Must do").click()
    fay.get_by_role("button", name="Open an iteration").click()
    fay.get_by_role("textbox", name="Name").fill("Kick-off")
    fay.get_by_role("button", name="Open", exact=True).click()

    fay.get_by_role("button", name="Close the iteration").click()
    closing = fay.get_by_role("dialog")
    expect(closing).to_contain_text("link it to a value")
    expect(closing).to_contain_text("choose a column")
    fay.keyboard.press("Escape")

    fay.get_by_role("button", name="Move Keep the web shop up").click()
    fay.get_by_role("menuitemradio", name="Platform and network").click()
    fay.get_by_role("button", name="Details of Mould bricks").click()
    fay.get_by_role("checkbox", name=VALUE).check()
    fay.keyboard.press("Escape")
    fay.get_by_role("button", name="Close the iteration").click()
    closing.get_by_role("button", name="Close the iteration").click()
    expect(closing).to_contain_text("The iteration is closed.")
    for page, state in ((fay, "closed"), (bo, "gesloten")):
        expect(page.get_by_role("contentinfo").get_by_role("listitem")).to_have_text(f"Kick-off{state}")
