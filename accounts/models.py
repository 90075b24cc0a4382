"""Who you are."""

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A person with an account: a reader always, a contributor or curator by what they do and may."""

    reveals_answers = models.BooleanField(
        _("show reference answers at once"),
        default=False,
        help_text=_("Otherwise an answer stays folded until you have tried it yourself."),
    )
    content_language = models.CharField(
        _("language of notes"),
        max_length=20,
        choices=settings.LANGUAGES,
        blank=True,
        help_text=_("Empty: that of the interface."),
    )
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True, help_text=_("Empty: that of the site."))

    class Meta(AbstractUser.Meta):
        verbose_name = _("reader")
        verbose_name_plural = _("readers")
