"""A reader's last year as it stands in the log, and the days ahead as they follow from the Cards."""

from collections import Counter
from datetime import timedelta

from django.db.models import CharField, Count, F, Q, Value
from django.db.models.functions import Cast

from accounts.zones import day_of
from progress.forecast import forecast
from progress.looking_back import count_acts, days_of_year, look_back
from progress.models import Answered, Card, Draft, Review, RoundAnswered
from progress.scheduling import midnight
from progress.today import limits_on, today_of

AHEAD = 30  # days


def year_of(user, zone, now):
    """The dates of the last 53 weeks, a Tally for each, and one for each stage: two queries.

    What was recalled needs each review beside the one before it, so that the days are counted on the same walk.
    """
    dates = days_of_year(day_of(now, zone))
    begins = [as_text(midnight(date, zone)) for date in dates]
    year = (midnight(dates[0], zone), midnight(dates[-1] + timedelta(days=1), zone))
    days, stages = look_back(log_of(user, year), begins)
    count_acts(days, acts_of(user, year), begins)
    return dates, days, stages


def log_of(user, year):
    reviews = Review.objects.filter(user=user, at__gte=year[0], at__lt=year[1]).counted()
    rows = reviews.annotate(written=text("at")).order_by("at", "pk")
    return rows.values_list("question_id", "rating", "seconds", "written").iterator()


def acts_of(user, year):
    """When something was answered, in this round or one that has ended, or a draft was last saved."""
    kinds = (
        ("answered", Answered.objects.filter(user=user), "created_at"),
        ("answered", RoundAnswered.objects.filter(round__user=user), "created_at"),
        ("drafts", Draft.objects.filter(user=user).with_text(), "updated_at"),
    )
    first, *others = (
        rows.filter(question__merged_into=None, **{f"{at}__gte": year[0], f"{at}__lt": year[1]})
        .order_by()
        .values_list(Value(kind), text(at))
        for kind, rows, at in kinds
    )
    return first.union(*others, all=True)


def text(moment):
    """A time as the database writes it, in UTC: such texts sort like times, and twenty thousand are read sooner."""
    return Cast(F(moment), CharField())


def as_text(moment):
    return f"{moment:%Y-%m-%d %H:%M:%S}"


def ahead_of(user, habits, zone, now):
    """The dates of the next 30 days and the limit and forecast of each, as things stand: two queries.

    What was practised today and comes back in minutes is in today's room already.
    """
    today = day_of(now, zone)
    dates = [today + timedelta(days=n) for n in range(AHEAD)]
    limits = [limits_on(date, habits)[0] for date in dates]
    limits[0] = today_of(user, habits, now).left
    end = midnight(today + timedelta(days=AHEAD), zone)
    tomorrow = midnight(today + timedelta(days=1), zone)
    cards = (
        Card.objects.live()
        .filter(user=user, due__lt=end)
        .exclude(Q(reviewed_at__gte=midnight(today, zone)) & Q(due__lt=tomorrow))
    )
    dues = Counter()
    for due, count in cards.order_by().values_list("due").annotate(Count("pk")):
        dues[max(0, (day_of(due, zone) - today).days)] += count
    return dates, limits, forecast([dues[n] for n in range(AHEAD)], limits)
