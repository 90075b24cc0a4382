"""Words that a takedown can take out of sight."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Freezable(models.Model):
    """What a takedown froze keeps its row and gives its words away: they are in a Block then, and nowhere else."""

    takedown = models.ForeignKey(
        "questions.Takedown",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("frozen by"),
    )

    class Meta:
        abstract = True
