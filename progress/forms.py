"""What a reader sets, filters by and types."""

import math

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from markdownx.fields import MarkdownxFormField

from progress.models import Review
from questions.widgets import NotesWidget

MARK_FILTERS = {
    "": _("All"),
    "unanswered": _("Not answered"),
    "answered": _("Answered"),
    "bookmarked": _("Bookmarked"),
    "draft": _("With a draft"),
}


class StateForm(forms.Form):
    """Setting, not toggling: a double click is harmless."""

    state = forms.ChoiceField(choices=[("on", "on"), ("off", "off")])


class MarkFilterForm(forms.Form):
    mark = forms.ChoiceField(choices=list(MARK_FILTERS.items()), required=False)


class MarkdownField(MarkdownxFormField):
    """Text as typed, with one kind of line end whatever the browser sends."""

    def __init__(self, **options):
        super().__init__(required=False, strip=False, max_length=settings.TEXT_LIMIT, widget=NotesWidget, **options)

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")


class DraftForm(forms.Form):
    """The text, and the version of the draft that it started from (0: none yet)."""

    text = MarkdownField(label=_("My answer"))
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    @classmethod
    def holding(cls, text, version):
        return cls(initial={"text": text or "", "version": version or 0})


class SubmitForm(DraftForm):
    """A draft that its writer hands in."""

    language = forms.ChoiceField(label=_("Language of the answer"), choices=settings.LANGUAGES, required=False)

    def clean_language(self):
        return self.cleaned_data["language"] or get_language()

    def clean_text(self):
        text = self.cleaned_data["text"]
        if not text.strip():
            raise forms.ValidationError(_("Write your answer first: there is nothing to submit yet."), code="blank")
        return text


class RatingForm(forms.Form):
    """How well it was recalled. `event` is made with the page: a double click is one review."""

    LONGEST = 3600  # seconds: who left the page open has not been thinking all that time

    rating = forms.TypedChoiceField(choices=Review.Rating.choices, coerce=int)
    event = forms.UUIDField()
    asked = forms.FloatField(required=False)

    def seconds(self, now):
        """From seeing the question to rating it; None where that is not known."""
        asked = self.cleaned_data["asked"]
        if asked is None or not math.isfinite(asked) or not 0 <= now.timestamp() - asked <= 24 * 3600:
            return None
        return min(round(now.timestamp() - asked), self.LONGEST)


class MoreForm(forms.Form):
    more = forms.IntegerField(min_value=1, max_value=50)
