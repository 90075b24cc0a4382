"""One thing an interviewer asks."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from questions.models.titles import Titled
from questions.models.topic import Topic
from questions.querysets import QuestionQuerySet


class Question(Titled):
    """Keeps its `key` and primary key for life, whatever happens to the notes: readers' marks hang on them."""

    class Difficulty(models.IntegerChoices):
        BASIC = 1, _("basic")
        SOLID = 2, _("solid")
        DEEP = 3, _("deep")

    key = models.CharField(_("key"), max_length=200, unique=True)
    slug = models.SlugField(_("address"), max_length=200, blank=True, allow_unicode=True)
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="questions", verbose_name=_("topic"))
    parent = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="follow_ups", verbose_name=_("follow-up to")
    )
    position = models.PositiveIntegerField(_("position"), default=0)
    difficulty = models.PositiveSmallIntegerField(_("difficulty"), choices=Difficulty, null=True, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name=_("merged into")
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["topic__position", "topic_id", "position", "pk"]
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        indexes = [models.Index(fields=["topic", "position"], name="question_by_topic")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(merged_into=models.F("pk")), name="question_not_into_itself")
        ]

    def get_absolute_url(self):
        return reverse("question", args=[self.pk, self.slug]) if self.slug else reverse("question", args=[self.pk])

    def title_in(self, language):
        """A takedown may have left it no title; then its topic says what it was about, where that is at hand."""
        if self.titles:
            return super().title_in(language)
        if self._meta.get_field("topic").is_cached(self):
            return gettext("Removed question (%(topic)s)") % {"topic": self.topic.title_in(language)}
        return gettext("Removed question")

    @property
    def is_follow_up(self):
        return self.parent_id is not None
