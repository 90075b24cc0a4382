"""A candidate of an import turns out to be the old question under a new name, or another one: both are remembered."""

import re

import pytest
from django.utils import timezone

from progress.changes import changed
from progress.merging import CannotMerge, undo
from progress.models import Answered, Bookmark, Draft
from progress.renaming import accept, refuse
from questions.models import Answer, Conflict, Merge, Note, Question, RenameCandidate
from tests.importing.conftest import *  # noqa: F403 — the folder of notes
from tests.importing.conftest import ZEBRAS, changes

STRIPES = "Why do zebras have stripes?"
BLACK = "Why do zebras have black stripes?"
RENAMED = ZEBRAS.replace(STRIPES, BLACK).replace("flies find it hard", "lions mind")


@pytest.fixture
def old(notes, bo):
    """A question with marks of every kind; then its source gives it a new title and a new answer."""
    notes.write("README.md", "# Animals\n\n- **[Zebras](zebras.md)**\n")
    notes.sync()
    old = notes.question(STRIPES)
    Bookmark.objects.create(user=bo, question=old)
    Answered.objects.create(user=bo, question=old)
    Draft.objects.create(user=bo, question=old, text="Because of flies.")
    Answer.objects.create(author=bo, question=old, language="en", text="Because of flies.")
    return old


@pytest.fixture
def candidate(notes, old):
    notes.write("zebras.md", RENAMED)
    assert changes(notes.sync()) == {"added": 1, "retired": 1, "candidates": 1}
    return RenameCandidate.objects.get()


def marks_of(question, *users):
    of_users = {"user__in": users} if users else {}
    by_users = {"author__in": users} if users else {}
    kinds = [kind.objects.filter(question=question, **of_users).count() for kind in (Bookmark, Answered, Draft)]
    return [*kinds, Answer.objects.filter(question=question, **by_users).count()]


def test_an_import_proposes_and_decides_nothing(candidate, old):
    old.refresh_from_db()
    assert candidate.old == old
    assert candidate.new.title_in("en") == BLACK
    assert candidate.score > 0.6
    assert candidate.run.counts["candidates"] == 1
    assert candidate.decided_at is None
    assert old.retired_at
    assert RenameCandidate.objects.waiting().get() == candidate


def test_yes_the_old_question_lives_on_with_the_new_words(candidate, old, cleo, client):
    address = old.get_absolute_url()
    new_address = candidate.new.get_absolute_url()
    key = old.key
    accept(candidate, cleo)
    old.refresh_from_db()
    candidate.refresh_from_db()
    assert (old.retired_at, old.key, old.get_absolute_url()) == (None, key, address)
    assert old.title_in("en") == BLACK
    assert "lions mind" in old.notes.live().get().answer
    assert marks_of(old) == [1, 1, 1, 1]
    assert (candidate.accepted, candidate.decided_by) == (True, cleo)
    assert client.get(new_address).headers["Location"] == address
    assert not RenameCandidate.objects.waiting().exists()


def test_marks_on_the_new_one_go_along(candidate, old, cleo, ada, bo):
    for reader in (ada, bo):
        Bookmark.objects.create(user=reader, question=candidate.new)
    Draft.objects.create(user=bo, question=candidate.new, text="Because of lions.")
    accept(candidate, cleo)
    assert marks_of(old) == [2, 1, 1, 1]
    text = Draft.objects.get(question=old).text
    assert "flies" in text
    assert "lions" in text


@pytest.mark.parametrize("keys", ["", " {#%s}"])
def test_the_next_import_plans_nothing(notes, old, cleo, keys):
    notes.write("zebras.md", re.sub(r"(## \d.*)", lambda title: title[0] + keys.replace("%s", title[0][3]), RENAMED))
    notes.sync()
    accept(RenameCandidate.objects.get(), cleo)
    assert changes(notes.sync()) == {}
    before = list(Note.objects.values()) + list(Question.objects.values())
    assert changes(notes.sync()) == {}
    assert before == list(Note.objects.values()) + list(Question.objects.values())


def test_later_changes_follow_the_old_question(notes, candidate, old, cleo):
    accept(candidate, cleo)
    notes.write("zebras.md", RENAMED.replace("two field studies", "five field studies"))
    assert changes(notes.sync()) == {"changed": 1}
    assert "five field studies" in old.notes.live().get().answer
    assert marks_of(old) == [1, 1, 1, 1]


def test_the_old_title_again_is_the_same_question_still(notes, candidate, old, cleo):
    accept(candidate, cleo)
    notes.write("zebras.md", ZEBRAS)
    notes.sync()
    old.refresh_from_db()
    assert old.retired_at is None
    assert marks_of(old) == [1, 1, 1, 1]
    assert changes(notes.sync()) == {}
    assert Question.objects.live().count() == 2


def test_it_goes_where_the_source_has_it_now(notes, old, cleo):
    notes.write("README.md", "# Animals\n\n- **[Zebras](zebras.md)**\n- **[Horses](horses.md)**\n")
    notes.write("zebras.md", "# Zebras\n\n## How fast is a zebra?\n\nAbout 65 km/h over a short distance.\n")
    notes.write("horses.md", f"# Horses\n\n## {BLACK}\n\nBecause lions mind.\n")
    notes.sync()
    candidate = RenameCandidate.objects.get()
    accept(candidate, cleo)
    old.refresh_from_db()
    assert old.topic.title_in("en") == "Horses"
    assert changes(notes.sync()) == {}


def test_what_was_written_here_stands_beside_what_the_source_says(notes, old, cleo):
    note = old.notes.get()
    note.answer = "Nobody knows."
    note.save()
    notes.write("zebras.md", RENAMED)
    notes.sync()
    accept(RenameCandidate.objects.get(), cleo)
    note = old.notes.live().get()
    assert (note.title, note.answer) == (STRIPES, "Nobody knows.")
    assert note.edited_at
    assert "lions mind" in Conflict.objects.get(note=note).answer
    assert changes(notes.sync()) == {}


def test_no_is_remembered_and_never_proposed_again(notes, candidate, old, cleo):
    refuse(candidate, cleo)
    notes.write("zebras.md", ZEBRAS)
    notes.sync()
    notes.write("zebras.md", RENAMED)
    notes.sync()
    candidate.refresh_from_db()
    assert (candidate.accepted, candidate.decided_by) == (False, cleo)
    assert RenameCandidate.objects.count() == 1
    assert marks_of(old) == [1, 1, 1, 1]


def test_what_came_back_by_itself_is_not_asked_about(notes, candidate, cleo):
    notes.write("zebras.md", f"{RENAMED}\n## {STRIPES}\n\nBecause of flies, as they say.\n")
    notes.sync()
    assert not RenameCandidate.objects.waiting().exists()
    with pytest.raises(CannotMerge):
        accept(candidate, cleo)
    assert not Merge.objects.exists()


def test_it_is_decided_once(candidate, cleo):
    accept(candidate, cleo)
    for decide in (accept, refuse):
        with pytest.raises(CannotMerge):
            decide(candidate, cleo)


def test_undone_it_waits_again(candidate, old, cleo):
    undo(accept(candidate, cleo), cleo)
    old.refresh_from_db()
    assert old.retired_at
    assert marks_of(old) == [1, 1, 1, 1]
    assert candidate.new.notes.live().count() == 1
    assert RenameCandidate.objects.waiting().get() == candidate


def test_a_retired_new_one_is_not_asked_about(candidate):
    Question.objects.filter(pk=candidate.new_id).update(retired_at=timezone.now())
    assert not RenameCandidate.objects.waiting().exists()


def test_who_answered_the_old_words_is_told_of_the_new_ones(candidate, old, bo, ada, cleo):
    Answered.objects.create(user=ada, question=candidate.new)
    accept(candidate, cleo)
    assert list(changed(bo).values_list("question", flat=True)) == [old.pk]
    assert not changed(ada)
