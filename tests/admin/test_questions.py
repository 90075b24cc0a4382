"""Questions and notes on the desk: edited, tied, retired, never lost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from progress.models import Bookmark
from questions.identity import fingerprint
from questions.models import Note, Question, Source, Topic

LIST = "/admin/questions/question/"


def page(question):
    return f"{LIST}{question.pk}/change/"


def as_shown(response):
    """What a browser would send back if nothing were touched, line ends included."""
    data = {}
    form = response.context["adminform"].form
    formsets = [inline.formset for inline in response.context["inline_admin_formsets"]]
    for part in [form, *(formset.management_form for formset in formsets), *(f for s in formsets for f in s.forms)]:
        for bound in part:
            value = bound.value()
            if value not in (None, False):
                data[bound.html_name] = str(value).replace("\n", "\r\n")
    return data


@pytest.fixture
def imported(question):
    """A note as an import leaves it, with the line ends and blanks of its file."""
    note = question.notes.get()
    note.answer = "One line.\n\n    code\n"
    note.fingerprint = fingerprint(note.title, note.answer)
    note.save()
    assert note.edited_at is None
    return note


def test_saving_what_was_not_touched_edits_nothing(desk, imported):
    response = desk.get(page(imported.question))
    assert desk.post(page(imported.question), as_shown(response)).status_code == 302
    note = Note.objects.get()
    assert (note.answer, note.edited_at) == (imported.answer, None)
    response = desk.get(f"/admin/questions/note/{note.pk}/change/")
    assert desk.post(f"/admin/questions/note/{note.pk}/change/", as_shown(response)).status_code == 302
    assert Note.objects.get().edited_at is None


def test_editing_a_note_renders_it_and_renames_the_question(desk, imported):
    address = f"/admin/questions/note/{imported.pk}/change/"
    desk.post(address, {"title": "Why stripes, really?", "answer": "**Heat**\r\n\r\nAnd flies."})
    note = Note.objects.get()
    assert note.answer == "**Heat**\n\nAnd flies."
    assert "<strong>Heat</strong>" in note.answer_html
    assert note.edited_at
    assert note.fingerprint == imported.fingerprint
    assert Question.objects.get().titles == {"en": "Why stripes, really?"}


def test_the_editor_stands_on_both_pages(desk, imported):
    for address in (page(imported.question), f"/admin/questions/note/{imported.pk}/change/"):
        html = desk.get(address).text
        assert 'data-markdownx-urls-path="/editor/preview/"' in html
        assert "js/editor.js" in html
        assert "markdownx.min.js" not in html


def test_an_answer_needs_a_source_that_may_carry_it(desk, imported):
    Source.objects.update(mode="questions-only")
    address = f"/admin/questions/note/{imported.pk}/change/"
    response = desk.post(address, {"title": imported.title, "answer": "Mine"})
    assert response.status_code == 200
    assert response.context["errors"]
    assert Note.objects.get().answer == imported.answer


def test_an_answer_that_is_too_long(desk, imported, settings):
    address = f"/admin/questions/note/{imported.pk}/change/"
    response = desk.post(address, {"title": imported.title, "answer": "x" * (settings.TEXT_LIMIT + 1)})
    assert response.status_code == 200
    assert Note.objects.get().answer == imported.answer


def test_a_second_note_in_another_language(desk, imported):
    data = as_shown(desk.get(page(imported.question))) | {
        "notes-TOTAL_FORMS": "2",
        "notes-1-source": str(imported.source_id),
        "notes-1-language": "zh-hans",
        "notes-1-title": "为什么有条纹？",
        "notes-1-answer": "防**蝇**。",
    }
    assert desk.post(page(imported.question), data).status_code == 302
    note = Note.objects.get(language="zh-hans")
    assert note.topic == imported.question.topic
    assert note.edited_at
    assert Question.objects.get().titles == {"en": imported.title, "zh-hans": "为什么有条纹？"}


def test_a_new_question_comes_with_its_first_note(desk, source, topic, question):
    data = {
        "topic": topic.pk,
        "position": "0",
        "key": "",
        "slug": "spots",
        "notes-TOTAL_FORMS": "1",
        "notes-INITIAL_FORMS": "0",
        "notes-0-source": source.pk,
        "notes-0-language": "en",
        "notes-0-title": "Why spots?",
        "notes-0-answer": "",
    }
    assert desk.post(f"{LIST}add/", data | {"notes-0-title": ""}).status_code == 200
    assert desk.post(f"{LIST}add/", data).status_code == 302
    made = Question.objects.get(slug="spots")
    assert made.titles == {"en": "Why spots?"}
    assert made.key.startswith("question-")
    assert made.position > question.position


def test_no_question_follows_up_on_itself(desk, make_question):
    first = make_question()
    second = make_question("And spots?", parent=first)
    for parent in (first, second):
        response = desk.post(page(first), as_shown(desk.get(page(first))) | {"parent": parent.pk})
        assert response.status_code == 200
        assert "parent" in response.context["adminform"].form.errors
    first.refresh_from_db()
    assert first.parent is None


def test_a_question_keeps_its_key_and_cannot_be_deleted(desk, question, bo):
    Bookmark.objects.create(user=bo, question=question)
    desk.post(page(question), as_shown(desk.get(page(question))) | {"key": "other"})
    question.refresh_from_db()
    assert question.key == "zebra-1"
    assert desk.get(f"{LIST}{question.pk}/delete/").status_code == 403


def test_retire_and_restore(desk, make_question, cleo):
    chosen, other = make_question(), make_question("And spots?")
    desk.post(LIST, {"action": "retire", "_selected_action": [chosen.pk]})
    assert [q.retired_at is None for q in Question.objects.order_by("pk")] == [False, True]
    desk.post(LIST, {"action": "restore", "_selected_action": [chosen.pk, other.pk]})
    assert not Question.objects.exclude(retired_at=None).exists()
    assert desk.get(f"{LIST}{chosen.pk}/history/").text.count("cleo") >= 2


def test_the_list_tells_who_answers_and_who_waits(desk, answer):
    html = desk.get(LIST, headers={"accept-language": "en"}).text
    assert '<td class="field-answered_in">English</td>' in html
    assert f'/admin/questions/answer/?question={answer.question_id}">1</a>' in html
    assert desk.get(f"/admin/questions/answer/?question={answer.question_id}").status_code == 200


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=stripes", 1),
        ("q=STRIPES", 1),
        ("q=斑马", 1),
        ("q=horse", 0),
        ("missing=any", 1),
        ("missing=en", 1),
        ("missing=zh-hans", 2),
        ("source=zebra-notes", 2),
        ("source=other", 0),
        ("life=live", 2),
        ("life=retired", 0),
        ("difficulty__exact=3", 1),
    ],
)
def test_search_and_filters(desk, make_question, query, found):
    make_question("Why stripes?")
    make_question("x", answer="", difficulty=3)
    Question.objects.filter(titles__en="x").update(titles={"zh-hans": "斑马为何奔跑？"})
    assert desk.get(f"{LIST}?{query}").context["cl"].result_count == found


def test_the_topic_filter_takes_the_whole_branch(desk, topic, make_question):
    below = Topic.objects.create(key="foals", slug="foals", parent=topic, titles={"en": "Foals"})
    elsewhere = Topic.objects.create(key="lions", slug="lions", titles={"en": "Lions"})
    make_question(on=below)
    make_question(on=elsewhere)
    assert desk.get(f"{LIST}?branch={topic.pk}").context["cl"].result_count == 1


def test_parents_are_found_by_typing(desk, make_question):
    make_question("Why stripes?")
    address = "/admin/autocomplete/?app_label=questions&model_name=question&field_name=parent&term=stripes"
    assert [row["text"] for row in desk.get(address).json()["results"]] == ["Why stripes?"]


def test_a_question_with_30_notes_asks_no_more_than_one_with_3(desk, question):
    def queries_with(notes):
        for n in range(question.notes.count(), notes):
            source = Source.objects.create(slug=f"s-{n}", title=f"S {n}", licence="MIT", mode="full", language="fr")
            facts = {"language": "fr", "title": f"T {n}", "imported_title": f"T {n}"}
            Note.objects.create(source=source, question=question, topic=question.topic, **facts)
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(page(question)).status_code == 200
        return len(captured)

    desk.get(page(question))
    assert queries_with(3) == queries_with(30)


def test_a_deleted_note_takes_nothing_else_along(desk, imported, bo):
    bookmark = Bookmark.objects.create(user=bo, question=imported.question)
    desk.post(f"/admin/questions/note/{imported.pk}/delete/", {"post": "yes"})
    assert not Note.objects.exists()
    assert Question.objects.get().titles == {"en": imported.title}
    bookmark.refresh_from_db()
