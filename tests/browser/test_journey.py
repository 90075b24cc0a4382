"""The main journey: sign up → read → mark → draft → reload → submit → a curator publishes → a reader sees it."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from playwright.sync_api import expect

pytestmark = pytest.mark.django_db(transaction=True)

ANSWER = "My own words: a **causal** model sees the left only, $p(x_t | x_{<t})$."


@pytest.fixture
def notes():
    call_command("import_notes", str(settings.CONTENT_DIR / "en"), verbosity=0)


@pytest.fixture
def cleo():
    cleo = get_user_model().objects.create_superuser("cleo", "cleo@example.org", "correct horse battery")
    EmailAddress.objects.create(user=cleo, email=cleo.email, verified=True, primary=True)


def sign_up(page, name):
    page.goto("/accounts/signup/")
    page.get_by_label("Email").fill(f"{name}@example.org")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password", exact=True).fill("correct horse battery")
    page.get_by_label(re.compile(r"Password \(again\)")).fill("correct horse battery")
    page.locator("main").get_by_role("button", name="Create the account").click()
    expect(page).to_have_url(re.compile(r"/$"))


def open_question(page):
    page.goto("/topics/")
    page.get_by_role("link", name="Fundamentals").first.click()
    page.get_by_role("link", name=re.compile("prefix LM", re.I)).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile("prefix LM", re.I))


@pytest.mark.parametrize("width", [1280, 390])
def test_journey(people, picture, notes, cleo, width):
    bo = people("bo", width)
    sign_up(bo, "bo")
    picture(bo, f"home-{width}")

    open_question(bo)
    reference = bo.locator(".reveal-body")
    expect(reference).to_be_hidden()
    bo.locator("summary", has_text="Show the reference answer").click()
    expect(reference).to_be_visible()
    expect(reference.locator("math").first).to_be_visible()
    expect(reference).to_contain_text("CC-BY-4.0")
    picture(bo, f"question-{width}")

    answered = bo.get_by_role("button", name="Answered")
    answered.click()
    expect(answered).to_have_attribute("aria-pressed", "true")
    expect(answered).to_be_focused()
    bo.keyboard.press("b")
    expect(bo.get_by_role("button", name="Bookmark")).to_have_attribute("aria-pressed", "true")

    editor = bo.get_by_role("textbox", name=re.compile("draft|answer", re.I))
    if not editor.is_visible():
        bo.locator("summary", has_text="Try first").click()
    editor.fill(ANSWER)
    expect(bo.locator(".draft-status")).to_contain_text(re.compile(r"Saved \d"))
    picture(bo, f"draft-{width}")
    bo.reload()
    expect(editor).to_have_value(ANSWER)
    expect(bo.get_by_role("button", name="Answered")).to_have_attribute("aria-pressed", "true")

    bo.get_by_role("button", name="Submit to the curators").click()
    expect(bo.locator("main")).to_contain_text("pending")
    answer_url = bo.url
    stranger = people("stranger", width)
    assert stranger.goto(answer_url).status == 404
    people.complaints.clear()  # the browser itself tells of the 404

    desk = people("cleo", width)
    desk.goto("/admin/questions/answer/")
    desk.get_by_label(re.compile("Username|Login")).fill("cleo")
    desk.get_by_label("Password").fill("correct horse battery")
    desk.locator("main").get_by_role("button", name=re.compile("^sign in$", re.I)).click()
    desk.goto("/admin/questions/answer/")
    picture(desk, f"queue-{width}")
    desk.locator("input.action-select").first.check()
    desk.locator("select[name=action]").select_option(label="Publish the selected answers")
    desk.get_by_role("button", name="Go").click()
    expect(desk.locator(".messagelist")).to_be_visible()

    open_question(stranger)
    stranger.get_by_text("Answers by readers").scroll_into_view_if_needed()
    stranger.locator("details.fold", has_text="bo").locator("summary").click()
    expect(stranger.locator("details.fold", has_text="bo")).to_contain_text("My own words")
    picture(stranger, f"published-{width}")

    bo.goto("/me/answers/")
    expect(bo.locator("main")).to_contain_text("published")
    bo.goto("/me/")
    picture(bo, f"me-{width}")
