"""The vocabulary of questions: each queryset reads as a sentence, and permission is asked here."""

from datetime import timedelta

from django.core import signing
from django.db import models, transaction
from django.db.models import Count, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

LINK_LASTS = timedelta(days=7)


class TopicQuerySet(models.QuerySet):
    def live(self):
        return self.filter(retired_at=None)

    def with_question_counts(self):
        """Adds `question_count`: live questions that stand on the topic itself, not below it."""
        live = Q(questions__retired_at=None, questions__merged_into=None)
        return self.annotate(question_count=Count("questions", filter=live))

    def in_branch(self, topic):
        """The topic and everything below it."""
        return self.filter(path__startswith=topic.path)


class QuestionQuerySet(models.QuerySet):
    def live(self):
        return self.unmerged().filter(retired_at=None)

    def unmerged(self):
        """Live or retired, but not gone into another."""
        return self.filter(merged_into=None)

    def at(self, pk):
        """The one whose address says `pk`, or that it has been merged into."""
        own_or_other = self.model.objects.filter(pk=pk).order_by().values(at=Coalesce("merged_into_id", "pk"))
        return self.filter(pk=Subquery(own_or_other))

    def in_branch(self, topic):
        """On this topic or anywhere below it."""
        return self.filter(topic__path__startswith=topic.path)

    def on_branch(self, slug):
        """The same, of the topic with this address."""
        path = self.model._meta.get_field("topic").related_model.objects.filter(slug=slug).values("path")
        return self.filter(topic__path__startswith=Subquery(path))

    def in_reading_order(self):
        return self.order_by("topic__position", "topic_id", "position", "pk")

    def in_source(self, source):
        """Those about which this source says something now."""
        return self.filter(notes__source=source, notes__retired_at=None).distinct()

    def placed(self):
        """Only what tells where a question stands: pk, topic_id, parent_id, position."""
        return self.order_by().values_list("pk", "topic_id", "parent_id", "position", named=True)

    def with_answer_counts(self):
        """Adds `has_answer` (how many live notes have a reference answer) and `answer_count` (published Answers)."""
        return self.annotate(
            has_answer=Count("notes", filter=Q(notes__retired_at=None, notes__answer__gt=""), distinct=True),
            answer_count=Count("answers", filter=Q(answers__state="published"), distinct=True),
        )


class SourceQuerySet(models.QuerySet):
    def with_counts(self):
        """Adds `question_count` and `answer_count`: live questions it has a live note on, and those it answers."""
        live = Q(notes__retired_at=None, notes__question__retired_at=None)
        return self.annotate(
            question_count=Count("notes__question", filter=live, distinct=True),
            answer_count=Count("notes__question", filter=live & Q(notes__answer__gt=""), distinct=True),
        )


class NoteQuerySet(models.QuerySet):
    def live(self):
        return self.filter(retired_at=None)


class RevisionQuerySet(models.QuerySet):
    def known_at(self, time):
        """What stood there at that time, and is not said any more."""
        return self.filter(Q(since=None) | Q(since__lte=time), replaced_at__gt=time, returned_at=None)


class ImportQuerySet(models.QuerySet):
    def busy(self):
        return self.filter(state__in=self.model.BUSY)

    def waiting(self):
        """For a worker to take them, the one first that was asked for first."""
        return self.busy().filter(claimed_at=None).exclude(asked_at=None).order_by("asked_at", "pk")

    def claimed(self):
        """A worker has them, or had them when it died."""
        return self.busy().exclude(claimed_at=None)

    def without_plans(self):
        """A plan may be long: lists of runs do without it."""
        return self.defer("plan")


class RenameCandidateQuerySet(models.QuerySet):
    def waiting(self):
        """Nobody has decided yet, and there is still something to decide: one is retired, the other is not."""
        sides = {"old__retired_at__isnull": False, "new__retired_at": None}
        return self.filter(decided_at=None, old__merged_into=None, new__merged_into=None, **sides)


class MergeProposalQuerySet(models.QuerySet):
    def waiting(self):
        """Nobody has decided yet, and both questions are still to be had."""
        sides = {f"{side}__{name}": None for side in ("first", "second") for name in ("retired_at", "merged_into")}
        return self.filter(decided_at=None, **sides)

    def between(self, one, other):
        return self.filter(first_id=min(one.pk, other.pk), second_id=max(one.pk, other.pk))


class AnswerQuerySet(models.QuerySet):
    def published(self):
        return self.filter(state="published")

    def pending(self):
        return self.filter(state="pending")

    def visible_to(self, user):
        """What is published, one's own, and everything for those who may decide on it."""
        if user.is_staff and user.has_perm("questions.change_answer"):  # staff first: readers cost no query
            return self.all()
        mine = Q(author=user) if user.is_authenticated else Q(pk=None)
        return self.filter(Q(state="published") | mine)

    def editable_by(self, user):
        return self.filter(author=user) if user.is_authenticated else self.none()

    def submit(self, question, author, text, language):
        """Hands `text` in as the author's one pending Answer to the question; a second time, it replaces the first.

        Of two at once the constraint lets one in, and the other finds it there.
        """
        handed_in = {"text": text, "language": language, "submitted_at": timezone.now()}
        with transaction.atomic():
            answer, created = self.select_for_update().get_or_create(
                question=question, author=author, state="pending", defaults=handed_in
            )
            if not created and (answer.text, answer.language) != (text, language):
                for field, value in handed_in.items():
                    setattr(answer, field, value)
                answer.save(update_fields=[*handed_in, "html", "renderer"])
        return answer


class TakedownQuerySet(models.QuerySet):
    def confirmed(self):
        """Those that curators see: whoever complained has shown that the address is theirs."""
        return self.exclude(state="unverified")

    def waiting(self):
        """A curator has to decide: on the complaint, or on undoing it."""
        return self.filter(Q(state="open") | Q(state="upheld", undo_asked_at__isnull=False))

    def upheld(self):
        return self.filter(state="upheld")

    def with_token(self, token):
        """The complaint that the link in a letter of the last 7 days stands for; none for any other token."""
        try:
            pk = signing.loads(token, salt="takedown", max_age=LINK_LASTS)
        except signing.BadSignature:
            return self.none()
        return self.filter(pk=pk)

    def forgotten(self):
        """Nobody confirmed them, and nobody can any more."""
        return self.filter(state="unverified", sent_at__lt=timezone.now() - 2 * LINK_LASTS)


class StepQuerySet(models.QuerySet):
    """Lines of a log: what has been said stays said."""

    def update(self, **values):
        raise TypeError("The log of a takedown is not rewritten.")

    def delete(self):
        raise TypeError("The log of a takedown is not shortened.")
