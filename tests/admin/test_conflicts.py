"""Edited here and changed there: both side by side, and a curator chooses."""

import pytest
from django.contrib.auth.models import Permission

from questions.admin.conflict import state_of
from questions.identity import fingerprint
from questions.models import Conflict, Source

LIST = "/admin/questions/conflict/"


@pytest.fixture
def conflict(question):
    note = question.notes.get()
    note.fingerprint = fingerprint("Why stripes, then?", "Theirs **now**.")
    note.answer = "Ours."
    note.save()
    return Conflict.objects.create(note=note, title="Why stripes, then?", answer="Theirs **now**.")


def test_both_side_by_side(desk, conflict):
    html = desk.get(f"{LIST}{conflict.pk}/change/").text
    assert "<p>Ours.</p>" in html
    assert "Theirs <strong>now</strong>." in html
    assert 'name="_save"' not in html


def test_keep_ours(desk, conflict):
    desk.post(f"{LIST}{conflict.pk}/keep_ours/")
    conflict.note.refresh_from_db()
    assert conflict.note.answer == "Ours."
    assert conflict.note.edited_at
    assert not Conflict.objects.exists()


def test_take_theirs(desk, conflict):
    desk.post(f"{LIST}{conflict.pk}/take_theirs/")
    note = conflict.note
    note.refresh_from_db()
    assert (note.title, note.answer, note.edited_at) == ("Why stripes, then?", "Theirs **now**.", None)
    assert note.question.titles == {"en": "Why stripes, then?"}
    assert not Conflict.objects.exists()


def test_only_by_post(desk, conflict):
    assert desk.get(f"{LIST}{conflict.pk}/take_theirs/").status_code == 405
    assert Conflict.objects.exists()


# --- Written anew


def test_the_editor_begins_with_ours(desk, conflict):
    html = desk.get(f"{LIST}{conflict.pk}/change/", headers={"accept-language": "en"}).text
    assert ">\nOurs.</textarea>" in html
    assert "<del>" in html
    assert "Theirs **now**." in html


def test_what_a_curator_writes_instead_settles_it(desk, conflict):
    typed = {"seen": state_of(conflict), "title": "Why stripes at all?", "answer": "Ours,\r\nand theirs."}
    assert desk.post(f"{LIST}{conflict.pk}/change/", typed).status_code == 303
    note = conflict.note
    note.refresh_from_db()
    assert (note.title, note.answer) == ("Why stripes at all?", "Ours,\nand theirs.")
    assert note.edited_at
    assert note.question.titles == {"en": "Why stripes at all?"}
    assert not Conflict.objects.exists()


def test_what_is_typed_is_not_lost_to_a_mistake(desk, conflict):
    response = desk.post(f"{LIST}{conflict.pk}/change/", {"seen": state_of(conflict), "title": "", "answer": "Mine."})
    assert ">\nMine.</textarea>" in response.text
    assert "<p>Ours.</p>" in response.text
    assert Conflict.objects.exists()


def test_a_source_without_answers_gets_none(desk, conflict):
    Source.objects.update(mode="questions-only")
    typed = {"seen": state_of(conflict), "title": "Why?", "answer": "Mine."}
    assert (
        "may give questions only"
        in desk.post(f"{LIST}{conflict.pk}/change/", typed, headers={"accept-language": "en"}).text
    )
    assert Conflict.objects.exists()


@pytest.mark.parametrize("act", ["keep_ours", "take_theirs", "change"])
def test_a_text_that_changed_since_is_looked_at_again(desk, conflict, act):
    seen = state_of(conflict)
    Conflict.objects.update(answer="Theirs, once more.")
    typed = {"seen": seen, "title": "T", "answer": "Mine."}
    html = desk.post(f"{LIST}{conflict.pk}/{act}/", typed, follow=True, headers={"accept-language": "en"}).text
    assert "has changed in the meantime" in html
    assert "Theirs, once more." in html
    assert ("Mine." in html) is (act == "change")
    conflict.note.refresh_from_db()
    assert conflict.note.answer == "Ours."
    assert Conflict.objects.exists()


def test_who_may_look_may_not_write(client, bo, conflict):
    bo.is_staff = True
    bo.save()
    bo.user_permissions.add(Permission.objects.get(codename="view_conflict"))
    client.force_login(bo)
    html = client.get(f"{LIST}{conflict.pk}/change/").text
    assert "<p>Ours.</p>" in html
    assert "<textarea" not in html
    assert client.post(f"{LIST}{conflict.pk}/change/", {"title": "T", "answer": "A"}).status_code == 403
    assert client.post(f"{LIST}{conflict.pk}/take_theirs/").status_code == 403


def test_what_the_question_goes_on_to_say_is_taken_too(desk, conflict):
    Conflict.objects.update(text="```\nx = 1\n```")
    assert "x = 1" in desk.get(f"{LIST}{conflict.pk}/change/").text
    desk.post(f"{LIST}{conflict.pk}/take_theirs/")
    conflict.note.refresh_from_db()
    assert conflict.note.text == "```\nx = 1\n```"
