"""What a day asks: one limit, the most at risk first."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from progress.choices import chosen
from progress.models import Answered, Card, Habits
from progress.practising import rate
from progress.today import limits_on, next_question, today_of
from questions.models import Question

MONDAY = datetime(2026, 3, 2, 4, tzinfo=UTC)  # noon in Shanghai
AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@pytest.fixture
def shelf(make_question):
    return [make_question(title=f"Stripe {n}") for n in range(12)]


def ask(reader, now, habits=None, *, ahead=False, **choice):
    return next_question(reader, chosen(reader, **choice), habits or Habits(user=reader), now, ahead=ahead)


def sitting(reader, now, habits, rating=GOOD):
    """Rates what is asked, a minute each, until nothing is asked any more; returns the primary keys in order."""
    asked = []
    while (pk := ask(reader, now, habits)) and len(asked) < 100:
        rate(reader, Question.objects.get(pk=pk), rating, now, uuid4())
        asked.append(pk)
        now += MINUTE
    return asked


def test_five_new_ones_a_day(bo, shelf):
    assert len(sitting(bo, MONDAY, Habits(user=bo))) == 5
    assert ask(bo, MONDAY + timedelta(hours=11)) is None  # 23 o'clock in Shanghai
    assert ask(bo, MONDAY + timedelta(hours=13)) is not None


def test_a_new_day_begins_at_midnight_in_the_readers_zone(bo, shelf):
    bo.time_zone = "America/Los_Angeles"
    bo.save()
    sitting(bo, MONDAY, Habits(user=bo))  # Sunday, 20 o'clock there
    assert ask(bo, MONDAY + timedelta(hours=3)) is None
    assert ask(bo, MONDAY + timedelta(hours=5)) is not None


def test_what_was_not_known_comes_back_the_same_day_and_counts_once(bo, shelf):
    habits = Habits(user=bo, a_day=1, new_a_day=1)
    first = ask(bo, MONDAY, habits)
    rate(bo, Question.objects.get(pk=first), AGAIN, MONDAY, uuid4())
    assert today_of(bo, habits, MONDAY).left == 0
    assert ask(bo, MONDAY + 11 * MINUTE, habits) == first
    assert ask(bo, MONDAY + MINUTE, habits) == first  # nothing else is left: it may come early
    rate(bo, Question.objects.get(pk=first), GOOD, MONDAY + 11 * MINUTE, uuid4())
    assert ask(bo, MONDAY + 22 * MINUTE, habits) is None


def test_after_a_break_a_day_asks_no_more_than_the_limit_the_most_at_risk_first(bo, shelf):
    for n, question in enumerate(shelf):
        rate(bo, question, (AGAIN, GOOD, EASY)[n % 3], MONDAY - 300 * DAY, uuid4())
    Card.objects.filter(state=1).update(state=2, step=None)
    habits = Habits(user=bo, a_day=7)
    asked = sitting(bo, MONDAY, habits)
    assert len(asked) == 7
    at_risk = [question.pk for n, question in enumerate(shelf) if n % 3 == 0]
    assert sorted(asked[:4]) == at_risk
    assert len(sitting(bo, MONDAY + DAY, habits)) == 5


def test_due_ones_come_before_new_ones_and_share_the_limit(bo, shelf):
    for question in shelf[6:9]:
        rate(bo, question, GOOD, MONDAY - 10 * DAY, uuid4())
    asked = sitting(bo, MONDAY, Habits(user=bo, a_day=5, new_a_day=5))
    assert sorted(asked[:3]) == [question.pk for question in shelf[6:9]]
    assert asked[3:] == [shelf[0].pk, shelf[1].pk]


def test_an_easy_day_asks_half_and_nothing_new(bo, shelf):
    for question in shelf[:8]:
        rate(bo, question, GOOD, MONDAY - 10 * DAY, uuid4())
    habits = Habits(user=bo, a_day=7, easy_days=[0])
    assert len(sitting(bo, MONDAY, habits)) == 4
    assert limits_on((MONDAY + DAY).date(), habits) == (7, 5)


def test_more_on_wish_today_only(bo, shelf):
    habits = Habits(user=bo, a_day=2, new_a_day=2, extra=3, extra_on=MONDAY.date())
    assert len(sitting(bo, MONDAY, habits)) == 5
    assert len(sitting(bo, MONDAY + DAY, habits)) == 2


def test_new_questions_of_an_import_are_not_due(bo, shelf, make_question):
    sitting(bo, MONDAY, Habits(user=bo))
    for n in range(30):
        make_question(title=f"Import {n}")
    assert Card.objects.due(MONDAY + timedelta(hours=1)).count() == 0
    assert ask(bo, MONDAY + timedelta(hours=1)) is None


def test_retired_questions_are_not_asked(bo, shelf):
    rate(bo, shelf[0], GOOD, MONDAY - 10 * DAY, uuid4())
    Question.objects.filter(pk__in=[shelf[0].pk, shelf[1].pk]).update(retired_at=MONDAY)
    assert ask(bo, MONDAY) == shelf[2].pk


def test_what_is_answered_already_is_not_new(bo, shelf):
    Answered.objects.create(user=bo, question=shelf[0])
    assert ask(bo, MONDAY) == shelf[1].pk


def test_a_choice_narrows_what_is_asked(bo, shelf):
    Question.objects.filter(pk=shelf[4].pk).update(difficulty=3)
    assert ask(bo, MONDAY, difficulty=3) == shelf[4].pk
    assert ask(bo, MONDAY, difficulty=2) is None


def test_ahead_of_time_on_wish(bo, shelf):
    habits = Habits(user=bo, new_a_day=0)
    rate(bo, shelf[3], GOOD, MONDAY - DAY, uuid4())
    assert ask(bo, MONDAY, habits) is None
    assert ask(bo, MONDAY, habits, ahead=True) == shelf[3].pk


def test_one_readers_cards_are_nothing_to_another(ada, bo, shelf):
    rate(ada, shelf[0], GOOD, MONDAY - 10 * DAY, uuid4())
    assert ask(bo, MONDAY, Habits(user=bo, new_a_day=0)) is None


def test_the_number_of_queries_does_not_grow(bo, shelf, make_question, django_assert_num_queries):
    def cost():
        with django_assert_num_queries(3):  # today, what is due, what is new
            assert ask(bo, MONDAY)

    cost()
    for n in range(30):
        make_question(title=f"More {n}")
    cost()
