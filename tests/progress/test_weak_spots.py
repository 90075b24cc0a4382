"""Weak spots: what is likely forgotten, what went badly lately, what was never answered; then the rest."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from progress.interviewing import whom_to_ask
from progress.models import Answered, Interview, Turn
from progress.practising import rate, take_back
from progress.weak_spots import shuffled, weakest_first, weakness_of
from questions.models import Question

NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)
DAY = timedelta(days=1)
AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4


@pytest.fixture
def shelf(make_question):
    return [make_question(title=f"Stripe {n}") for n in range(6)]


def recall(reader, question, rating, ago):
    return rate(reader, question, rating, NOW - ago, uuid4())


def interview(reader, question, rating, ago):
    held = Interview.objects.create(user=reader, minutes=1, finished_at=NOW)
    ratings = dict.fromkeys(("correct", "complete", "clear"), rating)
    Turn.objects.create(interview=held, question=question, position=1, ended_at=NOW - ago, asked_at=NOW, **ratings)


def order(reader, seed=1):
    return [main for main, _below in whom_to_ask(Question.objects.live(), 20, seed, weakness_of(reader, NOW))]


def test_the_weakest_first(bo, shelf):
    recall(bo, shelf[0], EASY, DAY)  # firm
    recall(bo, shelf[1], AGAIN, DAY)
    recall(bo, shelf[2], GOOD, 400 * DAY)  # likely to be forgotten by now
    recall(bo, shelf[3], HARD, DAY)
    interview(bo, shelf[4], 2, DAY)
    forgotten = weakness_of(bo, NOW)[shelf[2].pk]
    assert 0.3 < forgotten < 0.9
    asked = order(bo)
    assert asked[0] == shelf[1].pk
    assert set(asked[1:4]) == {shelf[2].pk, shelf[3].pk, shelf[4].pk}
    assert asked[4:] == [shelf[5].pk, shelf[0].pk]


def test_what_went_well_since_is_weak_no_more(bo, shelf):
    interview(bo, shelf[0], 1, 3 * DAY)
    recall(bo, shelf[0], EASY, DAY)
    recall(bo, shelf[1], EASY, 3 * DAY)
    interview(bo, shelf[1], 1, DAY)
    asked = order(bo)
    assert (asked[0], asked[-1]) == (shelf[1].pk, shelf[0].pk)


def test_what_went_badly_long_ago_or_was_taken_back_does_not_count(bo, shelf):
    interview(bo, shelf[0], 1, 100 * DAY)
    take_back(recall(bo, shelf[1], AGAIN, DAY))
    assert weakness_of(bo, NOW) == {}


def test_what_is_marked_as_answered_comes_last(bo, shelf):
    Answered.objects.create(user=bo, question=shelf[0])
    assert order(bo)[-1] == shelf[0].pk


def test_another_reader_has_other_weak_spots(bo, cy, shelf):
    recall(cy, shelf[0], AGAIN, DAY)
    interview(cy, shelf[1], 1, DAY)
    assert weakness_of(bo, NOW) == {}


def test_the_same_seed_gives_the_same_order(bo, shelf):
    assert order(bo, seed=1) == order(bo, seed=1)
    assert len({tuple(order(bo, seed)) for seed in range(20)}) > 10


def test_every_place_is_as_likely_for_every_question():
    firsts = [shuffled(range(100, 105), seed)[0] for seed in range(1000)]
    assert all(150 < firsts.count(pk) < 250 for pk in range(100, 105))


def test_ties_are_broken_by_the_seed_alone():
    assert weakest_first([1, 2, 3], {2: 0.9}, 7)[0] == 2
    assert weakest_first([3, 2, 1], {2: 0.9}, 7) == weakest_first([1, 2, 3], {2: 0.9}, 7)


def test_nested_follow_ups_follow_the_question_at_the_top(bo, make_question):
    main = make_question(title="Why?")
    why = make_question(title="And why?", parent=main)
    deep = make_question(title="And why that?", parent=why)
    assert whom_to_ask(Question.objects.live(), 5, 1) == [(main.pk, [why.pk, deep.pk])]


def test_a_follow_up_of_a_retired_question_stands_alone(bo, make_question):
    main = make_question(title="Why?", retired_at=NOW)
    why = make_question(title="And why?", parent=main)
    assert whom_to_ask(Question.objects.live(), 5, 1) == [(why.pk, [])]
