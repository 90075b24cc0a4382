"""Where things stand in a chart."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from progress.charts import BOTTOM, PLOT, TOP, calendar, ceiling, columns, steps


@given(st.integers(0, 10**9))
def test_the_head_of_a_scale_is_round_and_not_below_the_most(most):
    top = ceiling(most)
    assert top >= max(most, 2)
    assert str(top).strip("0") in ("1", "2", "5")
    assert top <= max(2, most * 2.5)


@given(st.lists(st.none() | st.integers(0, 50), min_size=1, max_size=30))
def test_columns_stand_side_by_side_in_the_frame(values):
    words = [""] * len(values)
    drawn = columns(values, 50, words, words)
    assert all(one.x + one.width < other.x for one, other in pairwise(drawn))
    assert all(one.y >= TOP and one.y + one.height == BOTTOM and one.x + one.width <= PLOT for one in drawn)
    assert all((one.height > 0) == bool(value) for one, value in zip(drawn, values, strict=True))


def test_limits_are_a_line_in_steps():
    half, low = PLOT // 2, (TOP + BOTTOM) // 2
    assert steps([20, 10], 20) == f"0,{TOP} {half},{TOP} {half},{low} {PLOT},{low}"


def test_a_calendar_has_a_column_a_week_in_two_halves():
    days = 52 * 7 + 3
    halves = calendar([0] * days, [""] * days, {0: "Nov", 200: "Jun", 26 * 7: "May"})
    assert [len(half["cells"]) for half in halves] == [27 * 7, days - 27 * 7]
    assert len({(cell.x, cell.y) for cell in halves[0]["cells"]}) == 27 * 7
    assert [name for half in halves for _x, name in half["months"]] == ["Nov", "Jun"]  # no room for May
