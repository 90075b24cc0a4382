"""What readers and contributors send us."""

import io
from contextlib import contextmanager

from django import forms
from django.conf import settings
from django.core.files.base import ContentFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from markdownx.forms import ImageForm
from PIL import Image, ImageOps

from questions.models import Upload

UNDERSTOOD = ["PNG", "JPEG", "GIF", "WEBP"]
# What a picture may turn out to be, and as what we keep it. MPO is a phone's JPEG with a second picture inside.
KEPT_AS = {"PNG": "PNG", "GIF": "PNG", "JPEG": "JPEG", "MPO": "JPEG", "WEBP": "WEBP"}
ENDINGS = {"PNG": "png", "JPEG": "jpg", "WEBP": "webp"}


@contextmanager
def decoding():
    """On bytes that lie, the decoders raise almost anything; it all means the same to whoever sent them."""
    try:
        yield
    except forms.ValidationError:
        raise
    except Exception as mistake:
        raise forms.ValidationError(
            _("This is not a picture, or it is damaged. Send a PNG, JPEG, GIF or WebP file.")
        ) from mistake


class PictureForm(ImageForm):
    """Takes a picture by what its bytes are, whatever name and type it came with, and keeps only its pixels."""

    def clean_image(self):
        upload = self.cleaned_data["image"]
        if upload.size > settings.UPLOAD_LIMIT:
            raise forms.ValidationError(
                _("This picture is larger than %(limit)s."), params={"limit": filesizeformat(settings.UPLOAD_LIMIT)}
            )
        with decoding():
            self.kept_as = self._look_over(upload)
            upload.seek(0)
            return self._bare_pixels(upload)

    def clean(self):
        """Markdownx would believe the type that the browser named."""
        return self.cleaned_data

    def save(self, owner):
        file = io.BytesIO()
        self.cleaned_data["image"].save(file, self.kept_as, quality=90)
        name = f"picture.{ENDINGS[self.kept_as]}"
        return Upload.objects.create(owner=owner, file=ContentFile(file.getvalue(), name))

    @staticmethod
    def _look_over(upload):
        """Refuses by what the head says, before anything is unpacked; returns the format to keep it as."""
        picture = Image.open(upload, formats=UNDERSTOOD)
        if picture.width * picture.height > settings.UPLOAD_PIXELS:
            raise forms.ValidationError(
                _("This picture has more than %(limit)s million pixels."),
                params={"limit": settings.UPLOAD_PIXELS // 1_000_000},
            )
        if picture.format != "MPO" and getattr(picture, "is_animated", False):
            raise forms.ValidationError(_("Moving pictures are not accepted. Send a still one."))
        picture.verify()
        return KEPT_AS[picture.format]

    @staticmethod
    def _bare_pixels(upload):
        """Upright, and without the place, camera, comments and colour profile that came along."""
        picture = ImageOps.exif_transpose(Image.open(upload, formats=UNDERSTOOD))
        if picture.mode.startswith("I"):  # 65,536 shades of grey, of which a plain conversion keeps the 256 darkest
            picture = picture.point(lambda shade: shade / 256).convert("L")
        pixels = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
        pixels.info.clear()
        return pixels
