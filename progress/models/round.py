"""Going through a topic once more (二刷)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from questions.models import Question, Topic


class Round(models.Model):
    """One pass through a Topic and all below it. While it runs, its marks are the reader's Answered rows."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(_("round"))
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["topic_id", "number"]
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        constraints = [
            models.UniqueConstraint(fields=["user", "topic", "number"], name="round_one_a_number"),
            models.UniqueConstraint(
                fields=["user", "topic"], condition=models.Q(ended_at=None), name="round_one_at_a_time"
            ),
        ]

    def __str__(self):
        return f"{self.user} · {self.topic} · {self.number}"


class RoundAnswered(models.Model):
    """What was Answered in a Round that has ended."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="answered")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("since"))
    checked_at = models.DateTimeField(_("checked"), null=True, editable=False, help_text="As it stood on the mark.")

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("answered question of a round")
        verbose_name_plural = _("answered questions of a round")
        constraints = [models.UniqueConstraint(fields=["round", "question"], name="round_answered_once")]

    def __str__(self):
        return f"{self.round} · {self.question}"
