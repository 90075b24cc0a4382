"""What a reader prefers, with an account and without."""

import pytest


def reveal(browser, question):
    return browser.get(question.get_absolute_url()).context["reveal"]


# --- Reference answers at once, or folded ------------------------------------------------------------------------


def test_kept_with_the_account(signed_in, ada, bo, question):
    browser = signed_in(ada)
    response = browser.post("/me/preferences/", {"reveals_answers": "on", "next": question.get_absolute_url()})
    assert (response.status_code, response.url) == (303, question.get_absolute_url())
    assert reveal(browser, question)
    assert reveal(signed_in(ada), question)
    assert not reveal(signed_in(bo), question)
    browser.post("/me/preferences/", {"reveals_answers": "off"})
    assert not reveal(browser, question)


def test_signed_out_it_is_a_cookie(client, question):
    response = client.post("/me/preferences/", {"reveals_answers": "on"})
    assert (response.status_code, response.url) == (303, "/")
    cookie = response.cookies["reveals_answers"]
    assert (cookie["samesite"], cookie["httponly"]) == ("Lax", True)
    assert reveal(client, question)
    client.post("/me/preferences/", {"reveals_answers": "off"})
    assert not reveal(client, question)


def test_the_account_counts_more_than_a_cookie(signed_in, ada, question):
    browser = signed_in(ada)
    browser.cookies["reveals_answers"] = "on"
    assert not reveal(browser, question)


# --- Light or dark -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["light", "dark", "auto"])
def test_theme(client, topic, theme):
    response = client.post("/theme/", {"theme": theme, "next": "/topics/"})
    assert (response.status_code, response.url) == (303, "/topics/")
    page = client.get("/topics/")
    assert page.context["theme"] == theme
    assert f'data-theme="{theme}"' in page.content.decode()


@pytest.mark.parametrize("cookie", ["", "pink", '"><script>', "x" * 4000])
def test_theme_cookie_that_is_not_ours(client, topic, cookie):
    client.cookies["theme"] = cookie
    assert client.get("/topics/").context["theme"] == "auto"


# --- Both --------------------------------------------------------------------------------------------------------

FORMS = [
    ("/me/preferences/", "reveals_answers", "on"),
    ("/theme/", "theme", "dark"),
    ("/content-language/", "content_language", "en"),
]


@pytest.mark.parametrize("bad", ["", "maybe", "x" * 10_000, "on\x00"])
@pytest.mark.parametrize(("path", "field", "good"), FORMS)
def test_bad_choice(client, db, path, field, good, bad):
    response = client.post(path, {field: bad})
    assert response.status_code == 400
    assert field not in response.cookies


@pytest.mark.parametrize("elsewhere", ["//evil.example/", "https://evil.example", "javascript:alert(1)", "/\\evil"])
@pytest.mark.parametrize(("path", "field", "good"), FORMS)
def test_never_leads_to_another_site(client, db, path, field, good, elsewhere):
    assert client.post(path, {field: good, "next": elsewhere}).url == "/"


@pytest.mark.parametrize(("path", "field", "good"), FORMS)
def test_address_as_long_as_nobody_needs(client, db, path, field, good):
    assert client.post(path, {field: good, "next": "/" + "x" * 100_000}).status_code in (303, 400)


@pytest.mark.parametrize(("path", "field", "good"), FORMS)
def test_takes_no_get(client, db, path, field, good):
    assert client.get(path, {field: good}).status_code == 405
