"""The tree of topics: order, parent and names."""

from uuid import uuid4

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.views.main import ORDER_VAR, ChangeList
from django.db.models import Case, Value, When
from django.utils.html import format_html
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from questions.admin.fields import KeepsOthers, TopicChoiceField, in_tree_order
from questions.admin.filters import LifeFilter
from questions.models import Topic, TopicNote

TITLE_FIELDS = {f"title_{code}": code for code, _name in settings.LANGUAGES}

TitlesForm = type(
    "TitlesForm",
    (forms.ModelForm,),
    {
        field: forms.CharField(
            label=dict(settings.LANGUAGES)[code],
            required=False,
            max_length=300,
            widget=forms.TextInput({"class": "vLargeTextField", "lang": code}),
        )
        for field, code in TITLE_FIELDS.items()
    },
)


class TopicForm(TitlesForm):
    """One title a language. What a curator calls the topic here outlives what its source calls it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field, code in TITLE_FIELDS.items():
            self.fields[field].initial = self.instance.titles.get(code, "")
        for field in self.fields.keys() & {"key", "slug"}:
            self.fields[field].required = False
            self.fields[field].help_text = _("Made from the title if left empty.")
        if self.instance.pk:
            parent = self.fields["parent"]
            parent.queryset = Topic.objects.exclude(path__startswith=self.instance.path)
            parent.error_messages["invalid_choice"] = _("A topic cannot stand on itself or on what is below it.")

    def clean(self):
        data = super().clean()
        self.titles = {code: data.get(field, "") for field, code in TITLE_FIELDS.items()}
        named = self._titles_of_sources()
        for field, code in TITLE_FIELDS.items():
            if code in named and not self.titles[code]:
                self.add_error(field, _("A source has a title in this language: write another, or leave that one."))
        others = {code: title for code, title in self.instance.titles.items() if code not in self.titles}
        self.instance.entitle(others | {code: title for code, title in self.titles.items() if title})
        if not self.instance.titles:
            raise forms.ValidationError(_("A topic needs a title in one language at least."))
        if data.get("slug") == "":
            data["slug"] = self._free_slug()
        if data.get("key") == "":
            data["key"] = f"topic-{uuid4().hex[:12]}"
        return data

    def _titles_of_sources(self):
        """Language → the live note that gives the topic its title, the oldest first."""
        notes = self.instance.notes.filter(retired_at=None).order_by("-pk") if self.instance.pk else []
        return {note.language: note for note in notes}

    def _free_slug(self):
        slug = slugify(next(filter(None, self.titles.values()), ""), allow_unicode=True)[:80].strip("-") or "topic"
        taken = Topic.objects.exclude(pk=self.instance.pk).filter(slug=slug).exists()
        return f"{slug}-{uuid4().hex[:6]}" if taken else slug

    def rename_notes(self):
        """Writes the titles where the next import finds them as ours, and leaves them."""
        for code, note in self._titles_of_sources().items():
            title = self.titles.get(code)
            if title and title != note.title:
                note.title = title
                note.save(update_fields=["title"])


class TreeChangeList(ChangeList):
    """Topics as a reader meets them: each followed by what stands below it."""

    def get_ordering(self, request, queryset):
        topics = [] if ORDER_VAR in self.params else list(in_tree_order(Topic.objects.all()))
        if not topics:
            return super().get_ordering(request, queryset)
        places = [When(pk=topic.pk, then=Value(place)) for place, topic in enumerate(topics)]
        return [Case(*places, default=Value(len(places))).asc(), "pk"]


class PositionForm(forms.ModelForm):
    """A row of the list, whose field says which topic it moves: the head of the column is far away when read aloud."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["position"]
        field.widget.attrs["aria-label"] = f"{field.label}: {self.instance.title}"


class TopicNoteInline(admin.TabularInline):
    """What each source calls the topic."""

    model = TopicNote
    fk_name = "topic"
    fields = readonly_fields = ["source", "language", "title", "imported_title", "place", "retired_at"]
    extra = 0
    can_delete = view_on_site = False
    verbose_name_plural = _("What the sources call it")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("source")

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    @admin.display(description=_("place"))
    def place(self, note):
        return f"{note.file}:{note.line}" if note.file else "—"


@admin.register(Topic)
class TopicAdmin(KeepsOthers, admin.ModelAdmin):
    form = TopicForm
    inlines = [TopicNoteInline]
    list_display = ["indented_title", "position", "question_count", "slug", "retired_at"]
    list_editable = ["position"]
    list_filter = [LifeFilter]
    list_per_page = 500
    search_fields = [*(f"titles__{code}" for code in TITLE_FIELDS.values()), "slug", "key"]
    fieldsets = [
        (_("Title"), {"fields": [*TITLE_FIELDS]}),
        (_("Place"), {"fields": ["parent", "position", "slug", "key", "retired_at"]}),
    ]

    def get_changelist(self, request, **kwargs):
        return TreeChangeList

    def get_changelist_form(self, request, **kwargs):
        return super().get_changelist_form(request, **kwargs | {"form": PositionForm})

    def get_queryset(self, request):
        return super().get_queryset(request).with_question_counts()

    def get_readonly_fields(self, request, obj=None):
        return ["key", "retired_at"] if obj else ["retired_at"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "parent":
            kwargs |= {"form_class": TopicChoiceField, "empty_label": _("— none: at the top —")}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if isinstance(form, TopicForm):
            form.rename_notes()

    @admin.display(description=_("topic"))
    def indented_title(self, topic):
        return format_html('<span class="depth-{}">{}</span>', min(topic.depth, 6), topic.title)

    @admin.display(description=_("questions"), ordering="question_count")
    def question_count(self, topic):
        return topic.question_count
