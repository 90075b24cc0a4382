"""A mock interview."""

from datetime import timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from progress.querysets import InterviewQuerySet, TurnQuerySet
from questions.models import Question

CRITERIA = ("correct", "complete", "clear")


class Interview(models.Model):
    """Questions asked one after the other, each with its minutes; afterwards a report that one keeps.

    It runs until `finished_at`, and a reader has one running at a time.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    choice = models.TextField(blank=True, help_text="What was chosen from, as a query string.")
    minutes = models.PositiveSmallIntegerField(
        _("minutes a question"), validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    objects = InterviewQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("mock interview")
        verbose_name_plural = _("mock interviews")
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(finished_at=None), name="interview_one_at_a_time"
            )
        ]

    def __str__(self):
        return f"{self.user} · {self.created_at:%Y-%m-%d}"

    def get_absolute_url(self):
        return reverse("practice_interview", args=[self.pk])


class Turn(models.Model):
    """One Question of an Interview: when it was asked, what was said, and how the reader rates that.

    `version` counts the saves of `text`, as that of a Draft does. One that follows another has half its time.
    """

    interview = models.ForeignKey(Interview, models.CASCADE, related_name="turns")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    follows = models.ForeignKey("self", models.CASCADE, null=True, related_name="follow_ups")
    asked_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    text = models.TextField(_("my answer"), blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    correct = models.PositiveSmallIntegerField(_("correct"), null=True)
    complete = models.PositiveSmallIntegerField(_("complete"), null=True)
    clear = models.PositiveSmallIntegerField(_("clear"), null=True)

    objects = TurnQuerySet.as_manager()

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

    @property
    def allowed(self):
        """Its time in seconds."""
        return self.interview.minutes * (30 if self.follows_id else 60)

    @property
    def until(self):
        return self.asked_at + timedelta(seconds=self.allowed)

    @property
    def taken(self):
        """How many seconds it took, or None while it is being answered."""
        return round((self.ended_at - self.asked_at).total_seconds()) if self.ended_at else None

    @property
    def over(self):
        """By how many seconds its time was exceeded."""
        return max(0, (self.taken or 0) - self.allowed)

    @property
    def ratings(self):
        """The three of them in order, each from 1 to 5; None where there is none yet."""
        return [getattr(self, name) for name in CRITERIA]

    @property
    def is_rated(self):
        return None not in self.ratings

    def rate_oneself(self, *, correct, complete, clear):
        self.correct, self.complete, self.clear = correct, complete, clear
        self.save(update_fields=CRITERIA)
