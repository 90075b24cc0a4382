"""What the sources say, edited with a preview."""

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from questions.admin.fields import LanguageForm, MarkdownField
from questions.admin.filters import LifeFilter
from questions.blocking import sentence_against
from questions.models import Note, Source


class NoteForm(LanguageForm):
    """Title and reference answer; only a source that may carry answers gets one."""

    title = forms.CharField(label=_("Title"), widget=forms.TextInput({"class": "vLargeTextField"}))
    answer = MarkdownField(label=_("Reference answer"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.is_frozen:
            for name in {"title", "answer"} & self.fields.keys():
                self.fields[name].disabled, self.fields[name].required = True, False
            self.fields["answer"].help_text = self.instance.takedown

    def clean_answer(self):
        answer = self.cleaned_data["answer"]
        if "answer" in self.changed_data and (objection := sentence_against(answer)):
            raise forms.ValidationError(objection)
        return answer

    def clean(self):
        data = super().clean()
        source = data.get("source") or getattr(self.instance, "source", None)
        if source and source.mode != Source.Mode.FULL and data.get("answer"):
            message = _(
                "“%(source)s” may give questions only. Write this answer under a source that may carry answers."
            )
            self.add_error("answer", forms.ValidationError(message, params={"source": source}))
        return data


class EditedHereFilter(admin.SimpleListFilter):
    title = _("edited here")
    parameter_name = "edited"

    def lookups(self, request, model_admin):
        return [("yes", _("edited here")), ("conflict", _("in conflict with its source")), ("no", _("as imported"))]

    def queryset(self, request, queryset):
        sentences = {
            "yes": Q(edited_at__isnull=False),
            "conflict": Q(conflict__isnull=False),
            "no": Q(edited_at=None),
        }
        return queryset.filter(sentences.get(self.value(), Q()))


class NoteFacts:
    """Columns and lines that a note has in lists, on its page, and beside its question."""

    @admin.display(description=_("place in the source"))
    def place(self, note):
        return f"{note.file}:{note.line}" if note.file else _("written here")

    @admin.display(description=_("edited here"), boolean=True, ordering="edited_at")
    def is_edited(self, note):
        return note.edited_at is not None


@admin.register(Note)
class NoteAdmin(NoteFacts, admin.ModelAdmin):
    form = NoteForm
    list_display = ["title", "source", "language", "has_answer", "is_edited", "updated_at"]
    list_filter = ["source", "language", EditedHereFilter, LifeFilter]
    list_select_related = ["source"]
    search_fields = ["title", "file", "key_in_source"]
    ordering = ["-updated_at", "-pk"]
    readonly_fields = [
        "question_link", "source", "language", "imported_title", "place", "key_in_source", "is_edited", "fingerprint",
        "edited_at", "updated_at", "retired_at",
    ]  # fmt: skip
    fieldsets = [
        (None, {"fields": ["question_link", "source", "language", "title", "answer"]}),
        (
            _("As imported"),
            {
                "fields": [
                    "imported_title",
                    "place",
                    "key_in_source",
                    "fingerprint",
                    "edited_at",
                    "updated_at",
                    "retired_at",
                ]
            },
        ),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("question", "source")

    def has_add_permission(self, request):
        return False

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        obj.question.gather_titles()

    @admin.display(description=_("question"))
    def question_link(self, note):
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:questions_question_change", args=[note.question_id]), note.question
        )

    @admin.display(description=_("reference answer"), boolean=True)
    def has_answer(self, note):
        return bool(note.answer)
