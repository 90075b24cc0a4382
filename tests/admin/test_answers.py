"""The queue: what waits, who decides, and what the author gets to know."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from questions.models import Answer

LIST = "/admin/questions/answer/"
ENGLISH = {"accept-language": "en"}


def page(answer):
    return f"{LIST}{answer.pk}/change/"


def rows(response):
    return list(response.context["cl"].result_list)


@pytest.fixture
def make_answer(ada, make_question):
    def make(author=ada, **facts):
        return Answer.objects.create(
            question=make_question(), author=author, **{"language": "en", "text": "They **confuse** flies."} | facts
        )

    return make


def test_what_waits_oldest_first(desk, make_answer):
    now = timezone.now()
    late = make_answer(submitted_at=now)
    early = make_answer(submitted_at=now - timedelta(days=3))
    published = make_answer(state="published")
    assert rows(desk.get(LIST)) == [early, late]
    assert rows(desk.get(f"{LIST}?state=published")) == [published]
    assert len(rows(desk.get(f"{LIST}?state=all"))) == 3


def test_publish(desk, client, answer, cleo, bo):
    response = desk.post(f"{LIST}{answer.pk}/publish/", follow=True, headers=ENGLISH)
    assert "1 answer published." in response.text
    answer.refresh_from_db()
    assert (answer.state, answer.decided_by) == ("published", cleo)
    assert answer.decided_at
    client.force_login(bo)
    assert client.get(answer.get_absolute_url()).status_code == 200


def test_return_with_a_reason(desk, answer, cleo):
    desk.post(f"{LIST}{answer.pk}/return_to_author/", {"reason": "Which flies?"})
    answer.refresh_from_db()
    assert (answer.state, answer.reason, answer.decided_by) == ("returned", "Which flies?", cleo)


@pytest.mark.parametrize("reason", ["", "  ", "x" * 2001])
def test_return_needs_a_reason(desk, answer, reason):
    response = desk.post(f"{LIST}{answer.pk}/return_to_author/", {"reason": reason}, follow=True)
    assert response.redirect_chain[-1][0] == page(answer)
    assert response.context["messages"]
    answer.refresh_from_db()
    assert answer.state == "pending"


def test_the_page_shows_the_answer_and_its_buttons(desk, answer):
    html = desk.get(page(answer), headers=ENGLISH).text
    assert "They <strong>confuse</strong> flies." in html
    assert "They **confuse** flies." in html
    assert f'formaction="{LIST}{answer.pk}/publish/"' in html
    assert f'formaction="{LIST}{answer.pk}/return_to_author/"' in html
    assert 'name="_save"' not in html


def test_a_decided_answer_tells_who_and_why(desk, answer, cleo):
    answer.return_to_author(by=cleo, reason="Which flies?")
    html = desk.get(page(answer), headers=ENGLISH).text
    assert "Which flies?" in html
    assert f'href="/admin/accounts/user/{cleo.pk}/change/"' in html
    assert "formaction" not in html


def test_a_published_answer_can_be_returned_but_not_published_again(desk, answer, cleo):
    answer.publish(by=cleo)
    html = desk.get(page(answer)).text
    assert f"{LIST}{answer.pk}/return_to_author/" in html
    assert f"{LIST}{answer.pk}/publish/" not in html


@pytest.mark.parametrize("state", ["returned", "withdrawn"])
@pytest.mark.parametrize("decision", ["publish", "return_to_author"])
def test_what_is_over_stays_as_it_is(desk, answer, state, decision):
    Answer.objects.update(state=state)
    desk.post(f"{LIST}{answer.pk}/{decision}/", {"reason": "Late"})
    answer.refresh_from_db()
    assert (answer.state, answer.reason) == (state, "")


def test_nobody_decides_on_their_own(desk, cleo, make_answer, ada):
    own, other = make_answer(author=cleo), make_answer()
    assert "formaction" not in desk.get(page(own)).text
    for decision in ("publish", "return_to_author"):
        response = desk.post(f"{LIST}{own.pk}/{decision}/", {"reason": "Mine"}, follow=True, headers=ENGLISH)
        assert "You cannot decide on an answer of your own." in response.text
    desk.post(LIST, {"action": "publish_selected", "_selected_action": [own.pk, other.pk]})
    own.refresh_from_db()
    other.refresh_from_db()
    assert (own.state, other.state) == ("pending", "published")


def test_publish_many(desk, make_answer, bo):
    answers = [make_answer(), make_answer(author=bo)]
    data = {"action": "publish_selected", "_selected_action": [answer.pk for answer in answers]}
    assert "2 answers published." in desk.post(LIST, data, follow=True, headers=ENGLISH).text
    assert Answer.objects.published().count() == 2


def test_return_many_asks_for_the_reason(desk, make_answer, bo):
    answers = [make_answer(), make_answer(author=bo)]
    data = {"action": "return_selected", "_selected_action": [answer.pk for answer in answers]}
    asked = desk.post(LIST, data, headers=ENGLISH)
    assert 'name="reason"' in asked.text
    assert all(f'value="{answer.pk}"' in asked.text for answer in answers)
    again = desk.post(LIST, data | {"reason": " "}, headers=ENGLISH)
    assert "errorlist" in again.text
    assert Answer.objects.pending().count() == 2
    done = desk.post(LIST, data | {"reason": "Too short."}, follow=True, headers=ENGLISH)
    assert "2 answers returned." in done.text
    assert {answer.reason for answer in Answer.objects.filter(state="returned")} == {"Too short."}


def test_asking_for_the_reason_takes_as_many_queries_for_30_as_for_3(desk, make_answer):
    def queries_with(count):
        while Answer.objects.count() < count:
            make_answer()
        data = {"action": "return_selected", "_selected_action": list(Answer.objects.values_list("pk", flat=True))}
        with CaptureQueriesContext(connection) as captured:
            assert desk.post(LIST, data).status_code == 200
        return len(captured)

    assert queries_with(3) == queries_with(30)


def test_deciding_needs_post_and_permission(client, desk, answer, bo):
    assert desk.get(f"{LIST}{answer.pk}/publish/").status_code == 405
    assert desk.post(f"{LIST}999/publish/").status_code == 404
    bo.is_staff = True
    bo.save()
    bo.user_permissions.add(Permission.objects.get(codename="view_answer"))
    client.force_login(bo)
    assert client.get(page(answer)).status_code == 200
    assert "formaction" not in client.get(page(answer)).text
    assert client.post(f"{LIST}{answer.pk}/publish/").status_code == 403
    client.post(LIST, {"action": "publish_selected", "_selected_action": [answer.pk]})
    answer.refresh_from_db()
    assert answer.state == "pending"


def test_a_curator_without_all_permissions_can_do_it(client, answer, bo):
    bo.is_staff = True
    bo.save()
    bo.user_permissions.add(*Permission.objects.filter(codename__in=["view_answer", "change_answer"]))
    client.force_login(bo)
    client.post(f"{LIST}{answer.pk}/publish/")
    answer.refresh_from_db()
    assert answer.decided_by == bo


def test_the_text_is_not_edited_added_or_deleted_here(desk, answer):
    desk.post(page(answer), {"text": "Mine", "state": "published", "reason": "x"})
    answer.refresh_from_db()
    assert (answer.text, answer.state, answer.reason) == ("They **confuse** flies.", "pending", "")
    assert desk.get(f"{LIST}add/").status_code == 403
    assert desk.get(f"{LIST}{answer.pk}/delete/").status_code == 403


def test_an_author_who_has_left(desk, answer, ada):
    ada.delete()
    assert "account gone" in desk.get(LIST, headers=ENGLISH).text
    desk.post(f"{LIST}{answer.pk}/publish/")
    answer.refresh_from_db()
    assert answer.state == "published"
