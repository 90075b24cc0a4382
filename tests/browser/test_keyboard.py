"""By keyboard alone: single keys and where they must not act, where the focus goes, and what is said of it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.world import furnish

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(db):
    return furnish()


@pytest.fixture
def bo(people, world):
    page = people("bo", user=world.bo)
    page.goto(world.rich.get_absolute_url())
    page.wait_for_load_state("networkidle")
    return page


def focused(page):
    return page.evaluate(
        "document.activeElement.id || document.activeElement.className || document.activeElement.tagName"
    )


# --- Single keys -------------------------------------------------------------------------------------------------


def test_space_reveals(bo):
    bo.keyboard.press("Space")
    expect(bo.locator(".reveal-body")).to_be_visible()


def test_a_and_b_mark_and_are_said(bo):
    for key, name in (("a", "Answered"), ("b", "Bookmark")):
        button, said = bo.get_by_role("button", name=name, exact=True), bo.locator("[data-mark-said]")
        bo.keyboard.press(key)
        expect(button).to_have_attribute("aria-pressed", "true")
        expect(said).to_have_text(f"{name}: marked")
        bo.keyboard.press(key)
        expect(button).to_have_attribute("aria-pressed", "false")
        expect(said).to_have_text(f"{name}: no longer marked")


def test_a_mark_that_could_not_be_kept_says_so(bo, people):
    bo.context.set_offline(True)
    bo.keyboard.press("a")
    expect(bo.locator(".messages")).to_contain_text("not saved")
    bo.context.set_offline(False)
    bo.keyboard.press("a")
    expect(bo.get_by_role("button", name="Answered", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(bo.locator(".messages")).not_to_contain_text("not saved")
    people.complaints.clear()  # the browser's own, of the line that was down


def test_e_writes_and_typing_stays_typing(bo, world):
    bo.keyboard.press("e")
    editor = bo.locator(".draft textarea")
    expect(editor).to_be_focused()
    bo.keyboard.type("jk ab e?/")
    expect(editor).to_have_value("jk ab e?/")
    expect(bo).to_have_url(re.compile(world.rich.get_absolute_url()))
    expect(bo.locator("dialog[open]")).to_have_count(0)
    assert bo.locator(".mark[aria-pressed=true]").count() == 0


def test_j_and_k_go_on_and_back(bo, world):
    bo.keyboard.press("j")
    expect(bo.locator("h1")).not_to_contain_text("prefix LM")
    bo.keyboard.press("k")
    expect(bo).to_have_url(re.compile(world.rich.get_absolute_url()))


def test_slash_goes_to_the_search_field(bo):
    bo.keyboard.press("/")
    assert bo.evaluate("document.activeElement.type") == "search"


@pytest.mark.parametrize("held", ["Control", "Alt", "Meta"])
def test_with_a_modifier_a_key_is_the_browsers(bo, held):
    bo.keyboard.press(f"{held}+a")
    bo.keyboard.press(f"{held}+b")
    assert bo.locator(".mark[aria-pressed=true]").count() == 0


def test_single_keys_can_be_switched_off(bo):
    """WCAG 2.1.4: who speaks to the computer, or whose hand slips, is not at the mercy of letters."""
    bo.keyboard.press("?")
    expect(bo.locator("dialog[open]")).to_be_visible()
    bo.get_by_label("Single keys act").uncheck()
    bo.keyboard.press("Escape")
    bo.reload()
    bo.wait_for_load_state("networkidle")
    for key in ("a", "b", "j", "?", "Space"):
        bo.keyboard.press(key)
    expect(bo.locator("dialog[open]")).to_have_count(0)
    expect(bo.locator("h1")).to_contain_text("prefix LM")
    assert bo.locator(".mark[aria-pressed=true]").count() == 0
    bo.get_by_role("button", name="Keyboard shortcuts").click()
    expect(bo.get_by_label("Single keys act")).not_to_be_checked()


# --- Focus -------------------------------------------------------------------------------------------------------


def test_the_first_stop_skips_to_the_content(bo):
    bo.keyboard.press("Tab")
    expect(bo.get_by_role("link", name="Skip to the content")).to_be_focused()
    bo.keyboard.press("Enter")
    assert focused(bo) == "content"


def test_a_pressed_button_keeps_the_focus(bo):
    button = bo.get_by_role("button", name="Answered", exact=True)
    button.focus()
    bo.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button).to_be_focused()


STOP = """
() => {
  const node = document.activeElement;
  if (node === document.body) return null;
  node.dataset.seen = "";
  const shown = node.matches(".question-row-title") ? getComputedStyle(node, "::after") : getComputedStyle(node);
  const box = node.getBoundingClientRect();
  const middle = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height, innerHeight) / 2);
  return {
    name: node.outerHTML.slice(0, 100),
    outlined: shown.outlineStyle !== "none" && parseFloat(shown.outlineWidth) >= 2,
    covered: !middle || !(node.contains(middle) || middle.contains(node) || node.labels?.[0]?.contains(middle)),
  };
}
"""


@pytest.mark.parametrize("width", [360, 1280])
def test_every_stop_is_seen(people, world, width):
    """Each thing that takes the focus shows it, and nothing lies over it: not the bar at the foot of a phone either."""
    page = people("bo", width=width, user=world.bo)
    page.goto(f"{world.rich.get_absolute_url()}?reveal=1")
    page.wait_for_load_state("networkidle")
    stops = []
    for _ in range(150):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if not stop:
            break
        stops.append(stop)
    assert len(stops) > 30
    assert [stop["name"] for stop in stops if not stop["outlined"]] == []
    assert [stop["name"] for stop in stops if stop["covered"]] == []


def test_a_menu_closes_on_escape_and_gives_the_focus_back(bo):
    menu = bo.locator("summary", has_text="Light or dark")
    menu.focus()
    bo.keyboard.press("Enter")
    expect(bo.get_by_role("button", name="Dark")).to_be_visible()
    bo.keyboard.press("Tab")
    bo.keyboard.press("Escape")
    expect(menu).to_be_focused()
    expect(bo.get_by_role("button", name="Dark")).to_be_hidden()


# --- Listings ----------------------------------------------------------------------------------------------------


def test_a_listing_is_copied(bo):
    bo.context.grant_permissions(["clipboard-read", "clipboard-write"])
    bo.keyboard.press("Space")
    listing = bo.locator(".reveal-body figure.code").nth(1)
    button = listing.get_by_role("button")
    expect(button).to_have_text("Copy")
    button.focus()
    bo.keyboard.press("Enter")
    expect(listing.get_by_role("status")).to_have_text("Copied")
    expect(button).to_be_focused()
    assert bo.evaluate("navigator.clipboard.readText()") == "plain listing"


# --- Other ways to look ------------------------------------------------------------------------------------------


def test_paper_shows_the_answer_and_nothing_to_press(bo):
    bo.emulate_media(media="print")
    expect(bo.locator(".reveal-body")).to_be_visible()
    expect(bo.get_by_role("heading", name="Reference answer")).to_be_visible()
    for furniture in (".site-header", ".site-footer", ".reading-bar", ".try", ".copy >> nth=0", ".neighbours"):
        expect(bo.locator(furniture)).to_be_hidden()
    link = ".reveal-body a[href='https://example.org/a']"
    assert "example.org" in bo.evaluate(
        "link => getComputedStyle(document.querySelector(link), '::after').content", link
    )


def test_nothing_moves_for_who_asked_for_that(people, world):
    page = people("bo", user=world.bo, reduced_motion="reduce")
    page.goto(world.rich.get_absolute_url())
    moving = """[...document.querySelectorAll("*")].filter((node) => {
      const {transitionDuration, animationName} = getComputedStyle(node);
      return parseFloat(transitionDuration) > 0 || animationName !== "none";
    }).map((node) => node.outerHTML.slice(0, 80))"""
    assert page.evaluate(moving) == []
