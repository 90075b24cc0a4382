from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from progress.planning import pace

MONDAY = date(2026, 3, 2)


def days(n):
    return MONDAY + timedelta(days=n)


def test_what_is_left_is_shared_among_the_days():
    assert pace(20, 0, 0, MONDAY, MONDAY, days(3)).share == 5


def test_what_was_done_today_counts_for_today():
    now = pace(17, 3, 3, MONDAY, MONDAY, days(3))
    assert (now.share, now.done) == (5, 3)


def test_a_missed_day_is_spread_over_the_others():
    assert pace(20, 0, 0, days(1), MONDAY, days(3)).share == 7


def test_an_easy_day_asks_half():
    assert pace(30, 0, 0, MONDAY, MONDAY, days(6), easy_days=[0]).share == 3  # 30 · 0.5 / 6.5
    assert pace(30, 0, 0, days(1), MONDAY, days(6), easy_days=[0]).share == 5


def test_on_the_last_day_and_after_it_everything_is_for_today():
    for today in (days(3), days(9)):
        assert pace(4, 1, 9, today, MONDAY, days(3)).share == 5


def test_when_it_will_be_done_at_this_pace():
    assert pace(10, 0, 5, days(4), MONDAY, days(9)).finishes_on == days(14)
    assert pace(10, 0, 0, days(4), MONDAY, days(9)).finishes_on is None
    assert pace(0, 1, 5, days(4), MONDAY, days(9)).finishes_on == days(4)


@given(st.integers(0, 3000), st.integers(1, 400), st.lists(st.integers(0, 6), max_size=6, unique=True))
def test_who_keeps_to_it_is_done_in_time(left, length, easy_days):
    for n in range(length):
        left -= pace(left, 0, 0, days(n), MONDAY, days(length - 1), easy_days).share
    assert left == 0
