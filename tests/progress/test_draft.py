"""Writing a draft: what is typed is never lost."""

import pytest
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext

from progress.models import Bookmark, Draft

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def save(signed_in, ada, question):
    """save(text, version): Ada saves her draft."""
    browser = signed_in(ada)

    def post(text, version=0, **extra):
        return browser.post(f"/questions/{question.pk}/draft/", {"text": text, "version": version}, **extra)

    return post


def kept():
    draft = Draft.objects.get()
    return draft.text, draft.version


# --- The page ----------------------------------------------------------------------------------------------------


def test_page_of_a_new_draft(signed_in, ada, question):
    context = signed_in(ada).get(f"/questions/{question.pk}/draft/").context
    assert (context["draft_form"]["text"].value(), context["draft_form"]["version"].value()) == ("", 0)
    assert (context["draft"], context["conflict"]) == (None, None)
    assert context["note"].question == question
    assert not Draft.objects.exists()


def test_page_of_a_kept_draft(signed_in, ada, bo, question):
    Draft.objects.create(user=ada, question=question, text="Mine", version=3)
    hers, his = (signed_in(who).get(f"/questions/{question.pk}/draft/").context for who in (ada, bo))
    assert (hers["draft_form"]["text"].value(), hers["draft_form"]["version"].value()) == ("Mine", 3)
    assert his["draft_form"]["text"].value() == ""


# --- Saving ------------------------------------------------------------------------------------------------------


def test_save(save, question):
    response = save("Flies.")
    assert (response.status_code, response.url) == (303, question.get_absolute_url())
    assert kept() == ("Flies.", 1)
    save("Flies bite.", 1)
    assert kept() == ("Flies bite.", 2)


def test_save_says_so(save, client, signed_in, ada, question):
    response = save("Flies.")
    assert [str(message) for message in response.wsgi_request._messages] == [gettext("Draft saved.")]


def test_htmx_is_told_the_version_to_go_on_from(save):
    response = save("Flies.", **HTMX)
    content = response.content.decode()
    assert response.status_code == 200
    assert 'name="version" id="id_version" value="1" hx-swap-oob="true"' in content
    assert "<html" not in content
    assert "HX-Request" in response["Vary"]


def test_saving_what_stands_changes_nothing(save):
    save("Flies.")
    since = Draft.objects.get().updated_at
    assert save("Flies.", 1).status_code == 303
    assert kept() == ("Flies.", 1)
    assert Draft.objects.get().updated_at == since


@pytest.mark.parametrize("blank", ["", " ", "\r\n\t \n"])
@pytest.mark.parametrize("extra", [{}, HTMX])
def test_blanks_begin_no_draft(save, blank, extra):
    assert save(blank, **extra).status_code in (200, 303)
    assert not Draft.objects.exists()


def test_a_draft_can_be_emptied_and_is_no_mark_then(save, signed_in, ada, question):
    save("Flies.")
    save(" \n ", 1)
    assert kept() == ("", 2)
    assert not signed_in(ada).get(question.get_absolute_url()).context["marks"].drafted


def test_line_ends_are_of_one_kind(save):
    save("a\r\nb\rc\n  d  \n")
    assert kept() == ("a\nb\nc\n  d  \n", 1)


def test_markup_and_any_script_are_kept_as_typed(save):
    text = "<script>alert(1)</script> \U0001f993 é é 中文　\u202e"
    save(text)
    assert kept() == (text, 1)


# --- Saved elsewhere in the meantime -----------------------------------------------------------------------------


def test_stale_save_is_refused_with_both_texts(save):
    save("First.")
    save("From the other tab.", 1)
    response = save("From this tab.", 1)
    content = response.content.decode()
    assert response.status_code == 409
    assert kept() == ("From the other tab.", 2)
    assert "From the other tab." in content
    assert "From this tab." in content
    assert response.context["conflict"].version == 2
    form = response.context["draft_form"]
    assert (form["text"].value(), form["version"].value()) == ("From this tab.", 2)
    assert 'value="2"' in content


def test_after_having_seen_both_the_reader_may_save(save):
    save("First.")
    save("From the other tab.", 1)
    version = save("From this tab.", 1).context["draft_form"]["version"].value()
    assert save("From both tabs.", version).status_code == 303
    assert kept() == ("From both tabs.", 3)


def test_stale_save_with_htmx(save):
    save("First.")
    save("From the other tab.", 1)
    response = save("From this tab.", 1, **HTMX)
    content = response.content.decode()
    assert response.status_code == 409
    assert "From the other tab." in content
    assert "<html" not in content
    assert "hx-swap-oob" not in content


@pytest.mark.parametrize("version", [0, 7, 2**31 - 1])
def test_version_that_never_was(save, version):
    save("First.")
    assert save("Other.", version).status_code == 409
    assert kept() == ("First.", 1)


def test_stale_save_of_the_same_text_is_no_conflict(save):
    save("First.")
    save("Second.", 1)
    assert save("Second.", 1).status_code == 303
    assert kept() == ("Second.", 2)


def test_blanks_do_not_wipe_out_what_another_tab_began(save):
    save("First.")
    assert save("", 0).status_code == 409
    assert kept() == ("First.", 1)


def test_draft_that_is_gone_is_begun_again(save):
    save("First.")
    Draft.objects.all().delete()
    assert save("Second.", 1).status_code == 303
    assert kept() == ("Second.", 1)


# --- Bad input ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("extra", [{}, HTMX])
def test_too_long(save, extra):
    text = "象" * settings.TEXT_LIMIT
    assert save(text).status_code == 303
    response = save(text + "!", 1, **extra)
    assert response.status_code == 400
    assert response.context["draft_form"].errors["text"]
    assert kept() == (text, 1)


def test_a_megabyte_comes_back_with_the_error(save):
    text = "0123456789" * 100_000
    response = save(text)
    assert response.status_code == 400
    assert text in response.content.decode()
    assert not Draft.objects.exists()


def test_line_ends_of_a_browser_do_not_count_twice(save):
    assert save("\r\n" * (settings.TEXT_LIMIT - 1) + "!").status_code == 303


def test_more_than_the_server_reads(save):
    assert save("x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)).status_code == 400
    assert save("x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1), **HTMX)["HX-Reswap"] == "none"


def test_null_characters_are_refused_in_words(save):
    response = save("a\x00b")
    assert response.status_code == 400
    assert response.context["draft_form"].errors["text"]
    assert not Draft.objects.exists()


def test_bytes_that_are_no_text(signed_in, ada, question):
    response = signed_in(ada).post(
        f"/questions/{question.pk}/draft/",
        b"version=0&text=a%ED%A0%80%FFb",
        content_type="application/x-www-form-urlencoded",
    )
    assert response.status_code == 303
    assert kept()[0].isprintable()


@pytest.mark.parametrize("version", ["", "x", "-1", "1.5", str(10**30), "1\x00", "9" * 10_000])
def test_version_that_is_no_number(save, version):
    response = save("Flies.", version)
    assert response.status_code == 400
    assert response.context["draft_form"]["text"].value() == "Flies."
    assert not Draft.objects.exists()


# --- Signed out, stranger, wrong method --------------------------------------------------------------------------


def test_signed_out(client, question):
    path = f"/questions/{question.pk}/draft/"
    sign_in = f"/accounts/login/?next=/questions/{question.pk}/"
    assert client.post(path, {"text": "x", "version": 0}).url == sign_in
    response = client.post(path, {"text": "x", "version": 0}, **HTMX)
    assert response.status_code == 401
    assert sign_in in response.content.decode()
    assert "<html" not in response.content.decode()
    assert not Draft.objects.exists()


def test_without_an_account_the_text_stays_in_the_browser(client, question):
    page = client.get(f"/questions/{question.pk}/draft/").content.decode()
    assert f'data-kept-draft="{question.pk}"' in page
    assert f"/accounts/login/?next={question.get_absolute_url()}" in page
    assert "hx-post" not in page


def test_stranger_to_a_retired_question(signed_in, ada, cy, question):
    Bookmark.objects.create(user=ada, question=question)
    question.retired_at = timezone.now()
    question.save()
    path = f"/questions/{question.pk}/draft/"
    assert signed_in(cy).get(path).status_code == 404
    assert signed_in(cy).post(path, {"text": "x", "version": 0}).status_code == 404
    assert signed_in(ada).post(path, {"text": "x", "version": 0}).status_code == 303


@pytest.mark.parametrize("pk", ["0", "987654321", str(10**30), "-1", "text"])
def test_forged_id(signed_in, ada, question, pk):
    browser = signed_in(ada)
    assert browser.get(f"/questions/{pk}/draft/").status_code == 404
    assert browser.post(f"/questions/{pk}/draft/", {"text": "x", "version": 0}).status_code == 404


def test_wrong_method(signed_in, ada, question):
    assert signed_in(ada).delete(f"/questions/{question.pk}/draft/").status_code == 405
