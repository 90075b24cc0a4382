"""The history of imports, each with the plan it carried out."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from questions.models.source import Source


class Import(models.Model):
    """One run from Markdown to rows: read → parse → plan → apply."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        APPLIED = "applied", _("applied")
        REFUSED = "refused", _("refused")

    source = models.ForeignKey(Source, models.CASCADE, null=True, related_name="imports", verbose_name=_("source"))
    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name=_("by"))
    origin = models.CharField(_("read from"), max_length=500)
    commit = models.CharField(_("commit"), max_length=64, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PLANNED)
    counts = models.JSONField(_("counts"), default=dict)
    plan = models.JSONField(_("plan"), default=dict)

    class Meta:
        ordering = ["-started_at", "-pk"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self):
        return f"{self.source or self.origin} · {self.started_at:%Y-%m-%d %H:%M}"
