"""What one's practice comes to, in pictures with a table behind each; every one of them can be switched off."""

from django.core.exceptions import BadRequest
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import reader_required
from accounts.zones import zone_of
from interview_notes.pages import send_back
from progress import charts, looking_back
from progress.figures import FIGURES
from progress.forecast import clear_on
from progress.forms import StateForm
from progress.practising import habits_of, show_figure
from progress.year import ahead_of, year_of

BACK = ("activity", "retention", "time", "streak")  # all of them come from one look at the log
MINUTE = 60  # seconds


@require_safe
@reader_required
def me_figures(request):
    user, now, habits = request.user, timezone.now(), habits_of(request.user)
    zone, shown = zone_of(user), habits.figures
    context = {"figures": shown, "switches": FIGURES, "habits": habits}
    if any(shown[name] for name in BACK):
        dates, days, stages = year_of(user, zone, now)
        context |= look_back(dates, days, stages, habits)
    if shown["forecast"]:
        context["forecast"] = what_comes(*ahead_of(user, habits, zone, now))
    return render(request, "progress/figures.html", context)


@require_POST
@reader_required(back_to=reverse_lazy("me_figures"))
def me_figure(request, name):
    """Shows one figure, or hides it, wherever it stands."""
    if name not in FIGURES:
        raise Http404("no such figure")
    form = StateForm(request.POST)
    if not form.is_valid():
        raise BadRequest("state is neither on nor off")
    show_figure(request.user, name, form.cleaned_data["state"] == "on")
    return send_back(request, "me_figures")


def look_back(dates, days, stages, habits):
    months = looking_back.by_month(dates, days)
    return {
        "activity": activity(dates, days),
        "retention": retention(months, stages, habits.retention),
        "time": time_spent(months, days),
        "streak": looking_back.streak(
            [day.acts() > 0 for day in days],
            [date.weekday() in habits.easy_days or date == dates[-1] for date in dates],
        ),
    }


def activity(dates, days):
    counts = [day.acts() for day in days]
    usual = looking_back.usual_of(counts)
    active = [(date, day) for date, day in zip(dates, days, strict=True) if day.acts()]
    return {
        "halves": charts.calendar(
            [looking_back.brightness(count, usual) for count in counts],
            [f"{date_format(date)}: {acts_in_words(count)}" for date, count in zip(dates, counts, strict=True)],
            {n: month_name(date) for n, date in enumerate(dates) if date.day == 1},
        ),
        "weekdays": weekdays(),
        "days": active[::-1],
        "active": len(active),
        "reviews": sum(day.reviews for day in days),
    }


def retention(months, stages, wanted):
    labels = [month_name(month) for month in months]
    shares = [tally.share() for tally in months.values()]
    titles = [
        f"{label}: {percent(share)}" if share is not None else label
        for label, share in zip(labels, shares, strict=True)
    ]
    met, recalled = (sum(getattr(tally, name) for tally in months.values()) for name in ("met", "recalled"))
    return {
        "chart": charts.chart(shares, 1, labels, titles, [(0, "0"), (0.5, percent(0.5)), (1, percent(1))]),
        "wanted": charts.BOTTOM - charts.height_of(wanted, 1),
        "wanted_share": percent(wanted),
        "months": [(month, tally, percent(tally.share())) for month, tally in months.items() if tally.met],
        "stages": [
            (stage, tally, percent(tally.share()))
            for stage, tally in zip(stages_in_words(), stages, strict=True)
            if tally.met
        ],
        "share": percent(recalled / met) if met else "",
        "met": met,
    }


def time_spent(months, days):
    labels = [month_name(month) for month in months]
    minutes = [tally.seconds / MINUTE for tally in months.values()]
    hours = max(minutes) >= 2 * MINUTE
    unit = MINUTE if hours else 1
    top = charts.ceiling(max(minutes) / unit)
    word = _("%(n)s h") if hours else _("%(n)s min")
    titles = [f"{label}: {duration(tally.seconds)}" for label, tally in zip(labels, months.values(), strict=True)]
    scale = [(value, word % {"n": f"{value:g}"} if value else "0") for value in (0, top / 2, top)]
    return {
        "chart": charts.chart([each / unit for each in minutes], top, labels, titles, scale),
        "months": [(month, tally, duration(tally.seconds)) for month, tally in months.items() if tally.reviews],
        "year": duration(sum(day.seconds for day in days)),
        "week": duration(sum(day.seconds for day in days[-7:])),
    }


def what_comes(dates, limits, ahead):
    top = charts.ceiling(max(limits + [day.asked for day in ahead]))
    titles = [f"{date_format(date)}: {questions_in_words(day.asked)}" for date, day in zip(dates, ahead, strict=True)]
    labels = [date_format(date, _("n/j")) if n % 7 == 0 else "" for n, date in enumerate(dates)]
    clear = clear_on(ahead)
    return {
        "chart": charts.chart(
            [day.asked for day in ahead], top, labels, titles, [(value, f"{value:g}") for value in (0, top / 2, top)]
        ),
        "limits": charts.steps(limits, top),
        "days": [row for row in zip(dates, limits, ahead, strict=True) if row[2].due or row[2].asked],
        "asked": sum(day.asked for day in ahead),
        "due": ahead[0].due,
        "waits": ahead[0].waiting,
        "clear_on": None if clear is None else dates[clear],
        "left": ahead[-1].waiting,
    }


# --- In words ------------------------------------------------------------------------------------------------------


def acts_in_words(count):
    return ngettext("%(n)s act of learning", "%(n)s acts of learning", count) % {"n": count}


def questions_in_words(count):
    return ngettext("%(n)s question", "%(n)s questions", count) % {"n": count}


def month_name(date):
    return date_format(date, pgettext("a month below a chart, as date format", "M"))


def weekdays():
    """Where in the calendar the name of every second day of the week stands, and that name."""
    names = pgettext("calendar", "Mon"), pgettext("calendar", "Wed"), pgettext("calendar", "Fri")
    return [(charts.foot_of(row), name) for row, name in zip((0, 2, 4), names, strict=True)]


def percent(share):
    return "" if share is None else _("%(n)s %%") % {"n": round(100 * share)}


def duration(seconds):
    hours, minutes = divmod(round(seconds / MINUTE), 60)
    if hours:
        return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": minutes}
    return _("%(n)s min") % {"n": minutes}


def stages_in_words():
    return [_("the days after"), _("after a week"), _("after three weeks"), _("after three months")]
