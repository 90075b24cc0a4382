"""Titles with code and formulas in them: drawn once, when they are given, and shown drawn wherever there is room."""

import pytest
from django.core.management import call_command

from questions.models import Note, Question, Topic

TITLE = "Why `softmax` of $x_1$?"
DRAWN = "Why <code>softmax</code> of <math>"
PLAIN = "Why softmax of x_1?"


@pytest.fixture
def topic(db):
    return Topic.objects.create(key="zebras", slug="zebras", titles={"en": "Zebras"})


@pytest.fixture
def drawn_question(make_question):
    question = make_question(TITLE)
    question.gather_titles()
    question.entitle(question.titles)
    question.save()
    return question


def text(client, address):
    return client.get(address).content.decode()


# --- Where they are shown ----------------------------------------------------------------------------------------


def test_question_page_draws_it_and_the_tab_spells_it(client, drawn_question):
    page = text(client, drawn_question.get_absolute_url())
    assert f">{DRAWN}" in page[page.index("<h1") :]
    assert f"<title>{PLAIN} · " in page


def test_lists_breadcrumbs_and_neighbours_draw_it(client, signed_in, ada, topic, drawn_question, make_question):
    after = make_question("After?", parent=drawn_question)
    assert DRAWN in text(client, "/topics/zebras/")
    assert text(client, after.get_absolute_url()).count(DRAWN) == 2  # what it follows up, and what stands before it
    assert DRAWN in text(signed_in(ada), f"/questions/{drawn_question.pk}/draft/")
    assert DRAWN in text(signed_in(ada), "/")


def test_topics_too(client, topic):
    topic.entitle({"en": "`O(n)` and beyond"})
    topic.save()
    page = text(client, "/topics/zebras/")
    assert "<title>O(n) and beyond · " in page
    assert "<code>O(n)</code> and beyond</h1>" in page
    assert "<code>O(n)</code> and beyond" in text(client, "/topics/")


def test_words_of_another_source_are_shown_as_they_are(client, drawn_question):
    note = Note.objects.get()
    note.title = "Its *own* `words` & more"
    Note.objects.bulk_update([note], ["title"])
    page = text(client, drawn_question.get_absolute_url())
    assert ">Its *own* `words` &amp; more</h1>" in page


@pytest.mark.parametrize("title", ["<b>a</b>", "`<script>`", "$<img src=x onerror=alert(1)>$", "a & b", "😀", "`" * 99])
def test_nothing_in_a_title_is_markup_of_its_own(client, topic, make_question, title):
    question = make_question(title)
    question.entitle({"en": title})
    question.save()
    for page in (text(client, question.get_absolute_url()), text(client, "/topics/zebras/")):
        assert "<script>" not in page.replace("<script type", "")
        assert "<b>a" not in page
        assert "<img" not in page


# --- Where they come from ----------------------------------------------------------------------------------------


def test_an_import_draws_titles_and_a_second_one_has_nothing_to_do(tmp_path, db):
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "a.md").write_text("# Attention\n\n## Why is it $O(n^2)$? {#cost}\n\nBecause.\n")
    call_command("import_notes", str(notes), licence="MIT", language="en", mode="full")
    question = Question.objects.get()
    assert question.titles_drawn["en"]["plain"] == "Why is it O(n^2)?"
    assert "<math>" in question.title_html
    (notes / "a.md").write_text("# Attention\n\n## Why is it linear? {#cost}\n\nBecause.\n")
    call_command("import_notes", str(notes), licence="MIT", language="en", mode="full")
    question.refresh_from_db()
    assert question.titles_drawn == {}
    assert question.title_html == "Why is it linear?"


def test_an_edit_draws_the_title(question):
    note = question.notes.get()
    note.title = TITLE
    note.save()
    question.refresh_from_db()
    assert question.title_html.startswith(DRAWN)
    assert question.title_plain == PLAIN


def test_a_takedown_takes_what_was_drawn_as_well(take_down, drawn_question):
    take_down(drawn_question.notes.get(), takes_titles=True)
    drawn_question.refresh_from_db()
    assert (drawn_question.titles, drawn_question.titles_drawn) == ({}, {})
    assert "softmax" not in drawn_question.title_html


@pytest.mark.parametrize("title", ["Plain", "5 < 6 & 7", "costs $5 or $6", "a ` b"])
def test_nothing_is_kept_where_there_is_nothing_to_draw(topic, title):
    topic.entitle({"en": title})
    assert topic.titles_drawn == {}
    assert topic.title == topic.title_plain == title
