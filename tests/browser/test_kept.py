"""Without an account: what one marks, writes and rates stays in the browser, and is brought along on signing up."""

import re

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import expect

from progress.models import Answered, Bookmark, Draft, Review
from tests.browser.world import furnish

pytestmark = pytest.mark.django_db(transaction=True)

KEPT = "() => JSON.parse(localStorage.getItem('kept:1'))"


@pytest.fixture
def world():
    return furnish()


def test_journey(people, picture, world):
    page = people("guest", 390)
    page.goto(f"{world.plain.get_absolute_url()}?lang=zh-hans")
    answered, bookmark = page.get_by_role("button", name="Answered"), page.get_by_role("button", name="Bookmark")
    answered.click()
    expect(answered).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-kept-status]")).to_contain_text("Kept in this browser")
    page.keyboard.press("b")
    expect(bookmark).to_have_attribute("aria-pressed", "true")
    page.locator("summary", has_text="Try first").click()
    page.get_by_role("textbox", name="My answer").fill("Emergence, in my words.")
    page.locator("summary", has_text="Show the reference answer").click()
    picture(page, "kept-question")
    page.get_by_role("button", name="good").click()
    expect(page.get_by_role("button", name="good")).to_have_attribute("aria-pressed", "true")

    page.reload()
    expect(answered).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("textbox", name="My answer")).to_have_value("Emergence, in my words.")
    page.goto(world.topic.get_absolute_url())
    row = page.locator(f".question-row[data-question='{world.plain.pk}']")
    for mark in ("draft", "bookmarked", "answered"):
        expect(row.get_by_title(mark)).to_be_visible()

    page.goto(f"/practice/{world.plain.pk}/")
    page.keyboard.press("Space")
    expect(page.locator(".compare-mine")).to_contain_text("Emergence, in my words.")
    page.keyboard.press("1")
    page.wait_for_url(re.compile("turn=1"))
    ratings = page.evaluate(KEPT)["ratings"]
    assert [one["rating"] for one in ratings] == [3, 1]
    assert ratings[1]["seconds"] < 60

    page.get_by_role("link", name=re.compile("Kept in this browser")).click()
    expect(page.get_by_role("definition").last).to_have_text("2")
    picture(page, "kept-page")
    page.get_by_role("link", name="Create an account for it").click()
    page.get_by_label("Email").fill("dee@example.org")
    page.get_by_label("Username").fill("dee")
    page.get_by_label("Password", exact=True).fill("correct horse battery")
    page.get_by_label(re.compile(r"Password \(again\)")).fill("correct horse battery")
    page.locator("main").get_by_role("button", name="Create the account").click()
    page.wait_for_url("**/me/bring/")
    preview = page.locator("[data-bring-result]")
    expect(preview).to_contain_text(re.compile(r"1 answered\s+1 bookmark\s+1 draft\s+2 ratings"))
    picture(page, "kept-preview")

    page.get_by_role("link", name="Not now").click()
    page.goto("/me/bring/")
    assert page.evaluate(KEPT)["ratings"]
    page.get_by_role("button", name="Add to my account").click()
    expect(preview).to_contain_text("Added to the account dee")
    expect(page.get_by_role("button", name="Add to my account")).to_be_hidden()
    assert page.evaluate(KEPT) is None
    dee = get_user_model().objects.get(username="dee")
    assert [kind.objects.filter(user=dee).count() for kind in (Answered, Bookmark, Draft, Review)] == [1, 1, 1, 2]


def test_without_room(people, world):
    page = people("guest")
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }")
    page.goto(world.plain.get_absolute_url())
    page.get_by_role("button", name="Answered").click()
    expect(page.locator("[data-kept-status]")).to_contain_text("Not kept")
    expect(page.get_by_role("button", name="Answered")).to_have_attribute("aria-pressed", "false")
    page.locator("summary", has_text="Try first").click()
    page.get_by_role("textbox", name="My answer").fill("Mine.")
    expect(page.locator("[data-kept-line]")).to_contain_text("Copy your text")


def test_where_a_browser_keeps_nothing_the_links_stay(people, world):
    page = people("guest")
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })"
    )
    people.complaints.clear()
    page.goto(world.plain.get_absolute_url())
    expect(page.get_by_role("link", name="Answered")).to_be_visible()
    expect(page.locator("[data-kept-only]").first).to_be_hidden()
    people.complaints.clear()  # other scripts may not look there either


def test_what_the_server_refuses_stays(people, world):
    page = people("bo", user=world.bo)
    page.goto("/me/")
    page.evaluate("localStorage.setItem('kept:1', JSON.stringify({ answered: [{ question: -1 }] }))")
    page.goto("/me/bring/")
    expect(page.locator("[data-bring-result]")).to_contain_text("Nothing was added")
    assert page.evaluate(KEPT)["answered"]
    people.complaints.clear()  # the browser itself tells of the 400


def test_what_the_account_has_already_is_not_offered_again(people, world):
    page = people("bo", user=world.bo)
    page.goto("/me/")
    mark = f"{{ question: {world.plain.pk}, at: '2026-02-01T08:00:00.000Z' }}"
    page.evaluate(f"localStorage.setItem('kept:1', JSON.stringify({{ answered: [{mark}] }}))")
    page.goto("/")
    page.get_by_role("link", name="See what they are").click()
    expect(page.locator("[data-bring-result]")).to_contain_text("the account bo has it all")
    expect(page.get_by_role("button", name="Add to my account")).to_be_hidden()
    page.locator("summary", has_text="Delete it").click()
    page.get_by_role("button", name="Delete it").click()
    expect(page.locator("[data-kept-none]")).to_be_visible()
    assert page.evaluate(KEPT) is None
