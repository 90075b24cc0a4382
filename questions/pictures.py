"""Turns bytes that say they are a picture into pixels of our own: whatever else came along stays behind."""

import io
from contextlib import contextmanager

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

UNDERSTOOD = ["PNG", "JPEG", "GIF", "WEBP"]
# What a picture may turn out to be, and as what we keep it. MPO is a phone's JPEG with a second picture inside.
KEPT_AS = {"PNG": "PNG", "GIF": "PNG", "JPEG": "JPEG", "MPO": "JPEG", "WEBP": "WEBP"}
ENDINGS = {"PNG": "png", "JPEG": "jpg", "WEBP": "webp"}


def bare_picture(file, *, first_frame=False):
    """Bytes and file ending of the picture in `file`, encoded anew. Raises ValidationError.

    Of a moving picture only the first frame can be had, if that is asked for.
    """
    with _decoding():
        kept_as = _look_over(file, first_frame)
        file.seek(0)
        encoded = io.BytesIO()
        _bare_pixels(file).save(encoded, kept_as, quality=90)
    return encoded.getvalue(), ENDINGS[kept_as]


@contextmanager
def _decoding():
    """On bytes that lie, the decoders raise almost anything; it all means the same to whoever sent them."""
    try:
        yield
    except ValidationError:
        raise
    except Exception as mistake:
        message = _("This is not a picture, or it is damaged. Send a PNG, JPEG, GIF or WebP file.")
        raise ValidationError(message) from mistake


def _look_over(file, first_frame):
    """Refuses by what the head says, before anything is unpacked; returns the format to keep it as."""
    picture = Image.open(file, formats=UNDERSTOOD)
    if picture.width * picture.height > settings.UPLOAD_PIXELS:
        message = _("This picture has more than %(limit)s million pixels.")
        raise ValidationError(message, params={"limit": settings.UPLOAD_PIXELS // 1_000_000})
    if picture.format != "MPO" and getattr(picture, "is_animated", False) and not first_frame:
        raise ValidationError(_("Moving pictures are not accepted. Send a still one."))
    picture.verify()
    return KEPT_AS[picture.format]


def _bare_pixels(file):
    """Upright, and without the place, camera, comments and colour profile that came along."""
    picture = ImageOps.exif_transpose(Image.open(file, formats=UNDERSTOOD))
    if picture.mode.startswith("I"):  # 65,536 shades of grey, of which a plain conversion keeps the 256 darkest
        picture = picture.point(lambda shade: shade / 256).convert("L")
    pixels = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    pixels.info.clear()
    return pixels
