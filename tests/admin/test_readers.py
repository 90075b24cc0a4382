"""Readers on the desk: what a curator needs, and nothing that is theirs alone."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission

from progress.models import Bookmark, Draft
from questions.models import Answer

LIST = "/admin/accounts/user/"
ENGLISH = {"accept-language": "en"}


def page(reader, name="change"):
    return f"{LIST}{reader.pk}/{name}/"


@pytest.fixture
def clerk(bo):
    """Staff who may change readers, but is no superuser."""
    bo.is_staff = True
    bo.save()
    codenames = ["view_user", "change_user", "delete_user", "add_user"]
    bo.user_permissions.add(*Permission.objects.filter(codename__in=codenames))
    return bo


def test_the_list_counts_their_answers(desk, answer, make_question):
    Answer.objects.create(question=make_question(), author=answer.author, language="en", text="x", state="published")
    html = desk.get(f"{LIST}?q=ada", headers=ENGLISH).text
    assert '<td class="field-published">1</td>' in html
    assert '<td class="field-pending">1</td>' in html


def test_no_hash_of_a_password(desk, ada):
    html = desk.get(page(ada)).text
    assert "md5" not in html
    assert ada.password.split("$")[-1] not in html
    assert f'href="{page(ada, "password")}"' in html
    assert desk.get(page(ada, "password")).status_code == 200


def test_saving_a_reader_keeps_their_password_and_address(desk, ada):
    desk.post(page(ada), {"username": "ada", "is_active": "on", "email": "other@example.org", "reveals_answers": "on"})
    ada.refresh_from_db()
    assert ada.check_password("correct horse")
    assert ada.email == "ada@example.org"
    assert ada.reveals_answers


def test_marks_are_not_listed_when_a_reader_goes(desk, ada, question):
    Bookmark.objects.create(user=ada, question=question)
    Draft.objects.create(user=ada, question=question, text="Secret")
    html = desk.get(page(ada, "delete"), headers=ENGLISH).text
    assert question.title not in html
    assert "Drafts: 1" in html
    desk.post(page(ada, "delete"), {"post": "yes"})
    assert not Draft.objects.exists()


def test_a_new_reader(desk):
    data = {"username": "dan", "email": "dan@example.org", "usable_password": "true"}
    desk.post(f"{LIST}add/", data | {"password1": "quagga and okapi", "password2": "quagga and okapi"})
    dan = get_user_model().objects.get(username="dan")
    assert dan.email == "dan@example.org"
    assert dan.check_password("quagga and okapi")


def test_permissions_are_handed_out_by_superusers_only(client, clerk, ada):
    client.force_login(clerk)
    for reader in (clerk, ada):
        client.post(
            page(reader), {"username": reader.username, "is_active": "on", "is_superuser": "on", "is_staff": "on"}
        )
        reader.refresh_from_db()
        assert not reader.is_superuser
    assert not ada.is_staff


def test_nobody_takes_over_a_superuser(client, clerk, cleo):
    client.force_login(clerk)
    data = {"password1": "quagga and okapi", "password2": "quagga and okapi", "usable_password": "true"}
    assert client.post(page(cleo, "password"), data).status_code == 403
    assert client.post(page(cleo, "delete"), {"post": "yes"}).status_code == 403
    client.post(LIST, {"action": "delete_selected", "_selected_action": [cleo.pk], "post": "yes"})
    cleo.refresh_from_db()
    assert cleo.check_password("correct horse")
