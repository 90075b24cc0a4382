"""A reader's marks: what they keep, can answer, and are writing; rows with *when*, not flags."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from progress.querysets import DraftQuerySet, MarkQuerySet
from questions.models import Findable, Question


class Mark(models.Model):
    """A reader's own row about one Question; there is one of each kind at most."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("since"), auto_now_add=True)

    objects = MarkQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "question"], name="%(class)s_once_a_reader")]

    def __str__(self):
        return f"{self.user} · {self.question}"


class Bookmark(Mark):
    """The reader keeps the question at hand."""

    class Meta(Mark.Meta):
        verbose_name = _("bookmark")
        verbose_name_plural = _("bookmarks")


class Answered(Mark):
    """The reader can answer the question."""

    checked_at = models.DateTimeField(
        _("checked"), null=True, editable=False, help_text="Up to when the reader has seen what changed about it."
    )

    class Meta(Mark.Meta):
        verbose_name = _("answered question")
        verbose_name_plural = _("answered questions")


class Draft(Mark, Findable):
    """A reader's unsent answer. `version` counts the saves: who saves says which one they started from."""

    text = models.TextField(_("draft"), blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField(_("saved"), auto_now=True)

    objects = DraftQuerySet.as_manager()

    class Meta(Mark.Meta):
        ordering = ["-updated_at", "-pk"]
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")

    @classmethod
    def findable(cls):
        return cls.objects.with_text()

    @classmethod
    def said_to(cls, user):
        mine = cls.objects.filter(user=user) if user.is_authenticated else cls.objects.none()
        return mine.annotate(said_in=models.Value(""), said=models.F("text"))

    @property
    def found_by(self):
        return "", self.text

    @property
    def found_under(self):
        return {"question_id": self.question_id, "owner_id": self.user_id}
