"""A thing with a title in each language its notes speak."""

from html import escape

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.languages import wanted_languages
from questions.markdown.render import draw_title


def pick_language(available, wanted=None):
    """The code out of `available` that suits best who wants `wanted`, else the active reader; None if it is empty."""
    for code in [wanted, *wanted_languages()]:
        if code in available:
            return code
    return min(available, default=None)


class Titled(models.Model):
    """Keeps the titles of its live Notes beside itself, so that a list needs no second query."""

    TITLES = ["titles", "titles_drawn"]  # the fields that `entitle` writes

    titles = models.JSONField(_("titles"), default=dict, help_text=_("Language code → title."))
    titles_drawn = models.JSONField(
        default=dict, editable=False, help_text="Language code → HTML and plain words, of titles with code or formulas."
    )

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

    @property
    def title_html(self):
        """As lists and headings show it: stored, safe HTML."""
        return self.title_html_in(None)

    @property
    def title_plain(self):
        """As it reads where nothing can be drawn: in a tab, a letter, a feed."""
        drawn = self._drawn_in(None)
        return drawn["plain"] if drawn else self.title

    def title_in(self, language):
        return self.titles.get(pick_language(self.titles, language), self.key)

    def title_html_in(self, language):
        drawn = self._drawn_in(language)
        return drawn["html"] if drawn else escape(self.title_in(language))

    def _drawn_in(self, language):
        return self.titles_drawn.get(pick_language(self.titles, language))

    def entitle(self, titles):
        """Takes these titles (language → title); the one way to change them, as it draws them too."""
        self.titles = titles
        self.titles_drawn = {code: drawn for code, title in titles.items() if (drawn := draw_title(title))}

    def gather_titles(self):
        """Takes the titles that the live notes give, the oldest note of a language first; keeps the others."""
        titles = {}
        for note in self.notes.filter(retired_at=None).exclude(title="").order_by("pk"):
            titles.setdefault(note.language, note.title)
        titles = self.titles | titles
        if titles != self.titles:
            self.entitle(titles)
            self.save(update_fields=self.TITLES)
