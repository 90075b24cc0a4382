"""What a Note said before its words changed."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from questions.differences import words_of
from questions.models.source import Source
from questions.querysets import RevisionQuerySet
from questions.wording import digest


class Revision(models.Model):
    """The words of a Note from one change to the next, for who knew them. Blanks and punctuation are no change."""

    note = models.ForeignKey("questions.Note", models.CASCADE, related_name="revisions", verbose_name=_("note"))
    title = models.TextField(_("title"))
    text = models.TextField(blank=True)
    answer = models.TextField(_("reference answer"), blank=True)
    since = models.DateTimeField(null=True, help_text="Nothing: since the note was there.")
    replaced_at = models.DateTimeField(_("replaced"))
    returned_at = models.DateTimeField(null=True, help_text="Since when the note says the same again.")
    digest = models.CharField(max_length=32, help_text="Of the words that count.")

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["replaced_at", "pk"]
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        indexes = [models.Index(fields=["note", "replaced_at"], name="revision_by_time")]

    def __str__(self):
        return self.title

    @classmethod
    def keep(cls, notes):
        """Called before these `notes` are written: keeps what they have said until now, where the words change.

        In bulk, and of the old words only theirs are read: whoever has many gives them in parts.
        """
        notes = {note.pk: note for note in notes}
        revisions, after = [], {}
        for before in cls._notes().filter(pk__in=notes).only("title", "text", "answer").iterator():
            note = notes[before.pk]
            if note.source.mode != Source.Mode.FULL:  # it may not be shown any more
                before.text = before.answer = ""
            revision, after[note.pk] = cls._of(before), digest(words_of(note))
            if words_of(before) and revision.digest != after[note.pk]:
                revisions.append(revision)
        cls._succeed(revisions, after, timezone.now())

    @classmethod
    def precede(cls, note, before, at):
        """Until `at`, what another note, `before`, said stood in the place of `note`."""
        if words_of(before) and not before.is_frozen and digest(words_of(before)) != digest(words_of(note)):
            cls.objects.filter(note=note, since=None).update(since=at)
            revision = cls._of(before)
            revision.note, revision.replaced_at = note, at
            revision.save()

    @classmethod
    def _notes(cls):
        return cls._meta.get_field("note").related_model._base_manager

    @classmethod
    def _of(cls, note):
        words = {"title": note.title, "text": note.text, "answer": note.answer}
        return cls(note=note, digest=digest(words_of(note)), **words)

    @classmethod
    def _succeed(cls, revisions, after, at):
        """Writes `revisions`, after those that there are; `after` is the digest, by note, of what comes now."""
        since, returned, gone = {}, [], []
        earlier = cls.objects.filter(note__in=[revision.note_id for revision in revisions])
        for pk, note_id, digest_then, replaced_at in earlier.values_list("pk", "note_id", "digest", "replaced_at"):
            since[note_id] = replaced_at
            (returned if digest_then == after[note_id] else gone).append(pk)
        cls.objects.filter(pk__in=returned, returned_at=None).update(returned_at=at)
        cls.objects.filter(pk__in=gone, returned_at__isnull=False).update(returned_at=None)
        for revision in revisions:
            revision.since, revision.replaced_at = since.get(revision.note_id), at
        cls.objects.bulk_create(revisions)
