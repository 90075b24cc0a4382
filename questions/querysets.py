"""The vocabulary of questions: each queryset reads as a sentence, and permission is asked here."""

from django.db import models
from django.db.models import Count, Q


class TopicQuerySet(models.QuerySet):
    def live(self):
        return self.filter(retired_at=None)

    def with_question_counts(self):
        """Adds `question_count`: live questions that stand on the topic itself, not below it."""
        return self.annotate(question_count=Count("questions", filter=Q(questions__retired_at=None)))


class QuestionQuerySet(models.QuerySet):
    def live(self):
        return self.filter(retired_at=None)

    def in_branch(self, topic):
        """On this topic or anywhere below it."""
        return self.filter(topic__path__startswith=topic.path)

    def in_reading_order(self):
        return self.order_by("topic__position", "topic_id", "position", "pk")


class NoteQuerySet(models.QuerySet):
    def live(self):
        return self.filter(retired_at=None)


class AnswerQuerySet(models.QuerySet):
    def published(self):
        return self.filter(state="published")

    def pending(self):
        return self.filter(state="pending")

    def visible_to(self, user):
        """What is published, one's own, and everything for those who may decide on it."""
        if user.has_perm("questions.change_answer"):
            return self.all()
        mine = Q(author=user) if user.is_authenticated else Q(pk=None)
        return self.filter(Q(state="published") | mine)

    def editable_by(self, user):
        return self.filter(author=user) if user.is_authenticated else self.none()
