"""What a reader sets, filters by and types."""

import math
from datetime import timedelta

from django import forms
from django.conf import settings
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from markdownx.fields import MarkdownxFormField

from progress.bundle import Unreadable, read_bundle
from progress.choices import ONLY, ChoiceForm, chosen
from progress.fields import TopicsField
from progress.models import Review
from questions.models import Topic
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


class SeenForm(forms.Form):
    """Up to which Revision the reader has seen what changed."""

    seen = forms.IntegerField(min_value=1, max_value=2**63 - 1)


class BringForm(forms.Form):
    """What a browser has kept, as one text; and whether to add it or to say first what would be added."""

    LONGEST = 1_000_000  # characters, as in kept.js

    kept = forms.CharField(strip=False, max_length=LONGEST)
    add = forms.BooleanField(required=False)

    def clean_kept(self):
        try:
            return read_bundle(self.cleaned_data["kept"])
        except Unreadable as error:
            raise forms.ValidationError("unreadable", code="unreadable") from error


class MoreForm(forms.Form):
    more = forms.IntegerField(min_value=1, max_value=50)


class RoundForm(forms.Form):
    """Which round to begin or to call off: a double click asks for the same one."""

    number = forms.IntegerField(min_value=2, max_value=1000)


class PlanForm(forms.Form):
    topics = TopicsField(Topic.objects.live(), label=_("Topics"), widget=forms.CheckboxSelectMultiple)
    by = forms.DateField(label=_("By"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    LONGEST = timedelta(days=730)

    def __init__(self, data=None, *, today, plan=None):
        initial = {"topics": plan.topics.all(), "by": plan.by} if plan else {}
        super().__init__(data, initial=initial)
        self.today = today

    def clean_by(self):
        by = self.cleaned_data["by"]
        if by < self.today:
            raise forms.ValidationError(_("That day has passed. Choose today or a later day."), code="past")
        if by > self.today + self.LONGEST:
            raise forms.ValidationError(_("Choose a day within two years."), code="far")
        return by


WEAKEST = "weakest"


class InterviewForm(ChoiceForm):
    """How many questions, how long for each, and which."""

    ahead = seed = turn = None  # of no use here

    number = forms.IntegerField(label=_("Number of questions"), min_value=1, max_value=20, initial=5)
    minutes = forms.IntegerField(
        label=_("Minutes each"), min_value=1, max_value=60, initial=5, help_text=_("A follow-up has half of that.")
    )
    only = forms.ChoiceField(
        choices=list(({WEAKEST: ""} | ONLY | {WEAKEST: _("My weak spots first")}).items()),
        required=False,
        initial=WEAKEST,
        label=_("Ask"),
        help_text=_(
            "Weak spots are what you are likely to forget, what went badly lately, then what you never answered."
        ),
    )
    follow_ups = forms.BooleanField(
        required=False, initial=True, label=_("Ask follow-ups too"), help_text=_("Up to two right after each question.")
    )

    field_order = ["number", "minutes", "only", "topic", "source", "difficulty", "follow_ups"]

    @classmethod
    def proposing(cls, address):
        """What stands in the address, a QueryDict; that of a whole choice says by silence what was left open."""
        said = address.dict()
        return cls(initial={"only": "", "follow_ups": False} | said if "number" in said else said)

    def is_weakest(self):
        return self.cleaned_data["only"] == WEAKEST

    def questions(self, user):
        """Whoever asks for weak spots first gets the others after them."""
        choice = self.cleaned_data
        only = "" if self.is_weakest() else choice["only"]
        return chosen(user, choice["topic"], choice["source"], choice["difficulty"], only)


class SelfRatingForm(forms.Form):
    """How well it went, by three criteria; each number has words that say what it means."""

    @staticmethod
    def criterion(label, *words):
        choices = list(enumerate(words, 1))
        return forms.TypedChoiceField(label=label, choices=choices, coerce=int, widget=forms.RadioSelect)

    correct = criterion(
        pgettext_lazy("criterion", "Correct"),
        _("Wrong in the main point"),
        _("More wrong than right"),
        _("Right in the main, with mistakes"),
        _("Right but for a slip"),
        _("Right throughout"),
    )
    complete = criterion(
        pgettext_lazy("criterion", "Complete"),
        _("Hardly anything of it"),
        _("Less than half of it"),
        _("The main points"),
        _("All but a detail"),
        _("All that matters"),
    )
    clear = criterion(
        pgettext_lazy("criterion", "Clear"),
        _("I lost the thread"),
        _("Hard to follow"),
        _("To be followed with some effort"),
        _("Clear, if not in the best order"),
        _("Clear from beginning to end"),
    )
