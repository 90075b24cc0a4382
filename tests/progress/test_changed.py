"""What has changed since one answered: seen in lists, told word by word, and put right with one press."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from progress.marks import attach_marks
from progress.models import Answered, Bookmark
from progress.practising import rate
from questions.models import Note, Question, Revision, Source

EVENT = "11111111-1111-4111-8111-111111111111"
IN_ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}


def answer(user, question, days_ago=10):
    row, _ = Answered.objects.get_or_create(user=user, question=question)
    Answered.objects.filter(pk=row.pk).update(created_at=timezone.now() - timedelta(days=days_ago))


def say(question, words, days_ago=5, **which):
    """A curator rewrites the reference answer, so many days ago."""
    note = question.notes.get(**which)
    note.answer = words
    note.save()
    newest = note.revisions.order_by("-pk").first()
    if newest:
        when = timezone.now() - timedelta(days=days_ago)
        note.revisions.filter(pk=newest.pk).update(replaced_at=when)
        note.revisions.filter(since=newest.replaced_at).update(since=when)
    return newest


def is_marked(user, question):
    (question,) = attach_marks([Question.objects.get(pk=question.pk)], user)
    return question.marks.changed is not None


def listed(browser):
    return browser.get("/me/changed/").context["questions"]


@pytest.fixture
def changed(bo, question):
    """Bo answered it; five days later its answer was rewritten."""
    answer(bo, question)
    say(question, "**Lions** dislike them.")
    return question


# --- Works -------------------------------------------------------------------------------------------------------


def test_it_is_told_in_lists_on_its_page_and_word_by_word(signed_in, bo, changed, topic):
    browser = signed_in(bo)
    assert b"changed since you answered" in browser.get(topic.get_absolute_url(), **IN_ENGLISH).content
    assert f"/questions/{changed.pk}/changed/" in browser.get(changed.get_absolute_url()).text
    assert listed(browser) == [changed]
    page = browser.get(f"/questions/{changed.pk}/changed/", **IN_ENGLISH).text
    assert "removed: </span>Flies** </del>" in page
    assert "added: </span>Lions** </ins>dislike them." in page


def test_nothing_is_told_to_those_who_answered_later_or_not_at_all(signed_in, bo, cy, ada, changed, topic):
    answer(cy, changed, days_ago=1)
    Bookmark.objects.create(user=ada, question=changed)
    for reader in (cy, ada):
        browser = signed_in(reader)
        assert not listed(browser)
        assert not is_marked(reader, changed)
        assert b"row-mark-changed" not in browser.get(topic.get_absolute_url()).content
        assert f"/questions/{changed.pk}/changed/" not in browser.get(changed.get_absolute_url()).text
    assert is_marked(bo, changed)


@pytest.mark.parametrize("words", ["Flies dislike them", "**Flies**  dislike\nthem!"])
def test_blanks_and_punctuation_are_no_change(bo, question, words):
    answer(bo, question)
    say(question, words)
    assert not Revision.objects.exists()
    assert not is_marked(bo, question)


def test_still_right(signed_in, bo, changed):
    browser = signed_in(bo)
    seen = browser.get(f"/questions/{changed.pk}/changed/").context["seen"].pk
    for _ in range(2):
        response = browser.post(f"/questions/{changed.pk}/checked/", {"seen": seen, "next": "/me/changed/"})
        assert (response.status_code, response["Location"]) == (303, "/me/changed/")
    assert not listed(browser)
    assert not is_marked(bo, changed)
    assert Answered.objects.filter(user=bo, question=changed).exists()
    assert browser.get(f"/questions/{changed.pk}/changed/").context["changes"] == []


def test_what_changes_after_the_page_was_shown_is_told_all_the_same(signed_in, bo, changed):
    browser = signed_in(bo)
    seen = browser.get(f"/questions/{changed.pk}/changed/").context["seen"].pk
    say(changed, "**Tsetse flies** dislike them.", days_ago=1)
    browser.post(f"/questions/{changed.pk}/checked/", {"seen": seen})
    assert is_marked(bo, changed)
    (change,) = browser.get(f"/questions/{changed.pk}/changed/").context["changes"]
    assert [piece.text for piece in change.pieces if piece.kind == "gone"] == ["Lions** "]


def test_a_late_press_takes_nothing_back(signed_in, bo, changed):
    browser = signed_in(bo)
    first = browser.get(f"/questions/{changed.pk}/changed/").context["seen"].pk
    second = say(changed, "**Tsetse flies** dislike them.", days_ago=1).pk
    for seen in (second, first):
        browser.post(f"/questions/{changed.pk}/checked/", {"seen": seen})
    assert not is_marked(bo, changed)


def test_practise_it_again(signed_in, bo, changed):
    browser = signed_in(bo)
    back = {"state": "off", "next": f"/practice/{changed.pk}/"}
    assert browser.post(f"/questions/{changed.pk}/answered/", back)["Location"] == f"/practice/{changed.pk}/"
    assert not Answered.objects.exists()
    assert not listed(browser)
    assert browser.get(f"/questions/{changed.pk}/changed/")["Location"] == changed.get_absolute_url()


def test_compared_is_what_one_answered_to_however_often_it_changed_since(signed_in, bo, question):
    say(question, "**Bees** dislike them.", days_ago=20)
    answer(bo, question)
    say(question, "**Lions** dislike them.", days_ago=5)
    say(question, "**Zoos** dislike them.", days_ago=2)
    (change,) = signed_in(bo).get(f"/questions/{question.pk}/changed/").context["changes"]
    assert [(piece.kind, piece.text) for piece in change.pieces][1:3] == [("gone", "Bees** "), ("new", "Zoos** ")]


def test_what_says_again_what_it_said_is_not_shown(bo, ada, cy, question):
    answer(bo, question)  # to flies
    say(question, "**Lions** dislike them.", days_ago=5)
    answer(ada, question, days_ago=4)  # to lions
    say(question, "**Flies** dislike them!", days_ago=3)
    assert not is_marked(bo, question)
    assert is_marked(ada, question)
    say(question, "**Zoos** dislike them.", days_ago=1)
    assert is_marked(bo, question)
    assert is_marked(ada, question)


# --- Languages, sources, lives -----------------------------------------------------------------------------------


@pytest.fixture
def translated(question, topic):
    """The question has a note in Chinese too."""
    chinese = Source.objects.create(slug="banma", title="斑马", licence="MIT", mode="full", language="zh-hans")
    facts = {"question": question, "topic": topic, "language": "zh-hans", "imported_title": "为什么？"}
    Note.objects.create(source=chinese, title="为什么有条纹？", answer="因为苍蝇。", **facts)
    return question


def test_it_is_the_readers_language_that_counts(client, bo, translated):
    answer(bo, translated)
    say(translated, "因为狮子。", language="zh-hans")
    client.force_login(bo)
    for language, expected in (("en", []), ("zh-hans", [translated])):
        assert client.get(f"/me/changed/?lang={language}").context["questions"] == expected
    assert len(client.get(f"/questions/{translated.pk}/changed/?lang=zh-hans").context["changes"]) == 1


def test_where_there_is_nothing_in_it_any_language_counts(client, bo, changed):
    client.force_login(bo)
    assert client.get("/me/changed/?lang=zh-hans").context["questions"] == [changed]


def test_what_the_source_took_out_has_not_changed(bo, changed):
    changed.notes.update(retired_at=timezone.now())
    assert not is_marked(bo, changed)


def test_a_takedown_leaves_no_word_of_it_behind(signed_in, bo, changed, take_down):
    take_down(changed.notes.get())
    assert not Revision.objects.exists()
    assert not is_marked(bo, changed)


def test_nor_where_another_note_said_it_once(make_question, take_down):
    words = "Zebras have stripes because flies find it hard to land on them, say two long field studies from Africa."
    copied, original = make_question(answer=words), make_question("What for?", words)
    say(copied, "Nobody knows.")
    assert Revision.objects.get().answer == words
    take_down(original.notes.get())
    assert not Revision.objects.exists()


def test_a_source_that_gives_questions_only_keeps_no_old_answers(question, source):
    source.mode = "questions-only"
    source.save()
    note = question.notes.get()
    note.title, note.answer = "What are stripes for?", ""
    note.save()
    assert list(Revision.objects.values_list("title", "answer")) == [("Why stripes?", "")]


# --- Practice ----------------------------------------------------------------------------------------------------


def test_practising_only_what_changed(signed_in, bo, changed, make_question):
    answer(bo, make_question("How fast?"))
    browser = signed_in(bo)
    assert browser.get("/practice/?only=changed").context["chosen"] == 1
    assert browser.get("/practice/next/?only=changed")["Location"] == f"/practice/{changed.pk}/?only=changed"
    rate(bo, changed, 3, timezone.now() - timedelta(days=2), EVENT)  # known, and not due yet
    assert browser.get("/practice/next/?only=changed")["Location"] == f"/practice/{changed.pk}/?only=changed"


# --- Signed out, not theirs, bad input, wrong method -------------------------------------------------------------


@pytest.mark.parametrize("path", ["/me/changed/", "/questions/{}/changed/"])
def test_signed_out(client, changed, path):
    response = client.get(path.format(changed.pk))
    assert response.status_code == 302
    assert response.url.startswith("/accounts/login/")


def test_signed_out_when_pressed(client, changed):
    assert client.post(f"/questions/{changed.pk}/checked/", {"seen": 1}).status_code == 302


def test_a_question_that_a_stranger_may_not_see(signed_in, cy, changed):
    Question.objects.filter(pk=changed.pk).update(retired_at=timezone.now())
    assert signed_in(cy).get(f"/questions/{changed.pk}/changed/").status_code == 404
    assert signed_in(cy).post(f"/questions/{changed.pk}/checked/", {"seen": 1}).status_code == 404


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 30])
def test_forged(signed_in, bo, changed, seen):
    assert signed_in(bo).post(f"/questions/{changed.pk}/checked/", {"seen": seen}).status_code == 400
    assert is_marked(bo, changed)


def test_the_revision_of_another_question_says_nothing(signed_in, bo, changed, make_question):
    other = make_question("How fast?")
    later = say(other, "65 km/h.", days_ago=0)
    assert signed_in(bo).post(f"/questions/{changed.pk}/checked/", {"seen": later.pk}).status_code == 303
    assert is_marked(bo, changed)


def test_what_one_reader_has_seen_another_has_not(signed_in, bo, cy, changed):
    answer(cy, changed)
    signed_in(cy).post(f"/questions/{changed.pk}/checked/", {"seen": Revision.objects.get().pk})
    assert not is_marked(cy, changed)
    assert is_marked(bo, changed)


def test_wrong_method(signed_in, bo, changed):
    browser = signed_in(bo)
    assert browser.post("/me/changed/").status_code == 405
    assert browser.post(f"/questions/{changed.pk}/changed/").status_code == 405
    assert browser.get(f"/questions/{changed.pk}/checked/").status_code == 405


# --- Many --------------------------------------------------------------------------------------------------------


def test_queries_do_not_grow_with_rows(signed_in, bo, topic, make_question):
    browser = signed_in(bo)
    counts = []
    for rows in (3, 30):
        while Question.objects.count() < rows:
            question = make_question(f"Q{Question.objects.count()}?")
            answer(bo, question)
            say(question, "Otherwise.")
        with CaptureQueriesContext(connection) as queries:
            assert len(listed(browser)) == rows
            browser.get(topic.get_absolute_url())
            browser.get(f"/questions/{question.pk}/changed/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
