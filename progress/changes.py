"""What has changed since a reader answered: what its notes said then, beside what they say now."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from accounts.languages import wanted_languages
from progress.models import Answered
from questions.differences import words_of
from questions.models import Note, Revision
from questions.word_differences import Piece, word_differences


@dataclass(frozen=True)
class Change:
    note: Note
    replaced_at: datetime
    pieces: list[Piece]


def changed(user):
    """The reader's Answered rows on whose questions a note has said something else since; `changed_at` says when."""
    known = Answered.objects.filter(user=user).annotate(known_at=Coalesce("checked_at", "created_at"))
    then = revisions_read().known_at(OuterRef("known_at")).filter(note__question=OuterRef("question"))
    changed_at = Subquery(then.order_by("replaced_at").values("replaced_at")[:1])
    return known.annotate(changed_at=changed_at).filter(changed_at__isnull=False)


def revisions_read():
    """Of live notes in the reader's language; where a question has none in it, of all its live notes."""
    language = wanted_languages()[0]
    translations = Note.objects.live().filter(question=OuterRef("note__question"), language=language)
    return Revision.objects.filter(Q(note__language=language) | ~Exists(translations), note__retired_at=None)


def changes_of(answered):
    """The Changes that the reader has not seen yet, one a note."""
    known_at = answered.checked_at or answered.created_at
    found = revisions_read().known_at(known_at).filter(note__question=answered.question_id)
    first = {}
    for revision in found.order_by("replaced_at", "pk").select_related("note__source"):
        first.setdefault(revision.note_id, revision)
    return [
        Change(revision.note, revision.replaced_at, word_differences(words_of(revision), words_of(revision.note)))
        for revision in sorted(first.values(), key=lambda revision: (revision.note.source_id, revision.note_id))
    ]


def last_change(question):
    """The newest Revision of the question's notes: whoever sees the page has seen what came before, and this."""
    return Revision.objects.filter(note__question=question).order_by("-replaced_at", "-pk").first()


def check(user, question, revision):
    """The reader's answer holds after `revision` too. What came after it they may not have seen."""
    mine = Answered.objects.filter(user=user, question=question)
    not_yet = Q(checked_at=None) | Q(checked_at__lt=revision.replaced_at)
    mine.filter(not_yet, created_at__lt=revision.replaced_at).update(checked_at=revision.replaced_at)
