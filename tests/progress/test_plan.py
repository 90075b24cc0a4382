"""These topics by this date."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.zones import day_of, zone_of
from progress.models import Answered, Plan
from questions.models import Question, Topic


@pytest.fixture
def shelf(make_question):
    return [make_question(title=f"Stripe {n}") for n in range(10)]


@pytest.fixture
def today(bo):
    return day_of(timezone.now(), zone_of(bo))


def wanted(topic, by):
    return {"topics": [topic.pk], "by": by.isoformat()}


def test_each_day_shows_its_part(signed_in, bo, topic, shelf, today):
    browser = signed_in(bo)
    response = browser.post("/me/plan/", wanted(topic, today + timedelta(days=4)))
    assert response.status_code == 303
    page = browser.get("/me/plan/")
    assert (page.context["pace"].share, page.context["pace"].left) == (2, 10)
    assert page.context["questions"] == shelf[:2]
    browser.post(f"/questions/{shelf[1].pk}/answered/", {"state": "on"})
    page = browser.get("/me/plan/")
    assert (page.context["pace"].done, page.context["pace"].share) == (1, 2)
    assert page.context["questions"] == [shelf[1], shelf[0]]


def test_a_missed_day_is_made_up_for(signed_in, bo, topic, shelf, today):
    browser = signed_in(bo)
    browser.post("/me/plan/", wanted(topic, today + timedelta(days=1)))
    Plan.objects.update(created_at=timezone.now() - timedelta(days=3))
    assert browser.get("/me/plan/").context["pace"].share == 5


def test_what_was_answered_before_is_not_asked(signed_in, bo, topic, shelf, today):
    for question in shelf[:4]:
        Answered.objects.create(user=bo, question=question)
    Answered.objects.update(created_at=timezone.now() - timedelta(days=30))
    browser = signed_in(bo)
    browser.post("/me/plan/", wanted(topic, today + timedelta(days=2)))
    page = browser.get("/me/plan/")
    assert (page.context["pace"].share, page.context["pace"].finishes_on) == (2, None)
    assert page.context["questions"] == shelf[4:6]


def test_there_is_one_plan_and_it_changes(signed_in, bo, topic, shelf, today):
    other = Topic.objects.create(key="other", slug="other", titles={"en": "Other"})
    Question.objects.filter(pk=shelf[9].pk).update(topic=other)
    browser = signed_in(bo)
    browser.post("/me/plan/", wanted(topic, today + timedelta(days=4)))
    browser.post("/me/plan/", wanted(other, today))
    assert Plan.objects.count() == 1
    assert browser.get("/me/plan/").context["questions"] == [shelf[9]]
    browser.post("/me/plan/end/")
    assert browser.get("/me/plan/").context["plan"] is None
    browser.post("/me/plan/", wanted(topic, today))
    assert Plan.objects.filter(ended_at=None).count() == 1


@pytest.mark.parametrize("days", [-1, 800])
def test_a_day_that_cannot_be(signed_in, bo, topic, shelf, today, days):
    response = signed_in(bo).post("/me/plan/", wanted(topic, today + timedelta(days=days)))
    assert response.status_code == 400
    assert not Plan.objects.exists()


@pytest.mark.parametrize(
    "forged",
    [{"topics": ["999999"]}, {"topics": ["9" * 30]}, {"topics": ["x"]}, {"topics": []}, {"by": "soon"}, {"by": ""}],
)
def test_forged_plans_are_refused(signed_in, bo, topic, shelf, today, forged):
    assert signed_in(bo).post("/me/plan/", wanted(topic, today) | forged).status_code == 400
    assert not Plan.objects.exists()


def test_one_readers_plan_is_nothing_to_another(signed_in, ada, bo, topic, shelf, today):
    signed_in(bo).post("/me/plan/", wanted(topic, today))
    assert signed_in(ada).get("/me/plan/").context["plan"] is None


@pytest.mark.parametrize("rows", [3, 30])
def test_queries(signed_in, bo, topic, make_question, today, django_assert_num_queries, rows):
    for n in range(rows):
        make_question(title=f"Q {n}")
    browser = signed_in(bo)
    browser.post("/me/plan/", wanted(topic, today))
    with django_assert_num_queries(13):
        browser.get("/me/plan/")
