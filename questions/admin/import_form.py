"""What a curator says to begin an import: where the notes are, and of which source they are."""

import zipfile
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from questions.importing.origins.repository import checked_address
from questions.importing.reading import SUFFIXES, Refused, decode
from questions.models import Import, Source
from questions.models.source import CODE_HOSTS, UNKNOWN_LICENCE

WHERE = ("address", "upload", "text")
FACTS = ("title", "slug", "language", "licence", "mode", "author", "url")
PASTED = "pasted.md"


class ImportForm(forms.Form):
    source = forms.ModelChoiceField(
        Source.objects, required=False, label=_("Source"), empty_label=_("A new source"), help_text=_("Whose notes?")
    )
    address = forms.CharField(
        label=_("Git address"),
        required=False,
        max_length=500,
        widget=AdminTextInputWidget({"type": "url", "placeholder": "https://github.com/owner/notes"}),
        help_text=_("Its newest commit is read."),
    )
    upload = forms.FileField(label=_("File"), required=False, allow_empty_file=True, widget=forms.FileInput)
    text = forms.CharField(
        label=_("Markdown"),
        required=False,
        strip=False,
        max_length=settings.TEXT_LIMIT,
        widget=AdminTextareaWidget({"rows": 8}),
    )
    title = forms.CharField(label=_("Title"), required=False, max_length=300, widget=AdminTextInputWidget)
    slug = forms.CharField(
        label=_("Address"),
        required=False,
        max_length=100,
        widget=AdminTextInputWidget,
        help_text=_("In the address of its page: letters, digits and hyphens. One is made if this is left empty."),
    )
    language = forms.ChoiceField(label=_("Language"), required=False, choices=[("", "—"), *settings.LANGUAGES])
    licence = forms.CharField(
        label=_("Licence"),
        required=False,
        max_length=100,
        widget=AdminTextInputWidget,
        help_text=_("An SPDX identifier such as CC-BY-4.0, or “unknown”: then the answers stay out."),
    )
    mode = forms.ChoiceField(label=_("Mode"), required=False, choices=[("", "—"), *Source.Mode.choices])
    author = forms.CharField(label=_("Author"), required=False, max_length=300, widget=AdminTextInputWidget)
    url = forms.CharField(
        label=_("Web address"),
        required=False,
        max_length=500,
        widget=AdminTextInputWidget({"type": "url"}),
        help_text=_("If this is left empty, the git address."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["upload"].widget.attrs["accept"] = ",".join([*SUFFIXES, ".zip"])
        self.fields["upload"].help_text = _("A .zip of notes, or one .md file, of %(limit)s at most.") % {
            "limit": filesizeformat(settings.IMPORT_UPLOAD_BYTES)
        }

    @classmethod
    def for_source(cls, source):
        """As it is to sync `source` again."""
        last = source.imports.filter(origin__startswith="https://").values_list("origin", flat=True).first()
        is_code = urlsplit(source.url).hostname in CODE_HOSTS
        return cls(initial={"source": source, "address": last or (source.url if is_code else "")})

    def fieldsets(self):
        source = self["source"].value()
        folded = {"classes": ["collapse"]} if source else {}
        return [
            (None, {"fields": ["source"]}),
            (_("Where the notes are: one of these"), {"fields": list(WHERE)}),
            (_("A new source"), {"fields": list(FACTS)} | folded),
        ]

    # --- Where the notes are

    def clean_address(self):
        address = self.cleaned_data["address"].strip()
        if address:
            try:
                checked_address(address)
            except Refused as refusal:
                raise ValidationError(str(refusal)) from None
        return address

    def clean_upload(self):
        upload = self.cleaned_data["upload"]
        if not upload:
            return upload
        if upload.size > settings.IMPORT_UPLOAD_BYTES:
            limit = filesizeformat(settings.IMPORT_UPLOAD_BYTES)
            raise ValidationError(_("This file is larger than %(limit)s."), params={"limit": limit})
        name = upload.name.lower()
        if name.endswith(".zip"):
            if not zipfile.is_zipfile(upload):
                raise ValidationError(_("This is not a zip archive, or it is damaged."))
        elif not name.endswith(SUFFIXES):
            raise ValidationError(_("Send a .zip of notes or one .md file."))
        elif upload.size > settings.IMPORT_FILE_BYTES:
            limit = filesizeformat(settings.IMPORT_FILE_BYTES)
            raise ValidationError(_("This note is larger than %(limit)s."), params={"limit": limit})
        elif decode(upload.read()) is None:
            raise ValidationError(_("This is no text in UTF-8 or GB18030."))
        upload.seek(0)
        return upload

    # --- Whose they are

    def clean(self):
        data = self.cleaned_data
        if not self.errors.keys() & set(WHERE) and sum(bool(data.get(name)) for name in WHERE) != 1:
            self.add_error(None, _("Give one of these: a git address, a file, or Markdown."))
        if not data.get("source") and "source" not in self.errors:
            self._describe_source()
        return data

    def _describe_source(self):
        """A new source is checked whole, before anything is read for it."""
        data = self.cleaned_data
        data["url"] = data.get("url") or data.get("address", "")
        data["slug"] = data.get("slug") or slugify(data.get("title", ""))[:100]
        try:
            Source(**{name: data.get(name, "") for name in FACTS}).full_clean()
        except ValidationError as mistakes:
            for name, found in mistakes.error_dict.items():
                if name == NON_FIELD_ERRORS and data.get("licence") == UNKNOWN_LICENCE:
                    name = "mode"
                if name == NON_FIELD_ERRORS:
                    continue  # a licence that is missing is said beside its field
                if name not in self.errors:
                    self.add_error(name, found)

    # --- What is asked for

    def begin(self, by):
        """The Import that is asked for, and what was uploaded for it as (ending, chunks), or None."""
        data = self.cleaned_data
        facts = {} if data["source"] else {name: data[name] for name in FACTS}
        run = Import(source=data["source"], by=by, facts=facts)
        if data["address"]:
            run.origin = data["address"]
            return run, None
        if data["upload"]:
            run.origin = data["upload"].name
            return run, ("zip" if run.origin.lower().endswith(".zip") else "md", data["upload"].chunks())
        run.origin = PASTED
        return run, ("md", [data["text"].encode("utf-8", "replace")])
