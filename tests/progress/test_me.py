"""A reader's own pages."""

from datetime import timedelta

import pytest
from django.utils import timezone

from progress.models import Answered, Bookmark, Draft
from questions.models import Answer

LISTS = {"answered": Answered, "bookmarks": Bookmark, "drafts": Draft}
PAGES = ["/me/", *(f"/me/{kind}/" for kind in LISTS), "/me/answers/"]
EACH_LIST = pytest.mark.parametrize(("kind", "rows"), LISTS.items())


def mark(rows, user, question, **facts):
    if rows is Draft:
        facts.setdefault("text", "x")
    return rows.objects.create(user=user, question=question, **facts)


# --- My progress -------------------------------------------------------------------------------------------------


def test_progress(signed_in, ada, bo, topic, make_question):
    first, second = make_question(), make_question()
    for rows in LISTS.values():
        mark(rows, ada, first)
        mark(rows, bo, second)
    Answer.objects.submit(first, ada, "Flies.", "en")
    context = signed_in(ada).get("/me/").context
    assert context["topics"] == [topic]
    totals = context["totals"]
    assert (totals.total, totals.answered, totals.bookmarked, totals.drafts) == (2, 1, 1, 1)
    assert [(each["kind"], each["count"], each["url"]) for each in context["lists"]] == [
        ("answered", 1, "/me/answered/"),
        ("bookmarks", 1, "/me/bookmarks/"),
        ("drafts", 1, "/me/drafts/"),
        ("changed", 0, "/me/changed/"),
        ("answers", 1, "/me/answers/"),
    ]
    assert [draft.question for draft in context["recent_drafts"]] == [first]
    assert context["my_answers"] == {"pending": 1, "published": 0, "returned": 0, "withdrawn": 0}


# --- Lists of marks ----------------------------------------------------------------------------------------------


@EACH_LIST
def test_list_is_newest_first_and_a_readers_own(signed_in, ada, bo, make_question, kind, rows):
    old, new, his = make_question("Old?"), make_question("New?"), make_question("His?")
    mark(rows, ada, new)
    since = timezone.now() - timedelta(days=1)
    rows.objects.filter(pk=mark(rows, ada, old).pk).update(
        created_at=since, **({"updated_at": since} if rows is Draft else {})
    )
    mark(rows, bo, his)
    context = signed_in(ada).get(f"/me/{kind}/").context
    assert context["kind"] == kind
    assert context["questions"] == [new, old]
    assert all(question.has_answer for question in context["questions"])
    assert context["questions"][0].marks


@EACH_LIST
def test_list_keeps_what_is_retired_with_its_date(signed_in, ada, question, kind, rows):
    mark(rows, ada, question)
    question.retired_at = timezone.now()
    question.save()
    (shown,) = signed_in(ada).get(f"/me/{kind}/").context["questions"]
    assert shown.retired_at == question.retired_at


def test_list_of_drafts_carries_them_but_no_blank_ones(signed_in, ada, make_question):
    draft = mark(Draft, ada, make_question(), text="Flies.")
    mark(Draft, ada, make_question(), text="")
    (question,) = signed_in(ada).get("/me/drafts/").context["questions"]
    assert question.draft == draft


@EACH_LIST
def test_list_has_pages_of_fifty(signed_in, ada, make_question, kind, rows):
    for n in range(51):
        mark(rows, ada, make_question(f"Q{n}"))
    browser = signed_in(ada)
    assert len(browser.get(f"/me/{kind}/").context["questions"]) == 50
    assert [str(question) for question in browser.get(f"/me/{kind}/?page=2").context["questions"]] == ["Q0"]
    assert browser.get(f"/me/{kind}/?page=nonsense").context["page"].number == 1


# --- My answers --------------------------------------------------------------------------------------------------


def test_answers_with_state_and_reason(signed_in, ada, bo, cleo, make_question):
    first, second = make_question("First?"), make_question("Second?")
    returned = Answer.objects.submit(first, ada, "Flies.", "en").return_to_author(cleo, "Which flies?")
    pending = Answer.objects.submit(second, ada, "Bites.", "en")
    Answer.objects.submit(second, bo, "His.", "en")
    response = signed_in(ada).get("/me/answers/")
    assert response.context["answers"] == [pending, returned]
    assert "Which flies?" in response.content.decode()


# --- Every page --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES)
def test_empty(signed_in, ada, path):
    assert signed_in(ada).get(path).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_signed_out(client, db, path):
    response = client.get(path)
    assert (response.status_code, response.url) == (302, f"/accounts/login/?next={path}")


@pytest.mark.parametrize("path", PAGES)
def test_takes_no_post(signed_in, ada, path):
    assert signed_in(ada).post(path).status_code == 405


@pytest.mark.parametrize("rows", [3, 30])
@pytest.mark.parametrize(
    ("path", "queries"), [("/me/", 11), *((f"/me/{kind}/", 6) for kind in LISTS), ("/me/answers/", 5)]
)
def test_queries(signed_in, ada, make_question, django_assert_num_queries, path, queries, rows):
    for _ in range(rows):
        question = make_question()
        for kind in LISTS.values():
            mark(kind, ada, question)
        Answer.objects.submit(question, ada, "Flies.", "en")
    browser = signed_in(ada)
    with django_assert_num_queries(queries):
        browser.get(path)
