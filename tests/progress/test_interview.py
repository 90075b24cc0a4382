"""A mock interview in the browser: begin, answer against the clock, rate oneself, read the report."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from progress.interviewing import finish
from progress.models import Bookmark, Interview, Turn
from progress.views import interview as views
from questions.models import Question, Topic

START = {"number": 3, "minutes": 4, "only": "", "follow_ups": "on"}
FINE = {"correct": 4, "complete": 3, "clear": 5}


@pytest.fixture
def shelf(make_question):
    return [make_question(title=f"Stripe {n}?", answer=f"Because of **fly {n}**.") for n in range(7)]


@pytest.fixture
def begun(signed_in, bo, shelf):
    """A browser of Bo's, and his interview that has just begun."""
    browser = signed_in(bo)
    browser.post("/practice/interview/", START)
    return browser, Interview.objects.get()


def see(browser, url, **query):
    response = browser.get(url, query, headers={"accept-language": "en"}, follow=True)
    return response.content.decode()


def current(interview):
    return interview.turns.asked().get(ended_at=None)


def say(browser, turn, text, then="", version=0, **headers):
    address = f"/practice/interview/{turn.interview_id}/{turn.position}/{then and then + '/'}"
    return browser.post(address, {"text": text, "version": version}, headers={"accept-language": "en"} | headers)


def sit_through(browser, interview, text="Flies."):
    while interview.turns.asked().filter(ended_at=None):
        say(browser, current(interview), text, "next")
    interview.refresh_from_db()


# --- From beginning to end ---------------------------------------------------------------------------------------


def test_from_the_first_question_to_the_report(begun):
    browser, interview = begun
    for n in (1, 2, 3):
        page = see(browser, "/practice/interview/")
        assert f'href="/practice/interview/{interview.pk}/"' in page  # it can be gone on with from here
        page = see(browser, f"/practice/interview/{interview.pk}/")
        turn = current(interview)
        assert f"Question {n} of 3" in page
        assert turn.question.titles["en"] in page
        assert "fly" not in page
        assert page.count("Stripe") <= 3  # this one alone: in the title, the heading
        response = say(browser, turn, f"Words {n}", "next")
        assert response.status_code == 303
    for n in (1, 2, 3):
        response = browser.get(f"/practice/interview/{interview.pk}/", follow=True)
        assert response.redirect_chain[-1][0] == f"/practice/interview/{interview.pk}/{n}/rate/"
        page = response.content.decode()
        assert f"Words {n}" in page
        assert "<strong>fly" in page
        onward = browser.post(f"/practice/interview/{interview.pk}/{n}/rate/", FINE)["Location"]
    assert onward == f"/practice/interview/{interview.pk}/report/"
    page = see(browser, onward)
    for n in (1, 2, 3):
        assert f"Words {n}" in page
    assert re.search(r"<b>4\.0</b>", page)
    assert re.search(r"<b>3\.0</b>", page)
    assert f"{interview.pk}/report/" in see(browser, "/practice/interview/")


def test_follow_ups_come_right_after_their_question_with_half_the_time(signed_in, bo, make_question):
    main = make_question(title="Why stripes?")
    whys = [make_question(title=f"And why {n}?", parent=main) for n in range(5)]
    browser = signed_in(bo)
    browser.post("/practice/interview/", START)
    interview = Interview.objects.get()
    asked = list(interview.turns.all())
    assert asked[0].question == main
    assert len(asked) == 3  # two follow-ups at most, in reading order
    assert [turn.question_id for turn in asked[1:]] == sorted(turn.question_id for turn in asked[1:])
    assert {turn.question for turn in asked[1:]} < set(whys)
    assert [turn.allowed for turn in asked] == [240, 120, 120]
    say(browser, asked[0], "Flies", "next")
    page = see(browser, f"/practice/interview/{interview.pk}/")
    assert "Follow-up" in page
    assert "Question 1.1 of 1" in page
    assert "2:00 in all" in page


def test_without_follow_ups_they_are_not_asked_at_all(signed_in, bo, make_question):
    main = make_question(title="Why stripes?")
    make_question(title="And why?", parent=main)
    signed_in(bo).post("/practice/interview/", START | {"follow_ups": ""})
    assert [turn.question for turn in Turn.objects.all()] == [main]


def test_a_follow_up_alone_is_asked_after_the_question_it_follows(signed_in, bo, make_question):
    main = make_question(title="Why stripes?")
    why = make_question(title="And why?", parent=main)
    Bookmark.objects.create(user=bo, question=why)
    signed_in(bo).post("/practice/interview/", START | {"only": "bookmarked"})
    assert [turn.question for turn in Turn.objects.all()] == [main, why]


def test_ending_early_keeps_the_words_and_asks_no_more(begun):
    browser, interview = begun
    turn = current(interview)
    say(browser, turn, "Half a thought", "end")
    interview.refresh_from_db()
    assert interview.finished_at
    assert interview.turns.get(position=1).text == "Half a thought"
    page = see(browser, f"/practice/interview/{interview.pk}/report/")
    assert "ended with 2 not asked" in page
    assert browser.get(f"/practice/interview/{interview.pk}/2/rate/").status_code == 404


def test_who_is_over_time_goes_on_and_it_is_recorded(begun):
    browser, interview = begun
    Turn.objects.filter(position=1).update(asked_at=timezone.now() - timedelta(minutes=5, seconds=30))
    page = see(browser, f"/practice/interview/{interview.pk}/")
    left = int(re.search(r'data-clock="(-?\d+)"', page)[1])
    assert -95 <= left <= -89
    assert "time is up" in page
    say(browser, current(interview), "At last", "next")
    assert 89 <= interview.turns.get(position=1).over <= 95


def test_the_clock_survives_a_reload(begun):
    browser, interview = begun
    Turn.objects.filter(position=1).update(asked_at=timezone.now() - timedelta(minutes=1))
    for _ in range(2):
        left = int(re.search(r'data-clock="(\d+)"', see(browser, f"/practice/interview/{interview.pk}/"))[1])
        assert 175 <= left <= 180


# --- What is typed is never lost ---------------------------------------------------------------------------------


def test_what_is_typed_is_saved_as_it_is_typed(begun):
    browser, interview = begun
    response = say(browser, current(interview), "Fli", **{"hx-request": "true"})
    assert response.status_code == 200
    assert b'value="1" hx-swap-oob' in response.content
    say(browser, current(interview), "Flies\r\ndislike", version=1, **{"hx-request": "true"})
    assert current(interview).text == "Flies\ndislike"
    assert "Flies\ndislike" in see(browser, f"/practice/interview/{interview.pk}/")


def test_of_two_tabs_one_is_told(begun):
    browser, interview = begun
    turn = current(interview)
    say(browser, turn, "In the first tab")
    response = say(browser, turn, "In the second", "next")
    assert response.status_code == 409
    assert b"In the first tab" in response.content
    assert b"In the second" in response.content
    assert current(interview) == turn  # nothing goes on before this is settled
    version = re.search(rb'name="version" value="(\d+)"', response.content)[1].decode()
    assert say(browser, turn, "Both", "next", version).status_code == 303
    assert interview.turns.get(pk=turn.pk).text == "Both"


def test_a_double_click_goes_one_question_on(begun):
    browser, interview = begun
    turn = current(interview)
    for _ in range(2):
        assert say(browser, turn, "Flies", "next").status_code == 303
    assert current(interview).position == 2


def test_a_page_from_before_keeps_its_words_and_ends_nothing_else(begun):
    browser, interview = begun
    turn = current(interview)
    say(browser, turn, "Flies", "next")
    ended = interview.turns.get(pk=turn.pk).ended_at
    say(browser, turn, "Flies, and lions", "next", version=1)
    turn.refresh_from_db()
    assert (turn.text, turn.ended_at) == ("Flies, and lions", ended)
    assert "Kept with its question" in see(browser, f"/practice/interview/{interview.pk}/")
    assert current(interview).position == 2


def test_too_long_a_text_is_said_and_stays(begun, settings):
    browser, interview = begun
    response = say(browser, current(interview), "x" * (settings.TEXT_LIMIT + 1), "next")
    assert response.status_code == 400
    assert b"xxxx" in response.content
    assert current(interview).position == 1


# --- Beginning ---------------------------------------------------------------------------------------------------


def test_a_double_click_begins_one_interview(begun):
    browser, interview = begun
    response = browser.post("/practice/interview/", START)
    assert response["Location"] == f"/practice/interview/{interview.pk}/"
    assert Interview.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [{"number": 0}, {"number": 21}, {"minutes": 0}, {"minutes": ""}, {"topic": "nowhere"}, {"only": "mine"}],
)
def test_what_cannot_be_is_said_beside_the_field(signed_in, bo, shelf, wrong):
    response = signed_in(bo).post("/practice/interview/", START | wrong)
    assert response.status_code == 400
    assert b"errorlist" in response.content
    assert not Interview.objects.exists()


def test_an_empty_choice_is_said(signed_in, bo, shelf):
    response = signed_in(bo).post(
        "/practice/interview/", START | {"only": "bookmarked"}, headers={"accept-language": "en"}
    )
    assert response.status_code == 400
    assert b"There is no question in this choice." in response.content


def test_from_one_topic_only(signed_in, bo, shelf):
    hard = Topic.objects.create(key="hard", slug="hard", titles={"en": "Hard"})
    Question.objects.filter(pk__in=[shelf[5].pk, shelf[6].pk]).update(topic=hard)
    signed_in(bo).post("/practice/interview/", START | {"topic": "hard"})
    assert {turn.question for turn in Turn.objects.all()} == {shelf[5], shelf[6]}


def test_another_one_proposes_the_same_choice(begun):
    browser, interview = begun
    sit_through(browser, interview)
    report = see(browser, f"/practice/interview/{interview.pk}/report/")
    address = re.search(r'href="(/practice/interview/\?[^"]+)"', report)[1].replace("&amp;", "&")
    page = see(browser, address)
    assert 'name="number" value="3"' in page
    assert 'name="minutes" value="4"' in page
    assert re.search(r'<option value="" selected>\s*All</option>', page)


def test_who_has_done_nothing_yet_can_begin_with_weak_spots(signed_in, bo, shelf):
    response = signed_in(bo).post("/practice/interview/", START | {"only": "weakest"})
    assert response.status_code == 303
    assert Turn.objects.count() == 3


# --- What changes meanwhile --------------------------------------------------------------------------------------


def test_a_question_retired_meanwhile_is_passed_over(begun):
    browser, interview = begun
    second = interview.turns.get(position=2)
    Question.objects.filter(pk=second.question_id).update(retired_at=timezone.now())
    say(browser, current(interview), "Flies", "next")
    assert current(interview).position == 3


def test_a_question_retired_since_stays_in_the_report_and_can_be_opened(begun):
    browser, interview = begun
    sit_through(browser, interview)
    question = interview.turns.get(position=1).question
    Question.objects.filter(pk=question.pk).update(retired_at=timezone.now())
    page = see(browser, f"/practice/interview/{interview.pk}/report/")
    assert question.titles["en"] in page
    assert browser.get(question.get_absolute_url()).status_code == 200


def test_an_answer_taken_down_since_is_not_shown(begun, take_down):
    browser, interview = begun
    sit_through(browser, interview)
    turn = interview.turns.get(position=1)
    take_down(turn.question.notes.get())
    page = see(browser, f"/practice/interview/{interview.pk}/1/rate/")
    assert "<strong>fly" not in page
    assert "Zebra Press" in page


# --- Rating oneself ----------------------------------------------------------------------------------------------


def test_nothing_is_shown_while_it_runs(begun):
    browser, interview = begun
    for address in ("report/", "1/rate/"):
        response = browser.get(f"/practice/interview/{interview.pk}/{address}")
        assert response["Location"] == f"/practice/interview/{interview.pk}/"
    assert browser.post(f"/practice/interview/{interview.pk}/1/rate/", FINE).status_code == 302
    assert not Turn.objects.rated().exists()


@pytest.mark.parametrize("wrong", [{"correct": 6}, {"complete": 0}, {"clear": ""}, {"correct": "good"}])
def test_forged_ratings_are_refused(begun, wrong):
    browser, interview = begun
    sit_through(browser, interview)
    assert browser.post(f"/practice/interview/{interview.pk}/1/rate/", FINE | wrong).status_code == 400
    assert not Turn.objects.rated().exists()


def test_a_rating_can_be_changed(begun):
    browser, interview = begun
    sit_through(browser, interview)
    for correct in (5, 2):
        browser.post(f"/practice/interview/{interview.pk}/2/rate/", FINE | {"correct": correct})
    assert interview.turns.get(position=2).correct == 2
    assert re.search(r'value="2"[^>]* checked', see(browser, f"/practice/interview/{interview.pk}/2/rate/"))


def test_the_report_compares_with_earlier_ones(begun):
    browser, first = begun
    sit_through(browser, first)
    browser.post(f"/practice/interview/{first.pk}/1/rate/", FINE | {"correct": 2})
    browser.post("/practice/interview/", START)
    second = Interview.objects.running().get()
    sit_through(browser, second)
    browser.post(f"/practice/interview/{second.pk}/1/rate/", FINE | {"correct": 5})
    page = see(browser, f"/practice/interview/{second.pk}/report/")
    assert "<polyline" in page
    assert "earlier 2.0" in page
    assert "2 answers are not rated yet." in page
    assert "earlier" not in see(browser, f"/practice/interview/{first.pk}/report/")


# --- Who may -----------------------------------------------------------------------------------------------------

ADDRESSES = ("", "report/", "1/rate/")
POSTED = ("1/", "1/next/", "1/end/", "1/rate/")


def test_nobody_sees_or_touches_the_interview_of_another(begun, signed_in, cy):
    browser, interview = begun
    sit_through(browser, interview)
    stranger = signed_in(cy)
    for address in ADDRESSES:
        assert stranger.get(f"/practice/interview/{interview.pk}/{address}").status_code == 404
    for address in POSTED:
        typed = {"text": "Mine", "version": 1, **FINE}
        assert stranger.post(f"/practice/interview/{interview.pk}/{address}", typed).status_code == 404
    assert f"/{interview.pk}/" not in see(stranger, "/practice/interview/")
    assert not Turn.objects.filter(text="Mine").exists()


def test_who_is_not_signed_in_is_asked_to(client, begun):
    _browser, interview = begun
    assert client.get("/practice/interview/")["Location"] == "/accounts/login/?next=/practice/interview/"
    for address in ADDRESSES:
        assert client.get(f"/practice/interview/{interview.pk}/{address}").status_code == 302
    for address in POSTED:
        assert client.post(f"/practice/interview/{interview.pk}/{address}").status_code == 302


def test_what_was_not_asked_yet_is_not_there(begun):
    browser, interview = begun
    assert say(browser, interview.turns.get(position=3), "Peek", "next").status_code == 404
    for pk in (987654321, 10**30):
        assert browser.get(f"/practice/interview/{pk}/").status_code == 404
        for address in POSTED:
            assert browser.post(f"/practice/interview/{pk}/{address}", {"text": "", "version": 0}).status_code == 404


def test_one_that_another_tab_finishes_while_it_is_looked_at(begun, monkeypatch):
    browser, interview = begun

    def turns_of(interview):
        finish(interview.turns.get(position=1), timezone.now())
        return look(interview)

    look = views.turns_of
    monkeypatch.setattr(views, "turns_of", turns_of)
    response = browser.get(f"/practice/interview/{interview.pk}/")
    assert response["Location"] == f"/practice/interview/{interview.pk}/1/rate/"


def test_only_by_post(begun):
    browser, interview = begun
    for address in ("1/", "1/next/", "1/end/"):
        assert browser.get(f"/practice/interview/{interview.pk}/{address}").status_code == 405


# --- How much it costs -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [3, 30])
@pytest.mark.parametrize(("address", "queries"), [("", 7), ("{pk}/1/rate/", 6), ("{pk}/report/", 5)])
def test_queries(signed_in, bo, make_question, django_assert_num_queries, address, queries, rows):
    questions = [make_question(title=f"Q {n}") for n in range(rows)]
    now = timezone.now()
    for _ in range(rows):
        interview = Interview.objects.create(user=bo, minutes=2, finished_at=now)
        Turn.objects.bulk_create(
            Turn(interview=interview, question=question, position=n, asked_at=now, ended_at=now, **FINE)
            for n, question in enumerate(questions, 1)
        )
    browser = signed_in(bo)
    with django_assert_num_queries(queries):
        browser.get(f"/practice/interview/{address.format(pk=interview.pk)}")


@pytest.mark.parametrize("rows", [3, 30])
def test_queries_of_a_question(signed_in, bo, make_question, django_assert_num_queries, rows):
    for n in range(rows):
        make_question(title=f"Q {n}")
    browser = signed_in(bo)
    browser.post("/practice/interview/", START | {"number": min(rows, 20)})
    with django_assert_num_queries(6):
        browser.get(f"/practice/interview/{Interview.objects.get().pk}/")
