"""A mock interview."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from questions.models import Question

CRITERIA = ("correct", "complete", "clear")


class Interview(models.Model):
    """Questions asked one after the other, each with its minutes; afterwards a report that one keeps."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    choice = models.CharField(max_length=500, blank=True, help_text="What was chosen from, as a query string.")
    minutes = models.PositiveSmallIntegerField(
        _("minutes a question"), validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("mock interview")
        verbose_name_plural = _("mock interviews")

    def __str__(self):
        return f"{self.user} · {self.created_at:%Y-%m-%d}"


class Turn(models.Model):
    """One Question of an Interview: when it was asked, what was said, and how the reader rates that."""

    interview = models.ForeignKey(Interview, models.CASCADE, related_name="turns")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    text = models.TextField(_("my answer"), blank=True)
    correct = models.PositiveSmallIntegerField(_("correct"), null=True)
    complete = models.PositiveSmallIntegerField(_("complete"), null=True)
    clear = models.PositiveSmallIntegerField(_("clear"), null=True)

    class Meta:
        ordering = ["position"]
        verbose_name = _("turn")
        verbose_name_plural = _("turns")
        constraints = [
            models.UniqueConstraint(fields=["interview", "position"], name="turn_one_a_position"),
            *(
                models.CheckConstraint(
                    condition=models.Q(**{name: None}) | models.Q(**{f"{name}__range": (1, 5)}),
                    name=f"turn_{name}_of_five",
                )
                for name in CRITERIA
            ),
        ]

    def __str__(self):
        return f"{self.interview} · {self.position}"
