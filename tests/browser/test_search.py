"""Searching with suggestions, by keyboard, by touch, and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.looking import AXE, FIND

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def herd(make_question):
    return [make_question("Why stripes?"), make_question("Why do zebras stand striped?"), make_question("Lions?", "x")]


def combobox(page):
    return page.get_by_role("combobox", name="Search questions and answers")


def suggested(page):
    return page.get_by_role("listbox", name="Search questions and answers").get_by_role("option")


def test_by_keyboard(people, herd, picture):
    page = people("bo")
    page.goto("/topics/")
    page.keyboard.press("/")
    field = combobox(page)
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    page.keyboard.type("strip")
    options = suggested(page)
    expect(options).to_have_count(2)
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".search-box [role=status]")).to_have_text("2 suggestions")
    picture(page, "suggestions")

    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", options.first.get_attribute("id"))
    page.keyboard.press("ArrowUp")  # back to what was typed
    expect(field).not_to_have_attribute("aria-activedescendant", re.compile("."))
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")

    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("strip")
    page.keyboard.type("e")
    page.keyboard.press("Backspace")
    expect(options).to_have_count(2)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/questions/\d+/"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Why stripes?")


def test_enter_without_a_choice_searches(people, herd):
    page = people("bo")
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("flies")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=flies$"))
    expect(page.locator(".search-result")).to_have_count(2)
    expect(page.locator("mark", has_text="Flies").first).to_be_visible()
    page.keyboard.press("/")
    expect(combobox(page)).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_an_open_list(people, herd, scheme):
    page = people("bo", width=360, color_scheme=scheme, reduced_motion="reduce")
    page.context.add_init_script(path=AXE)
    page.goto("/search/?q=stripes")
    combobox(page).press_sequentially(" ")
    combobox(page).press("Backspace")
    expect(suggested(page)).to_have_count(1)
    page.keyboard.press("ArrowDown")
    assert page.evaluate(FIND, {}) == []


def test_a_phone_has_a_page_for_it(people, herd):
    page = people("bo", width=360)
    page.goto("/topics/")
    expect(page.locator("header .search-box")).to_be_hidden()
    page.get_by_role("link", name="Search", exact=True).click()
    expect(combobox(page)).to_be_focused()
    combobox(page).press_sequentially("lion")
    suggested(page).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lions?")


def test_a_filter_searches_at_once(people, herd):
    page = people("bo")
    page.goto("/search/?q=stripes lions")
    page.get_by_label("with a reference answer").check()
    expect(page).to_have_url(re.compile(r"answered=on"))
    page.get_by_role("link", name="Search everywhere").first.click()
    expect(page).not_to_have_url(re.compile(r"answered=on"))


def test_what_was_overtaken_is_not_shown(people, herd):
    """The answer to the first letters arrives after that to the next ones."""
    page, held = people("bo"), []
    page.route("**/search/suggest/?q=lio", lambda route: held.append(route))
    page.goto("/search/")
    field = combobox(page)
    with page.expect_request("**/search/suggest/?q=lio"):
        field.press_sequentially("lio")
    field.fill("stripes")
    expect(suggested(page)).to_have_text(["Why stripes?"])
    held[0].fulfill(body='<li role="option">Lions?</li>')
    expect(suggested(page)).to_have_text(["Why stripes?"])


def test_without_scripts(people, herd):
    page = people("bo", java_script_enabled=False)
    page.goto("/topics/")
    page.get_by_role("searchbox", name="Search questions and answers").fill("flies")
    page.keyboard.press("Enter")
    expect(page.locator(".search-result")).to_have_count(2)
