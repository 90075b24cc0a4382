"""Edited here and changed there: both side by side, and a curator chooses."""

import pytest

from questions.identity import fingerprint
from questions.models import Conflict

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
