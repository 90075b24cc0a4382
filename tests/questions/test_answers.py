"""One contributor's answer, and taking it back."""

import pytest

from questions.models import Answer


@pytest.fixture
def answer(ada, question):
    return Answer.objects.submit(question, ada, "**Flies.**", "en")


def set_state(answer, state):
    Answer.objects.filter(pk=answer.pk).update(state=state)


# --- The page ----------------------------------------------------------------------------------------------------


def test_published_answer_is_everybodys(client, answer, cleo):
    answer.publish(cleo)
    response = client.get(f"/answers/{answer.pk}/")
    assert response.status_code == 200
    assert "<strong>Flies.</strong>" in response.content.decode()
    assert response.context["question"] == answer.question


@pytest.mark.parametrize("state", ["pending", "returned", "withdrawn"])
def test_unpublished_answer_is_its_authors_and_the_curators(client, signed_in, ada, bo, cleo, answer, state):
    set_state(answer, state)
    seen = {None: client, "ada": signed_in(ada), "bo": signed_in(bo), "cleo": signed_in(cleo)}
    assert {name: browser.get(f"/answers/{answer.pk}/").status_code for name, browser in seen.items()} == {
        None: 404,
        "ada": 200,
        "bo": 404,
        "cleo": 200,
    }


@pytest.mark.parametrize("pk", ["0", str(10**30), "-1", "text"])
def test_forged_id(client, db, pk):
    assert client.get(f"/answers/{pk}/").status_code == 404


def test_page_takes_no_post(client, answer):
    assert client.post(f"/answers/{answer.pk}/").status_code == 405


# --- Withdraw ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["pending", "published"])
def test_withdraw(signed_in, ada, answer, state):
    set_state(answer, state)
    response = signed_in(ada).post(f"/answers/{answer.pk}/withdraw/")
    assert (response.status_code, response.url) == (303, f"/answers/{answer.pk}/")
    answer.refresh_from_db()
    assert answer.state == "withdrawn"


def test_withdraw_twice_is_harmless(signed_in, ada, answer):
    browser = signed_in(ada)
    browser.post(f"/answers/{answer.pk}/withdraw/")
    assert browser.post(f"/answers/{answer.pk}/withdraw/").status_code == 303


def test_withdraw_keeps_a_curators_reason(signed_in, ada, cleo, answer):
    answer.return_to_author(cleo, "Too short")
    signed_in(ada).post(f"/answers/{answer.pk}/withdraw/")
    answer.refresh_from_db()
    assert (answer.state, answer.reason) == ("returned", "Too short")


def test_withdraw_signed_out(client, answer):
    response = client.post(f"/answers/{answer.pk}/withdraw/")
    assert (response.status_code, response.url) == (302, f"/accounts/login/?next=/answers/{answer.pk}/")
    answer.refresh_from_db()
    assert answer.state == "pending"


@pytest.mark.parametrize("name", ["bo", "cleo"])
def test_withdraw_is_the_authors(request, signed_in, answer, name):
    browser = signed_in(request.getfixturevalue(name))
    assert browser.post(f"/answers/{answer.pk}/withdraw/").status_code == 404
    answer.refresh_from_db()
    assert answer.state == "pending"


@pytest.mark.parametrize("pk", ["0", str(10**30), "-1", "text"])
def test_withdraw_forged_id(signed_in, ada, pk):
    assert signed_in(ada).post(f"/answers/{pk}/withdraw/").status_code == 404


def test_withdraw_takes_no_get(signed_in, ada, answer):
    assert signed_in(ada).get(f"/answers/{answer.pk}/withdraw/").status_code == 405
