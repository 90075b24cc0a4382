"""Where notes come from: licence, mode and what came of it."""

from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _

from questions.admin.fields import LanguageForm
from questions.models import Source


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):
    form = LanguageForm
    list_display = ["title", "author", "licence", "mode", "language", "question_count", "answer_count", "synced_at"]
    list_filter = ["mode", "licence", "language"]
    search_fields = ["title", "slug", "author", "url"]
    prepopulated_fields = {"slug": ["title"]}
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    readonly_fields = ["commit", "synced_at"]
    fieldsets = [
        (None, {"fields": ["title", "slug", "language"]}),
        (_("Provenance"), {"fields": ["author", "url", "licence", "mode", "contact"]}),
        (_("Last import"), {"fields": ["commit", "synced_at"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).with_counts()

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields

    @admin.display(description=_("questions"), ordering="question_count")
    def question_count(self, source):
        return source.question_count

    @admin.display(description=_("reference answers"), ordering="answer_count")
    def answer_count(self, source):
        return source.answer_count
