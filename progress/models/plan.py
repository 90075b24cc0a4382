"""These topics by this date."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from questions.models import Topic


class Plan(models.Model):
    """What each day asks follows from what is left, so a missed day needs no row. A reader has one at a time."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    topics = models.ManyToManyField(Topic, related_name="+", verbose_name=_("topics"))
    by = models.DateField(_("by"))
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=models.Q(ended_at=None), name="plan_one_at_a_time")
        ]

    def __str__(self):
        return f"{self.user} · {self.by}"
