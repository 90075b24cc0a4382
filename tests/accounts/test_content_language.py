"""The language of notes: by address, by preference, else that of the interface; and the interface is another matter."""

import pytest
from django.test import Client

from questions.models import Note


@pytest.fixture
def both(question):
    """A question with a note in English and one in Chinese."""
    Note.objects.create(
        source=question.notes.get().source,
        question=question,
        topic=question.topic,
        language="zh-hans",
        title="为什么有条纹？",
        imported_title="为什么有条纹？",
        answer="驱蝇。",
    )
    question.gather_titles()
    return question


def choose(client, language, **more):
    return client.post("/content-language/", {"content_language": language, **more})


def shown(client, question, query=""):
    """(language of the interface, of the note, of the breadcrumb above it)."""
    response = client.get(question.get_absolute_url() + query)
    page = response.content.decode()
    interface = page[page.index('<html lang="') + 12 :].split('"')[0]
    return interface, response.context["note"].language, "zh-hans" if "斑马</span></a>" in page else "en"


# --- Chosen ------------------------------------------------------------------------------------------------------


def test_by_itself_it_is_that_of_the_interface(client, both):
    assert shown(client, both) == ("zh-hans", "zh-hans", "zh-hans")
    client.post("/i18n/setlang/", {"language": "en"})
    assert shown(client, both) == ("en", "en", "en")


def test_a_guest_chooses_notes_in_another_language_than_the_interface(client, both):
    response = choose(client, "en", next="/topics/")
    assert (response.status_code, response.url) == (303, "/topics/")
    assert response.cookies["content_language"]["httponly"]
    assert shown(client, both) == ("zh-hans", "en", "en")
    choose(client, "as-interface")
    assert shown(client, both) == ("zh-hans", "zh-hans", "zh-hans")


def test_it_is_kept_with_the_account_and_counts_more_than_a_cookie(signed_in, ada, bo, both):
    browser = signed_in(ada)
    choose(browser, "en")
    elsewhere = signed_in(ada)
    elsewhere.cookies["content_language"] = "zh-hans"
    assert shown(elsewhere, both) == ("zh-hans", "en", "en")
    assert shown(signed_in(bo), both) == ("zh-hans", "zh-hans", "zh-hans")
    choose(browser, "as-interface")
    assert shown(browser, both) == ("zh-hans", "zh-hans", "zh-hans")


def test_lists_follow_it(client, topic, both):
    choose(client, "en")
    page = client.get("/topics/zebras/").content.decode()
    assert 'lang="en">Zebras</h1>' in page
    assert 'lang="en">Why stripes?</a>' in page
    assert "为什么有条纹" not in page


def test_the_menu_says_what_is_chosen(client, both):
    pressed = 'value="en" lang="en" aria-pressed="true" aria-describedby="content-language"'
    assert pressed not in client.get("/").content.decode()
    choose(client, "en")
    assert pressed in client.get("/").content.decode()


# --- By address --------------------------------------------------------------------------------------------------


def test_an_address_counts_more_than_what_is_preferred(client, both):
    choose(client, "zh-hans")
    assert shown(client, both, "?lang=en") == ("zh-hans", "en", "en")
    assert shown(client, both) == ("zh-hans", "zh-hans", "zh-hans")


def test_who_asks_for_no_language_gets_the_interface_in_that_of_the_address(both):
    assert shown(Client(), both, "?lang=en") == ("en", "en", "en")
    assert shown(Client(headers={"accept-language": "zh-CN"}), both, "?lang=en") == ("zh-hans", "en", "en")
    chosen = Client()
    chosen.post("/i18n/setlang/", {"language": "zh-hans"})
    assert shown(chosen, both, "?lang=en") == ("zh-hans", "en", "en")


def test_the_language_of_one_request_is_not_that_of_the_next(both):
    assert shown(Client(), both, "?lang=en") == ("en", "en", "en")
    assert shown(Client(), both) == ("zh-hans", "zh-hans", "zh-hans")


def test_choosing_another_leaves_the_address_that_named_one(client, both):
    page = client.get(both.get_absolute_url() + "?lang=en&reveal=1").content.decode()
    menu = page[page.index('action="/content-language/"') :]
    assert f'name="next" value="{both.get_absolute_url()}?reveal=1"' in menu[: menu.index("</form>")]


# --- Not there ---------------------------------------------------------------------------------------------------


def test_what_is_missing_is_said_and_shown_in_another(client, question):
    client.post("/i18n/setlang/", {"language": "en"})
    choose(client, "zh-hans")
    page = client.get(question.get_absolute_url()).content.decode()
    assert "Not in Simplified Chinese yet; shown in English." in page
    assert 'class="prose" lang="en"' in page


# --- Bad input ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cookie", ["xx", "../en", "x" * 4000, '"><script>', "as-interface"])
def test_cookie_that_is_not_ours(client, both, cookie):
    client.cookies["content_language"] = cookie
    assert shown(client, both) == ("zh-hans", "zh-hans", "zh-hans")


def test_pages_say_that_they_depend_on_it(client, both):
    assert {"Cookie", "Accept-Language"} <= set(client.get("/").headers["Vary"].replace(" ", "").split(","))
