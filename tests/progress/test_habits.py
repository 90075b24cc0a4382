"""A reader's own page about how they practise: defaults, saving, what follows, and what is refused."""

import random
from datetime import UTC, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from progress.habits import COSTS
from progress.models import Card, Habits
from progress.practising import rate, refold
from progress.scheduling import LEARNT, Wishes, chance, due_at, midnight, recall

PAGE = "/me/habits/"
AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
AS_EVER = {
    "a_day": 20,
    "new_a_day": 5,
    "retention": "0.9",
    "interview_on": "",
    "time_zone": "",
    "remind_at": "",
}


@pytest.fixture
def browser(signed_in, bo):
    return signed_in(bo)


def save(browser, language="en", **changed):
    return browser.post(PAGE, AS_EVER | changed, headers={"accept-language": language})


def said(response):
    return [str(message) for message in response.wsgi_request._messages]


def test_it_shows_the_defaults(browser):
    form = browser.get(PAGE).context["form"]
    assert {name: form[name].value() for name in ("a_day", "new_a_day", "retention", "easy_days")} == {
        "a_day": 20,
        "new_a_day": 5,
        "retention": 0.9,
        "easy_days": [],
    }
    assert not Habits.objects.exists()


def test_what_is_saved_is_shown(browser, bo):
    day = timezone.localdate() + 30 * DAY
    changed = {"a_day": 30, "new_a_day": 0, "easy_days": [5, 6], "retention": "0.95", "interview_on": day.isoformat()}
    response = save(browser, **changed, time_zone="Europe/Berlin", remind_at=8)
    assert (response.status_code, response["Location"]) == (303, PAGE)
    habits = Habits.objects.get(user=bo)
    assert (habits.a_day, habits.new_a_day, habits.easy_days, habits.retention) == (30, 0, [5, 6], 0.95)
    assert (habits.interview_on, habits.remind_at, habits.remind_in) == (day, 8, "en")
    bo.refresh_from_db()
    assert bo.time_zone == "Europe/Berlin"
    page = browser.get(PAGE).content.decode()
    assert f'value="{day.isoformat()}"' in page
    assert '<option value="Europe/Berlin" selected>' in page
    assert '<option value="8" selected>' in page


def test_it_says_what_changed(browser):
    assert said(save(browser, easy_days=[6], a_day=10)) == ["Saved: Questions a day · Easy days."]


def test_saving_nothing_new_says_so_and_changes_nothing(browser):
    assert said(save(browser)) == ["Nothing was changed."]
    save(browser, retention="0.8", easy_days=[1], remind_at=7)
    response = save(browser, retention="0.8", easy_days=[1], remind_at=7)
    assert said(response)[-1] == "Nothing was changed."


def test_what_another_page_keeps_there_stays(browser, bo):
    Habits.objects.create(user=bo, hidden=["streak"], extra=10, extra_on="2026-03-02")
    save(browser, a_day=12)
    habits = Habits.objects.get(user=bo)
    assert (habits.a_day, habits.hidden, habits.extra) == (12, ["streak"], 10)


# --- What follows ------------------------------------------------------------------------------------------------


@pytest.fixture
def learnt(bo, make_question):
    """Eight questions that Bo knows well; each comes back in weeks."""
    begun = timezone.now() - 60 * DAY
    for _ in range(8):
        question = make_question()
        for day in (0, 3, 20):
            rate(bo, question, GOOD, begun + day * DAY, uuid4())
    return Card.objects.filter(user=bo)


def test_higher_retention_brings_everything_back_sooner(browser, learnt):
    before = dict(learnt.values_list("pk", "due"))
    response = save(browser, retention="0.97")
    assert said(response) == ["Saved: Chance of recalling. 8 questions come back on another day now."]
    assert all(due < before[pk] for pk, due in learnt.values_list("pk", "due"))


def test_an_interview_brings_everything_back_before_it(browser, learnt):
    save(browser, interview_on=(timezone.localdate() + 9 * DAY).isoformat())
    assert all(card.due < timezone.now() + 9 * DAY for card in learnt)


def test_another_zone_moves_the_beginning_of_every_day(browser, bo, learnt):
    response = save(browser, time_zone="America/New_York")
    assert said(response) == ["Saved: Time zone. 8 questions come back on another day now."]
    zone = ZoneInfo("America/New_York")
    assert {card.due.astimezone(zone).hour for card in learnt if card.state == LEARNT} == {0}
    bo.refresh_from_db()
    assert refold(bo) == 0


def test_a_limit_moves_nothing(browser, learnt):
    before = dict(learnt.values_list("pk", "due"))
    assert said(save(browser, a_day=3, new_a_day=0)) == ["Saved: Questions a day · New ones among them."]
    assert dict(learnt.values_list("pk", "due")) == before


def test_nobody_elses_cards_move(browser, cy, question):
    rate(cy, question, GOOD, timezone.now() - DAY, uuid4())
    due = Card.objects.get().due
    save(browser, time_zone="America/New_York", retention="0.97")
    assert Card.objects.get().due == due


# --- What is refused ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("a_day", 0, "greater than or equal to 1"),
        ("a_day", 201, "less than or equal to 200"),
        ("a_day", "many", "whole number"),
        ("new_a_day", -1, "greater than or equal to 0"),
        ("new_a_day", 21, "among the questions a day"),
        ("retention", "0.5", "not one of the available choices"),
        ("retention", "nan", "not one of the available choices"),
        ("interview_on", "2020-01-01", "That day has passed"),
        ("interview_on", "soon", "valid date"),
        ("easy_days", [7], "not one of the available choices"),
        ("easy_days", [*range(7)], "Leave one day"),
        ("time_zone", "Mars/Olympus", "not one of the available choices"),
        ("time_zone", "../../etc/passwd", "not one of the available choices"),
        ("remind_at", 24, "not one of the available choices"),
    ],
)
def test_the_field_says_what_is_wrong(browser, bo, field, value, says):
    response = save(browser, **{field: value})
    assert response.status_code == 400
    assert says in response.context["form"].errors[field][0]
    assert f'id="id_{field}_error"' in response.content.decode()
    assert not Habits.objects.exists()
    bo.refresh_from_db()
    assert bo.time_zone == ""


def test_today_is_that_of_the_zone_chosen_with_it(browser):
    """There is always a zone that is a day behind: its today is yesterday elsewhere."""
    first, last = ZoneInfo("Pacific/Niue"), ZoneInfo("Pacific/Kiritimati")
    day = timezone.now().astimezone(first).date()
    assert day < timezone.now().astimezone(last).date()
    assert save(browser, interview_on=day.isoformat(), time_zone=last.key).status_code == 400
    assert save(browser, interview_on=day.isoformat(), time_zone=first.key).status_code == 303


def test_an_interview_that_is_over_does_not_keep_one_from_saving(browser, bo):
    Habits.objects.create(user=bo, interview_on="2026-01-01")
    assert save(browser, interview_on="2026-01-01", a_day=10).status_code == 303
    assert save(browser, interview_on="2026-01-02").status_code == 400


def test_what_stands_is_kept_even_if_it_cannot_be_chosen_here(browser, bo):
    Habits.objects.create(user=bo, retention=0.92)
    bo.time_zone = "Hongkong"
    bo.save()
    page = browser.get(PAGE).content.decode()
    assert '<option value="Hongkong" selected>' in page
    assert save(browser, retention="0.92", time_zone="Hongkong", a_day=7).status_code == 303
    assert Habits.objects.get().retention == 0.92


# --- Who, and how much it costs ----------------------------------------------------------------------------------


def test_it_is_for_those_who_are_signed_in(client, db):
    assert client.get(PAGE)["Location"] == f"/accounts/login/?next={PAGE}"
    assert client.post(PAGE, AS_EVER).status_code == 302


def test_other_methods_are_refused(browser):
    assert browser.delete(PAGE).status_code == 405


def test_it_tells_whether_a_reminder_could_arrive(browser, bo):
    assert "confirm your e-mail address" in browser.get(PAGE, headers={"accept-language": "en"}).content.decode()
    EmailAddress.objects.create(user=bo, email=bo.email, verified=True, primary=True)
    page = browser.get(PAGE, headers={"accept-language": "en"}).content.decode()
    assert f"Letters go to {bo.email}" in page


@pytest.mark.parametrize("cards", [3, 30])
def test_queries_do_not_grow_with_cards(browser, bo, make_question, django_assert_num_queries, cards):
    for _ in range(cards):
        rate(bo, make_question(), GOOD, timezone.now() - 2 * DAY, uuid4())
    browser.get(PAGE)
    with django_assert_num_queries(4):  # session, reader, habits, address
        browser.get(PAGE)
    with django_assert_num_queries(20):
        save(browser, retention="0.97")


def test_the_words_about_cost_are_counted():
    """Reviews of one question in its first year, by who recalls it as often as the schedule expects."""
    usual = reviews_in_a_year(0.9)
    assert 12 < usual < 18
    share = {retention: reviews_in_a_year(retention) / usual for retention in COSTS}
    for retention, said in {0.8: 2 / 3, 0.85: 3 / 4, 0.95: 1.4, 0.97: 2}.items():
        assert abs(share[retention] - said) < 0.1 * said, share


def reviews_in_a_year(retention, readers=250):
    luck, wishes = random.Random(1), Wishes(ZoneInfo("UTC"), retention)  # noqa: S311
    begun, reviews = datetime(2026, 1, 1, 12, tzinfo=UTC), 0
    for _ in range(readers):
        at, memory = begun, None
        while at < begun + 365 * DAY:
            memory = recall(memory, rating(memory, at, luck.random()), at)
            reviews += 1
            at = due_at(memory, wishes) + (12 * HOUR if memory.state == LEARNT else MINUTE)
    return reviews / readers


def rating(memory, at, luck):
    """Of what is known, one in ten is easy and three in twenty are hard."""
    knows = chance(memory.stability, memory.reviewed_at, at) if memory and memory.state == LEARNT else 0.85
    if luck > knows:
        return AGAIN
    return HARD if luck < 0.15 * knows else EASY if luck > 0.9 * knows else GOOD


# --- Where a day begins ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "day", "begins"),
    [
        ("Pacific/Kiritimati", (2026, 3, 2), "2026-03-01T10:00"),
        ("Pacific/Niue", (2026, 3, 2), "2026-03-02T11:00"),
        ("Europe/Berlin", (2026, 3, 29), "2026-03-28T23:00"),  # 23 hours long
        ("Europe/Berlin", (2026, 3, 30), "2026-03-29T22:00"),
        ("Europe/Berlin", (2026, 10, 25), "2026-10-24T22:00"),  # 25 hours long
        ("Europe/Berlin", (2026, 10, 26), "2026-10-25T23:00"),
        ("Asia/Beirut", (2026, 3, 29), "2026-03-28T22:00"),  # has no midnight: begins at one o'clock
        ("America/Havana", (2026, 11, 1), "2026-11-01T04:00"),  # has two: the first
        ("Asia/Kathmandu", (2026, 3, 2), "2026-03-01T18:15"),
    ],
)
def test_a_day_begins_at_midnight_whatever_the_clock_does(zone, day, begins):
    zone, day = ZoneInfo(zone), datetime(*day).date()
    begin = midnight(day, zone)
    assert begin == datetime.fromisoformat(f"{begins}+00:00")
    assert begin.astimezone(zone).date() == day
    assert (begin - timedelta(seconds=1)).astimezone(zone).date() == day - DAY
