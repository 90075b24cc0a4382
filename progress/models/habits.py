"""How a reader wants to practise."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from progress.figures import FIGURES, hidden_at_first


class Habits(models.Model):
    """One row a reader who has changed anything; the defaults suit everybody else."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    a_day = models.PositiveSmallIntegerField(
        _("questions a day"),
        default=20,
        validators=[MinValueValidator(1), MaxValueValidator(200)],
        help_text=_("One limit over everything. Twenty take about half an hour."),
    )
    new_a_day = models.PositiveSmallIntegerField(
        _("new ones among them"),
        default=5,
        validators=[MaxValueValidator(100)],
        help_text=_("Each new question comes back about seven times in the first months, so five a day are plenty."),
    )
    retention = models.FloatField(
        _("chance of recalling"),
        default=0.9,
        validators=[MinValueValidator(0.8), MaxValueValidator(0.97)],
        help_text=_("How likely you want to know an answer when it comes back. Higher means more often."),
    )
    interview_on = models.DateField(
        _("interview on"), null=True, blank=True, help_text=_("Everything comes back once more before that day.")
    )
    easy_days = models.JSONField(
        _("easy days"), default=list, blank=True, help_text=_("Days of the week with nothing new and half the limit.")
    )
    hidden = models.JSONField(_("numbers not to show"), default=hidden_at_first, blank=True)
    remind_at = models.PositiveSmallIntegerField(
        _("remind me at"), null=True, blank=True, validators=[MaxValueValidator(23)]
    )
    remind_in = models.CharField(
        max_length=20, choices=settings.LANGUAGES, blank=True, help_text="The language in which reminders were chosen."
    )
    extra = models.PositiveSmallIntegerField(default=0, help_text="Wanted on top of the limit, on `extra_on` only.")
    extra_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("habits")
        verbose_name_plural = _("habits")

    def __str__(self):
        return str(self.user)

    @property
    def figures(self):
        """Name of each of the FIGURES → whether the reader wants to see it."""
        return {name: name not in self.hidden for name in FIGURES}
