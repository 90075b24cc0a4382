"""A thing with a title in each language its notes speak."""

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


def pick_language(available, wanted=None):
    """The code out of `available` that suits a reader who wants `wanted` (or the active language) best, or None."""
    wanted = wanted or get_language() or settings.LANGUAGE_CODE
    for code in (wanted, settings.LANGUAGE_CODE, "en"):
        if code in available:
            return code
    return min(available, default=None)


class Titled(models.Model):
    """Keeps the titles of its live Notes beside itself, so that a list needs no second query."""

    titles = models.JSONField(_("titles"), default=dict, help_text=_("Language code → title."))

    class Meta:
        abstract = True

    def __str__(self):
        return self.title

    @property
    def language(self):
        """The language in which the active reader sees this title."""
        return pick_language(self.titles) or get_language()

    @property
    def title(self):
        return self.title_in(None)

    def title_in(self, language):
        return self.titles.get(pick_language(self.titles, language), self.key)

    def gather_titles(self):
        """Takes the titles that the live notes give, the oldest note of a language first; keeps the others."""
        titles = {}
        for note in self.notes.filter(retired_at=None).exclude(title="").order_by("pk"):
            titles.setdefault(note.language, note.title)
        titles = self.titles | titles
        if titles != self.titles:
            self.titles = titles
            self.save(update_fields=["titles"])
