"""Practising in the browser: the question alone, the answer, the rating, and on."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from progress.models import Bookmark, Card, Draft, Habits, Review
from progress.practising import rate
from questions.models import Question, Source, Topic

GOOD = {"rating": 3, "event": "11111111-1111-4111-8111-111111111111", "asked": ""}


@pytest.fixture
def shelf(make_question):
    return [make_question(title=f"Stripe {n}?", answer=f"Because of **fly {n}**.") for n in range(7)]


def follow(client, url):
    response = client.get(url, headers={"accept-language": "en"})
    while response.status_code in (302, 303):
        url = response["Location"]
        response = client.get(url, headers={"accept-language": "en"})
    return url, response


def test_the_answer_is_not_in_the_page_of_the_question(signed_in, bo, shelf):
    url, response = follow(signed_in(bo), "/practice/next/")
    assert url == f"/practice/{shelf[0].pk}/"
    assert b"Stripe 0?" in response.content
    assert b"fly 0" not in response.content


def test_one_question_after_the_other(signed_in, bo, shelf):
    browser = signed_in(bo)
    for question in shelf[:5]:
        url, page = follow(browser, "/practice/next/")
        assert url == f"/practice/{question.pk}/"
        typed = {"text": f"Because {question.pk}", "version": 0, "asked": timezone.now().timestamp() - 60}
        response = browser.post(f"/practice/{question.pk}/reveal/", typed)
        assert response.status_code == 303
        page = browser.get(response["Location"]).content.decode()
        assert f"Because {question.pk}" in page
        assert "<strong>fly" in page
        event = re.search(r'name="event" value="([^"]+)"', page)[1]
        asked = re.search(r'name="asked" value="([^"]+)"', page)[1]
        response = browser.post(f"/practice/{question.pk}/rate/", {"rating": 3, "event": event, "asked": asked})
        assert response.status_code == 303
        assert response["Location"].startswith("/practice/next/?last=")
    url, page = follow(browser, response["Location"])
    assert url == "/practice/"
    assert b"Done for today" not in page.content  # five new ones of twenty: the rest of the day is for what is due
    assert Draft.objects.filter(user=bo).count() == Card.objects.filter(user=bo).count() == 5
    assert all(59 <= seconds <= 70 for seconds in Review.objects.values_list("seconds", flat=True))


def test_a_double_click_is_one_review(signed_in, bo, shelf):
    browser = signed_in(bo)
    for _ in range(2):
        assert browser.post(f"/practice/{shelf[0].pk}/rate/", GOOD).status_code == 303
    assert Review.objects.count() == 1


@pytest.mark.parametrize(
    "forged",
    [
        {"rating": 5},
        {"rating": 0},
        {"rating": "good"},
        {"rating": ""},
        {"event": "no"},
        {"event": ""},
        {"asked": "yesterday"},
    ],
)
def test_forged_ratings_are_refused(signed_in, bo, shelf, forged):
    assert signed_in(bo).post(f"/practice/{shelf[0].pk}/rate/", GOOD | forged).status_code == 400
    assert not Review.objects.exists()


@pytest.mark.parametrize("asked", ["nan", "inf", "-1", "1e300", "99999999999", "0"])
def test_a_time_that_cannot_be_is_not_kept(signed_in, bo, shelf, asked):
    signed_in(bo).post(f"/practice/{shelf[0].pk}/rate/", GOOD | {"asked": asked})
    assert [review.seconds for review in Review.objects.all()] in ([None], [])


def test_undo_shows_the_question_again_and_the_log_stays(signed_in, bo, shelf):
    browser = signed_in(bo)
    on = browser.post(f"/practice/{shelf[0].pk}/rate/?difficulty=", GOOD)["Location"]
    _url, page = follow(browser, on)
    undo = re.search(r'action="(/practice/reviews/\d+/undo/[^"]*)"', page.content.decode())[1]
    response = browser.post(undo)
    assert response["Location"].startswith(f"/practice/{shelf[0].pk}/answer/")
    assert not Card.objects.exists()
    assert Review.objects.count() == 1


def test_nobody_takes_back_what_another_has_rated(signed_in, bo, cy, shelf):
    review = rate(bo, shelf[0], 3, timezone.now(), uuid4())
    assert signed_in(cy).post(f"/practice/reviews/{review.pk}/undo/").status_code == 404
    assert Card.objects.count() == 1


@pytest.mark.parametrize("last", ["²", "x", "9" * 100, "-1", ""])
def test_an_address_that_was_forged_offers_nothing_to_undo(signed_in, bo, shelf, last):
    page = signed_in(bo).get(f"/practice/{shelf[0].pk}/", {"last": last})
    assert page.status_code == 200
    assert b"/undo/" not in page.content


def test_a_stale_draft_is_not_overwritten(signed_in, bo, shelf):
    Draft.objects.create(user=bo, question=shelf[0], text="On the phone", version=3)
    response = signed_in(bo).post(f"/practice/{shelf[0].pk}/reveal/", {"text": "On the laptop", "version": 2})
    assert response.status_code == 409
    assert b"On the phone" in response.content
    assert b"On the laptop" in response.content
    assert Draft.objects.get().text == "On the phone"


def test_more_today_on_wish(signed_in, bo, shelf):
    browser = signed_in(bo)
    Habits.objects.create(user=bo, a_day=1, new_a_day=1)
    browser.post(f"/practice/{shelf[0].pk}/rate/", GOOD)
    _url, page = follow(browser, "/practice/next/")
    assert b"Done for today" in page.content
    url, page = follow(browser, browser.post("/practice/more/", {"more": 10})["Location"])
    assert url == f"/practice/{shelf[1].pk}/"
    assert Habits.objects.get().extra == 10
    assert browser.post("/practice/more/", {"more": "many"}).status_code == 400


def test_a_shared_address_opens_the_same_choice(signed_in, bo, ada, shelf):
    hard = Topic.objects.create(key="hard", slug="hard", titles={"en": "Hard"})
    Question.objects.filter(pk=shelf[5].pk).update(topic=hard, difficulty=3)
    address = "/practice/next/?topic=hard&difficulty=3"
    for reader in (bo, ada):
        url, _page = follow(signed_in(reader), address)
        assert url == f"/practice/{shelf[5].pk}/?topic=hard&difficulty=3"


@pytest.mark.parametrize("query", ["topic=nowhere", "difficulty=9", "only=mine", "source=%00", "topic=" + "x" * 5000])
def test_a_choice_that_there_is_not_says_so(signed_in, bo, shelf, query):
    browser = signed_in(bo)
    assert browser.get(f"/practice/?{query}").status_code == 400
    url, _page = follow(browser, f"/practice/next/?{query}")
    assert url == "/practice/"


def test_only_bookmarked(signed_in, bo, shelf):
    Bookmark.objects.create(user=bo, question=shelf[3])
    url, _page = follow(signed_in(bo), "/practice/next/?only=bookmarked")
    assert url == f"/practice/{shelf[3].pk}/?only=bookmarked"


def test_the_weakest_come_first_though_not_due(signed_in, bo, shelf):
    browser = signed_in(bo)
    yesterday = timezone.now() - timedelta(days=1, hours=1)
    rate(bo, shelf[1], 4, yesterday, uuid4())
    rate(bo, shelf[2], 1, yesterday, uuid4())
    rate(bo, shelf[2], 3, yesterday + timedelta(minutes=10), uuid4())
    url, _page = follow(browser, "/practice/next/?only=weakest")
    assert url == f"/practice/{shelf[2].pk}/?only=weakest"


def test_one_source_only(signed_in, bo, shelf, source):
    other = Source.objects.create(slug="other", title="Other", licence="MIT", mode="full", language="en")
    shelf[6].notes.update(source=other)
    url, _page = follow(signed_in(bo), "/practice/next/?source=other")
    assert url.startswith(f"/practice/{shelf[6].pk}/")


def test_without_an_account_one_question_after_the_other(client, shelf):
    seen, url = [], "/practice/next/?seed=2"
    for _ in shelf:
        url, page = follow(client, url)
        assert b"fly" not in page.content
        pk = int(re.search(r"/practice/(\d+)/", url)[1])
        seen.append(pk)
        answer = client.post(re.search(r'action="([^"]+reveal[^"]*)"', page.content.decode())[1].replace("&amp;", "&"))
        assert b"<strong>fly" in client.get(answer["Location"]).content
        url = client.post(f"/practice/{pk}/rate/?{url.partition('?')[2]}", GOOD)["Location"]
    assert sorted(seen) == [question.pk for question in shelf]
    assert not Review.objects.exists()


def test_a_question_that_is_not_there(signed_in, bo, client, shelf):
    for browser in (client, signed_in(bo)):
        for address in ("/practice/987654321/", "/practice/987654321/answer/"):
            assert browser.get(address).status_code == 404
        for address in ("/practice/987654321/rate/", "/practice/987654321/reveal/"):
            assert browser.post(address, GOOD).status_code == 404


def test_only_by_post(signed_in, bo, shelf):
    browser = signed_in(bo)
    for address in ("reveal", "rate"):
        assert browser.get(f"/practice/{shelf[0].pk}/{address}/").status_code == 405
    assert browser.get("/practice/more/").status_code == 405


def test_undo_and_more_need_a_reader(client, shelf):
    assert client.post("/practice/more/", {"more": 1})["Location"] == "/accounts/login/?next=/practice/"
    assert client.post("/practice/reviews/1/undo/")["Location"] == "/accounts/login/?next=/practice/"


@pytest.mark.parametrize("rows", [3, 30])
@pytest.mark.parametrize(
    ("address", "queries"),
    [("/practice/", 10), ("/practice/next/", 5), ("/practice/{}/", 6), ("/practice/{}/answer/", 7)],
)
def test_queries(signed_in, bo, make_question, django_assert_num_queries, address, queries, rows):
    questions = [make_question(title=f"Q {n}") for n in range(rows)]
    for question in questions[:-2]:
        rate(bo, question, 3, timezone.now() - timedelta(days=30), uuid4())
    browser = signed_in(bo)
    with django_assert_num_queries(queries):
        browser.get(address.format(questions[0].pk))
