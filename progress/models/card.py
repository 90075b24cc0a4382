"""How well a reader remembers a Question, and every act of recalling that says so."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from progress.models.mark import Mark
from progress.querysets import CardQuerySet, ReviewQuerySet
from questions.models import Question


class Card(Mark):
    """A reader's memory of a Question. All of it follows from their Reviews and Habits: `rebuild_cards` makes it."""

    class State(models.IntegerChoices):
        LEARNING = 1, _("being learnt")
        REVIEW = 2, _("learnt")
        RELEARNING = 3, _("being learnt again")

    state = models.PositiveSmallIntegerField(choices=State)
    step = models.PositiveSmallIntegerField(null=True)
    stability = models.FloatField(help_text="Days until the chance of recalling it has fallen to 90 %.")
    difficulty = models.FloatField(help_text="From 1 (easy) to 10, for this reader.")
    started_at = models.DateTimeField(help_text="When it was first recalled.")
    reviewed_at = models.DateTimeField(help_text="When it was last recalled.")
    due = models.DateTimeField(_("due"))

    objects = CardQuerySet.as_manager()

    class Meta(Mark.Meta):
        ordering = ["due", "pk"]
        verbose_name = _("card")
        verbose_name_plural = _("cards")
        indexes = [
            models.Index(fields=["user", "due"], name="card_by_due"),
            models.Index(fields=["user", "reviewed_at"], name="card_by_review"),
        ]


class Review(models.Model):
    """One act of recalling: never changed, never deleted. `event` tells a second sending from a second review."""

    class Rating(models.IntegerChoices):
        AGAIN = 1, _("again")
        HARD = 2, _("hard")
        GOOD = 3, _("good")
        EASY = 4, _("easy")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    rating = models.PositiveSmallIntegerField(
        _("rating"), choices=Rating, validators=[MinValueValidator(1), MaxValueValidator(4)]
    )
    at = models.DateTimeField(_("when"))
    seconds = models.PositiveIntegerField(
        _("time taken"), null=True, help_text="From seeing the question to rating it."
    )
    event = models.UUIDField(default=uuid.uuid4, editable=False)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            models.UniqueConstraint(fields=["user", "event"], name="review_once_an_event"),
            models.CheckConstraint(condition=models.Q(rating__range=(1, 4)), name="review_rating_of_four"),
        ]
        indexes = [
            models.Index(fields=["user", "question", "at"], name="review_of_question"),
            models.Index(fields=["user", "at"], name="review_by_time"),
        ]

    def __str__(self):
        return f"{self.user} · {self.question} · {self.get_rating_display()}"


class Undo(models.Model):
    """The reader took a Review back; it stays in the log and counts no more."""

    review = models.OneToOneField(Review, models.CASCADE, related_name="undo")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("review taken back")
        verbose_name_plural = _("reviews taken back")

    def __str__(self):
        return str(self.review)
