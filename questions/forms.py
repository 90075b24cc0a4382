"""What readers and contributors send us."""

import io

from django import forms
from django.conf import settings
from django.core.files.base import ContentFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from markdownx.forms import ImageForm
from PIL import Image, ImageOps

from questions.models import Upload

UNDERSTOOD = ["PNG", "JPEG", "GIF", "WEBP"]
# What a picture may turn out to be, and as what we keep it. MPO is how phones write a JPEG with a second picture inside.
KEPT_AS = {"PNG": "PNG", "GIF": "PNG", "JPEG": "JPEG", "MPO": "JPEG", "WEBP": "WEBP"}
ENDINGS = {"PNG": "png", "JPEG": "jpg", "WEBP": "webp"}


class PictureForm(ImageForm):
    """Takes a picture by what its bytes are, whatever name and type it came with, and keeps only its pixels."""

    def clean_image(self):
        upload = self.cleaned_data["image"]
        if upload.size > settings.UPLOAD_LIMIT:
            raise forms.ValidationError(
                _("This picture is larger than %(limit)s."),
                params={"limit": filesizeformat(settings.UPLOAD_LIMIT)},
            )
        picture = self._open(upload)
        if picture.width * picture.height > settings.UPLOAD_PIXELS:
            raise forms.ValidationError(
                _("This picture has more than %(limit)s million pixels."),
                params={"limit": settings.UPLOAD_PIXELS // 1_000_000},
            )
        if picture.format != "MPO" and getattr(picture, "is_animated", False):
            raise forms.ValidationError(_("Moving pictures are not accepted. Send a still one."))
        self.kept_as = KEPT_AS[picture.format]
        return self._decode(upload, picture)

    def clean(self):
        """Markdownx would believe the type that the browser named."""
        return self.cleaned_data

    def save(self, owner):
        file = io.BytesIO()
        self.cleaned_data["image"].save(file, self.kept_as, quality=90)
        name = f"picture.{ENDINGS[self.kept_as]}"
        return Upload.objects.create(owner=owner, file=ContentFile(file.getvalue(), name))

    def _open(self, upload):
        try:
            return Image.open(upload, formats=UNDERSTOOD)
        except Exception as mistake:  # on bytes that lie, the decoders raise almost anything
            raise self._not_a_picture() from mistake

    def _decode(self, upload, picture):
        """The bare pixels, upright: no place, camera, comment or colour profile comes along."""
        try:
            picture.verify()
            upload.seek(0)
            with Image.open(upload, formats=UNDERSTOOD) as picture:
                upright = ImageOps.exif_transpose(picture)
                pixels = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
        except Exception as mistake:
            raise self._not_a_picture() from mistake
        pixels.info.clear()
        return pixels

    @staticmethod
    def _not_a_picture():
        return forms.ValidationError(_("This is not a picture, or it is damaged. Send a PNG, JPEG, GIF or WebP file."))
