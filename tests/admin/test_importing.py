"""Importing at the desk: form → plan with its differences → apply; what goes wrong on the way, and who may."""

import io
import re
import zipfile
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from questions.importing.apply import STALE
from questions.importing.kept import Kept
from questions.models import Import, Note, Question, Source
from questions.tasks import do_next

LIST = "/admin/questions/import/"
NOTE = "# Zebras\n\n## Why stripes?\n\nFlies dislike them.\n\n## How fast?\n\nAbout 65 km/h over a short distance.\n"
NEW = {
    "source": "", "address": "", "text": "", "title": "Animals", "slug": "", "language": "en", "licence": "CC-BY-4.0",
    "mode": "full", "author": "Zoe", "url": "",
}  # fmt: skip
HTMX = {"hx-request": "true"}


def work():
    while do_next():
        pass


def archive(**files):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name, text in files.items():
            packed.writestr(f"{name}.md", text)
    return SimpleUploadedFile("animals.zip", file.getvalue())


@pytest.fixture
def desk(desk):
    desk.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return desk


@pytest.fixture
def ask(desk):
    """Sends the form, and gives the run that came of it, or the page with what was wrong."""

    def ask(**typed):
        response = desk.post(f"{LIST}add/", {**NEW, **typed})
        if response.status_code == 303:
            return Import.objects.get(pk=response.headers["Location"].split("/")[-3])
        return response.text

    return ask


def page(run):
    return f"{LIST}{run.pk}/change/"


@pytest.fixture
def animals(ask, desk):
    """A source that was imported at the desk."""
    run = ask(text=NOTE)
    work()
    desk.post(f"{LIST}{run.pk}/apply/")
    work()
    return Source.objects.get(slug="animals")


# --- The way through


def test_from_the_form_to_the_notes(ask, desk, cleo):
    run = ask(upload=archive(zebras=NOTE))
    assert (run.state, run.by, run.origin) == ("reading", cleo, "animals.zip")
    assert "It waits for its turn" in desk.get(page(run)).text
    assert not Question.objects.exists()
    work()
    html = desk.get(page(run)).text
    assert "Added · 2" in html
    assert "zebras.md:3" in html
    assert "Apply this plan" in html
    assert not Question.objects.exists()
    assert desk.post(f"{LIST}{run.pk}/apply/").headers["Location"] == page(run)
    assert not Question.objects.exists()
    work()
    html = desk.get(page(run)).text
    assert "<strong>Applied</strong>" in html
    assert "Apply this plan" not in html
    assert Note.objects.filter(source__slug="animals").count() == 2
    assert Source.objects.get().author == "Zoe"


def test_a_source_is_synced_again(animals, ask, desk):
    assert "Sync again" in desk.get(f"/admin/questions/source/{animals.pk}/change/").text
    form = desk.get(f"{LIST}add/?source={animals.pk}").text
    assert f'<option value="{animals.pk}" selected>' in form
    run = ask(source=animals.pk, text=NOTE.replace("65", "64"), title="Hijacked", licence="MIT", mode="link-only")
    work()
    html = desk.get(page(run)).text
    assert "Changed · 1" in html
    run.refresh_from_db()
    key = run.plan["changes"][0]["key"]
    diff = desk.get(f"{LIST}{run.pk}/differences/", {"key": key}, headers=HTMX).text
    assert re.search(r"<del>.*About 65 km/h.*</del>", diff)
    assert re.search(r"<ins>.*About 64 km/h.*</ins>", diff)
    assert "<html" not in diff
    assert "<html" in desk.get(f"{LIST}{run.pk}/differences/", {"key": key}).text
    desk.post(f"{LIST}{run.pk}/apply/")
    work()
    animals.refresh_from_db()
    assert (animals.title, animals.licence, animals.mode) == ("Animals", "CC-BY-4.0", "full")
    assert "64 km/h" in Note.objects.get(title="How fast?").answer


def test_the_address_of_a_source_is_filled_in(desk, source):
    source.url = "https://github.com/zoe/zebras"
    source.save()
    assert 'value="https://github.com/zoe/zebras"' in desk.get(f"{LIST}add/?source={source.pk}").text
    Import.objects.create(source=source, origin="https://gitee.com/zoe/zebras.git", state="applied")
    assert 'value="https://gitee.com/zoe/zebras.git"' in desk.get(f"{LIST}add/?source={source.pk}").text
    assert desk.get(f"{LIST}add/?source=999").status_code == 404
    assert desk.get(f"{LIST}add/?source=nonsense").status_code == 200


def test_markup_in_what_would_change_is_only_text(ask, desk):
    run = ask(text="# Z\n\n## <script>alert(1)</script> Why?\n\n<script>alert(2)</script>\n")
    work()
    run.refresh_from_db()
    key = run.plan["changes"][0]["key"]
    assert "<script>alert" not in desk.get(page(run)).text
    assert "<script>alert" not in desk.get(f"{LIST}{run.pk}/differences/", {"key": key}).text


# --- What a form says


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Give one of these"),
        ({"text": NOTE, "address": "https://1.1.1.1/zebras"}, "Give one of these"),
        ({"address": "http://example.org/zebras"}, "is not an address of the form"),
        ({"address": "https://user:word@example.org/zebras"}, "is not an address of the form"),
        ({"address": "file:///etc/passwd"}, "is not an address of the form"),
        ({"address": "--upload-pack=touch"}, "is not an address of the form"),
        ({"address": "https://[::1/zebras"}, "is not an address of the form"),
        ({"address": "https://127.0.0.1/zebras"}, "is an internal address"),
        ({"address": "https://169.254.169.254/latest"}, "is an internal address"),
        ({"text": "x" * 200_001}, "at most 200000 characters"),
        ({"upload": SimpleUploadedFile("notes.zip", b"PK no zip")}, "not a zip archive"),
        ({"upload": SimpleUploadedFile("notes.exe", b"MZ")}, "Send a .zip of notes or one .md file"),
        ({"upload": SimpleUploadedFile("notes.md", b"\xff\xff\x81 \xfe")}, "no text in UTF-8"),
        ({"text": NOTE, "source": "999"}, "Select a valid choice"),
        ({"text": NOTE, "title": ""}, "This field cannot be blank"),
        ({"text": NOTE, "title": "斑马"}, "This field cannot be blank"),
        ({"text": NOTE, "slug": "斑马"}, "Enter a valid “slug”"),
        ({"text": NOTE, "licence": ""}, "This field cannot be blank"),
        ({"text": NOTE, "licence": "unknown"}, "An unknown licence does not allow answers"),
        ({"text": NOTE, "mode": "everything"}, "Select a valid choice"),
        ({"text": NOTE, "language": "fr"}, "Select a valid choice"),
        ({"text": NOTE, "url": "javascript:alert(1)"}, "Enter a valid URL"),
        ({"text": NOTE, "slug": "zebra-notes"}, "already exists"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(ask, source, typed, said):
    for value in typed.values():
        if isinstance(value, SimpleUploadedFile):
            value.seek(0)
    html = ask(**typed)
    assert isinstance(html, str)
    assert said in html
    assert not Import.objects.exists()


def test_an_upload_too_large(ask, settings):
    settings.IMPORT_UPLOAD_BYTES = 10
    assert "larger than 10" in ask(upload=SimpleUploadedFile("notes.md", NOTE.encode()))


def test_what_cannot_be_read_is_refused_in_words(ask, desk):
    run = ask(upload=archive(empty=""), licence="unknown", mode="questions-only")
    run.facts |= {"mode": "full"}  # as if forged
    run.save()
    work()
    html = desk.get(page(run)).text
    assert "<strong>Refused</strong>" in html
    assert "An unknown licence does not allow answers" in html
    assert "Plan again" in html


# --- While it goes on


def test_progress_is_asked_for_until_there_is_a_plan(ask, desk):
    run = ask(text=NOTE)
    address = f"{LIST}{run.pk}/progress/"
    assert f'hx-get="{address}"' in desk.get(page(run)).text
    assert '<noscript><meta http-equiv="refresh"' in desk.get(page(run)).text
    waiting = desk.get(address, headers=HTMX)
    assert "It waits for its turn" in waiting.text
    assert "HX-Refresh" not in waiting.headers
    run.refresh_from_db()
    run.claim()
    with Kept(run).alive():
        Kept(run).tell("planning", files=1, questions=1234)
        text = re.sub(r"\s+", " ", desk.get(address, headers=HTMX).text)
        assert "Comparing with what stands here …" in text
        assert "1 file · 1,234 questions" in text
    run.release()
    work()
    done = desk.get(address, headers=HTMX)
    assert done.headers["HX-Refresh"] == "true"
    assert "hx-get" not in done.text
    assert desk.get(address).headers["Location"] == page(run)


def test_without_a_worker_the_page_says_what_to_do(ask, desk):
    run = ask(text=NOTE)
    assert "No worker" not in desk.get(page(run)).text
    Import.objects.update(asked_at=timezone.now() - timedelta(seconds=11))
    assert "manage.py work" in desk.get(page(run)).text


def test_a_worker_that_died_is_told_and_it_runs_again(ask, desk):
    run = ask(text=NOTE)
    run.refresh_from_db()
    run.claim()
    assert desk.post(f"{LIST}{run.pk}/again/", follow=True).status_code == 200
    run.refresh_from_db()
    assert run.claimed_at  # it is at work: nobody takes it away
    Import.objects.update(claimed_at=timezone.now() - timedelta(seconds=61))
    html = desk.get(page(run)).text
    assert "It has stopped" in html
    assert "Run again" in html
    assert "hx-get" not in html
    assert "stopped" in desk.get(LIST).text
    desk.post(f"{LIST}{run.pk}/again/")
    work()
    run.refresh_from_db()
    assert run.state == "planned"


def test_a_stale_plan_is_made_again(animals, ask, desk):
    run = ask(source=animals.pk, text=NOTE.replace("65", "64"))
    work()
    note = Note.objects.get(title="How fast?")
    note.answer = "Fast."
    note.save()
    desk.post(f"{LIST}{run.pk}/apply/")
    work()
    html = desk.get(page(run)).text
    assert STALE in html
    desk.post(f"{LIST}{run.pk}/again/")
    work()
    assert "In conflict · 1" in desk.get(page(run)).text


def test_a_second_press_does_nothing_more(ask, desk):
    run = ask(text=NOTE)
    early = desk.post(f"{LIST}{run.pk}/apply/", follow=True)
    assert "look again" in early.text
    work()
    desk.post(f"{LIST}{run.pk}/apply/")
    assert "look again" in desk.post(f"{LIST}{run.pk}/apply/", follow=True).text
    work()
    assert "look again" in desk.post(f"{LIST}{run.pk}/apply/", follow=True).text
    assert Question.objects.count() == 2


# --- Afterwards


def test_an_old_run_opens_with_its_plan(animals, desk):
    run = Import.objects.get()
    html = desk.get(page(run)).text
    assert "Added · 2" in html
    assert "pasted.md:3" in html
    assert "Show the difference" not in html
    assert "not kept any more" in desk.get(f"{LIST}{run.pk}/differences/", {"key": "x"}).text
    assert "cleo" in html


def test_what_was_read_is_gone_after_a_day(ask, desk):
    run = ask(text=NOTE)
    work()
    Kept(run).remove()
    html = desk.get(page(run)).text
    assert "has been removed since" in html
    assert "Apply this plan" not in html
    assert "Plan again" not in html
    assert "look again" in desk.post(f"{LIST}{run.pk}/apply/", follow=True).text


# --- Who may


@pytest.mark.parametrize("path", ["add/", "{}/apply/", "{}/again/", "{}/progress/", "{}/differences/"])
def test_who_may_not(client, bo, ada, ask, path):
    run = ask(text=NOTE)
    work()
    path = LIST + path.format(run.pk)
    bo.is_staff = True
    bo.save()
    send = client.post if path.endswith(("/apply/", "/again/")) else client.get
    client.force_login(bo)
    assert send(path).status_code == 403
    client.force_login(ada)
    assert send(path, follow=True).status_code in (403, 405)
    client.logout()
    assert send(path).status_code == 302
    assert Import.objects.get().state == "planned"


def test_who_may_look_may_not_apply(client, bo, ask):
    run = ask(text=NOTE)
    work()
    bo.is_staff = True
    bo.save()
    bo.user_permissions.add(Permission.objects.get(codename="view_import"))
    client.force_login(bo)
    html = client.get(page(run)).text
    assert "Added · 2" in html or "· 2" in html
    assert "/apply/" not in html
    assert f"{LIST}add/" not in client.get(LIST).text
    assert client.get(f"{LIST}{run.pk}/progress/", headers=HTMX).status_code == 200
    assert client.post(f"{LIST}{run.pk}/apply/").status_code == 403


def test_only_by_post(ask, desk):
    run = ask(text=NOTE)
    for act in ("apply", "again"):
        assert desk.get(f"{LIST}{run.pk}/{act}/").status_code == 405
