"""What a reader practises today: one limit over everything, the most at risk first.

A day begins at midnight in the reader's zone. After a break there may be hundreds due; a day still asks no more than
the limit, and the forecast says on which days the rest will come.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Q

from accounts.zones import day_of, zone_of
from progress.models import Answered, Card
from progress.scheduling import LEARNT, chance, midnight

STRIDES = (7919, 7907, 7901, 7883)  # primes: one that does not divide a number of questions visits all of them
AHEAD = timedelta(minutes=20)  # when nothing else is left, what comes back in minutes may come now


@dataclass(frozen=True)
class Today:
    """Numbers of Questions: practised today, new ones among them, and how many of each the day still has room for."""

    done: int
    new_done: int
    left: int
    new_left: int


def today_of(user, habits, now):
    zone = zone_of(user)
    day = day_of(now, zone)
    begin = midnight(day, zone)
    counts = Card.objects.filter(user=user, reviewed_at__gte=begin).aggregate(
        done=Count("pk"), new=Count("pk", filter=Q(started_at__gte=begin))
    )
    limit, new_limit = limits_on(day, habits)
    left = max(0, limit - counts["done"])
    new_left = min(left, max(0, new_limit - counts["new"]))
    return Today(counts["done"], counts["new"], left, new_left)


def limits_on(day, habits):
    """How many questions `day` may ask, and how many new ones among them."""
    limit, new = habits.a_day, habits.new_a_day
    if day.weekday() in habits.easy_days:
        limit, new = (limit + 1) // 2, 0
    if habits.extra_on == day:
        limit, new = limit + habits.extra, new + habits.extra
    return limit, new


def next_question(user, questions, habits, now, *, ahead=False):
    """The primary key of the one of `questions` to ask now, or None if the day is done.

    First what comes back in minutes, then what is due, the most at risk first, then something new. With `ahead`,
    what is not due yet comes after that, and then what was answered but never practised: for those who want more of a
    topic before the interview.
    """
    today = today_of(user, habits, now)
    begin = midnight(day_of(now, zone_of(user)), zone_of(user))
    cards = Card.objects.filter(user=user, question__in=questions).order_by()
    if not ahead:
        cards = cards.filter(due__lte=now + AHEAD)
    rows = list(cards.values_list("question_id", "state", "stability", "reviewed_at", "due"))
    again = [row for row in rows if row[1] != LEARNT and row[3] >= begin]
    if ready := [row for row in again if row[4] <= now]:
        return min(ready, key=lambda row: row[4])[0]
    if today.left:
        due = [row for row in rows if row[3] < begin and row[4] <= now]
        if due:
            return most_at_risk(due, now)
        if today.new_left and (new := first_new(user, questions)):
            return new
        early = [row for row in rows if row[3] < begin]
        if ahead and early:
            return most_at_risk(early, now)
        if ahead and today.new_left and (known := first_new(user, questions, besides=(Card,))):
            return known
    return min(again, key=lambda row: row[4])[0] if again and again_soon(again, now) else None


def again_soon(rows, now):
    return min(row[4] for row in rows) <= now + AHEAD


def most_at_risk(rows, now):
    return min(rows, key=lambda row: (chance(row[2], row[3], now), row[0]))[0]


def first_new(user, questions, besides=(Card, Answered)):
    """The first that the reader has neither practised nor marked as answered, in the order in which they came."""
    seen = (kind.objects.filter(user=user, question=OuterRef("pk")) for kind in besides)
    unseen = questions.order_by("pk")
    for marks in seen:
        unseen = unseen.filter(~Exists(marks))
    return unseen.values_list("pk", flat=True).first()


def pick(questions, seed, turn):
    """The question of this turn for those without an account: `seed` says in which order they go, all before one again.

    Returns its primary key, or None if there are no questions.
    """
    count = questions.count()
    if not count:
        return None
    stride = next(prime for prime in STRIDES if count % prime)
    place = ((seed or 0) + (turn or 0) * stride) % count
    return questions.order_by("pk").values_list("pk", flat=True)[place]
