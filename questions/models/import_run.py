"""The history of imports, each with its plan and how it ended."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from questions.models.source import Source
from questions.querysets import ImportQuerySet


class Import(models.Model):
    """One run from Markdown to rows: read → parse → plan → apply.

    The row is its own place in the queue: a worker claims the oldest that is busy and not claimed. Whoever asks for it
    again takes it away from a worker that had it before, whose `conclude` then writes nothing.
    """

    class State(models.TextChoices):
        READING = "reading", _("being read")
        PLANNED = "planned", _("planned")
        APPLYING = "applying", _("being applied")
        APPLIED = "applied", _("applied")
        REFUSED = "refused", _("refused")
        FAILED = "failed", _("failed")

    BUSY = (State.READING, State.APPLYING)

    source = models.ForeignKey(Source, models.CASCADE, null=True, related_name="imports", verbose_name=_("source"))
    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name=_("by"))
    origin = models.CharField(_("read from"), max_length=500)
    commit = models.CharField(_("commit"), max_length=64, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.READING, db_index=True)
    reason = models.TextField(_("reason"), blank=True)
    facts = models.JSONField(default=dict, editable=False, help_text="Of a source that is new, as its curator says.")
    folder = models.UUIDField(default=uuid4, editable=False, help_text="Of its files: no other run ever had it.")
    counts = models.JSONField(_("counts"), default=dict)
    plan = models.JSONField(_("plan"), default=dict)
    planned_at = models.DateTimeField(editable=False, null=True)
    asked_at = models.DateTimeField(editable=False, null=True, help_text="Since when it waits for a worker.")
    claimed_at = models.DateTimeField(editable=False, null=True, help_text="Since when a worker has it.")

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-pk"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self):
        return f"{self.source or self.origin} · {self.started_at:%Y-%m-%d %H:%M}"

    @property
    def is_busy(self):
        return self.state in self.BUSY

    @property
    def is_waiting(self):
        return self.is_busy and self.asked_at is not None and self.claimed_at is None

    def ask_for(self, state, **facts):
        """Puts it into the queue, to be read or applied. False if someone else was quicker."""
        now = timezone.now()
        return self._become(state=state, asked_at=now, claimed_at=None, finished_at=None, reason="", **facts)

    def claim(self):
        """Takes it out of the queue. False if another worker was quicker."""
        return self._become(claimed_at=timezone.now())

    def release(self):
        """Puts it back into the queue: the worker that has it is told to stop."""
        return self._become(claimed_at=None)

    def conclude(self, state, **facts):
        """Writes how it ended, if it is still this worker's. False, and nothing written, if it is not."""
        return self._become(state=state, finished_at=timezone.now(), **facts)

    def _become(self, **facts):
        """Changes it if nobody else has since it was read; of two at once the database lets one in."""
        as_read = Import.objects.filter(
            pk=self.pk, state=self.state, claimed_at=self.claimed_at, asked_at=self.asked_at
        )
        if not as_read.update(**facts):
            return False
        for name, value in facts.items():
            setattr(self, name, value)
        return True
