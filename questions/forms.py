"""What readers and contributors send us."""

from django import forms
from django.conf import settings
from django.core.files.base import ContentFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from markdownx.forms import ImageForm

from questions.models import Takedown, Upload
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


class TakedownForm(forms.ModelForm):
    """A complaint about a text, from anyone. Robots fill in what people do not see."""

    in_good_faith = forms.BooleanField(
        label=_(
            "I hold the rights in this work or act for who does, and state in good faith that it is used here without "
            "permission. What I have written is true."
        )
    )
    website = forms.CharField(required=False)

    class Meta:
        model = Takedown
        fields = ["addresses", "work", "name", "email", "rights_holder", "in_good_faith"]
        labels = {"name": _("Your name"), "email": _("Your e-mail address"), "rights_holder": _("In whose name")}
        help_texts = {
            "addresses": _("Their addresses on this site, each on a line of its own."),
            "work": _("What is copied, and where the original can be seen."),
            "email": _("We write to it. Only the curators see it."),
            "rights_holder": _(
                "Shown in place of the removed text. Leave it empty, and “the rights holder” will stand there."
            ),
        }
        widgets = {"addresses": forms.Textarea({"rows": 3}), "work": forms.Textarea({"rows": 5})}

    @property
    def is_from_robot(self):
        return bool(self.cleaned_data["website"])


class TypedField(forms.CharField):
    """What somebody typed to look for: any signs at all, but not a whole page of them."""

    def __init__(self, **options):
        super().__init__(required=False, max_length=200, **options)

    def to_python(self, value):
        return super().to_python((value or "").replace("\0", " "))


class SearchForm(forms.Form):
    """What is looked for, and where."""

    q = TypedField(
        label=_("Search"),
        error_messages={"max_length": _("That is more than %(limit_value)d characters. Look for fewer words.")},
        widget=forms.TextInput({"type": "search", "autocomplete": "off", "enterkeyhint": "search"}),
    )
    topic = forms.CharField(required=False, max_length=200)
    source = forms.CharField(required=False, max_length=200)
    language = forms.ChoiceField(required=False, choices=settings.LANGUAGES)
    answered = forms.BooleanField(label=_("with a reference answer"), required=False)
