"""What a reader can choose about how they practise, what it costs, and what changes with it."""

from datetime import time

from django import forms
from django.db import transaction
from django.utils.dates import WEEKDAYS
from django.utils.formats import time_format
from django.utils.translation import gettext_lazy as _

from accounts.zones import day_of, zone_choices, zone_label, zone_named
from progress.models import Habits
from progress.practising import habits_of, lock, reschedule, wishes_of

# The chance of recalling → what it costs, in reviews of one question in its first year; tests/progress/test_habits.py
# counts them.
COSTS = {
    0.8: _("80 % · a third fewer reviews"),
    0.85: _("85 % · a quarter fewer reviews"),
    0.9: _("90 % · the usual"),
    0.95: _("95 % · four tenths more reviews"),
    0.97: _("97 % · twice as many reviews"),
}


class ZoneSelect(forms.Select):
    """Five hundred options, drawn in one go instead of one template each."""

    template_name = "progress/_zone_select.html"


class HabitsForm(forms.ModelForm):
    retention = forms.TypedChoiceField(
        label=_("Chance of recalling"),
        coerce=float,
        help_text=_(
            "How likely you want to know an answer when it comes back. "
            "At 90 % a question is reviewed about fifteen times in its first year."
        ),
    )
    easy_days = forms.TypedMultipleChoiceField(
        label=_("Easy days"),
        choices=list(WEEKDAYS.items()),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing new on these days, and half the limit."),
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"), required=False, widget=ZoneSelect, help_text=_("Your days begin at midnight there.")
    )
    remind_at = forms.TypedChoiceField(
        label=_("Remind me by e-mail"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("At this hour of your time zone, if something is due. Each letter has a link that ends them."),
    )

    class Meta:
        model = Habits
        fields = ["a_day", "new_a_day", "easy_days", "retention", "interview_on", "time_zone", "remind_at"]
        widgets = {"interview_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, data=None, *, habits, now):
        super().__init__(data, instance=habits, initial={"time_zone": habits.user.time_zone})
        self.now = now
        self.fields["retention"].choices = self._costs(habits.retention)
        self.fields["time_zone"].choices = self._zones(habits.user.time_zone)
        hours = [(hour, time_format(time(hour), "TIME_FORMAT")) for hour in range(24)]
        self.fields["remind_at"].choices = [("", _("Never")), *hours]

    @staticmethod
    def _costs(stands):
        """What stands is among them, even if it came from elsewhere: saving must not change it unasked."""
        return sorted(({stands: f"{stands:.0%}"} | COSTS).items())

    def _zones(self, stands):
        choices = zone_choices(self.now.date())
        of_site = zone_label(zone_named(""), self.now)
        known = {name for _region, zones in choices[:-1] for name, _label in zones} | {"", "UTC"}
        others = [] if stands in known else [(stands, stands)]
        return [("", _("That of the site: %(zone)s") % {"zone": of_site}), *choices, *others]

    def clean_easy_days(self):
        days = self.cleaned_data["easy_days"]
        if len(days) == len(WEEKDAYS):
            raise forms.ValidationError(_("Leave one day that is not easy, or nothing new is ever asked."), code="all")
        return sorted(days)

    def clean(self):
        said = super().clean()
        if {"a_day", "new_a_day"} <= said.keys() and said["new_a_day"] > said["a_day"]:
            self.add_error("new_a_day", _("These are among the questions a day: choose no more than those."))
        day = said.get("interview_on")
        today = day_of(self.now, zone_named(said.get("time_zone", "")))
        if day and day < today and "interview_on" in self.changed_data:
            self.add_error("interview_on", _("That day has passed. Choose today or a later day."))
        return said

    def changed_labels(self):
        return [str(self.fields[name].label) for name in self.changed_data]

    def keep(self, language):
        """Keeps what was chosen; returns how many Cards come back on another day now."""
        chosen = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return keep(self.instance.user, chosen.pop("time_zone"), remind_in=language, **chosen)


@transaction.atomic
def keep(user, time_zone, **chosen):
    """Only what was chosen is written: beside it may stand what another page has just changed."""
    lock(user)
    before = wishes_of(user, habits_of(user))
    habits, _is_new = Habits.objects.update_or_create(user=user, defaults=chosen)
    user.time_zone = time_zone
    user.save(update_fields=["time_zone"])
    return reschedule(user) if wishes_of(user, habits) != before else 0
