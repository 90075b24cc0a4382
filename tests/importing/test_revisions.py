"""What an import keeps of the words that it replaces: only theirs, in bulk, and never with a query a question."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from questions.models import Conflict, Note, Revision, Source
from tests.importing.conftest import ZEBRAS, changes

SPEED = "How fast is a zebra?"


def test_the_first_import_keeps_nothing_nor_does_the_same_again(notes):
    notes.sync()
    notes.sync()
    assert not Revision.objects.exists()


def test_words_that_change_are_kept_as_they_were(notes):
    notes.sync()
    notes.write("zebras.md", ZEBRAS.replace("two field studies", "three field studies"))
    notes.sync()
    revision = Revision.objects.get()
    assert revision.note == notes.question("Why do zebras have stripes?").notes.get()
    assert revision.answer == "Because flies find it hard to land on **stripes**, say two field studies."
    assert (revision.title, revision.since, revision.returned_at) == ("Why do zebras have stripes?", None, None)


@pytest.mark.parametrize(
    ("old", "new"), [("**stripes**, say", "*stripes* – say"), ("land on", "land\n    on"), (" 1. ", " 7. ")]
)
def test_blanks_marks_and_punctuation_are_no_change(notes, old, new):
    notes.sync()
    notes.write("zebras.md", ZEBRAS.replace(old, new))
    notes.sync()
    assert not Revision.objects.exists()


def test_one_follows_the_other_and_what_comes_back_is_said_to(notes):
    notes.sync()
    for speed in ("64", "65", "66"):
        notes.write("zebras.md", ZEBRAS.replace("65", speed))
        notes.sync()
    first, second, third = Revision.objects.order_by("replaced_at")
    assert [one.answer[6:8] for one in (first, second, third)] == ["65", "64", "65"]
    assert (first.since, second.since, third.since) == (None, first.replaced_at, second.replaced_at)
    assert not Revision.objects.exclude(returned_at=None).exists()
    notes.write("zebras.md", ZEBRAS.replace("65", "64"))
    notes.sync()
    assert list(Revision.objects.exclude(returned_at=None)) == [second]


def test_what_a_curator_wrote_is_kept_when_the_conflict_is_settled_and_not_before(notes):
    notes.sync()
    note = notes.question(SPEED).notes.get()
    note.answer = "As fast as a car."
    note.save()
    notes.write("zebras.md", ZEBRAS.replace("65 km/h", "64 km/h"))
    assert changes(notes.sync()) == {"conflicts": 1}
    assert [revision.answer[:8] for revision in Revision.objects.all()] == ["About 65"]
    conflict = Conflict.objects.get()
    note.refresh_from_db()
    note.answer = conflict.answer
    note.save()
    assert [revision.answer[:8] for revision in Revision.objects.all()] == ["About 65", "As fast "]


def test_a_source_that_may_not_be_shown_any_more_keeps_no_old_answers(notes):
    notes.sync()
    notes.write("zebras.md", ZEBRAS.replace("65 km/h", "64 km/h"))
    notes.sync()
    assert Revision.objects.count() == 1
    Source.objects.update(mode="questions-only")
    notes.write("zebras.md", ZEBRAS.replace(SPEED, "At what speed does a zebra run?"))
    notes.sync()
    assert not Note.objects.exclude(answer="").exists()
    assert not Revision.objects.exclude(answer="").exists()


def test_queries_do_not_grow_with_the_questions_that_change(notes):
    def page(numbers, word):
        return "# Zebras\n\n" + "".join(f"## Question {n}?\n\nThe {word} number {n} of them.\n\n" for n in numbers)

    counts = []
    for size in (3, 60):
        for word in (f"old {size}", f"new {size}", f"newest {size}"):
            notes.write("zebras.md", page(range(size), word))
            notes.write("README.md", "# Animals\n\n- **[Zebras](zebras.md)**\n")
            with CaptureQueriesContext(connection) as captured:
                notes.sync()
        counts.append(sum("questions_revision" in query["sql"] for query in captured))
        assert Revision.objects.filter(answer__startswith=f"The new {size} ").count() == size
    assert counts[0] == counts[1] > 0
