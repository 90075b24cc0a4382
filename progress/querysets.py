"""Drafts, and the one way they are saved."""

from django.db import models
from django.db.models import F
from django.utils import timezone


class StaleDraft(Exception):
    """The draft was saved elsewhere in the meantime; `.current` is what stands there now."""

    def __init__(self, current):
        super().__init__("This draft has been saved elsewhere in the meantime.")
        self.current = current


class MarkQuerySet(models.QuerySet):
    def standing(self):
        """Without those that stay behind on a question merged into another, for the way back."""
        return self.filter(question__merged_into=None)


class DraftQuerySet(MarkQuerySet):
    def with_text(self):
        return self.exclude(text="")

    def keep(self, user, question, text, based_on):
        """Saves `text` if version `based_on` (0: none yet) is still the one that stands, else raises StaleDraft.

        The version is compared by the database in the same statement that writes, so of two saves at once one loses,
        and is told so. Saving what already stands is not a change. Nothing but blanks is an empty text, and begins no
        draft: what comes back then is not in the database.
        """
        text = text if text.strip() else ""
        mine, changed = self.filter(user=user, question=question), 0
        if based_on:
            changed = (
                mine.filter(version=based_on)
                .exclude(text=text)
                .update(text=text, version=F("version") + 1, updated_at=timezone.now())
            )
        draft = mine.first()
        if changed and draft:
            self.model.follow([draft.pk])
        if draft is None and text:
            draft, _ = self.get_or_create(user=user, question=question, defaults={"text": text})
        elif draft is None:
            draft = self.model(user=user, question=question, version=0)
        if draft.text != text:
            raise StaleDraft(draft)
        return draft


class CardQuerySet(MarkQuerySet):
    def live(self):
        """Of questions that are still asked: what is retired keeps its Card and is not practised."""
        return self.filter(question__retired_at=None, question__merged_into=None)

    def due(self, now):
        return self.live().filter(due__lte=now)


class ReviewQuerySet(models.QuerySet):
    def counted(self):
        """Without those that were taken back."""
        return self.filter(undo=None)
