"""Two texts compared line by line."""

import time

from questions.differences import LINES, WIDTH, Line, differences


def test_the_same_has_none():
    assert differences("a\nb", "a\nb\n") == []
    assert differences("", "") == []


def test_what_goes_and_what_comes():
    assert differences("a\nb\nc", "a\nB\nc") == [
        Line("same", "a"),
        Line("gone", "b"),
        Line("new", "B"),
        Line("same", "c"),
    ]


def test_all_new_and_all_gone():
    assert differences("", "a\nb") == [Line("new", "a"), Line("new", "b")]
    assert differences("a", "") == [Line("gone", "a")]


def test_what_stays_far_away_is_left_out():
    old = [str(n) for n in range(40)]
    lines = differences("\n".join(old), "\n".join([*old[:20], "x", *old[20:]]))
    assert [line.text for line in lines if line.kind == "same"] == ["17", "18", "19", "20", "21", "22"]
    assert [line.number for line in lines if line.kind == "left-out"] == [17, 17]
    assert lines[0] == Line("left-out", number=17)
    assert lines[-1] == Line("left-out", number=17)


def test_between_two_changes_both_sides_are_shown():
    old = [str(n) for n in range(22)]
    new = ["first", *old[1:-1], "last"]
    lines = differences("\n".join(old), "\n".join(new))
    assert [line.text for line in lines if line.kind == "same"] == ["1", "2", "3", "18", "19", "20"]


def test_long_texts_are_cut_in_bounded_time():
    start = time.perf_counter()
    lines = differences("\n".join(["x", "y"] * LINES), "\n".join(["y", "x", "z"] * LINES) + "w" * 3 * WIDTH)
    assert time.perf_counter() - start < 5
    assert lines[-1] == Line("left-out", number=LINES * 2)
    assert max(len(line.text) for line in lines) <= WIDTH
