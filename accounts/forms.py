"""What a reader chooses about how the site looks and behaves."""

from django import forms
from django.conf import settings

THEMES = ("auto", "light", "dark")
AS_INTERFACE = "as-interface"


class PreferencesForm(forms.Form):
    reveals_answers = forms.ChoiceField(choices=[("on", "on"), ("off", "off")])


class ContentLanguageForm(forms.Form):
    content_language = forms.ChoiceField(choices=[(AS_INTERFACE, AS_INTERFACE), *settings.LANGUAGES])


class ThemeForm(forms.Form):
    theme = forms.ChoiceField(choices=[(theme, theme) for theme in THEMES])
