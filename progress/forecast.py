"""On which days what is due will be asked: pure. A day asks no more than its limit; the rest waits for the next."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ahead:
    """Numbers of Questions on one day: falling due, asked, and left waiting for the next day."""

    due: int
    asked: int
    waiting: int


def forecast(dues, limits):
    """One Ahead for each day; `dues` and `limits` hold a number a day, and what is overdue falls due on the first."""
    waiting, ahead = 0, []
    for due, limit in zip(dues, limits, strict=True):
        asked = min(waiting + due, limit)
        waiting += due - asked
        ahead.append(Ahead(due, asked, waiting))
    return ahead


def clear_on(ahead):
    """The number of the day after which nothing waits any more: 0 is the first; None if it is none of these."""
    late = [n for n, day in enumerate(ahead) if day.waiting]
    if not late:
        return 0
    return late[-1] + 1 if late[-1] + 1 < len(ahead) else None
