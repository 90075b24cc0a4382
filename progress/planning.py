"""These topics by this date: what each day asks follows from what is left, so a missed day re-plans by itself. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

EASY = 0.5  # how much an easy day counts


@dataclass(frozen=True)
class Pace:
    """`share` questions are for today, `done` of them done; `left` are left in all, over `days` days from today on.

    `finishes_on` is when all are done if it goes on as so far, or None if nothing has been done yet.
    """

    share: int
    done: int
    left: int
    days: int
    finishes_on: date | None


def pace(left, done_today, done_so_far, today, begun_on, by, easy_days=()):
    """`left` are unanswered now, `done_so_far` were answered since the plan began, `done_today` of them today."""
    days = max(1, (by - today).days + 1)
    weights = [EASY if (today + timedelta(days=n)).weekday() in easy_days else 1 for n in range(days)]
    share = ceil((left + done_today) * weights[0] / sum(weights) - 1e-9)
    return Pace(share, done_today, left, days, _finishes_on(left, done_so_far, today, begun_on))


def _finishes_on(left, done_so_far, today, begun_on):
    if not left:
        return today
    if not done_so_far:
        return None
    per_day = done_so_far / ((today - begun_on).days + 1)
    return today + timedelta(days=min(ceil(left / per_day), 3650))
