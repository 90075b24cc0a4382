"""What is due is spread over the days ahead: nothing is lost, and no day asks more than its limit."""

from hypothesis import given
from hypothesis import strategies as st

from progress.forecast import Ahead, clear_on, forecast

DAYS = st.lists(st.tuples(st.integers(0, 500), st.integers(0, 60)), min_size=1, max_size=40)


@given(DAYS)
def test_nothing_is_lost_and_no_day_is_above_its_limit(days):
    dues, limits = zip(*days, strict=True)
    ahead = forecast(dues, limits)
    assert all(day.asked <= limit for day, limit in zip(ahead, limits, strict=True))
    asked = due = 0
    for day in ahead:
        asked, due = asked + day.asked, due + day.due
        assert day.waiting == due - asked >= 0
    assert [day.due for day in ahead] == list(dues)


@given(DAYS)
def test_nothing_waits_while_there_is_room(days):
    dues, limits = zip(*days, strict=True)
    assert not [
        day for day, limit in zip(forecast(dues, limits), limits, strict=True) if day.waiting and day.asked < limit
    ]


def test_a_backlog_is_spread():
    assert forecast([50, 3, 0, 0], [20, 20, 20, 20]) == [
        Ahead(50, 20, 30),
        Ahead(3, 20, 13),
        Ahead(0, 13, 0),
        Ahead(0, 0, 0),
    ]


def test_on_which_day_nothing_waits_any_more():
    assert clear_on(forecast([3, 3], [5, 5])) == 0
    assert clear_on(forecast([50, 3, 0, 0], [20, 20, 20, 20])) == 2
    assert clear_on(forecast([50, 3], [20, 20])) is None
    assert clear_on(forecast([9, 0, 9, 0], [5, 5, 5, 5])) == 3
