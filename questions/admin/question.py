"""Questions, and beside each what its sources say."""

from uuid import uuid4

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.db.models import Count, Exists, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from questions.admin.fields import KeepsOthers, TopicChoiceField
from questions.admin.filters import LifeFilter
from questions.admin.note import NoteFacts, NoteForm
from questions.models import Answer, Note, Question, SearchEntry, Source, Topic

LANGUAGES = dict(settings.LANGUAGES)


class QuestionForm(forms.ModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "key" in self.fields:
            self.fields["key"].required = False
            self.fields["key"].help_text = _("For life. One is made if this is left empty.")

    def clean_key(self):
        return self.cleaned_data["key"] or f"question-{uuid4().hex[:12]}"

    def clean_parent(self):
        parent = above = self.cleaned_data["parent"]
        while above:
            if above.pk == self.instance.pk:
                raise forms.ValidationError(_("A question cannot follow up on itself."))
            above = above.parent
        return parent


class NoteInline(NoteFacts, KeepsOthers, admin.StackedInline):
    """What each source says about the question."""

    model = Note
    form = NoteForm
    fk_name = "question"
    fields = ["source", "language", "title", "answer", "place", "is_edited", "retired_at"]
    readonly_fields = ["place", "is_edited", "retired_at"]
    show_change_link = True
    view_on_site = False

    def get_extra(self, request, obj=None, **kwargs):
        return 0 if obj else 1

    def get_min_num(self, request, obj=None, **kwargs):
        return 0 if obj else 1

    def get_formset(self, request, obj=None, **kwargs):
        return super().get_formset(request, obj, validate_min=obj is None, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "source":
            field.choices = list(field.choices)  # asked once for all notes on the page
        return field


class RootTopicFilter(admin.SimpleListFilter):
    title = _("topic")
    parameter_name = "branch"

    def lookups(self, request, model_admin):
        return [(topic.pk, topic.title) for topic in Topic.objects.filter(parent=None)]

    def queryset(self, request, queryset):
        return queryset.filter(topic__path__startswith=f"/{self.value()}/") if self.value() else queryset


class SourceFilter(admin.SimpleListFilter):
    title = _("source")
    parameter_name = "source"

    def lookups(self, request, model_admin):
        return Source.objects.values_list("slug", "title")

    def queryset(self, request, queryset):
        notes = Note.objects.filter(source__slug=self.value())
        return queryset.filter(pk__in=notes.values("question")) if self.value() else queryset


class MissingAnswerFilter(admin.SimpleListFilter):
    title = _("reference answer")
    parameter_name = "missing"

    def lookups(self, request, model_admin):
        return [
            ("any", _("missing in every language")),
            *((code, _("missing in %(language)s") % {"language": name}) for code, name in LANGUAGES.items()),
        ]

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        found = answers(**{} if self.value() == "any" else {"language": self.value()})
        return queryset.exclude(pk__in=found.values("question"))


def answers(**facts):
    """Live notes with a reference answer."""
    return Note.objects.live().filter(answer__gt="", **facts)


@admin.register(Question)
class QuestionAdmin(KeepsOthers, admin.ModelAdmin):
    form = QuestionForm
    inlines = [NoteInline]
    list_display = ["title", "topic", "difficulty", "answered_in", "answers_waiting", "retired_at"]
    list_filter = [RootTopicFilter, "difficulty", LifeFilter, MissingAnswerFilter, SourceFilter]
    list_select_related = ["topic"]
    search_fields = [*(f"titles__{code}" for code in LANGUAGES), "key"]
    autocomplete_fields = ["parent"]
    fields = ["topic", "parent", "position", "difficulty", "slug", "key", "retired_at"]
    actions = ["retire", "restore"]

    def get_queryset(self, request):
        here = Answer.objects.filter(question=OuterRef("pk")).order_by()
        pending = Count("pk", filter=Q(state="pending"))  # not a WHERE: SQLite would read all that wait, for each row
        waiting = Subquery(here.values("question").annotate(n=pending).values("n"))
        answered = {
            f"answer_{n}": Exists(answers(language=code, question=OuterRef("pk"))) for n, code in enumerate(LANGUAGES)
        }
        questions = super().get_queryset(request).unmerged()
        return questions.annotate(waiting=Coalesce(waiting, 0), **answered)

    def get_readonly_fields(self, request, obj=None):
        return ["key", "retired_at"] if obj else ["retired_at"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "topic":
            kwargs["form_class"] = TopicChoiceField
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_delete_permission(self, request, obj=None):
        """Readers' marks hang on a question for life: it is retired instead."""
        return False

    def save_model(self, request, obj, form, change):
        if not change and not obj.position:
            obj.position = 1 + (obj.topic.questions.aggregate(last=Max("position"))["last"] or 0)
        super().save_model(request, obj, form, change)

    def save_formset(self, request, form, formset, change):
        for note in formset.save(commit=False):
            if not note.topic_id:
                note.topic = note.question.topic
            note.save()
        for note in formset.deleted_objects:
            note.delete()
        form.instance.gather_titles()

    @admin.display(description=_("title"))
    def title(self, question):
        return question.title

    @admin.display(description=_("reference answer in"))
    def answered_in(self, question):
        names = [str(name) for n, name in enumerate(LANGUAGES.values()) if getattr(question, f"answer_{n}")]
        return " · ".join(names) or "—"

    @admin.display(description=_("answers waiting"), ordering="waiting")
    def answers_waiting(self, question):
        if not question.waiting:
            return "—"
        queue = reverse("admin:questions_answer_changelist")
        return format_html('<a href="{}?question={}">{}</a>', queue, question.pk, question.waiting)

    @admin.action(description=_("Retire the selected questions"), permissions=["change"])
    def retire(self, request, queryset):
        self._live_on(request, queryset.filter(retired_at=None), timezone.now())

    @admin.action(description=_("Restore the selected questions"), permissions=["change"])
    def restore(self, request, queryset):
        self._live_on(request, queryset.exclude(retired_at=None), None)

    def _live_on(self, request, queryset, retired_at):
        questions = list(queryset)
        Question.objects.filter(pk__in=[question.pk for question in questions]).update(retired_at=retired_at)
        SearchEntry.objects.settle(question.pk for question in questions)
        changed = [{"changed": {"fields": [str(_("retired"))]}}]
        LogEntry.objects.log_actions(request.user.pk, questions, CHANGE, changed)
        if retired_at:
            message = ngettext("%d question retired.", "%d questions retired.", len(questions))
        else:
            message = ngettext("%d question restored.", "%d questions restored.", len(questions))
        self.message_user(request, message % len(questions))
