"""What readers and contributors send us."""

from django import forms
from django.conf import settings
from django.core.files.base import ContentFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from markdownx.forms import ImageForm

from questions.models import Upload
from questions.pictures import bare_picture


class PictureForm(ImageForm):
    """Takes a picture by what its bytes are, whatever name and type it came with, and keeps only its pixels."""

    def clean_image(self):
        upload = self.cleaned_data["image"]
        if upload.size > settings.UPLOAD_LIMIT:
            raise forms.ValidationError(
                _("This picture is larger than %(limit)s."), params={"limit": filesizeformat(settings.UPLOAD_LIMIT)}
            )
        return bare_picture(upload)

    def clean(self):
        """Markdownx would believe the type that the browser named."""
        return self.cleaned_data

    def save(self, owner):
        data, ending = self.cleaned_data["image"]
        return Upload.objects.create(owner=owner, file=ContentFile(data, f"picture.{ending}"))
