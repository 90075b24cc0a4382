"""Two clicks at the same moment, on two connections. One database in memory has only one, so this is for PostgreSQL."""

import json
from threading import Barrier, Thread

import pytest
from django.db import connection, connections
from django.utils import timezone

from progress.models import Answered, Bookmark, Draft, Interview, Turn
from progress.rounds import begin
from questions.models import Answer

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 15


@pytest.fixture(autouse=True)
def two_connections():
    if connection.vendor != "postgresql":
        pytest.skip("needs a database that takes two connections at once")


@pytest.fixture
def together():
    """together(act, arguments, …): acts once with each argument, all at the same moment; the results in order."""

    def run(act, *arguments):
        gate, results = Barrier(len(arguments)), [None] * len(arguments)

        def go(place, argument):
            try:
                gate.wait()
                results[place] = act(argument)
            finally:
                connections.close_all()

        threads = [Thread(target=go, args=each) for each in enumerate(arguments)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return results

    return run


def test_two_saves_of_one_draft_one_wins_and_one_is_told(together, signed_in, ada, question):
    tabs = {text: signed_in(ada) for text in ("This tab.", "That tab.")}
    for version in range(ROUNDS):

        def save(text, version=version):
            response = tabs[text].post(
                f"/questions/{question.pk}/draft/", {"text": f"{text} {version}", "version": version}
            )
            return response.status_code

        statuses = dict(zip(tabs, together(save, *tabs), strict=True))
        assert sorted(statuses.values()) == [303, 409]
        (winner,) = (text for text, status in statuses.items() if status == 303)
        draft = Draft.objects.get()
        assert (draft.text, draft.version) == (f"{winner} {version}", version + 1)


@pytest.mark.parametrize(("act", "kind"), [("bookmark", Bookmark), ("answered", Answered)])
def test_double_click_makes_one_mark(together, signed_in, ada, make_question, act, kind):
    browsers = [signed_in(ada), signed_in(ada)]
    for _ in range(ROUNDS):
        pk = make_question().pk

        def click(browser, pk=pk):
            return browser.post(f"/questions/{pk}/{act}/", {"state": "on"}).status_code

        assert together(click, *browsers) == [303, 303]
        assert kind.objects.filter(question=pk).count() == 1


def test_on_and_off_at_once_ends_in_one_of_them(together, signed_in, ada, question):
    browsers = {"on": signed_in(ada), "off": signed_in(ada)}
    for _ in range(ROUNDS):

        def click(state):
            return browsers[state].post(f"/questions/{question.pk}/bookmark/", {"state": state}).status_code

        assert together(click, "on", "off") == [303, 303]
        assert Bookmark.objects.count() in (0, 1)


def test_double_submit_makes_one_answer(together, signed_in, ada, make_question):
    browsers = [signed_in(ada), signed_in(ada)]
    for _ in range(9):  # below what one contributor may submit in an hour
        pk = make_question().pk

        def submit(browser, pk=pk):
            return browser.post(f"/questions/{pk}/submit/", {"text": "Flies.", "version": 0}).status_code

        assert together(submit, *browsers) == [303, 303]
        assert Answer.objects.filter(question=pk).count() == 1


def test_two_different_submissions_at_once_end_in_one_pending_answer(together, ada, make_question):
    for _ in range(ROUNDS):
        question = make_question()

        def submit(text, question=question):
            return Answer.objects.submit(question, ada, text, "en").pk

        first, second = together(submit, "*First.*", "*Second.*")
        assert first == second
        answer = Answer.objects.get(question=question)
        assert f"<em>{answer.text.strip('*')}</em>" in answer.html


def test_two_clicks_begin_one_interview_and_go_one_question_on(together, signed_in, ada, make_question):
    for n in range(20):
        make_question(title=f"Stripe {n}?")
    tabs = [signed_in(ada) for _ in range(3)]
    begin = {"number": 20, "minutes": 1, "only": "weakest"}
    together(lambda tab: tab.post("/practice/interview/", begin), *tabs)
    interview = Interview.objects.get()
    for position in range(1, 20):
        address = f"/practice/interview/{interview.pk}/{position}/next/"
        statuses = together(lambda tab, to=address: tab.post(to, {"text": "Flies", "version": 0}).status_code, *tabs)
        assert statuses == [303, 303, 303]
        assert Turn.objects.get(ended_at=None, asked_at__isnull=False).position == position + 1


def test_of_two_tabs_that_say_different_things_one_is_told(together, signed_in, ada, question):
    tabs = {text: signed_in(ada) for text in ("This tab.", "That tab.")}
    tabs["This tab."].post("/practice/interview/", {"number": 1, "minutes": 1})
    interview = Interview.objects.get()

    def save(text):
        return tabs[text].post(f"/practice/interview/{interview.pk}/1/", {"text": text, "version": 0}).status_code

    statuses = dict(zip(tabs, together(save, *tabs), strict=True))
    assert sorted(statuses.values()) == [303, 409]
    assert statuses[Turn.objects.get().text] == 303


def test_a_draft_begun_while_one_is_brought_keeps_both_texts(together, signed_in, ada, make_question):
    browsers = [signed_in(ada), signed_in(ada)]
    for _ in range(ROUNDS):
        pk = make_question().pk
        brought = json.dumps({"drafts": [{"question": pk, "at": "2026-01-01T00:00:00Z", "text": "Brought."}]})
        acts = (
            (browsers[0], "/me/bring/", {"kept": brought, "add": "on"}),
            (browsers[1], f"/questions/{pk}/draft/", {"text": "Typed", "version": 0}),
        )
        bringing, typing = together(lambda act: act[0].post(*act[1:]).status_code, *acts)
        assert (bringing, typing) in ((200, 303), (200, 409))  # who is told has the text in the form still
        text = Draft.objects.get(question=pk).text
        assert "Brought." in text
        assert ("Typed" in text) == (typing == 303)


def test_a_round_called_off_while_questions_are_marked(together, signed_in, ada, topic, make_question):
    questions = [make_question() for _ in range(12)]
    browsers = [signed_in(ada), signed_in(ada)]
    for _ in range(ROUNDS):
        for question in questions:
            Answered.objects.get_or_create(user=ada, question=question)
        begin(ada, topic, 2, timezone.now())

        def post(place):
            if place:
                acts = [(f"/questions/{question.pk}/answered/", {"state": "on"}) for question in reversed(questions)]
            else:
                acts = [(f"/topics/{topic.pk}/rounds/call-off/", {"number": 2})]
            return {browsers[place].post(*act).status_code for act in acts}

        assert together(post, 0, 1) == [{303}, {303}]
        assert Answered.objects.count() == len(questions)
