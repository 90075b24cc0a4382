"""Bookmarks and answered questions: set by state, whoever clicks how often."""

import pytest
from django.utils import timezone

from progress.marks import attach_marks, visible_questions
from progress.models import Answered, Bookmark, Draft

BOTH = pytest.mark.parametrize(("act", "kind"), [("bookmark", Bookmark), ("answered", Answered)])
HTMX = {"HTTP_HX_REQUEST": "true"}


def post(browser, question, act, state="on", **extra):
    pk = getattr(question, "pk", question)
    next_page = {"next": extra.pop("next")} if "next" in extra else {}
    return browser.post(f"/questions/{pk}/{act}/", {"state": state, **next_page}, **extra)


# --- Works -------------------------------------------------------------------------------------------------------


@BOTH
def test_on_and_off(signed_in, ada, bo, question, act, kind):
    kind.objects.create(user=bo, question=question)
    browser = signed_in(ada)
    response = post(browser, question, act)
    assert (response.status_code, response.url) == (303, question.get_absolute_url())
    assert kind.objects.get(user=ada).question == question
    post(browser, question, act, "off")
    assert [mark.user for mark in kind.objects.all()] == [bo]


@BOTH
def test_a_double_click_is_harmless(signed_in, ada, question, act, kind):
    browser = signed_in(ada)
    post(browser, question, act)
    since = kind.objects.get().created_at
    post(browser, question, act)
    assert kind.objects.get().created_at == since
    assert post(browser, question, act, "off").status_code == 303
    assert post(browser, question, act, "off").status_code == 303
    assert not kind.objects.exists()


@BOTH
def test_htmx_gets_the_buttons_again(signed_in, ada, question, act, kind):
    response = post(signed_in(ada), question, act, **HTMX)
    content = response.content.decode()
    assert response.status_code == 200
    assert f'id="marks-{question.pk}"' in content
    assert content.count('aria-pressed="true"') == 1
    assert "csrfmiddlewaretoken" in content
    assert "<html" not in content


@BOTH
def test_retired_question_keeps_its_marks(signed_in, ada, question, act, kind):
    kind.objects.create(user=ada, question=question)
    question.retired_at = timezone.now()
    question.save()
    assert post(signed_in(ada), question, act).status_code == 303


def test_goes_back_to_where_it_was_pressed(signed_in, ada, question):
    response = post(signed_in(ada), question, "bookmark", next="/topics/zebras/?mark=draft&page=2")
    assert response.url == "/topics/zebras/?mark=draft&page=2"


@pytest.mark.parametrize(
    "elsewhere",
    ["//evil.example", "https://evil.example/", "javascript:alert(1)", "\\\\evil", "/\\evil", "///evil", ""],
)
def test_never_goes_back_to_another_site(signed_in, ada, question, elsewhere):
    assert post(signed_in(ada), question, "bookmark", next=elsewhere).url == question.get_absolute_url()


@pytest.mark.parametrize("strange", ["/a\r\nSet-Cookie: x=y", "/\x00"])
def test_nothing_strange_gets_into_a_header(signed_in, ada, question, strange):
    response = post(signed_in(ada), question, "bookmark", next=strange)
    assert response.status_code == 303
    assert not set("\r\n\x00") & set(response.url)


# --- Signed out --------------------------------------------------------------------------------------------------


@BOTH
def test_signed_out(client, question, act, kind):
    response = post(client, question, act)
    assert (response.status_code, response.url) == (302, f"/accounts/login/?next=/questions/{question.pk}/")
    assert not kind.objects.exists()


@BOTH
def test_signed_out_htmx_gets_links_to_sign_in(client, question, act, kind):
    response = post(client, question, act, **HTMX)
    content = response.content.decode()
    assert response.status_code == 401
    assert f"/accounts/login/?next=/questions/{question.pk}/" in content
    assert f'id="marks-{question.pk}"' in content
    assert response["HX-Retarget"] == response["HX-Reselect"] == f"#marks-{question.pk}"
    assert "<html" not in content


# --- Not theirs, bad input, wrong method -------------------------------------------------------------------------


@BOTH
def test_retired_question_of_a_stranger(signed_in, cy, question, act, kind):
    question.retired_at = timezone.now()
    question.save()
    assert post(signed_in(cy), question, act).status_code == 404
    assert not kind.objects.exists()


@BOTH
@pytest.mark.parametrize("pk", ["0", "987654321", str(10**30), "-1", "text", "9" * 5000])
def test_forged_id(signed_in, ada, question, act, kind, pk):
    assert post(signed_in(ada), pk, act).status_code == 404


@BOTH
@pytest.mark.parametrize("state", ["", "ON", "toggle", "on\x00", "x" * 10_000, b"\xed\xa0\x80"])
def test_state_that_is_neither_on_nor_off(signed_in, ada, question, act, kind, state):
    response = post(signed_in(ada), question, act, state)
    assert response.status_code == 400
    assert not kind.objects.exists()


def test_forged_state_leaves_the_page_of_htmx_alone(signed_in, ada, question):
    assert post(signed_in(ada), question, "bookmark", "?", **HTMX)["HX-Reswap"] == "none"


@BOTH
def test_takes_no_get(signed_in, client, ada, question, act, kind):
    assert client.get(f"/questions/{question.pk}/{act}/").status_code == 405
    assert signed_in(ada).get(f"/questions/{question.pk}/{act}/").status_code == 405


# --- Laid onto questions -----------------------------------------------------------------------------------------


def test_attach_marks(ada, bo, make_question, django_assert_num_queries):
    first, second, third = make_question(), make_question(), make_question()
    bookmark = Bookmark.objects.create(user=ada, question=first)
    answered = Answered.objects.create(user=ada, question=first)
    draft = Draft.objects.create(user=ada, question=second, text="x")
    Draft.objects.create(user=ada, question=third, text="")
    Bookmark.objects.create(user=bo, question=third)
    with django_assert_num_queries(1):
        attach_marks([first, second, third], ada)
    assert (first.marks.bookmarked, first.marks.answered) == (bookmark.created_at, answered.created_at)
    assert (second.marks.drafted, second.marks.bookmarked) == (draft.updated_at, None)
    assert not any((third.marks.bookmarked, third.marks.answered, third.marks.drafted))


def test_attach_marks_costs_nothing_where_there_is_nothing(ada, question, django_assert_num_queries):
    from django.contrib.auth.models import AnonymousUser

    with django_assert_num_queries(0):
        attach_marks([question], AnonymousUser())
        attach_marks([], ada)
    assert question.marks.bookmarked is None


def test_visible_questions_are_not_doubled(ada, question):
    for kind in (Bookmark, Answered, Draft):
        kind.objects.create(user=ada, question=question)
    assert list(visible_questions(ada)) == [question]


@BOTH
@pytest.mark.parametrize("rows", [3, 30])
def test_queries(signed_in, ada, make_question, django_assert_num_queries, act, kind, rows):
    for _ in range(rows):
        kind.objects.create(user=ada, question=make_question())
    question, browser = make_question(), signed_in(ada)
    with django_assert_num_queries(7):  # session, reader, question, mark there?, savepoint, mark, release
        post(browser, question, act)
