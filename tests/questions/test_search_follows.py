"""Whatever changes the words of a note, an answer or a draft: search follows."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from progress.merging import merge, undo
from progress.models import Draft
from questions import takedown as verbs
from questions.importing.apply import apply
from questions.importing.reading import Reading
from questions.importing.run import plan_reading
from questions.models import Answer, Note, Question, SearchEntry, Source
from questions.search import is_current


@pytest.fixture
def found(client):
    """found("flies", ada): the English titles of what they find, one after the other."""

    def look(typed, user=None):
        if user:
            client.force_login(user)
        else:
            client.logout()
        results = client.get("/search/", {"q": typed}).context["results"]
        return sorted(result.question.titles.get("en", "") for result in results)

    return look


def words_in_the_index():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM questions_search_words")
        return cursor.fetchone()[0]


# --- Imports -----------------------------------------------------------------------------------------------------


def bring(text, **files):
    """Imports these notes."""
    reading = Reading("notes", files={"zebras.md": text, **files})
    plan, reasons = plan_reading(reading, slug="herd", licence="MIT", mode="full", language="en")
    assert not reasons
    return apply(plan, reading)


@pytest.fixture
def imported(db):
    bring("# Zebras\n\n## Why stripes?\n\nFlies dislike them.\n\n## Why herds?\n\nLions.\n")


def test_an_import(found, imported):
    assert found("flies") == ["Why stripes?"]
    assert found("herds") == ["Why herds?"]


def test_a_second_import(found, imported):
    bring("# Zebras\n\n## Why stripes?\n\nTo keep cool.\n\n## Why herds?\n\nLions.\n")
    assert found("flies") == []
    assert found("cool") == ["Why stripes?"]
    assert SearchEntry.objects.count() == words_in_the_index() == 2


def test_what_an_import_retires_and_brings_back(found, ada, imported):
    Draft.objects.keep(ada, Question.objects.get(titles__en="Why stripes?"), "quagga", 0)
    bring("# Zebras\n\n## Why herds?\n\nLions.\n")
    assert found("flies") == found("stripes") == []
    assert found("stripes", ada) == ["Why stripes?"]  # she has a mark on it: its title is all that is left to see
    assert found("flies", ada) == []
    bring("# Zebras\n\n## Why stripes?\n\nFlies dislike them.\n\n## Why herds?\n\nLions.\n")
    assert found("flies") == ["Why stripes?"]


def test_answers_on_what_an_import_retires_and_brings_back(found, client, ada, cleo, imported):
    question = Question.objects.get(titles__en="Why stripes?")
    Answer.objects.submit(question, ada, "Okapi.", "en").publish(cleo)
    bring("# Zebras\n\n## Why herds?\n\nLions.\n")
    assert (found("okapi"), found("okapi", ada)) == ([], ["Why stripes?"])
    client.logout()
    assert client.get("/search/", {"q": "okapi"}).context["total"] == 0
    bring("# Zebras\n\n## Why stripes?\n\nFlies dislike them.\n\n## Why herds?\n\nLions.\n")
    assert found("okapi") == ["Why stripes?"]


def test_the_same_import_again_writes_nothing(imported, monkeypatch):
    monkeypatch.setattr("questions.search_index.put", lambda words: pytest.fail("nothing has changed"))
    bring("# Zebras\n\n## Why stripes?\n\nFlies dislike them.\n\n## Why herds?\n\nLions.\n")


# --- Curators ----------------------------------------------------------------------------------------------------


def test_an_edit(found, question):
    note = question.notes.get()
    note.title, note.answer = "Why spots?", "Quagga."
    note.save()
    assert (found("quagga"), found("spots"), found("flies")) == (["Why spots?"], ["Why spots?"], [])


def test_a_note_that_is_deleted(signed_in, cleo, found, question):
    note = question.notes.get()
    signed_in(cleo).post(f"/admin/questions/note/{note.pk}/delete/", {"post": "yes"})
    assert found("flies") == []
    assert SearchEntry.objects.count() == words_in_the_index() == 0


@pytest.mark.parametrize("action", ["retire", "restore"])
def test_retired_and_restored(signed_in, cleo, found, question, action):
    Question.objects.update(retired_at=None if action == "retire" else timezone.now())
    before = found("flies")
    data = {"action": action, "_selected_action": [question.pk]}
    signed_in(cleo).post("/admin/questions/question/", data)
    assert (before, found("flies")) == ((["Why stripes?"], []) if action == "retire" else ([], ["Why stripes?"]))


def test_published_and_stepping_back(found, cleo, ada, question):
    first = Answer.objects.submit(question, ada, "Quagga.", "en").publish(cleo)
    assert found("quagga") == ["Why stripes?"]
    second = Answer.objects.submit(question, ada, "Okapi.", "en")
    assert found("okapi") == []
    assert second.publish(cleo).state == "published"
    assert (found("okapi"), found("quagga"), found("quagga", ada)) == (["Why stripes?"], [], ["Why stripes?"])
    second.withdraw()
    first.refresh_from_db()
    assert found("okapi") == []


def test_an_answer_that_is_returned_and_handed_in_anew(found, cleo, ada, question):
    Answer.objects.submit(question, ada, "Quagga.", "en")
    Answer.objects.submit(question, ada, "Okapi.", "en").return_to_author(cleo, "Why?")
    assert (found("quagga", ada), found("okapi", ada), found("okapi")) == ([], ["Why stripes?"], [])


# --- Takedowns ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("takes_titles", [False, True])
def test_taken_down_and_put_back(found, cleo, bo, ada, question, take_down, takes_titles):
    Answer.objects.submit(question, ada, "Quagga.", "en").publish(cleo)
    takedown = take_down(question.notes.get(), Answer.objects.get(), takes_titles=takes_titles)
    assert found("flies") == found("quagga") == found("quagga", ada) == found("flies", cleo) == []
    assert bool(found("stripes")) is not takes_titles
    with connection.cursor() as cursor:  # not even the index has them
        cursor.execute("SELECT count(*) FROM questions_search_words WHERE CAST(words AS text) LIKE '%%flies%%'")
        assert cursor.fetchone()[0] == 0
    bo.is_staff = bo.is_superuser = True
    bo.save()
    verbs.ask_undo(takedown, cleo, "They were wrong.")
    verbs.undo(takedown, bo)
    assert found("flies") == found("quagga") == found("stripes") == ["Why stripes?"]


# --- Merges ------------------------------------------------------------------------------------------------------


def test_merged_and_parted(found, cleo, ada, make_question, source):
    kept, gone = make_question("Why stripes?", "Flies."), make_question("Why black and white?", "Heat.")
    Note.objects.filter(question=gone).update(
        source=Source.objects.create(slug="other", title="Other", licence="MIT", mode="full", language="en")
    )
    Draft.objects.keep(ada, gone, "My quagga", 0)
    Answer.objects.submit(gone, ada, "An okapi.", "en").publish(cleo)
    done = merge(kept, gone, cleo)
    for word in ("flies", "heat", "okapi"):
        assert found(word) == ["Why stripes?"]
    assert found("quagga", ada) == ["Why stripes?"]
    undo(done, cleo)
    for word in ("heat", "okapi"):
        assert found(word) == ["Why black and white?"]
    assert found("flies") == ["Why stripes?"]
    assert found("quagga", ada) == ["Why black and white?"]


# --- Drafts ------------------------------------------------------------------------------------------------------


def test_a_draft_that_is_written_changed_and_emptied(signed_in, found, ada, question):
    browser, address = signed_in(ada), f"/questions/{question.pk}/draft/"
    browser.post(address, {"text": "Quagga", "version": 0})
    assert found("quagga", ada) == ["Why stripes?"]
    browser.post(address, {"text": "Okapi", "version": 1})
    assert (found("quagga", ada), found("okapi", ada)) == ([], ["Why stripes?"])
    browser.post(address, {"text": "Zorse", "version": 1})  # too late, from another tab
    assert (found("zorse", ada), found("okapi", ada)) == ([], ["Why stripes?"])
    browser.post(address, {"text": "", "version": 2})
    assert found("okapi", ada) == []


def test_with_an_account_go_its_drafts(found, ada, question):
    Draft.objects.keep(ada, question, "Quagga", 0)
    answer = Answer.objects.submit(question, ada, "Okapi.", "en")
    before = words_in_the_index()
    ada.delete()
    answer.refresh_from_db()
    assert answer.author is None
    assert words_in_the_index() == before - 2


# --- All of it ----------------------------------------------------------------------------------------------------


def test_rebuild_search(found, question, capsys):
    Note.objects.update(title="Why spots?")
    assert found("spots") == []
    call_command("rebuild_search")
    assert capsys.readouterr().out == "1 texts can be found.\n"
    assert found("spots") == ["Why stripes?"]


def test_an_index_that_is_empty_or_old_is_not_current(question):
    assert is_current()
    SearchEntry.objects.update(version=0)
    assert not is_current()
    SearchEntry.objects.all().delete()
    assert not is_current()
    assert words_in_the_index() == 0


def test_rebuild_puts_the_trigger_back(question):
    """SQLite forgets it when a migration alters the table."""
    with connection.cursor() as cursor:
        where = "" if connection.vendor == "sqlite" else " ON questions_searchentry"
        cursor.execute(f"DROP TRIGGER questions_search_words_follow{where}")
    call_command("rebuild_search", stdout=StringIO())
    Note.objects.all().delete()
    assert words_in_the_index() == 0
