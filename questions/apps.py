from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Questions(AppConfig):
    name = "questions"
    verbose_name = _("questions and answers")
