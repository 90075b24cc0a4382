"""A mock interview in a real browser: the clock, words that survive, the keyboard, and all of it without scripts."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from progress.models import Interview, Turn
from tests.browser.world import furnish

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world():
    world = furnish()
    Interview.objects.all().delete()
    return world


def begin(page, number=2):
    page.goto("/practice/")
    page.get_by_role("link", name="Mock interview").click()
    page.get_by_label("Number of questions").fill(str(number))
    page.get_by_label("Ask follow-ups too").uncheck()
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url(re.compile(r"/practice/interview/\d+/$"))


def rate(page, level):
    for criterion in ("Correct", "Complete", "Clear"):
        page.get_by_role("group", name=criterion).get_by_role("radio").nth(level - 1).check()


def test_journey(people, picture, world):
    page = people("bo", 390, user=world.bo)
    begin(page)
    words = page.get_by_role("textbox", name="My answer")
    figure = page.locator("[data-clock-figure]")
    expect(figure).to_have_text(re.compile(r"^4:5\d$"))
    before = figure.text_content()
    expect(figure).not_to_have_text(before)
    words.fill("Flies dislike them.")
    expect(page.locator("[data-saved]")).to_be_visible()
    page.reload()
    expect(words).to_have_value("Flies dislike them.")
    picture(page, "interview-question")
    page.get_by_role("button", name="Next question").click()
    expect(page.get_by_text("Question 2 of 2")).to_be_visible()
    page.go_back()  # the same address asks what is asked now
    expect(page.get_by_text("Question 2 of 2")).to_be_visible()
    words.fill("Lions see them badly.")
    page.get_by_role("button", name="Finish").click()
    for level, said in ((4, "Flies dislike them."), (2, "Lions see them badly.")):
        expect(page.locator(".compare-mine")).to_contain_text(said)
        rate(page, level)
        picture(page, f"interview-rating-{level}")
        page.get_by_role("button", name=re.compile("^Save")).click()
    expect(page.locator(".trend b")).to_have_text(["3.0", "3.0", "3.0"])
    picture(page, "interview-report")


def test_words_survive_a_crash_while_the_server_is_away(people, world):
    page = people("bo", user=world.bo)
    begin(page)
    page.route("**/practice/interview/*/1/", lambda route: route.abort())
    page.get_by_role("textbox", name="My answer").fill("Not saved by the server.")
    expect(page.get_by_text("Not saved yet. Your text is kept in this browser.")).to_be_visible()
    page.unroute("**/practice/interview/*/1/")
    page.reload()
    expect(page.get_by_role("textbox", name="My answer")).to_have_value("Not saved by the server.")
    page.get_by_role("button", name="Next question").click()
    expect(page.get_by_text("Question 2 of 2")).to_be_visible()
    assert Turn.objects.get(position=1).text == "Not saved by the server."
    people.complaints.clear()  # the browser tells of the request that failed


def test_the_clock_says_when_a_minute_is_left_and_when_time_is_up(people, world):
    page = people("bo", user=world.bo)
    page.clock.install()
    begin(page)
    says = page.locator("[data-clock-says]")
    for passed, text in (
        (timedelta(minutes=3, seconds=58), "One minute left."),
        (timedelta(minutes=4, seconds=58), "up"),
    ):
        Turn.objects.filter(position=1).update(asked_at=timezone.now() - passed)
        page.reload()
        expect(says).to_be_empty()
        page.clock.run_for(4000)
        expect(says).to_contain_text(text)
    expect(page.get_by_text("Over by")).to_be_visible()


def test_two_tabs_lose_nothing(people, world):
    one = people("bo", user=world.bo)
    begin(one)
    other = one.context.new_page()
    other.goto(one.url)
    one.get_by_role("textbox", name="My answer").fill("In the first tab.")
    expect(one.locator("[data-saved]")).to_be_visible()
    other.get_by_role("textbox", name="My answer").fill("In the second.")
    expect(other.get_by_text("Going on shows both texts.")).to_be_visible()
    other.get_by_role("button", name="Next question").click()
    expect(other.get_by_text("In the first tab.")).to_be_visible()
    words = other.get_by_role("textbox", name="My answer")
    expect(words).to_have_value("In the second.")
    words.fill("Both.")
    other.get_by_role("button", name="Next question").click()
    expect(other.get_by_text("Question 2 of 2")).to_be_visible()
    assert Turn.objects.get(position=1).text == "Both."
    people.complaints.clear()  # the browser tells of the 409


def test_without_scripts(people, world):
    page = people("bo", 320, user=world.bo, java_script_enabled=False)
    begin(page)
    expect(page.locator("[data-clock-time]")).to_be_hidden()
    expect(page.get_by_text(re.compile(r"Until \d+:\d\d:\d\d \(5:00 in all\)"))).to_be_visible()
    page.get_by_role("textbox", name="My answer").fill("By hand.")
    page.get_by_role("button", name="End the interview here").click()
    rate(page, 3)
    page.get_by_role("button", name="Save, and to the report").click()
    expect(page.get_by_text("ended with 1 not asked")).to_be_visible()


def test_prints_with_the_words(people, world):
    page = people("bo", user=world.bo)
    begin(page, 1)
    page.get_by_role("textbox", name="My answer").fill("On paper.")
    page.get_by_role("button", name="Finish").click()
    page.get_by_role("link", name="To the report").click()
    page.emulate_media(media="print")
    expect(page.get_by_text("On paper.")).to_be_visible()
    expect(page.get_by_role("navigation", name="Practice")).to_be_hidden()
