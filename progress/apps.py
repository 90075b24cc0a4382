from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Progress(AppConfig):
    name = "progress"
    verbose_name = _("progress")
