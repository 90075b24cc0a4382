"""Every page of the desk: who may open it, that it opens, and in how many queries."""

import re
from datetime import timedelta

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from questions.importing.kept import Kept
from questions.models import Answer, Conflict, Import, Note, Question, RenameCandidate, Source, Topic, Upload

OURS = [Source, Topic, Question, Note, Answer, Conflict, RenameCandidate, Import, Upload, get_user_model()]


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def every_page(models=OURS):
    """The addresses of all pages of the desk, for one row of each kind."""
    yield "/admin/"
    for model in models:
        row = model._default_manager.order_by("pk").last()
        yield address(model, "changelist")
        yield address(model, "change", row.pk)
        yield address(model, "history", row.pk)
        if model in (Source, Topic, Question, Import, get_user_model()):
            yield address(model, "add")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_opens(desk, fill, language):
    """And holds nothing that the site's Content-Security-Policy would stop."""
    fill(1)
    for page in every_page():
        response = desk.get(page, headers={"accept-language": language})
        assert response.status_code == 200, page
        assert not re.search(r" style=| on[a-z]+=|<style|<script>|javascript:", response.text), page


def queries(desk, page):
    desk.get(page)  # content types are remembered from the first time on
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert desk.get(page).status_code == 200
    return len(captured)


def test_as_many_queries_for_30_rows_as_for_3(desk, fill):
    fill(3)
    before = {page: queries(desk, page) for page in every_page()}
    fill(27)
    assert {page: queries(desk, page) for page in before} == before


def test_a_run_that_goes_on_costs_as_much_among_30_as_among_3(desk, fill):
    """Its page, what is asked again and again, and what would change."""

    def cost():
        run = Import.objects.order_by("pk").last()
        run.plan = {
            "changes": [{"key": str(n), "change": "changed", "title": "T", "file": "a.md"} for n in range(rows)]
        }
        run.save()
        Kept(run).keep_texts({str(n): {"old": "a", "new": "b"} for n in range(rows)})
        run.ask_for("reading")
        Import.objects.exclude(pk=run.pk).update(state="applying", claimed_at=timezone.now())
        Import.objects.filter(pk=run.pk).update(asked_at=timezone.now() - timedelta(minutes=1))
        own = f"/admin/questions/import/{run.pk}/"
        return [queries(desk, own + page) for page in ("change/", "differences/?key=1")] + [
            queries(desk, address(Import, "changelist"))
        ]

    rows = 3
    fill(rows)
    before = cost()
    fill(27)
    rows = 30
    assert cost() == before


@pytest.mark.parametrize(
    ("model", "query"),
    [
        (Source, "q=zebra"),
        (Topic, "q=斑马"),
        (Topic, "o=2"),
        (Question, "q=question&life=live&missing=any"),
        (Question, "missing=zh-hans&difficulty__exact=1&life=retired"),
        (Note, "q=flies&edited=yes"),
        (Note, "edited=conflict"),
        (Note, "edited=no&language=en"),
        (Answer, "state=all&q=stripes"),
        (Answer, "state=nonsense"),
        (Conflict, "q=theirs"),
        (Import, "q=zebra&state__exact=applied"),
        (Upload, "q=reader"),
        (get_user_model(), "q=reader&is_staff__exact=0"),
    ],
)
def test_search_and_filters(desk, fill, model, query):
    fill(1)
    assert desk.get(f"{address(model, 'changelist')}?{query}").status_code == 200


def test_signed_out_signs_in_as_on_the_site(client, db):
    response = client.get("/admin/", follow=True)
    assert response.redirect_chain[-1] == ("/accounts/login/?next=%2Fadmin%2F", 302)
    deep = client.get(address(Answer, "changelist"), follow=True)
    assert deep.redirect_chain[-1][0] == "/accounts/login/?next=%2Fadmin%2Fquestions%2Fanswer%2F"


@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/admin/questions/answer/", "/admin/accounts/user/"])
def test_a_reader_is_turned_away(client, ada, path):
    client.force_login(ada)
    assert client.get(path, follow=True).status_code == 403


def test_the_stock_sign_in_takes_no_password(client, cleo):
    response = client.post("/admin/login/", {"username": "cleo", "password": "correct horse"})
    assert response.headers["Location"].startswith("/accounts/login/")


def test_secrets_and_private_things_are_not_on_the_desk():
    labels = {model._meta.label for model in admin.site._registry}
    assert not {label for label in labels if label.startswith(("progress.", "mfa.", "socialaccount.", "usersessions."))}


def test_index_tells_what_waits(desk, fill):
    assert "Nothing waits" in desk.get("/admin/", headers={"accept-language": "en"}).text
    fill(2)
    page = desk.get("/admin/", headers={"accept-language": "en"}).text
    assert "Answers waiting: 2" in page
    assert "Conflicts with a source: 2" in page


def test_staff_without_permissions_learn_nothing(client, bo, fill):
    bo.is_staff = True
    bo.save()
    fill(1)
    client.force_login(bo)
    assert "waiting" not in client.get("/admin/", headers={"accept-language": "en"}).text
    assert client.get(address(Answer, "changelist")).status_code == 403


def test_markup_in_titles_and_answers_is_harmless(desk, ada, make_question):
    question = make_question("<script>alert(1)</script>", "<script>alert(2)</script>")
    Answer.objects.create(question=question, author=ada, language="en", text="<script>alert(3)</script>")
    note = question.notes.get()
    Conflict.objects.create(note=note, title="<script>alert(4)</script>", answer="<script>alert(5)</script>")
    for page in every_page(OURS[2:6]):
        assert "<script>alert" not in desk.get(page).text, page
