"""The vocabulary of what a reader keeps; and the one way in which Drafts, and words of a mock interview, are saved."""

from django.db import models
from django.db.models import Avg, Count, F
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


class StaleTurn(Exception):
    """What was said in this turn has been saved elsewhere in the meantime; `.current` is the Turn as it stands now."""

    def __init__(self, current):
        super().__init__("This turn has been saved elsewhere in the meantime.")
        self.current = current


class InterviewQuerySet(models.QuerySet):
    def running(self):
        return self.filter(finished_at=None)

    def finished(self):
        return self.exclude(finished_at=None)

    def with_averages(self):
        """Adds the average of each criterion or None, and how many turns were asked, and are not rated."""
        ordered = self.order_by(*self.model._meta.ordering)  # what is grouped has no order by default
        return ordered.annotate(
            asked=Count("turns__asked_at"),
            unrated=Count("turns__asked_at") - Count("turns__correct"),
            **{f"average_{name}": Avg(f"turns__{name}") for name in ("correct", "complete", "clear")},
        )


class TurnQuerySet(models.QuerySet):
    def asked(self):
        return self.exclude(asked_at=None)

    def waiting(self):
        """Not asked yet, of questions that still are to be had: one retired in the meantime is passed over."""
        return self.filter(asked_at=None, question__retired_at=None, question__merged_into=None)

    def rated(self):
        return self.exclude(correct=None)

    def keep(self, turn, text, based_on):
        """Saves `text` if version `based_on` still stands, else raises StaleTurn; returns whether anything changed.

        The version is compared by the statement that writes. Saving what already stands is not a change.
        """
        mine = self.filter(pk=turn.pk, version=based_on).exclude(text=text)
        changed = mine.update(text=text, version=F("version") + 1)
        turn.refresh_from_db(fields=["text", "version"])
        if turn.text != text:
            raise StaleTurn(turn)
        return bool(changed)
