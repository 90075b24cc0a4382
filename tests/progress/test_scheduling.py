"""When what comes back. The figures of FSRS itself are its own tests' business; ours is what we make of them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import fsrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from progress.scheduling import LEARNT, SCHEDULER, Wishes, chance, due_at, interval, midnight, recall, remember

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4
AT_HOME = Wishes(SHANGHAI)

ratings = st.sampled_from([AGAIN, HARD, GOOD, EASY])
gaps = st.lists(st.tuples(ratings, st.floats(0, 90)), min_size=1, max_size=25)


def history(steps):
    at, log = NOON, []
    for rating, days in steps:
        at += timedelta(days=days)
        log.append((rating, at))
    return log


def test_what_was_not_known_comes_back_in_minutes():
    memory = recall(None, AGAIN, NOON)
    assert due_at(memory, AT_HOME) == NOON + timedelta(minutes=10)


def test_what_was_known_comes_back_as_a_later_day_begins():
    memory = recall(None, GOOD, NOON)
    assert due_at(memory, AT_HOME) == midnight(date(2026, 3, 4), SHANGHAI)


def test_a_day_begins_at_midnight_where_the_reader_lives():
    """At 17:30 UTC it is tomorrow already in Shanghai, and still today in Los Angeles."""
    late = datetime(2026, 3, 2, 17, 30, tzinfo=UTC)
    memory = recall(None, GOOD, late)
    assert due_at(memory, AT_HOME) == midnight(date(2026, 3, 5), SHANGHAI)
    assert due_at(memory, Wishes(ZoneInfo("America/Los_Angeles"))) == midnight(
        date(2026, 3, 4), ZoneInfo("America/Los_Angeles")
    )


def test_a_day_of_23_hours_is_a_day():
    """In Berlin the clocks go forward in the night to 29 March 2026."""
    berlin = ZoneInfo("Europe/Berlin")
    memory = recall(None, GOOD, datetime(2026, 3, 27, 20, tzinfo=UTC))
    assert due_at(memory, Wishes(berlin)) == datetime(2026, 3, 28, 23, tzinfo=UTC)


@given(gaps)
def test_the_memory_is_that_of_fsrs(steps):
    card = fsrs.Card(card_id=0)
    for rating, at in history(steps):
        card, _log = SCHEDULER.review_card(card, fsrs.Rating(rating), at)
    memory = remember(history(steps))
    assert (memory.state, memory.step, memory.stability, memory.difficulty) == (
        card.state,
        card.step,
        card.stability,
        card.difficulty,
    )


@given(st.floats(0.01, 30_000), st.floats(0.8, 0.97))
def test_intervals_are_those_of_fsrs(stability, retention):
    theirs = fsrs.Scheduler(desired_retention=retention)._next_interval(stability=stability)
    assert interval(stability, retention) == theirs


@given(gaps, st.integers(0, 10_000), st.integers(1, 400))
def test_nothing_stays_away_beyond_an_interview(steps, spread, days):
    memory = remember(history(steps))
    today = memory.reviewed_at.astimezone(SHANGHAI).date()
    wishes = Wishes(SHANGHAI, interview_on=today + timedelta(days=days))
    due = due_at(memory, wishes, spread)
    assert due <= midnight(wishes.interview_on, SHANGHAI)
    assert due > memory.reviewed_at
    assert due <= due_at(memory, AT_HOME, spread)


def test_the_last_lap_before_an_interview_is_spread():
    memory = recall(None, EASY, NOON)
    for gap in (1, 2, 3, 30):
        assert interval(memory.stability, 0.9) > 3
        wishes = Wishes(SHANGHAI, interview_on=date(2026, 3, 2) + timedelta(days=gap), retention=0.8)
        days = {due_at(memory, wishes, spread) for spread in range(50)}
        assert len(days) == {1: 1, 2: 1, 3: 2, 30: 1}[gap]


def test_an_interview_that_is_over_shortens_nothing():
    memory = recall(None, EASY, NOON)
    assert due_at(memory, Wishes(SHANGHAI, interview_on=date(2026, 3, 2))) == due_at(memory, AT_HOME)


@given(gaps)
def test_better_ratings_never_come_back_sooner(steps):
    memory = remember(history(steps))
    at = memory.reviewed_at + timedelta(days=3)
    dues = [due_at(recall(memory, rating, at), AT_HOME) for rating in (AGAIN, HARD, GOOD, EASY)]
    assert dues == sorted(dues)


@given(gaps)
def test_wanting_to_recall_more_surely_never_comes_later(steps):
    memory = remember(history(steps))
    sure, relaxed = (due_at(memory, Wishes(SHANGHAI, retention)) for retention in (0.95, 0.8))
    assert sure <= relaxed


def test_the_chance_falls_to_nine_in_ten_after_the_stability():
    assert chance(10, NOON, NOON) == 1
    assert chance(10, NOON, NOON + timedelta(days=10)) == pytest.approx(0.9)
    assert chance(10, NOON, NOON - timedelta(days=5)) == 1  # a clock that was set back


def test_once_known_it_counts_in_days():
    assert recall(recall(None, AGAIN, NOON), GOOD, NOON + timedelta(minutes=10)).state == LEARNT
