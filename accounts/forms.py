"""What a reader chooses about how the site looks and behaves."""

from django import forms

THEMES = ("auto", "light", "dark")


class PreferencesForm(forms.Form):
    reveals_answers = forms.ChoiceField(choices=[("on", "on"), ("off", "off")])


class ThemeForm(forms.Form):
    theme = forms.ChoiceField(choices=[(theme, theme) for theme in THEMES])
