"""Complaints about texts that should not be here, what is decided on them, and the texts they keep out."""

from django.conf import settings
from django.core import signing
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from questions.models.answer import Answer
from questions.models.note import Note, TopicNote
from questions.models.source import Source
from questions.querysets import StepQuerySet, TakedownQuerySet


def curator(label):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=label
    )


class Takedown(models.Model):
    """A complaint: unverified → open → upheld or refused; what was upheld may be undone. See `questions.takedown`."""

    class State(models.TextChoices):
        UNVERIFIED = "unverified", _("e-mail address not confirmed")
        OPEN = "open", _("open")
        UPHELD = "upheld", _("upheld")
        REFUSED = "refused", pgettext_lazy("complaint", "refused")
        UNDONE = "undone", _("undone")

    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail address"))
    rights_holder = models.CharField(_("in whose name"), max_length=200, blank=True)
    work = models.TextField(_("the work concerned"), max_length=5000)
    addresses = models.TextField(_("the pages it is about"), max_length=10_000)
    in_good_faith = models.BooleanField(_("statement of good faith"), default=False)
    language = models.CharField(_("language"), max_length=20, choices=settings.LANGUAGES)
    site = models.URLField(editable=False, help_text="Address of the site the form was sent from: letters link there.")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.UNVERIFIED, db_index=True)
    sent_at = models.DateTimeField(_("sent"), default=timezone.now, editable=False)
    verified_at = models.DateTimeField(_("e-mail address confirmed"), null=True, blank=True, editable=False)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True, editable=False)
    decided_by = curator(_("decided by"))
    reason = models.TextField(_("reason"), blank=True)
    takes_titles = models.BooleanField(_("titles removed too"), default=False)
    undo_asked_at = models.DateTimeField(_("undoing asked for"), null=True, blank=True, editable=False)
    undo_asked_by = curator(_("undoing asked for by"))
    undo_reason = models.TextField(_("reason for undoing"), blank=True)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True, editable=False)
    undone_by = curator(_("undone by"))

    objects = TakedownQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        verbose_name = _("takedown")
        verbose_name_plural = _("takedowns")
        constraints = [
            models.CheckConstraint(condition=Q(in_good_faith=True), name="takedown_in_good_faith"),
            models.CheckConstraint(
                condition=Q(state="unverified") | Q(verified_at__isnull=False), name="takedown_verified_first"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["unverified", "open"]) | Q(decided_at__isnull=False), name="takedown_decided"
            ),
            models.CheckConstraint(condition=~Q(undone_by=F("undo_asked_by")), name="takedown_undone_by_another"),
        ]

    def __str__(self):
        return _("Takedown %(number)s") % {"number": self.pk}

    def token(self):
        """Stands for this complaint in the link that confirms its address; see `TakedownQuerySet.with_token`."""
        return signing.dumps(self.pk, salt="takedown")

    @property
    def is_undo_asked(self):
        return self.state == self.State.UPHELD and self.undo_asked_at is not None


class TakedownTarget(models.Model):
    """One thing a complaint is about: a Note, what a source says of a topic, an Answer, or all that a Source says."""

    takedown = models.ForeignKey(Takedown, models.CASCADE, related_name="targets", verbose_name=_("takedown"))
    note = models.ForeignKey(Note, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("note"))
    topicnote = models.ForeignKey(
        TopicNote, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("topic note")
    )
    answer = models.ForeignKey(
        Answer, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("answer")
    )
    source = models.ForeignKey(
        Source, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("source")
    )
    is_copy = models.BooleanField(
        _("copy"), default=False, help_text="Nobody complained about it: it holds the same text, and we found it."
    )

    class Meta:
        ordering = ["is_copy", "pk"]
        verbose_name = _("target of a takedown")
        verbose_name_plural = _("targets of takedowns")
        constraints = [
            models.CheckConstraint(
                condition=Q(note__isnull=False, topicnote=None, answer=None, source=None)
                | Q(note=None, topicnote__isnull=False, answer=None, source=None)
                | Q(note=None, topicnote=None, answer__isnull=False, source=None)
                | Q(note=None, topicnote=None, answer=None, source__isnull=False),
                name="takedown_target_is_one",
            ),
            *(
                models.UniqueConstraint(fields=["takedown", kind], name=f"takedown_target_{kind}_once")
                for kind in ("note", "topicnote", "answer", "source")
            ),
        ]

    def __str__(self):
        return str(self.thing)

    def get_absolute_url(self):
        return self.thing.get_absolute_url()

    @property
    def thing(self):
        return self.note or self.topicnote or self.answer or self.source


class Step(models.Model):
    """One line in the log of a takedown. Lines are added, and never changed or taken out."""

    class What(models.TextChoices):
        CONFIRMED = "confirmed", _("address confirmed")
        TARGET_ADDED = "target added", _("target added")
        TARGET_LEFT_OUT = "target left out", _("target left out")
        COPY_FOUND = "copy found", _("copy found")
        UPHELD = "upheld", _("upheld")
        REFUSED = "refused", pgettext_lazy("complaint", "refused")
        UNDO_ASKED = "undo asked", _("undoing asked for")
        UNDO_DROPPED = "undo dropped", _("undoing not wanted any more")
        UNDONE = "undone", _("undone")

    takedown = models.ForeignKey(Takedown, models.PROTECT, related_name="steps", verbose_name=_("takedown"))
    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)
    by = curator(_("by"))
    what = models.CharField(_("what"), max_length=20, choices=What)
    words = models.TextField(_("words"), blank=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("step of a takedown")
        verbose_name_plural = _("steps of takedowns")

    def __str__(self):
        return self.get_what_display()

    def save(self, *args, **kwargs):
        if self.pk:
            raise TypeError("The log of a takedown is not rewritten.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("The log of a takedown is not shortened.")


class Letter(models.Model):
    """A letter that somebody is owed. It is written when it is sent, in their language; see `questions.letters`."""

    class Kind(models.TextChoices):
        CONFIRM = "confirm", _("please confirm your address")
        UPHELD = "upheld", _("your complaint is upheld")
        REFUSED = "refused", _("your complaint is refused")
        UNDONE = "undone", _("the takedown is undone")
        FROZEN = "frozen", _("your text is not shown any more")
        RESTORED = "restored", _("your text is shown again")

    takedown = models.ForeignKey(Takedown, models.CASCADE, related_name="letters", verbose_name=_("takedown"))
    kind = models.CharField(_("letter"), max_length=10, choices=Kind)
    to = models.EmailField(_("to"))
    language = models.CharField(_("language"), max_length=20)
    owed_at = models.DateTimeField(_("due"), default=timezone.now, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True, editable=False)
    mistake = models.CharField(_("what went wrong"), max_length=500, blank=True)

    class Meta:
        ordering = ["-owed_at", "-pk"]
        verbose_name = _("letter")
        verbose_name_plural = _("letters")

    def __str__(self):
        return f"{self.get_kind_display()} → {self.to}"


class Block(models.Model):
    """A text that a takedown froze: kept here to be put back if it is undone, and kept out wherever it comes again."""

    takedown = models.ForeignKey(Takedown, models.PROTECT, related_name="blocks", verbose_name=_("takedown"))
    note = models.ForeignKey(
        Note, models.SET_NULL, null=True, blank=True, related_name="blocks", verbose_name=_("note")
    )
    topicnote = models.ForeignKey(
        TopicNote, models.SET_NULL, null=True, blank=True, related_name="blocks", verbose_name=_("topic note")
    )
    answer = models.ForeignKey(
        Answer, models.SET_NULL, null=True, blank=True, related_name="blocks", verbose_name=_("answer")
    )
    title = models.TextField(_("title"), blank=True)
    text = models.TextField(_("text"), blank=True)
    asked = models.TextField(_("what the question goes on to say below its title"), blank=True)
    before = models.JSONField(default=dict, editable=False, help_text="What else stood in the row: it is put back too.")

    class Meta:
        ordering = ["pk"]
        verbose_name = _("blocked text")
        verbose_name_plural = _("blocked texts")

    def __str__(self):
        return self.title or str(self.answer or self.topicnote or self.pk)


class BlockedShingle(models.Model):
    """A landmark of a blocked text: 20 letters of it, as a number. See `questions.shingles`."""

    pk = models.CompositePrimaryKey("shingle", "block_id")
    shingle = models.BigIntegerField()
    block = models.ForeignKey(Block, models.CASCADE, related_name="shingles")

    class Meta:
        verbose_name = _("blocked shingle")
        verbose_name_plural = _("blocked shingles")

    def __str__(self):
        return f"{self.shingle:x}"
