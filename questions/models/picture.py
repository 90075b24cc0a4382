"""Pictures that notes show, stored with the import that brought them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from questions.models.source import Source


class Picture(models.Model):
    """A picture of a Source, encoded anew by us; its file is named by content, so that no picture is stored twice."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="pictures", verbose_name=_("source"))
    path = models.CharField(_("file"), max_length=500)
    digest = models.CharField(max_length=64, editable=False, db_index=True, help_text="Of the bytes in the source.")
    file = models.ImageField(
        _("picture"), upload_to="pictures", max_length=200, width_field="width", height_field="height"
    )
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)

    class Meta:
        ordering = ["path"]
        verbose_name = _("picture of a note")
        verbose_name_plural = _("pictures of notes")
        constraints = [models.UniqueConstraint(fields=["source", "path"], name="picture_once_a_path")]

    def __str__(self):
        return self.path
