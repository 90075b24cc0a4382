"""What a log says of a year. Times are plain numbers here: all that is asked of them is an order."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from progress.looking_back import (
    STAGES,
    Tally,
    brightness,
    by_month,
    count_acts,
    days_of_year,
    look_back,
    streak,
    usual_of,
)

AGAIN, HARD, GOOD = 1, 2, 3
DAYS = 40
BEGINS = [day * 10 for day in range(DAYS)]
LOGS = st.lists(
    st.tuples(st.integers(1, 5), st.integers(1, 4), st.none() | st.integers(0, 3600), st.integers(0, DAYS * 10 - 1)),
    max_size=60,
).map(lambda log: sorted(log, key=lambda review: review[3]))


def test_a_year_begins_on_a_monday_and_ends_today():
    for n in range(7):
        today = date(2026, 3, 2) + timedelta(days=n)
        dates = days_of_year(today)
        assert dates[0].weekday() == 0
        assert dates[-1] == today
        assert len(dates) == 52 * 7 + n + 1


@given(LOGS)
def test_every_review_counts_on_its_day(log):
    days, stages = look_back(log, BEGINS)
    assert [day.reviews for day in days] == [sum(at // 10 == n for *_, at in log) for n in range(DAYS)]
    assert sum(day.met for day in days) == sum(stage.met for stage in stages)
    assert all(day.recalled <= day.met <= day.reviews for day in days)
    assert all(day.seconds <= 600 * day.reviews for day in days)


def test_what_is_recalled_was_known_the_time_before_and_came_back_on_a_later_day():
    days, _stages = look_back(
        [
            ("a", GOOD, None, 5),  # for the first time
            ("a", AGAIN, None, 9),  # the same day
            ("a", GOOD, None, 11),  # was not known the time before
            ("a", HARD, None, 21),
            ("a", AGAIN, None, 35),
            ("b", AGAIN, None, 39),
        ],
        BEGINS,
    )
    assert [(day.met, day.recalled) for day in days[:4]] == [(0, 0), (0, 0), (1, 1), (1, 0)]


def test_stages_begin_after_a_day_a_week_three_weeks():
    log = [(question, GOOD, None, 0) for question in range(4)]
    log += [(question, GOOD, None, day * 10) for question, day in enumerate((1, 6, 7, 21))]
    _days, stages = look_back(log, BEGINS)
    assert [stage.met for stage in stages] == [2, 1, 1, 0]
    assert len(stages) == len(STAGES)


def test_a_page_left_open_counts_ten_minutes():
    days, _stages = look_back([("a", GOOD, 3600, 0), ("b", GOOD, 20, 1), ("c", GOOD, None, 2)], BEGINS)
    assert days[0].seconds == 620


def test_what_was_answered_and_drafted_counts_too():
    days = [Tally() for _ in BEGINS]
    count_acts(days, [("answered", 10), ("answered", 19), ("drafts", 20)], BEGINS)
    assert (days[1].answered, days[2].drafts, days[1].acts()) == (2, 1, 2)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_the_last_twelve_months(today):
    dates = days_of_year(today)
    months = by_month(dates, [Tally(reviews=1)] * len(dates))
    assert len(months) == 12
    assert list(months)[-1] == today.replace(day=1)
    assert months[today.replace(day=1)].reviews == today.day


def test_a_streak_goes_on_over_days_of_rest():
    yes, no = True, False
    assert streak([yes, yes, no, yes], [no, no, yes, no]) == (3, 3)
    assert streak([yes, yes, no, yes], [no, no, no, no]) == (1, 2)
    assert streak([yes, no], [no, yes]) == (1, 1)
    assert streak([], []) == (0, 0)


@given(st.lists(st.integers(0, 300), max_size=60))
def test_more_is_never_paler(counts):
    usual = usual_of(counts)
    shown = [brightness(count, usual) for count in sorted(counts)]
    assert shown == sorted(shown)
    assert all(0 <= each <= 4 for each in shown)
    assert all((each > 0) == (count > 0) for each, count in zip(shown, sorted(counts), strict=True))
