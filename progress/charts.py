"""Where things stand in a chart, in its own units: pure. Templates draw them as SVG."""

from dataclasses import dataclass

from progress.looking_back import WEEKS

# A chart is drawn in the width of a phone, so that its words are readable there.
WIDTH, TOP, BOTTOM, PLOT, FOOT = 320, 10, 118, 284, 136
PITCH, CELL, MARGIN, HEAD = 12, 10, 26, 16
HALF = (WEEKS + 1) // 2
STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Column:
    x: int
    y: int
    width: int
    height: int
    middle: int
    label: str
    title: str


@dataclass(frozen=True, slots=True)
class Cell:
    x: int
    y: int
    brightness: int
    title: str


def ceiling(most):
    """The next round number that is not below `most`: 1, 2, 5, 10, 20, 50 …, at least 2."""
    power = 1
    while True:
        for step in STEPS:
            if step * power >= max(most, 2):
                return step * power
        power *= 10


def height_of(value, top):
    """How far above the foot of a chart `value` stands, if `top` stands at its head."""
    return round((BOTTOM - TOP) * value / top)


def columns(values, top, labels, titles):
    """One Column for each of `values`; None leaves its place empty."""
    step = PLOT // len(values)
    width = step - max(2, step // 4)
    return [
        Column(n * step, BOTTOM - tall, width, tall, n * step + width // 2, label, title)
        for n, (value, label, title) in enumerate(zip(values, labels, titles, strict=True))
        for tall in [0 if value is None else height_of(value, top)]
    ]


def chart(values, top, labels, titles, lines):
    """All that the template of a chart draws; `lines` are pairs of value and word for the scale beside it."""
    return {
        "columns": columns(values, top, labels, titles),
        "lines": [(BOTTOM - height_of(value, top), word) for value, word in lines],
    }


def steps(limits, top):
    """The line of `limits`, one a column, as the points of a polyline."""
    step = PLOT // len(limits)
    corners = []
    for n, limit in enumerate(limits):
        y = BOTTOM - height_of(limit, top)
        corners += [f"{n * step},{y}", f"{(n + 1) * step},{y}"]
    return " ".join(corners)


def foot_of(day):
    """Where the words beside a day of the week stand, 0 being Monday."""
    return HEAD + day * PITCH + CELL - 1


def calendar(levels, titles, months):
    """Two halves of a calendar of weeks, one a column, Monday on top.

    `levels` and `titles` hold one entry a day; `months` the number of the day that begins a month → its name.
    """
    halves = [{"cells": [], "months": []}, {"cells": [], "months": []}]
    for n, (level, title) in enumerate(zip(levels, titles, strict=True)):
        week, day = divmod(n, 7)
        half, place = divmod(week, HALF)
        halves[half]["cells"].append(Cell(MARGIN + place * PITCH, HEAD + day * PITCH, level, title))
        if n in months and place < HALF - 1:  # in the last column there is no room for a name
            halves[half]["months"].append((MARGIN + place * PITCH, months[n]))
    return halves
