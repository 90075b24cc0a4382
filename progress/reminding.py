"""Letters that say what is due today: at the reader's hour, in their zone, once a day.

A letter is claimed in the database before it goes out. What has certainly not left is tried again; what may have left,
because a sender was killed or a connection broke midway, is not: a letter too few is better than one too many.
"""

import heapq
import logging
import smtplib
from dataclasses import dataclass
from datetime import time, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail, signing
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.formats import time_format

from accounts.languages import asking
from accounts.zones import day_of, zone_named, zone_of
from progress.models import Card, Habits, Reminder
from progress.scheduling import chance, midnight
from progress.today import limits_on
from questions.models import Question

log = logging.getLogger(__name__)

LATE = 5  # hours after which a letter has missed its time: nobody wants at night what was for the morning
MOST_TRIES = 4
BATCH = 200  # readers at a time
A_CONNECTION = 50  # letters; mail servers end longer conversations
NAMED = 3  # questions that a letter names
KEPT = timedelta(days=31)
SALT = "reminders"
# The mail server has said no: the letter has not left.
REFUSALS = (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused, smtplib.SMTPNotSupportedError, ValueError)


@dataclass
class Report:
    """Numbers of letters; `down` is what was wrong with the mail server, if it could not be reached at all."""

    sent: int = 0
    refused: int = 0
    lost: int = 0
    down: str = ""


def remind(now):
    """Sends every letter that is to go out at `now`; returns a Report."""
    Reminder.objects.filter(day__lt=day_of(now - KEPT, zone_named(""))).delete()
    report, post = Report(), Post()
    try:
        for habits in waiting(now):
            post.be_open()  # before the claim: a server that is down costs nobody a try
            if reminder := claim(habits, now):
                send(reminder, habits, post, now, report)
    except OSError as mistake:  # smtplib's own are OSErrors too
        log.warning("The mail server cannot be reached: %s", mistake)
        report.down = str(mistake) or type(mistake).__name__
    finally:
        post.close()
    return report


# --- For whom ----------------------------------------------------------------------------------------------------


def waiting(now):
    """Habits of those whose hour has come, who have something due and no letter yet; in bounded memory."""
    wanted = Habits.objects.filter(remind_at__isnull=False, user__is_active=True)
    for name in wanted.order_by("user__time_zone").values_list("user__time_zone", flat=True).distinct():
        yield from _waiting_in(wanted.filter(user__time_zone=name), zone_named(name), now)


def _waiting_in(wanted, zone, now):
    local = now.astimezone(zone)
    hours = (max(0, local.hour - LATE), local.hour)
    rows = with_work(with_address(wanted.filter(remind_at__range=hours)), midnight(local.date(), zone), now)
    rows = rows.exclude(Exists(settled().filter(user=OuterRef("pk"), day=local.date()))).select_related("user")
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:BATCH]):
        for habits in batch:
            habits.asked = min(habits.due, limits_on(local.date(), habits)[0] - habits.done)
            if habits.asked > 0:
                yield habits
        last = batch[-1].pk


def with_address(habits):
    """Adds `address`, and leaves those out who have not confirmed one."""
    confirmed = EmailAddress.objects.filter(user=OuterRef("pk"), primary=True, verified=True)
    return habits.annotate(address=Subquery(confirmed.values("email")[:1])).exclude(address=None)


def address_of(user):
    """Where reminders go; None if the reader has confirmed no address."""
    return EmailAddress.objects.filter(user=user, primary=True, verified=True).values_list("email", flat=True).first()


def with_work(habits, begin, now):
    """Adds how many Cards are `due` from before today, and how many were `done` since it began; only where some are."""
    mine = Card.objects.filter(user=OuterRef("pk")).order_by()
    due, done = mine.due(now).filter(reviewed_at__lt=begin), mine.filter(reviewed_at__gte=begin)
    return habits.filter(Exists(due)).annotate(due=_count(due), done=_count(done))


def _count(rows):
    return Coalesce(Subquery(rows.values("user").annotate(n=Count("pk")).values("n")), 0)


def settled():
    """Reminders that need no further letter: sent, on their way or lost there, or tried often enough."""
    return Reminder.objects.filter(Q(mistake="") | Q(tries__gte=MOST_TRIES))


# --- One letter --------------------------------------------------------------------------------------------------


def claim(habits, now):
    """The Reminder, if this sender is the one to send it, else None."""
    day = day_of(now, zone_of(habits.user))
    reminder, is_new = Reminder.objects.get_or_create(user=habits.user, day=day)
    if is_new:
        return reminder
    again = Reminder.objects.filter(pk=reminder.pk, tries__lt=MOST_TRIES).exclude(mistake="")
    return reminder if again.update(mistake="", tries=F("tries") + 1, at=now) else None


def send(reminder, habits, post, now, report):
    """Writes the letter and sends it; keeps what became of it."""
    try:
        post.send(letter(habits, now))
    except REFUSALS as mistake:
        log.warning("The reminder %s was refused: %s", reminder.pk, mistake)
        Reminder.objects.filter(pk=reminder.pk).update(mistake=str(mistake)[:500] or type(mistake).__name__)
        report.refused += 1
        post.close()
    except OSError as mistake:
        log.warning("The connection broke while the reminder %s was sent; it may have left: %s", reminder.pk, mistake)
        report.lost += 1
        post.close()
    else:
        Reminder.objects.filter(pk=reminder.pk).update(sent_at=now)
        report.sent += 1


def letter(habits, now):
    user, site = habits.user, settings.SITE_URL
    stop = site + reverse("reminders_stop", args=[token_for(user)])
    with translation.override(habits.remind_in or settings.LANGUAGE_CODE), asking(lambda: [user.content_language]):
        context = {
            "habits": habits,
            "site": site,
            "stop": stop,
            "first": first_due(user, now, min(NAMED, habits.asked)),
            "zone": zone_of(user).key,
            "hour": time_format(time(habits.remind_at), "TIME_FORMAT"),
        }
        text = render_to_string("progress/mail/reminder.txt", context)
    subject, _, body = text.strip().partition("\n")
    headers = {
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
    return mail.EmailMessage(subject.strip(), body.strip() + "\n", to=[habits.address], headers=headers)


def first_due(user, now, number):
    """The Questions that practice will ask first."""
    begin = midnight(day_of(now, zone_of(user)), zone_of(user))
    rows = Card.objects.due(now).filter(user=user, reviewed_at__lt=begin).order_by()
    rows = rows.values_list("question_id", "stability", "reviewed_at")
    by_risk = heapq.nsmallest(number, rows, key=lambda row: (chance(row[1], row[2], now), row[0]))
    questions = Question.objects.in_bulk([row[0] for row in by_risk])
    return [questions[row[0]] for row in by_risk]


class Post:
    """The mail server, for as many letters at a time as it likes."""

    def __init__(self):
        self.connection, self.letters = None, 0

    def be_open(self):
        if self.letters >= A_CONNECTION:
            self.close()
        if self.connection is None:
            connection = mail.get_connection()
            connection.open()
            self.connection, self.letters = connection, 0

    def send(self, message):
        self.letters += 1
        self.connection.send_messages([message])

    def close(self):
        if self.connection is not None:
            self.connection.close()
            self.connection = None


# --- No more of them ---------------------------------------------------------------------------------------------


def token_for(user):
    """Stands in the letters: whoever holds it can stop them, and nothing else."""
    return signing.Signer(salt=SALT).sign_object(user.pk)


def habits_by_token(token):
    """The Habits that a letter belongs to; None if the token is not one of ours."""
    try:
        pk = signing.Signer(salt=SALT).unsign_object(token)
    except signing.BadSignature:
        return None
    return Habits.objects.filter(user=pk).first()


def stop(habits):
    Habits.objects.filter(pk=habits.pk).update(remind_at=None)
