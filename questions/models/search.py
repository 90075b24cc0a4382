"""What can be found, and the entries under which search finds it."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from questions import search_index
from questions.models.question import Question
from questions.search_words import VERSION, fold, words_of

BATCH = 500
LONGEST = 4000  # letters of a title that count when a shorter one comes first


class SearchEntryQuerySet(models.QuerySet):
    def settle(self, questions):
        """After these were retired or restored: what stands on them is found by everyone no longer, or again."""
        is_live = models.Exists(Question.objects.live().filter(pk=models.OuterRef("question")))
        questions = list(questions)
        for start in range(0, len(questions), BATCH):
            entries = self.filter(question__in=questions[start : start + BATCH])
            entries.filter(~is_live, is_live=True).update(is_live=False)
            entries.filter(is_live, is_live=False).update(is_live=True)


class SearchEntry(models.Model):
    """One thing that can be found: of which question, in which language, by whom. Its words are in the index."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+", db_index=False)
    object_id = models.PositiveBigIntegerField()
    thing = GenericForeignKey()
    question = models.ForeignKey("questions.Question", models.CASCADE, related_name="entries")
    # No index where one value is that of most rows: SQLite would take it instead of the index of words.
    source = models.ForeignKey("questions.Source", models.CASCADE, null=True, related_name="+", db_index=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        related_name="+",
        db_index=False,
        help_text="Nobody: it is for everyone.",
    )
    language = models.CharField(max_length=20)
    has_answer = models.BooleanField(default=False, help_text="A reference answer stands there.")
    is_live = models.BooleanField(default=True, help_text="So is its question: no need to ask who may see that.")
    title_length = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveSmallIntegerField(default=VERSION)

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        constraints = [models.UniqueConstraint(fields=["content_type", "object_id"], name="search_entry_once")]

    def __str__(self):
        return f"{self.content_type_id}/{self.object_id}"


class Findable(models.Model):
    """Rows of it are found by their words. What writes rows past `save()` says `follow(pks)` afterwards."""

    entries = GenericRelation(SearchEntry)

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        self.follow([self.pk])

    @classmethod
    def findable(cls):
        """The rows that somebody may find."""
        raise NotImplementedError

    @classmethod
    def said_to(cls, user):
        """(primary key, words as HTML or text) of the rows that this person may see: permission is asked here."""
        raise NotImplementedError

    @property
    def found_by(self):
        """(title, text), both without markup."""
        raise NotImplementedError

    @property
    def found_under(self):
        """The facts of its entry."""
        raise NotImplementedError

    @classmethod
    def follow(cls, pks):
        """Makes search find these rows by what they say now, or not at all. In bulk: no query a row."""
        pks = list(pks)
        for start in range(0, len(pks), BATCH):
            cls._follow(set(pks[start : start + BATCH]))

    @classmethod
    def follow_question(cls, *questions):
        """The same for what stands on these questions, and for what stood there before."""
        kind = ContentType.objects.get_for_model(cls)
        stood = SearchEntry.objects.filter(content_type=kind, question__in=questions)
        stands = cls._base_manager.filter(question__in=questions)
        cls.follow({*stood.values_list("object_id", flat=True), *stands.values_list("pk", flat=True)})

    @classmethod
    @transaction.atomic
    def _follow(cls, pks):
        # Held until the words are written: of two who follow the same row, the later has read the later words.
        rows = list(cls.findable().select_for_update(of=("self",)).filter(pk__in=pks))
        cls.enter(rows)
        gone = pks - {row.pk for row in rows}
        if gone:
            kind = ContentType.objects.get_for_model(cls)
            entries = SearchEntry.objects.filter(content_type=kind, object_id__in=gone)
            entries._raw_delete(entries.db)

    @classmethod
    def enter(cls, rows):
        """Writes the entries of these rows, all of them findable, and their words."""
        if not rows:
            return
        kind = ContentType.objects.get_for_model(cls)
        questions = Question.objects.filter(pk__in={row.question_id for row in rows})
        not_live = set(questions.exclude(retired_at=None, merged_into=None).values_list("pk", flat=True))
        said = [row.found_by for row in rows]
        entries = [
            SearchEntry(
                content_type=kind,
                object_id=row.pk,
                is_live=row.question_id not in not_live,
                title_length=min(len(fold(title)), LONGEST),
                **row.found_under,
            )
            for row, (title, _text) in zip(rows, said, strict=True)
        ]
        facts = ["question", "source", "owner", "language", "has_answer", "is_live", "title_length", "version"]
        SearchEntry.objects.bulk_create(
            entries, update_conflicts=True, unique_fields=["content_type", "object_id"], update_fields=facts
        )
        search_index.put({entry.pk: words_of(*words) for entry, words in zip(entries, said, strict=True)})
