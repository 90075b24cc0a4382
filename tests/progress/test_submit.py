"""Handing a draft in: it becomes a pending Answer, once."""

import pytest
from django.conf import settings
from django.utils import timezone

from progress.models import Draft
from progress.views.draft import SUBMISSIONS_AN_HOUR
from questions.models import Answer


@pytest.fixture
def submit(signed_in, ada, question):
    """submit(text, version): Ada hands her draft in."""
    browser = signed_in(ada)

    def post(text="**Flies.**", version=0, on=question, **more):
        return browser.post(f"/questions/{on.pk}/submit/", {"text": text, "version": version, **more})

    return post


def test_submit(submit, ada, question):
    response = submit(language="en")
    answer = Answer.objects.get()
    assert (response.status_code, response.url) == (303, f"/answers/{answer.pk}/")
    assert (answer.question, answer.author, answer.state) == (question, ada, "pending")
    assert (answer.text, answer.language) == ("**Flies.**", "en")
    assert "<strong>Flies.</strong>" in answer.html


def test_the_draft_stays(submit):
    submit()
    draft = Draft.objects.get()
    assert (draft.text, draft.version) == ("**Flies.**", 1)


def test_language_is_that_of_the_interface_if_nothing_is_said(submit):
    submit()
    assert Answer.objects.get().language == "zh-hans"


def test_submitting_again_replaces_what_is_pending(submit):
    submit("First.")
    before = Answer.objects.get()
    submit("*Second.*", 1, language="en")
    answer = Answer.objects.get()
    assert (answer.pk, answer.text, answer.language) == (before.pk, "*Second.*", "en")
    assert "<em>Second.</em>" in answer.html
    assert answer.submitted_at > before.submitted_at


def test_submitting_the_same_again_changes_nothing(submit):
    submit("First.")
    before = Answer.objects.get().submitted_at
    assert submit("First.", 1).status_code == 303
    assert Answer.objects.get().submitted_at == before


@pytest.mark.parametrize("state", ["published", "returned", "withdrawn"])
def test_what_was_decided_is_left_as_it_is(submit, state):
    submit("First.")
    Answer.objects.update(state=state)
    submit("Second.", 1)
    assert sorted(Answer.objects.values_list("text", "state")) == [("First.", state), ("Second.", "pending")]


def test_contributors_do_not_share_a_pending_answer(submit, bo, question):
    Answer.objects.submit(question, bo, "His.", "en")
    submit("Hers.")
    assert Answer.objects.count() == 2


def test_stale_draft_is_not_submitted(submit, ada, question):
    Draft.objects.create(user=ada, question=question, text="From the other tab.", version=2)
    response = submit("From this tab.", 1)
    assert response.status_code == 409
    assert response.context["conflict"].text == "From the other tab."
    assert response.context["draft_form"]["text"].value() == "From this tab."
    assert not Answer.objects.exists()


@pytest.mark.parametrize("blank", ["", " \r\n\t"])
def test_nothing_to_submit(submit, blank):
    response = submit(blank)
    assert response.status_code == 400
    assert response.context["draft_form"].errors["text"]
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    "typed",
    [
        {"language": "xx"},
        {"language": "x" * 10_000},
        {"text": "a\x00b"},
        {"version": "x"},
        {"text": "x" * (settings.TEXT_LIMIT + 1)},
    ],
)
def test_bad_input(submit, typed):
    assert submit(**typed).status_code == 400
    assert not Answer.objects.exists()
    assert not Draft.objects.exists()


def test_only_so_many_an_hour_and_the_text_is_kept(submit, make_question):
    for _ in range(SUBMISSIONS_AN_HOUR):
        assert submit(on=make_question()).status_code == 303
    last = make_question()
    assert submit("One too many.", on=last).status_code == 429
    assert Answer.objects.count() == SUBMISSIONS_AN_HOUR
    assert Draft.objects.get(question=last).text == "One too many."


def test_signed_out(client, question):
    response = client.post(f"/questions/{question.pk}/submit/", {"text": "x", "version": 0})
    assert (response.status_code, response.url) == (302, f"/accounts/login/?next=/questions/{question.pk}/")
    assert not Answer.objects.exists()


def test_stranger_to_a_retired_question(submit, question):
    question.retired_at = timezone.now()
    question.save()
    assert submit().status_code == 404


@pytest.mark.parametrize("pk", ["0", "987654321", str(10**30), "-1", "text"])
def test_forged_id(signed_in, ada, question, pk):
    assert signed_in(ada).post(f"/questions/{pk}/submit/", {"text": "x", "version": 0}).status_code == 404


def test_takes_no_get(signed_in, ada, question):
    assert signed_in(ada).get(f"/questions/{question.pk}/submit/").status_code == 405
