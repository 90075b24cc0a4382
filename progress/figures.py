"""The numbers and pictures of one's progress. Each can be switched off: what spurs one reader on weighs on another."""

from django.utils.translation import gettext_lazy as _

FIGURES = {
    "answered": _("Answered of all"),
    "practised": _("Practised and learnt, by topic"),
    "today": _("Practised today"),
    "activity": _("Activity"),
    "retention": _("Recalled"),
    "time": _("Time spent"),
    "forecast": _("What comes back"),
    "streak": _("Days in a row"),
}


def hidden_at_first():
    """A streak is for those who ask for it."""
    return ["streak"]
