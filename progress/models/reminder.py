"""A letter that says what is due."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Reminder(models.Model):
    """Written before the letter goes out: of two senders at once, the constraint lets one do it.

    Without `sent_at` and `mistake`, it is on its way, or was when its sender was killed: it may have left, and is not
    sent again. With a `mistake` it has certainly not left, and may be tried once more.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    day = models.DateField(help_text="In the reader's time zone.")
    at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    mistake = models.CharField(max_length=500, blank=True)
    tries = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["-day"]
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="reminder_once_a_day")]

    def __str__(self):
        return f"{self.user} · {self.day}"
