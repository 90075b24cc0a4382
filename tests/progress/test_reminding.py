"""Letters that say what is due: to whom, when, once, and what happens when the mail server does not want them."""

import re
import smtplib
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.db import connection, connections

from progress import reminding
from progress.models import Card, Habits, Reminder
from progress.practising import rate
from progress.reminding import remind, token_for
from tests.conftest import person

MORNING = datetime(2026, 3, 2, 0, 10, tzinfo=UTC)  # a Monday, ten past eight in Shanghai
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
AGAIN, GOOD = 1, 3


@pytest.fixture(autouse=True)
def address_of_the_site(settings):
    settings.SITE_URL = "https://notes.example.org"


@pytest.fixture
def wants(make_question):
    """wants(bo, at=8, due=2): a confirmed address, an hour, and so many questions due since long ago."""

    def wish(user, at=8, due=1, zone="", language="en", **habits):
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        user.time_zone = zone
        user.save()
        for n in range(due):
            rate(user, make_question(f"Stripe {n}?"), GOOD, MORNING - 30 * DAY + n * MINUTE, uuid4())
        return Habits.objects.create(user=user, remind_at=at, remind_in=language, **habits)

    return wish


def sent_to():
    return [letter.to[0] for letter in mail.outbox]


# --- The letter --------------------------------------------------------------------------------------------------


def test_a_letter_says_what_is_due_and_where(bo, wants):
    wants(bo, due=2)
    assert remind(MORNING).sent == 1
    (letter,) = mail.outbox
    assert letter.to == ["bo@example.org"]
    assert letter.subject == "Interview Notes: 2 questions for today"
    assert "2 questions are due today:\n\n- Stripe 0?\n- Stripe 1?\n\n" in letter.body
    assert "https://notes.example.org/practice/\n" in letter.body
    assert "https://notes.example.org/me/habits/\n" in letter.body
    assert "8 a.m. (Asia/Shanghai)" in letter.body
    assert "\n\n\n" not in letter.body
    reminder = Reminder.objects.get()
    assert (reminder.day.isoformat(), reminder.sent_at, reminder.tries) == ("2026-03-02", MORNING, 1)


def test_a_letter_in_chinese_names_questions_in_the_language_of_notes(bo, wants, question):
    wants(bo, due=0, language="zh-hans")
    question.entitle({"en": "Why stripes?", "zh-hans": "为什么有条纹？"})
    question.save()
    rate(bo, question, GOOD, MORNING - 30 * DAY, uuid4())
    remind(MORNING)
    assert mail.outbox[0].subject == "面试笔记：今天有 1 道题"
    assert "- 为什么有条纹？" in mail.outbox[0].body
    assert not re.findall(r"[A-Za-z]{2,}", re.sub(r"https?://\S+|Asia/Shanghai|\bbo\b", "", mail.outbox[0].body))


def test_a_letter_after_a_break_asks_no_more_than_a_day_does(bo, wants):
    wants(bo, due=9, a_day=4, new_a_day=0)
    remind(MORNING)
    assert mail.outbox[0].subject == "Interview Notes: 4 questions for today"
    assert "9 questions are due. Today asks for 4 of them" in mail.outbox[0].body
    assert mail.outbox[0].body.count("\n- ") == 4  # three of them, and that there are more
    assert "- Stripe 0?\n- Stripe 1?\n- Stripe 2?\n- …" in mail.outbox[0].body


def test_mail_programs_can_stop_it_by_one_click(bo, wants):
    wants(bo)
    remind(MORNING)
    address = f"https://notes.example.org/reminders/stop/{token_for(bo)}/"
    headers = mail.outbox[0].message()
    assert headers["List-Unsubscribe"] == f"<{address}>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["Auto-Submitted"] == "auto-generated"
    assert address in mail.outbox[0].body


# --- To whom -----------------------------------------------------------------------------------------------------


def test_nothing_due_no_letter(bo, wants):
    wants(bo, due=0)
    assert remind(MORNING).sent == 0
    assert not Reminder.objects.exists()


def test_only_to_those_who_asked_for_it(bo, cy, wants):
    wants(bo, at=None)
    wants(cy)
    remind(MORNING)
    assert sent_to() == ["cy@example.org"]


@pytest.mark.parametrize("facts", [{"verified": False}, {"primary": False}])
def test_only_to_an_address_that_is_confirmed(bo, wants, facts):
    wants(bo)
    EmailAddress.objects.update(**facts)
    assert remind(MORNING).sent == 0


def test_not_to_an_account_that_is_switched_off(bo, wants):
    wants(bo)
    bo.is_active = False
    bo.save()
    assert remind(MORNING).sent == 0


def test_not_to_those_who_have_done_their_day(bo, wants, question):
    habits = wants(bo, due=3, a_day=1, new_a_day=1)
    rate(bo, question, GOOD, MORNING - MINUTE, uuid4())
    assert remind(MORNING).sent == 0
    Habits.objects.filter(pk=habits.pk).update(a_day=2)
    remind(MORNING)
    assert mail.outbox[0].subject == "Interview Notes: 1 question for today"


def test_what_was_forgotten_a_minute_ago_is_no_reason(bo, wants, question):
    wants(bo, due=0)
    rate(bo, question, AGAIN, MORNING - 20 * MINUTE, uuid4())
    assert Card.objects.due(MORNING).count() == 1
    assert remind(MORNING).sent == 0


def test_what_is_retired_is_not_due(bo, wants):
    wants(bo)
    question = Card.objects.get().question
    question.retired_at = MORNING
    question.save()
    assert remind(MORNING).sent == 0


# --- When --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "hour"),
    [
        ("Asia/Shanghai", 8),
        ("Pacific/Kiritimati", 14),
        ("Pacific/Niue", 13),
        ("Asia/Kathmandu", 5),
        ("America/New_York", 19),
        ("Europe/London", 0),
    ],
)
def test_at_the_hour_of_the_reader_and_not_before(bo, wants, zone, hour):
    wants(bo, at=hour, zone=zone)
    assert remind(MORNING - HOUR).sent == 0
    assert remind(MORNING).sent == 1
    assert remind(MORNING + HOUR).sent == 0


def test_the_day_is_that_of_the_reader(bo, cy, wants):
    wants(bo, at=14, zone="Pacific/Kiritimati")
    wants(cy, at=13, zone="Pacific/Niue")
    remind(MORNING)
    days = {reminder.user.username: reminder.day.isoformat() for reminder in Reminder.objects.all()}
    assert days == {"bo": "2026-03-02", "cy": "2026-03-01"}


def test_every_day_anew(bo, wants):
    wants(bo)
    assert [remind(MORNING + n * DAY).sent for n in range(3)] == [1, 1, 1]


def test_an_hour_that_the_clock_skips_comes_with_the_next(bo, wants):
    wants(bo, at=2, zone="Europe/Berlin")
    before = datetime(2026, 3, 29, 0, 59, tzinfo=UTC)  # from two it went to three
    assert remind(before).sent == 0
    assert remind(before + MINUTE).sent == 1


def test_an_hour_that_comes_twice_brings_one_letter(bo, wants):
    wants(bo, at=2, zone="Europe/Berlin")
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # half past two, and an hour later again
    assert [remind(first).sent, remind(first + HOUR).sent] == [1, 0]


def test_who_chooses_an_hour_that_is_long_past_gets_the_first_letter_tomorrow(bo, wants):
    wants(bo)
    assert remind(MORNING + 6 * HOUR).sent == 0
    assert remind(MORNING + DAY).sent == 1


def test_a_timer_that_was_late_still_reminds(bo, wants):
    wants(bo)
    assert remind(MORNING + 5 * HOUR).sent == 1


# --- Once --------------------------------------------------------------------------------------------------------


def test_never_twice_a_day(bo, wants):
    wants(bo)
    assert [remind(MORNING + n * 10 * MINUTE).sent for n in range(4)] == [1, 0, 0, 0]


def test_whoever_was_killed_while_sending_leaves_no_second_letter(bo, wants, monkeypatch):
    wants(bo)

    def killed(*arguments):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(reminding.Post, "send", killed)
        with pytest.raises(KeyboardInterrupt):
            remind(MORNING)
    assert remind(MORNING + 10 * MINUTE).sent == 0


def test_old_ones_are_forgotten(bo, wants):
    wants(bo)
    for age in (20, 40):
        Reminder.objects.create(user=bo, day=(MORNING - age * DAY).date())
    remind(MORNING)
    assert Reminder.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_send_each_letter_once(wants):
    if connection.vendor != "postgresql":
        pytest.skip("needs a database that takes two connections at once")
    readers = [person(f"reader{n}") for n in range(12)]
    for reader in readers:
        wants(reader)
    gate, reports = Barrier(3), []

    def run():
        try:
            gate.wait()
            reports.append(remind(MORNING))
        finally:
            connections.close_all()

    threads = [Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(report.sent for report in reports) == 12
    assert sorted(sent_to()) == sorted(reader.email for reader in readers)


# --- A mail server that does not want to -------------------------------------------------------------------------


class Moody(EmailBackend):
    """Takes letters unless `mood`, an exception, is set; `mood_open` when one only rings."""

    mood = mood_open = None

    def open(self):
        if Moody.mood_open:
            raise Moody.mood_open
        return True

    def send_messages(self, messages):
        if Moody.mood and messages[0].to == ["bo@example.org"]:
            raise Moody.mood
        return super().send_messages(messages)


@pytest.fixture
def moody(settings, monkeypatch):
    settings.EMAIL_BACKEND = f"{__name__}.Moody"
    monkeypatch.setattr(Moody, "mood", None)
    monkeypatch.setattr(Moody, "mood_open", None)
    return Moody


def test_a_server_that_is_down_gets_the_letter_later(bo, wants, moody):
    wants(bo)
    moody.mood_open = ConnectionRefusedError("refused")
    for n in range(9):
        assert remind(MORNING + n * 10 * MINUTE).down == "refused"
    assert not Reminder.objects.exists()
    moody.mood_open = None
    assert remind(MORNING + 2 * HOUR).sent == 1


def test_a_refused_letter_is_tried_again_but_not_for_ever(bo, cy, wants, moody):
    wants(bo)
    wants(cy)
    moody.mood = smtplib.SMTPRecipientsRefused({"bo@example.org": (450, b"full")})
    reports = [remind(MORNING + n * 10 * MINUTE) for n in range(6)]
    assert [report.refused for report in reports] == [1, 1, 1, 1, 0, 0]
    assert sent_to() == ["cy@example.org"]
    assert Reminder.objects.get(user=bo).tries == 4
    moody.mood = None
    assert remind(MORNING + HOUR).sent == 0
    assert remind(MORNING + DAY).sent == 2


def test_a_refused_letter_leaves_at_the_next_try(bo, wants, moody):
    wants(bo)
    moody.mood = smtplib.SMTPDataError(451, b"later")
    assert remind(MORNING).refused == 1
    moody.mood = None
    assert [remind(MORNING + n * 10 * MINUTE).sent for n in (1, 2)] == [1, 0]


def test_a_letter_that_may_have_left_is_not_sent_again(bo, cy, wants, moody):
    wants(bo)
    wants(cy)
    moody.mood = smtplib.SMTPServerDisconnected("broke off")
    report = remind(MORNING)
    assert (report.lost, report.sent) == (1, 1)
    moody.mood = None
    assert remind(MORNING + 10 * MINUTE).sent == 0


# --- The command -------------------------------------------------------------------------------------------------


@pytest.fixture
def at_any_hour(monkeypatch):
    monkeypatch.setattr("progress.management.commands.send_reminders.timezone.now", lambda: MORNING)


def test_the_command_says_what_it_did(bo, wants, at_any_hour, capsys):
    wants(bo)
    call_command("send_reminders")
    assert capsys.readouterr().out == "Reminders: 1 sent.\n"
    call_command("send_reminders")
    assert capsys.readouterr().out == "Reminders: 0 sent.\n"


def test_the_command_fails_if_there_is_no_mail_server(bo, wants, moody, at_any_hour):
    wants(bo)
    moody.mood_open = OSError("no route to host")
    with pytest.raises(CommandError, match=r"0 sent; .*no route to host.*again later"):
        call_command("send_reminders")


@pytest.mark.parametrize("readers", [3, 30])
def test_readers_without_work_cost_nothing(wants, django_assert_num_queries, readers):
    for n in range(readers):
        wants(person(f"reader{n}"), due=0)
    with django_assert_num_queries(3):  # old ones away, the zones, one page of readers
        remind(MORNING)


def test_pages_of_readers_leave_nobody_out(wants, monkeypatch):
    monkeypatch.setattr(reminding, "BATCH", 2)
    monkeypatch.setattr(reminding, "A_CONNECTION", 2)
    for n in range(5):
        wants(person(f"reader{n}"))
    assert remind(MORNING).sent == 5
    assert len(set(sent_to())) == 5


def test_a_letter_costs_the_same_whatever_is_due(bo, cy, wants, django_assert_num_queries):
    wants(bo, due=1)
    with django_assert_num_queries(11):
        remind(MORNING)
    Habits.objects.all().delete()
    wants(cy, due=12)
    with django_assert_num_queries(11):
        remind(MORNING)


# --- Stopping ----------------------------------------------------------------------------------------------------


def test_opening_the_link_only_asks(client, bo, wants):
    habits = wants(bo)
    page = client.get(f"/reminders/stop/{token_for(bo)}/", headers={"accept-language": "en"})
    assert "Stop the reminders?" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    habits.refresh_from_db()
    assert habits.remind_at == 8


def test_one_click_stops_them(bo, wants, django_client_without_tokens):
    habits = wants(bo, due=1)
    address = f"/reminders/stop/{token_for(bo)}/"
    response = django_client_without_tokens.post(address, {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    habits.refresh_from_db()
    assert habits.remind_at is None
    assert remind(MORNING).sent == 0
    page = django_client_without_tokens.post(address, headers={"accept-language": "en"})
    assert "No more reminders." in page.content.decode()


@pytest.fixture
def django_client_without_tokens():
    from django.test import Client

    return Client(enforce_csrf_checks=True)


def test_it_stops_nobody_elses(client, bo, cy, wants):
    wants(bo)
    wants(cy)
    client.post(f"/reminders/stop/{token_for(bo)}/")
    remind(MORNING)
    assert sent_to() == ["cy@example.org"]


@pytest.mark.parametrize("cut", [lambda token: token[:-1], lambda token: "x" + token, lambda token: "nonsense"])
def test_a_link_that_is_not_whole_says_so(client, bo, wants, cut):
    habits = wants(bo)
    for act in (client.get, client.post):
        response = act(f"/reminders/stop/{cut(token_for(bo))}/", headers={"accept-language": "en"})
        assert response.status_code == 404
        assert "not whole" in response.content.decode()
    habits.refresh_from_db()
    assert habits.remind_at == 8


def test_the_link_outlives_the_account(client, bo, wants):
    wants(bo)
    address = f"/reminders/stop/{token_for(bo)}/"
    bo.delete()
    assert client.get(address).status_code == 404
