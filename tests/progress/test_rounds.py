"""Rounds (二刷): marks begin empty, history stays."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from progress.models import Answered, Round, RoundAnswered
from progress.practising import rate
from progress.rounds import begin, call_off
from questions.models import Topic

MONDAY = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def shelf(make_question):
    return [make_question(title=f"Stripe {n}") for n in range(4)]


@pytest.fixture
def answered(bo, shelf):
    for n, question in enumerate(shelf[:3]):
        mark = Answered.objects.create(user=bo, question=question)
        Answered.objects.filter(pk=mark.pk).update(created_at=MONDAY + n * DAY)
    return shelf


def marks(reader):
    return dict(Answered.objects.filter(user=reader).values_list("question_id", "created_at"))


def test_a_round_begins_empty_and_the_one_before_is_kept(bo, topic, answered):
    before = marks(bo)
    second = begin(bo, topic, 2, MONDAY + 9 * DAY)
    first = Round.objects.get(number=1)
    assert not marks(bo)
    assert (first.started_at, first.ended_at) == (MONDAY, MONDAY + 9 * DAY)
    assert dict(first.answered.values_list("question_id", "created_at")) == before
    assert (second.number, second.ended_at) == (2, None)


def test_a_double_click_begins_one_round(bo, topic, answered):
    for _ in range(2):
        assert begin(bo, topic, 2, MONDAY + 9 * DAY).number == 2
    assert Round.objects.count() == 2
    assert RoundAnswered.objects.count() == 3


def test_calling_off_brings_everything_back(bo, topic, answered):
    before = marks(bo)
    begin(bo, topic, 2, MONDAY + 9 * DAY)
    call_off(bo, topic, 2)
    call_off(bo, topic, 2)
    assert marks(bo) == before
    assert not Round.objects.exists()


def test_what_was_still_right_before_a_round_is_so_after_it_was_called_off(bo, topic, answered):
    Answered.objects.filter(question=answered[0]).update(checked_at=MONDAY + 5 * DAY)
    begin(bo, topic, 2, MONDAY + 9 * DAY)
    call_off(bo, topic, 2)
    seen = dict(Answered.objects.values_list("question_id", "checked_at"))
    assert seen == {question.pk: None for question in answered[:3]} | {answered[0].pk: MONDAY + 5 * DAY}


def test_who_answered_again_has_seen_what_changed_before(bo, topic, answered):
    begin(bo, topic, 2, MONDAY + 9 * DAY)
    again = Answered.objects.create(user=bo, question=answered[0])
    call_off(bo, topic, 2)
    assert Answered.objects.get(question=answered[0]).checked_at == again.created_at


def test_what_was_answered_in_the_round_called_off_stays(bo, topic, answered):
    begin(bo, topic, 2, MONDAY + 9 * DAY)
    for question in (answered[0], answered[3]):
        Answered.objects.create(user=bo, question=question)
    call_off(bo, topic, 2)
    assert set(marks(bo)) == {question.pk for question in answered}
    assert marks(bo)[answered[0].pk] == MONDAY


def test_calling_off_the_third_goes_back_to_the_second(bo, topic, answered):
    begin(bo, topic, 2, MONDAY + 9 * DAY)
    Answered.objects.create(user=bo, question=answered[3])
    begin(bo, topic, 3, MONDAY + 20 * DAY)
    call_off(bo, topic, 3)
    assert set(marks(bo)) == {answered[3].pk}
    assert list(Round.objects.values_list("number", "ended_at")) == [(1, MONDAY + 9 * DAY), (2, None)]
    assert RoundAnswered.objects.filter(round__number=1).count() == 3


def test_only_the_topic_and_what_is_below_it(bo, topic, answered, make_question):
    below = Topic.objects.create(key="below", slug="below", parent=topic, titles={"en": "Below"})
    beside = Topic.objects.create(key="beside", slug="beside", titles={"en": "Beside"})
    for shelf in (below, beside):
        Answered.objects.create(user=bo, question=make_question(on=shelf))
    begin(bo, topic, 2, MONDAY + 9 * DAY)
    assert [mark.question.topic for mark in Answered.objects.all()] == [beside]


def test_one_readers_round_is_nothing_to_another(ada, bo, topic, answered):
    Answered.objects.create(user=ada, question=answered[0])
    begin(bo, topic, 2, MONDAY + 9 * DAY)
    assert marks(ada)
    call_off(ada, topic, 2)
    assert not marks(bo)


def test_without_anything_answered_this_is_the_first_round(signed_in, bo, topic, shelf):
    browser = signed_in(bo)
    response = browser.post(f"/topics/{topic.pk}/rounds/begin/", {"number": 2}, follow=True)
    assert response.status_code == 200
    assert not Round.objects.exists()


def test_the_pages(signed_in, bo, topic, answered):
    browser = signed_in(bo)
    address = f"/me/rounds/{topic.slug}/"
    assert b"Stripe 0" not in browser.get(address).content
    rate(bo, answered[0], 3, MONDAY + DAY, uuid4())
    rate(bo, answered[1], 1, MONDAY + DAY, uuid4())
    response = browser.post(f"/topics/{topic.pk}/rounds/begin/", {"number": 2})
    assert response["Location"] == address
    Answered.objects.create(user=bo, question=answered[0])
    page = browser.get(address)
    assert [one.answered_count for one in page.context["rounds"]] == [3, 1]
    assert [(one.known, one.reviewed) for one in page.context["rounds"]] == [(1, 2), (0, 0)]
    assert [bool(at) for at in page.context["questions"][0].in_rounds] == [True, True]
    assert [bool(at) for at in page.context["questions"][1].in_rounds] == [True, False]
    assert "Stripe 0" in page.content.decode()
    all_of_them = browser.get("/me/rounds/")
    assert [one.answered_count for one in all_of_them.context["by_topic"][topic]] == [3, 1]
    browser.post(f"/topics/{topic.pk}/rounds/call-off/", {"number": 2})
    assert not Round.objects.exists()


@pytest.mark.parametrize("number", ["", "1", "two", "99999"])
def test_forged_numbers_are_refused(signed_in, bo, topic, answered, number):
    for act in ("begin", "call-off"):
        assert signed_in(bo).post(f"/topics/{topic.pk}/rounds/{act}/", {"number": number}).status_code == 400
    assert not Round.objects.exists()


def test_an_address_that_no_topic_has(signed_in, bo, topic):
    for slug in ("quaggas", "%00", "zebras%00"):
        assert signed_in(bo).get(f"/me/rounds/{slug}/").status_code == 404
        assert signed_in(bo).get(f"/topics/{slug}/feed/").status_code == 404


def test_who_is_not_signed_in(client, topic):
    for address in ("/me/rounds/", f"/me/rounds/{topic.slug}/"):
        assert client.get(address).status_code == 302
    assert client.post(f"/topics/{topic.pk}/rounds/begin/", {"number": 2}).status_code == 302


@pytest.mark.parametrize("rows", [3, 30])
def test_queries(signed_in, bo, topic, make_question, django_assert_num_queries, rows):
    for n in range(rows):
        Answered.objects.create(user=bo, question=make_question(title=f"Q {n}"))
    begin(bo, topic, 2, MONDAY + 300 * DAY)
    browser = signed_in(bo)
    with django_assert_num_queries(5):
        browser.get("/me/rounds/")
    with django_assert_num_queries(9):
        browser.get(f"/me/rounds/{topic.slug}/")
