"""Pictures that readers put into their drafts."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


def upload_name(upload, name):
    """A name of ours: nothing of what the browser sent but the format that the bytes turned out to be."""
    return f"uploads/{uuid4().hex}.{name.rpartition('.')[2]}"


class Upload(models.Model):
    """A raster picture, decoded and encoded again by us."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="uploads", verbose_name=_("uploaded by")
    )
    file = models.ImageField(_("picture"), upload_to=upload_name, width_field="width", height_field="height")
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self):
        return self.file.name
