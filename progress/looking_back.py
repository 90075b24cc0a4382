"""What a reader's log says of the last year: day by day, and how much was recalled. Pure."""

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

WEEKS = 53
LONGEST = 600  # seconds: more than that on one question is not thinking but a page left open
AGAIN = 1
STAGES = (1, 7, 21, 90)  # days since it was last recalled, from which a stage begins
BRIGHTEST = 4


@dataclass(slots=True)
class Tally:
    """Of a day, a month or a stage.

    `met` are the reviews of what was known the time before and came back on a later day; `recalled` those of them
    that were known again.
    """

    reviews: int = 0
    seconds: int = 0
    met: int = 0
    recalled: int = 0
    answered: int = 0
    drafts: int = 0

    def acts(self):
        return self.reviews + self.answered + self.drafts

    def share(self):
        """Of what was met, how much was recalled (0 to 1); None where nothing was."""
        return self.recalled / self.met if self.met else None

    def __add__(self, other):
        return Tally(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


def days_of_year(today):
    """The days of the last 53 weeks, from a Monday to `today`."""
    first = today - timedelta(days=today.weekday(), weeks=WEEKS - 1)
    return [first + timedelta(days=n) for n in range((today - first).days + 1)]


def look_back(log, begins):
    """A Tally for each day, and one for each of STAGES.

    `log` holds (question, rating, seconds or None, at) in order of time, none before `begins[0]`; `begins` says when
    each day begins, in the form of `at`.
    """
    days, stages, last = [Tally() for _ in begins], [Tally() for _ in STAGES], {}
    for question, rating, seconds, at in log:
        n = bisect_right(begins, at) - 1
        day = days[n]
        day.reviews += 1
        day.seconds += min(seconds or 0, LONGEST)
        before, known = last.get(question, (n, False))
        if known and n > before:
            stage = stages[bisect_right(STAGES, n - before) - 1]
            for tally in (day, stage):
                tally.met += 1
                tally.recalled += rating > AGAIN
        last[question] = n, rating > AGAIN
    return days, stages


def count_acts(days, acts, begins):
    """Adds `acts`, pairs of kind ("answered" or "drafts") and time, to the Tallies of `days`."""
    found = Counter((kind, bisect_right(begins, at) - 1) for kind, at in acts)
    for (kind, n), count in found.items():
        setattr(days[n], kind, getattr(days[n], kind) + count)


def by_month(dates, days):
    """First of the month → Tally, for the last twelve months."""
    months = {}
    for date, day in zip(dates, days, strict=True):
        month = date.replace(day=1)
        months[month] = months.get(month, Tally()) + day
    return dict(sorted(months.items())[-12:])


def streak(active, rests):
    """How many days in a row there was something to show, up to the last one, and how many at most.

    `active` and `rests` hold a truth a day. A day of rest on which nothing was done breaks nothing.
    """
    run = longest = 0
    for is_active, is_rest in zip(active, rests, strict=True):
        if is_active:
            run += 1
        elif not is_rest:
            run = 0
        longest = max(longest, run)
    return run, longest


def brightness(count, usual):
    """How dark a day stands in the calendar, from 0 (nothing) to 4; `usual` is what a full day of this reader holds."""
    return min(BRIGHTEST, -(-BRIGHTEST * count // max(usual, BRIGHTEST)))


def usual_of(counts):
    """What a full day holds: of ten on which something was done, one held more. So one long night pales no other."""
    done = sorted(count for count in counts if count)
    return done[int(len(done) * 0.9)] if done else 0
