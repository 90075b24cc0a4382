"""Two questions that are one: who merged them and what went along, and what is proposed for merging."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from questions.models.question import Question
from questions.querysets import MergeProposalQuerySet


def curator(label):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=label
    )


class Merge(models.Model):
    """One question went into another. `progress.merging` does it and undoes it."""

    kept = models.ForeignKey(Question, models.PROTECT, related_name="merges", verbose_name=_("question that stays"))
    gone = models.ForeignKey(Question, models.PROTECT, related_name="+", verbose_name=_("question that goes into it"))
    by = curator(_("by"))
    at = models.DateTimeField(_("merged"), default=timezone.now, editable=False)
    undone_by = curator(_("undone by"))
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True, editable=False)
    moved = models.JSONField(
        default=dict, editable=False, help_text="Kind → primary keys of what went along, never a reader's words."
    )

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        constraints = [
            models.UniqueConstraint(fields=["gone"], condition=Q(undone_at=None), name="merge_once"),
            models.CheckConstraint(condition=~Q(kept=F("gone")), name="merge_of_two"),
        ]

    def __str__(self):
        return f"{self.gone} → {self.kept}"


class MergeProposal(models.Model):
    """Two questions of different sources that look the same. A curator's decision on them is remembered."""

    class Reason(models.IntegerChoices):
        """The surest first."""

        SAME = 1, _("same title and answer")
        SAME_TITLE = 2, _("same title")
        SAME_ANSWER = 3, _("same answer")
        SIMILAR = 4, _("similar title")

    first = models.ForeignKey(Question, models.CASCADE, related_name="+", verbose_name=_("question"))
    second = models.ForeignKey(Question, models.CASCADE, related_name="+", verbose_name=_("other question"))
    reason = models.PositiveSmallIntegerField(_("reason"), choices=Reason)
    score = models.FloatField(_("likeness"), help_text="0–1, of the titles where these are similar.")
    found_at = models.DateTimeField(_("found"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = curator(_("decided by"))
    accepted = models.BooleanField(_("merged"), null=True, blank=True)

    objects = MergeProposalQuerySet.as_manager()

    class Meta:
        ordering = ["reason", "-score", "pk"]
        verbose_name = _("proposed merge")
        verbose_name_plural = _("proposed merges")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="merge_proposed_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="merge_proposal_in_order"),
        ]

    def __str__(self):
        return f"{self.first} = {self.second}"

    def refuse(self, by):
        """Not the same: it is never proposed again."""
        self.decided_at, self.decided_by, self.accepted = timezone.now(), by, False
        self.save(update_fields=["decided_at", "decided_by", "accepted"])
