"""Every page in both languages: axe finds nothing, light and dark, wide and on a phone; and it fits into 320 pixels."""

import re

import pytest
from django.core import mail

from tests.browser import looking, pages
from tests.browser.world import PASSWORD, furnish

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.browser.urls")]


@pytest.fixture
def window(people):
    """A window with axe in it, where nothing moves: a colour on its way to another one is neither."""

    def open_window(person, language, world):
        user = getattr(world, person, None)
        page = people(person, language=language, user=user, reduced_motion="reduce")
        page.context.add_init_script(path=looking.AXE)
        return page

    yield open_window
    # The browser itself tells of every page that is an error.
    people.complaints[:] = [one for one in people.complaints if not one.startswith("Failed to load resource")]


def looked_at(page, sizes=looking.SIZES):
    """320 pixels are also a window of 1280 at 400 %."""
    return looking.wider(page, [320]) | looking.axe(page, sizes)


def test_no_page_is_forgotten(db):
    assert pages.forgotten(furnish()) == []


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("person", pages.PEOPLE)
def test_every_page(window, person, language):
    world = furnish()
    page = window(person, language, world)
    # The curators' desk is Django's for the most part, and the slowest to look at: each width in one language.
    sizes = looking.SIZES if person != "cleo" else {"en": ["wide"], "zh-hans": ["phone"]}[language]
    found = {}
    for name, address in pages.PEOPLE[person](world).items():
        status = page.goto(address).status
        assert status == pages.status(name), name
        if said := looked_at(page, sizes):
            found[name] = said
    assert found == {}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_on_the_way_in(window, language):
    """Pages that show themselves only to who has filled in the one before."""
    page = window("", language, furnish())
    send = page.locator("main form").first.get_by_role("button").first
    found = {}

    def look(name):
        if said := looked_at(page):
            found[name] = said

    page.goto("/accounts/login/")
    send.click()
    look("sign-in, filled in wrongly")
    page.fill("[name=login]", "cy")
    page.fill("[name=password]", PASSWORD)
    send.click()
    page.wait_for_url("**/2fa/authenticate/")
    look("second factor")
    page.context.clear_cookies()

    page.goto("/accounts/login/code/")
    page.fill("[name=email]", "bo@example.org")
    send.click()
    page.wait_for_url("**/code/confirm/")
    look("code to sign in")

    page.goto("/accounts/password/reset/")
    page.fill("[name=email]", "bo@example.org")
    send.click()
    page.wait_for_url("**/reset/confirm/")
    look("code to choose a password")
    page.fill("[name=code]", re.search(r"^[A-Z0-9-]{6,}$", mail.outbox[-1].body, re.M)[0])
    send.click()
    page.wait_for_url("**/reset/complete/")
    look("a new password")
    assert found == {}
