"""Drafts, and the one way they are saved."""

from django.db import models
from django.db.models import F
from django.utils import timezone


class StaleDraft(Exception):
    """The draft was saved elsewhere in the meantime; `.current` is what stands there now."""

    def __init__(self, current):
        super().__init__("This draft has been saved elsewhere in the meantime.")
        self.current = current


class DraftQuerySet(models.QuerySet):
    def with_text(self):
        return self.exclude(text="")

    def keep(self, user, question, text, based_on):
        """Saves `text` if version `based_on` (0: none yet) is still the one that stands, else raises StaleDraft.

        The version is compared by the database in the same statement that writes, so of two saves at once one loses,
        and is told so. Saving what already stands is not a change.
        """
        if based_on == 0:
            draft, created = self.get_or_create(user=user, question=question, defaults={"text": text})
            if created or draft.text == text:
                return draft
            raise StaleDraft(draft)
        mine = self.filter(user=user, question=question)
        mine.filter(version=based_on).exclude(text=text).update(
            text=text, version=F("version") + 1, updated_at=timezone.now()
        )
        draft = mine.first()
        if draft is None:
            return self.keep(user, question, text, based_on=0)
        if draft.text != text:
            raise StaleDraft(draft)
        return draft
