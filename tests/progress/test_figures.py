"""What practice comes to, for the reader's own eyes; and what they do not want to see."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.zones import day_of, zone_of
from progress.figures import FIGURES
from progress.models import Answered, Card, Draft, Habits, Round, RoundAnswered
from progress.practising import habits_of, rate, take_back
from progress.scheduling import midnight
from progress.year import ahead_of, year_of

PAGE = "/me/figures/"
AGAIN, GOOD = 1, 3
DAY = timedelta(days=1)


@pytest.fixture
def shelf(make_question):
    return [make_question(title=f"Stripe {n}?") for n in range(6)]


def review(user, question, at, rating=GOOD, seconds=60):
    return rate(user, question, rating, at, uuid4(), seconds)


def read(browser, address=PAGE):
    return browser.get(address, headers={"accept-language": "en"})


def days_in(user, now):
    dates, days, _stages = year_of(user, zone_of(user), now)
    return {date.isoformat(): day for date, day in zip(dates, days, strict=True) if day.acts()}


# --- The page ----------------------------------------------------------------------------------------------------


def test_pictures_and_the_tables_behind_them(signed_in, bo, shelf):
    now = timezone.now()
    for question in shelf:
        review(bo, question, now - 40 * DAY, seconds=300)
        review(bo, question, now - 30 * DAY, rating=AGAIN if question == shelf[0] else GOOD)
    response = read(signed_in(bo))
    page = response.content.decode()
    assert response.status_code == 200
    assert page.count("<svg") - page.count('class="icon"') >= 4
    assert page.count("<table") == 4
    assert "83 % of what you knew the time before" in page
    assert re.search(r"0 min in the last seven days, 36 min in the last year", page)
    assert "2 days in the last year, 12 reviews" in page
    assert " style=" not in page


def test_in_chinese(signed_in, bo, shelf):
    for days in (40, 9):
        review(bo, shelf[0], timezone.now() - days * DAY)
    page = signed_in(bo).get(PAGE, headers={"accept-language": "zh-hans"}).content.decode()
    assert "近一年里有 2 天，共复习 2 次。" in page
    assert "仍记得 100%" in page


def test_nothing_yet(signed_in, bo):
    page = read(signed_in(bo)).content.decode()
    assert "<table" not in page
    assert "Each day on which you practise" in page
    assert "Nothing comes back in the next 30 days" in page


def test_of_nobody(client):
    assert client.get(PAGE)["Location"] == f"/accounts/login/?next={PAGE}"
    assert client.post(f"{PAGE}today/", {"state": "off"})["Location"] == f"/accounts/login/?next={PAGE}"


def test_of_nobody_else(signed_in, ada, bo, shelf):
    review(ada, shelf[0], timezone.now() - DAY)
    Answered.objects.create(user=ada, question=shelf[1])
    assert b"Each day on which you practise" in read(signed_in(bo)).content


# --- Days ----------------------------------------------------------------------------------------------------------


NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "at", "day"),
    [
        ("Asia/Shanghai", datetime(2026, 3, 1, 15, 59, 59, 999999, tzinfo=UTC), "2026-03-01"),
        ("Asia/Shanghai", datetime(2026, 3, 1, 16, tzinfo=UTC), "2026-03-02"),
        ("Asia/Shanghai", datetime(2026, 3, 1, 16, 0, 0, 1, tzinfo=UTC), "2026-03-02"),
        ("Pacific/Kiritimati", datetime(2026, 3, 1, 10, tzinfo=UTC), "2026-03-02"),
        ("Asia/Kathmandu", datetime(2026, 3, 1, 18, 15, tzinfo=UTC), "2026-03-02"),
        ("Asia/Kathmandu", datetime(2026, 3, 1, 18, 14, 59, tzinfo=UTC), "2026-03-01"),
        ("Europe/Berlin", datetime(2026, 3, 29, 21, 59, tzinfo=UTC), "2026-03-29"),  # that day has 23 hours
        ("Europe/Berlin", datetime(2026, 3, 29, 22, tzinfo=UTC), "2026-03-30"),
        ("America/New_York", datetime(2026, 11, 1, 4, tzinfo=UTC), "2026-11-01"),  # 25 hours
        ("America/New_York", datetime(2026, 11, 2, 4, 59, tzinfo=UTC), "2026-11-01"),
    ],
)
def test_a_day_is_one_of_the_readers_zone(bo, question, zone, at, day):
    bo.time_zone = zone
    bo.save()
    review(bo, question, at)
    assert list(days_in(bo, NOON)) == [day]


def test_every_act_counts_on_its_day(bo, topic, shelf):
    answered = Answered.objects.create(user=bo, question=shelf[0])
    Answered.objects.filter(pk=answered.pk).update(created_at=NOON - 3 * DAY)
    last_round = Round.objects.create(user=bo, topic=topic, number=1, started_at=NOON - 9 * DAY, ended_at=NOON - DAY)
    RoundAnswered.objects.create(round=last_round, question=shelf[1], created_at=NOON - 4 * DAY)
    draft = Draft.objects.create(user=bo, question=shelf[2], text="Flies.")
    Draft.objects.filter(pk=draft.pk).update(updated_at=NOON - 3 * DAY)
    review(bo, shelf[3], NOON - 3 * DAY)
    take_back(review(bo, shelf[4], NOON - 5 * DAY))
    review(bo, shelf[5], NOON - 500 * DAY)
    days = days_in(bo, NOON)
    assert list(days) == ["2026-11-20", "2026-11-21"]
    assert days["2026-11-20"].answered == 1
    assert (days["2026-11-21"].reviews, days["2026-11-21"].answered, days["2026-11-21"].drafts) == (1, 1, 1)


# --- What comes back -----------------------------------------------------------------------------------------------


def due(user, question, at, reviewed_at):
    Card.objects.create(
        user=user,
        question=question,
        state=2,
        stability=5,
        difficulty=5,
        started_at=reviewed_at,
        reviewed_at=reviewed_at,
        due=at,
    )


def test_a_backlog_is_spread_over_the_days_ahead(bo, shelf):
    zone = zone_of(bo)
    today = day_of(NOON, zone)
    for question in shelf[:4]:
        due(bo, question, midnight(today - 9 * DAY, zone), NOON - 20 * DAY)
    due(bo, shelf[4], midnight(today + 2 * DAY, zone), NOON - 20 * DAY)
    due(bo, shelf[5], midnight(today + 30 * DAY, zone), NOON - 20 * DAY)  # beyond
    dates, limits, ahead = ahead_of(bo, Habits(user=bo, a_day=3, easy_days=[2]), zone, NOON)
    assert dates[0] == today
    assert limits[:4] == [3, 2, 3, 3]  # tomorrow is a Wednesday
    assert [day.asked for day in ahead[:4]] == [3, 1, 1, 0]
    assert sum(day.asked for day in ahead) == 5


def test_what_was_practised_today_takes_room_today(bo, shelf):
    zone = zone_of(bo)
    review(bo, shelf[0], NOON - timedelta(minutes=30), rating=AGAIN)  # comes back in minutes
    for question in shelf[1:4]:
        due(bo, question, NOON - DAY, NOON - 20 * DAY)
    _dates, limits, ahead = ahead_of(bo, Habits(user=bo, a_day=3), zone, NOON)
    assert limits[0] == 2
    assert [day.asked for day in ahead[:2]] == [2, 1]


# --- What is shown -------------------------------------------------------------------------------------------------


def test_a_streak_is_for_those_who_ask_for_it(signed_in, bo, question):
    review(bo, question, timezone.now())
    browser = signed_in(bo)
    assert 'id="streak"' not in read(browser).content.decode()
    assert browser.post(f"{PAGE}streak/", {"state": "on"})["Location"] == PAGE
    assert 'id="streak"' in read(browser).content.decode()


@pytest.mark.parametrize("name", [name for name in FIGURES if name not in ("answered", "practised", "today")])
def test_each_can_be_hidden_and_shown_again(signed_in, bo, question, name):
    browser = signed_in(bo)
    for state in ("on", "on", "off", "off", "on"):  # a double click is harmless
        assert browser.post(f"{PAGE}{name}/", {"state": state}).status_code == 303
        assert (f'<h2 class="block-title" id="{name}"' in read(browser).content.decode()) == (state == "on")
    assert name not in habits_of(bo).hidden


def test_hiding_leaves_the_other_habits(signed_in, bo):
    Habits.objects.create(user=bo, a_day=33, hidden=["streak", "time"])
    signed_in(bo).post(f"{PAGE}activity/", {"state": "off"})
    habits = Habits.objects.get(user=bo)
    assert habits.a_day == 33
    assert habits.hidden == ["streak", "time", "activity"]


def test_what_was_answered_is_hidden_wherever_it_stands(signed_in, bo, topic, question):
    Answered.objects.create(user=bo, question=question)
    browser = signed_in(bo)
    pages = ["/", "/me/", "/topics/", topic.get_absolute_url()]
    told = re.compile(r'<progress|class="standing-figure"')
    assert all(told.search(read(browser, page).content.decode()) for page in pages)
    browser.post(f"{PAGE}answered/", {"state": "off"})
    assert not [page for page in pages if told.search(read(browser, page).content.decode())]


def test_what_was_practised_is_hidden_by_topic(signed_in, bo, question):
    review(bo, question, timezone.now() - DAY)
    browser = signed_in(bo)
    assert b"1 practised, 1 learnt" in read(browser, "/me/").content
    browser.post(f"{PAGE}practised/", {"state": "off"})
    assert b"practised," not in read(browser, "/me/").content


def test_today_is_hidden_in_practice(signed_in, bo, question):
    browser = signed_in(bo)
    pages = ["/practice/", f"/practice/{question.pk}/"]
    assert all(b"room for" in read(browser, page).content.lower() for page in pages)
    browser.post(f"{PAGE}today/", {"state": "off"})
    assert not [page for page in pages if b"room for" in read(browser, page).content.lower()]


@pytest.mark.parametrize(
    ("name", "said", "status"),
    [("activity", {"state": "perhaps"}, 400), ("activity", {}, 400), ("nothing", {"state": "off"}, 404)],
)
def test_forged(signed_in, bo, name, said, status):
    assert signed_in(bo).post(f"{PAGE}{name}/", said).status_code == status
    assert not Habits.objects.exists()


def test_only_by_post(signed_in, bo):
    assert signed_in(bo).get(f"{PAGE}activity/").status_code == 405
    assert signed_in(bo).post(PAGE).status_code == 405


@pytest.mark.parametrize("rows", [3, 30])
def test_queries(signed_in, bo, make_question, django_assert_num_queries, rows):
    Habits.objects.create(user=bo, hidden=[])
    now = timezone.now()
    for n in range(rows):
        question = make_question(title=f"Stripe {n}?")
        review(bo, question, now - (n + 9) * DAY)
        review(bo, question, now - n * DAY)
        Answered.objects.create(user=bo, question=question)
    browser = signed_in(bo)
    with django_assert_num_queries(7):  # session, reader, habits, log, what was answered, today, what is due
        assert read(browser).status_code == 200
