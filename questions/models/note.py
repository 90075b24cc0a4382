"""What a source says."""

from html import escape

from django.db import models
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from questions.identity import fingerprint
from questions.markdown.bare import bare
from questions.markdown.render import render
from questions.models.freezable import Freezable
from questions.models.question import Question
from questions.models.revision import Revision
from questions.models.search import Findable
from questions.models.source import Source
from questions.models.topic import Topic
from questions.querysets import NoteQuerySet
from questions.surroundings import render_note


class Placed(Freezable):
    """A place in a source, as it was when last imported: by these facts the next import recognises it."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="%(class)ss", verbose_name=_("source"))
    language = models.CharField(_("language"), max_length=20)
    key_in_source = models.CharField(_("key in the text"), max_length=200, blank=True)
    file = models.CharField(_("file"), max_length=500, blank=True)
    line = models.PositiveIntegerField(_("line"), default=0)
    trail = models.JSONField(_("topic titles from the root down"), default=list)
    imported_title = models.TextField(_("title as imported"))
    position = models.PositiveIntegerField(_("position"), default=0)
    title = models.TextField(_("title"))
    retired_at = models.DateTimeField(_("gone from the source"), null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.title

    @property
    def url(self):
        """Where the source itself says it: the file at the commit last imported, or "" if that has no address."""
        return self.source.url_of(self.file, self.line)


class TopicNote(Placed):
    """What one Source calls one Topic."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="notes", verbose_name=_("topic"))
    parent = models.ForeignKey(
        Topic, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("parent in the source")
    )

    introduction = models.TextField(_("introduction"), blank=True)
    introduction_html = models.TextField(editable=False, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("topic note")
        verbose_name_plural = _("topic notes")

    def get_absolute_url(self):
        return self.topic.get_absolute_url()

    @property
    def is_frozen(self):
        """Whether a takedown keeps its words out of sight."""
        return self.takedown_id is not None and not self.introduction


class Note(Placed, Findable):
    """What one Source says about one Question in one language: title, reference answer, and where it stands."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="notes", verbose_name=_("question"))
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="+", verbose_name=_("topic in the source"))
    parent = models.ForeignKey(
        Question, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("follow-up in the source to")
    )
    text = models.TextField(_("what the question goes on to say below its title"), blank=True)
    text_html = models.TextField(editable=False, blank=True)
    answer = models.TextField(_("reference answer"), blank=True)
    answer_html = models.TextField(editable=False, blank=True)
    renderer = models.PositiveSmallIntegerField(default=0, editable=False)
    fingerprint = models.CharField(
        max_length=64, editable=False, help_text="Of title and answer as last imported: it says that the words changed."
    )
    answer_digest = models.CharField(
        max_length=64, editable=False, blank=True, help_text="Of the answer's letters and digits, kept in every mode."
    )
    updated_at = models.DateTimeField(_("updated"), auto_now=True)
    edited_at = models.DateTimeField(
        _("edited here"), null=True, blank=True, help_text=_("An import leaves such a note as it is.")
    )

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "key_in_source"],
                condition=~models.Q(key_in_source=""),
                name="note_key_once_a_source",
            )
        ]
        indexes = [models.Index(fields=["renderer"], name="note_by_renderer")]

    def save(self, *args, **kwargs):
        self.edited_at = None if fingerprint(self.title, self.answer, self.text) == self.fingerprint else timezone.now()
        self.answer_html = render_note(
            self.answer, self.source.slug, self.question.key, self.file, self.source.surroundings()
        )
        self.renderer = render.version
        if self.pk:
            Revision.keep([self])
        super().save(*args, **kwargs)
        self.question.gather_titles()

    def get_absolute_url(self):
        return self.question.get_absolute_url()

    @classmethod
    def findable(cls):
        """Those that are shown; of a retired question, which some may still see, those that gave it its title."""
        return cls._told().only("title", "text_html", "answer_html", "retired_at", "question", "source", "language")

    @classmethod
    def said_to(cls, user):
        shown = models.When(retired_at=None, then=Concat("text_html", "answer_html"))
        said = models.Case(shown, default=models.Value(""), output_field=models.TextField())
        return cls._told().annotate(said_in=models.F("language"), said=said)

    @classmethod
    def _told(cls):
        return cls.objects.filter(models.Q(retired_at=None) | models.Q(question__retired_at__isnull=False))

    @property
    def found_by(self):
        return self.title, "" if self.retired_at else bare(f"{self.text_html}\n{self.answer_html}")

    @property
    def found_under(self):
        has_answer = bool(self.answer_html) and self.retired_at is None
        facts = {"question_id": self.question_id, "source_id": self.source_id, "language": self.language}
        return facts | {"has_answer": has_answer}

    @property
    def title_html(self):
        """As its question has it drawn, where that bears this very title; else the words as they are."""
        is_shared = self.title == self.question.titles.get(self.language)
        return self.question.title_html_in(self.language) if is_shared else escape(self.title)

    @property
    def is_frozen(self):
        """Whether a takedown keeps its words out of sight; a new answer, which is not those words, ends that."""
        return self.takedown_id is not None and not self.answer


class Conflict(models.Model):
    """A Note was edited here, and its source changed too: what the source says waits for a curator's choice."""

    note = models.OneToOneField(Note, models.CASCADE, related_name="conflict", verbose_name=_("note"))
    title = models.TextField(_("title in the source"))
    text = models.TextField(blank=True, help_text="What the question goes on to say below its title, in the source.")
    answer = models.TextField(_("answer in the source"), blank=True)
    found_at = models.DateTimeField(_("found"), auto_now=True)

    class Meta:
        ordering = ["-found_at"]
        verbose_name = _("conflict")
        verbose_name_plural = _("conflicts")

    def __str__(self):
        return str(self.note)
