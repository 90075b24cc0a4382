"""Questions that may be renamed ones: guesses of an import, for a curator to decide on."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from questions.models.import_run import Import
from questions.models.question import Question
from questions.querysets import RenameCandidateQuerySet


class RenameCandidate(models.Model):
    """One run retired `old` and added `new` with a similar title. The decision is remembered, whichever it is."""

    old = models.ForeignKey(Question, models.CASCADE, related_name="+", verbose_name=_("retired question"))
    new = models.ForeignKey(Question, models.CASCADE, related_name="+", verbose_name=_("new question"))
    score = models.FloatField(_("likeness"), help_text="0–1, of the titles.")
    run = models.ForeignKey(Import, models.CASCADE, related_name="rename_candidates", verbose_name=_("import"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    accepted = models.BooleanField(_("the same question"), null=True, blank=True)

    objects = RenameCandidateQuerySet.as_manager()

    class Meta:
        ordering = ["-score", "pk"]
        verbose_name = _("question perhaps renamed")
        verbose_name_plural = _("questions perhaps renamed")
        constraints = [
            models.UniqueConstraint(fields=["old", "new"], name="rename_candidate_once"),
            models.CheckConstraint(condition=~Q(old=F("new")), name="rename_candidate_of_two"),
        ]

    def __str__(self):
        return f"{self.old} → {self.new}"

    def decide(self, by, *, accepted):
        self.decided_at, self.decided_by, self.accepted = timezone.now(), by, accepted
        self.save(update_fields=["decided_at", "decided_by", "accepted"])
