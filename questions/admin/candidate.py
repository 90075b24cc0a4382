"""Questions that may be renamed ones: a curator decides, with both texts in view, and the decision is remembered."""

from django.contrib import admin, messages
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from progress import renaming
from progress.merging import CannotMerge
from progress.models import Answered, Bookmark, Draft
from questions.admin.deciding import DecidingAdmin
from questions.admin.fields import readable
from questions.differences import differences, words_of
from questions.models import Answer, RenameCandidate


class DecidedFilter(admin.SimpleListFilter):
    """Shows what waits, unless asked for something else."""

    title = _("decision")
    parameter_name = "decision"

    def lookups(self, request, model_admin):
        decisions = [("same", _("the same question")), ("two", _("two questions"))]
        return [("waiting", _("waiting")), *decisions, ("all", _("All"))]

    def queryset(self, request, queryset):
        if self.value() in ("same", "two"):
            return queryset.filter(accepted=self.value() == "same")
        return queryset if self.value() == "all" else queryset.waiting()

    def choices(self, changelist):
        for value, title in self.lookup_choices:
            yield {
                "selected": value == (self.value() or "waiting"),
                "query_string": changelist.get_query_string({self.parameter_name: value}),
                "display": title,
            }


@admin.register(RenameCandidate)
class RenameCandidateAdmin(DecidingAdmin):
    decisions = ["same", "two"]
    list_display = ["old", "new", "likeness", "source", "found", "accepted"]
    list_filter = [DecidedFilter, "run__source"]
    list_per_page = 50
    readonly_fields = fields = ["run_link", "likeness", "accepted", "decided_by", "decided_at"]

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related("old", "new", "run__source", "decided_by")
        return rows.defer("run__plan")

    def get_fields(self, request, obj=None):
        return self.fields if obj and obj.decided_at else ["run_link", "likeness"]

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": _("Questions perhaps renamed")} | (extra_context or {}))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        candidate = self.get_object(request, object_id)
        context = {"title": _("Is this the same question under a new name?")}
        if candidate:
            old, new = (side(question, candidate.run.source_id) for question in (candidate.old, candidate.new))
            context |= {
                "sides": [old, new],
                "lines": differences(old["words"], new["words"]),
                "waits": RenameCandidate.objects.waiting().filter(pk=candidate.pk).exists(),
            }
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    # --- Columns and lines

    @admin.display(description=_("likeness"), ordering="score")
    def likeness(self, candidate):
        return f"{candidate.score:.0%}"

    @admin.display(description=_("source"), ordering="run__source__title")
    def source(self, candidate):
        return candidate.run.source

    @admin.display(description=_("found"), ordering="run__finished_at")
    def found(self, candidate):
        return candidate.run.finished_at

    @admin.display(description=_("import"))
    def run_link(self, candidate):
        address = reverse("admin:questions_import_change", args=[candidate.run_id])
        return format_html('<a href="{}">{}</a>', address, candidate.run)

    # --- Decisions

    def same(self, request, candidate):
        try:
            merge = renaming.accept(candidate, by=request.user)
        except CannotMerge as reason:
            self.message_user(request, str(reason), messages.ERROR)
            return False
        self.log_change(request, candidate.old, str(merge))
        self.message_user(request, _("It is the same question: its address and every mark stay, with the new words."))
        return True

    def two(self, request, candidate):
        try:
            renaming.refuse(candidate, by=request.user)
        except CannotMerge as reason:
            self.message_user(request, str(reason), messages.ERROR)
            return False
        self.log_change(request, candidate, str(_("Two questions.")))
        self.message_user(request, _("Two questions: this is not proposed again."))
        return True


def side(question, source_id):
    """What a curator compares: what the source says of the question, or said last, and how many readers it has."""
    said = question.notes.filter(source=source_id)
    note = max(said, key=lambda one: (one.retired_at is None, one.retired_at or one.updated_at), default=None)
    return {
        "question": question,
        "note": note,
        "says": readable(f"{note.text_html}{note.answer_html}") if note else "",
        "words": words_of(note) if note else question.title,
        "readers": readers(question),
        "edit": reverse("admin:questions_question_change", args=[question.pk]),
    }


def readers(question):
    """How many people have a mark or an answer on it."""
    marks = (kind.objects.filter(question=question).order_by().values("user") for kind in (Bookmark, Answered, Draft))
    answers = Answer.objects.filter(question=question, author__isnull=False).order_by().values("author")
    return answers.union(*marks).count()
