"""A question that a source dropped, and one that it brought instead, turn out to be the same under a new name."""

from django.db import transaction
from django.utils.translation import gettext as _

from progress.merging import CannotMerge, merge
from questions.differences import words_of
from questions.models import Conflict, Question, RenameCandidate, Revision, Source


def accept(candidate, by):
    """The old question lives on with the new words: its key, address and marks stay. Raises CannotMerge.

    What stands afterwards is what the import would have made of it, had it known: its next run plans nothing.
    """
    with transaction.atomic():
        candidate = _locked(candidate)
        old, new, source = candidate.old, candidate.new, candidate.run.source
        before = old.notes.exclude(retired_at=None).filter(source=source).order_by("-retired_at").first()
        after = new.notes.live().filter(source=source).first()
        if before is None or after is None:
            raise CannotMerge(_("The notes of this run are not there any more."))
        Question.objects.filter(pk=old.pk).update(retired_at=None)
        done = merge(old, new, by)
        _follow(Question.objects.get(pk=old.pk), new, before)
        Revision.precede(after, before, new.created_at)
        if before.edited_at and not after.edited_at:
            _keep_edit(before, after)
    return done


def refuse(candidate, by):
    """They are two questions: it is never proposed again. Raises CannotMerge if it has been decided."""
    with transaction.atomic():
        _locked(candidate).decide(by, accepted=False)


def _locked(candidate):
    """As it is now, if it still waits; first its source, whose imports write to both questions."""
    list(Source.objects.select_for_update().filter(pk=candidate.run.source_id))
    waiting = RenameCandidate.objects.waiting().select_for_update(of=("self",))
    found = waiting.filter(pk=candidate.pk).select_related("old", "new", "run__source").first()
    if found is None:
        raise CannotMerge(_("There is nothing to decide here any more."))
    return found


def _follow(question, new, before):
    """It goes where the source has it now, unless a curator had put it elsewhere."""
    if question.topic_id == before.topic_id:
        question.topic_id = new.topic_id
    if question.position == before.position:
        question.position = new.position
    if question.parent_id == before.parent_id and new.parent_id != question.pk:
        question.parent_id = new.parent_id
    question.save(update_fields=["topic", "position", "parent", "updated_at"])


def _keep_edit(before, after):
    """What a curator had written here stands; what the source says now waits beside it."""
    after.refresh_from_db()
    if words_of(before) == words_of(after):
        return
    theirs = {"title": after.title, "text": after.text, "answer": after.answer}
    Conflict.objects.update_or_create(note=after, defaults=theirs)
    after.title, after.text, after.answer = before.title, before.text, before.answer
    after.save()
