"""What contributors answer."""

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from questions.markdown.bare import bare
from questions.markdown.render import render
from questions.models.freezable import Freezable
from questions.models.question import Question
from questions.models.search import Findable
from questions.querysets import AnswerQuerySet


class Answer(Freezable, Findable):
    """A contributor's alternative answer: pending → published, returned with a reason, or withdrawn."""

    class State(models.TextChoices):
        PENDING = "pending", _("pending")
        PUBLISHED = "published", _("published")
        RETURNED = "returned", _("returned")
        WITHDRAWN = "withdrawn", _("withdrawn")

    question = models.ForeignKey(Question, models.PROTECT, related_name="answers", verbose_name=_("question"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="answers", verbose_name=_("author")
    )
    language = models.CharField(_("language"), max_length=20, choices=settings.LANGUAGES)
    text = models.TextField(_("answer"))
    html = models.TextField(editable=False)
    renderer = models.PositiveSmallIntegerField(default=0, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PENDING, db_index=True)
    reason = models.TextField(_("reason"), blank=True, help_text=_("Shown to the author."))
    submitted_at = models.DateTimeField(_("submitted"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["-submitted_at", "-pk"]
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(
                fields=["question", "author"], condition=models.Q(state="pending"), name="answer_pending_once"
            )
        ]

    def __str__(self):
        return f"{self.question} — {self.author or '—'}"

    def save(self, *args, update_fields=None, **kwargs):
        """Renders the text whenever it is written."""
        if update_fields is None or "text" in update_fields:
            self.html, self.renderer = render(self.text, prefix=f"a{self.question_id}"), render.version
            update_fields = update_fields and {*update_fields, "html", "renderer"}
        super().save(*args, update_fields=update_fields, **kwargs)

    def get_absolute_url(self):
        return reverse("answer", args=[self.pk])

    @property
    def is_frozen(self):
        """Whether a takedown keeps its words out of sight; new words, submitted since, end that."""
        return self.takedown_id is not None and not self.text

    def publish(self, by):
        """Shows it to everyone; the author's earlier published answer in this language steps back."""
        with transaction.atomic():
            self.question.answers.filter(
                author=self.author, language=self.language, state=self.State.PUBLISHED
            ).exclude(pk=self.pk).update(state=self.State.WITHDRAWN)
            self._decide(self.State.PUBLISHED, by)
            self.follow(self.question.answers.filter(author=self.author).values_list("pk", flat=True))
        return self

    def return_to_author(self, by, reason):
        """Gives it back with the reason; the author may improve and submit it again."""
        return self._decide(self.State.RETURNED, by, reason)

    def withdraw(self):
        """Takes it back at the author's wish, from whatever state."""
        return self._decide(self.State.WITHDRAWN, self.author)

    def _decide(self, state, by, reason=""):
        self.state, self.reason, self.decided_by, self.decided_at = state, reason, by, timezone.now()
        self.save(update_fields=["state", "reason", "decided_by", "decided_at"])
        return self

    @classmethod
    def findable(cls):
        """Published ones by everyone, the others by their authors; what a takedown has left is nothing to find."""
        return cls.objects.exclude(text="").filter(models.Q(state=cls.State.PUBLISHED) | models.Q(author__isnull=False))

    @classmethod
    def said_to(cls, user):
        return cls.objects.visible_to(user).annotate(said_in=models.F("language"), said=models.F("html"))

    @property
    def found_by(self):
        return "", bare(self.html)

    @property
    def found_under(self):
        owner = None if self.state == self.State.PUBLISHED else self.author_id
        return {"question_id": self.question_id, "owner_id": owner, "language": self.language}
