"""Questions of different sources that may be one: proposed, merged by a curator, and parted again."""

from collections import defaultdict

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, Prefetch
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from progress import merging
from progress.models import Answered, Bookmark, Draft
from questions.admin.deciding import DecidingAdmin
from questions.admin.fields import readable
from questions.models import Answer, Merge, MergeProposal, Note, Topic

WENT_ALONG = {
    "notes": (Note, "moved"),
    "answers": (Answer, "moved"),
    "bookmarks": (Bookmark, "copied"),
    "answered": (Answered, "copied"),
    "drafts": (Draft, "copied"),
}


class DecidedFilter(admin.SimpleListFilter):
    """Shows what waits, unless asked for something else."""

    title = _("decision")
    parameter_name = "decision"

    def lookups(self, request, model_admin):
        return [("waiting", _("waiting")), ("merged", _("merged")), ("refused", _("not the same"))]

    def queryset(self, request, queryset):
        if self.value() in ("merged", "refused"):
            return queryset.filter(accepted=self.value() == "merged")
        return queryset.waiting()

    def choices(self, changelist):
        for value, title in self.lookup_choices:
            yield {
                "selected": value == (self.value() or "waiting"),
                "query_string": changelist.get_query_string({self.parameter_name: value}),
                "display": title,
            }


class KeptForm(forms.Form):
    """Which of the two questions stays."""

    kept = forms.TypedChoiceField(coerce=int)

    def __init__(self, data, proposal):
        super().__init__(data)
        self.fields["kept"].choices = [(pk, pk) for pk in (proposal.first_id, proposal.second_id)]


@admin.register(MergeProposal)
class MergeProposalAdmin(DecidingAdmin):
    decisions = ["merge", "refuse"]
    list_display = ["titles", "sources", "reason", "likeness", "found_at"]
    list_filter = [DecidedFilter, "reason"]
    list_per_page = 50
    readonly_fields = ["reason", "likeness", "found_at", "accepted", "decided_by", "decided_at"]

    def get_fields(self, request, obj=None):
        return self.readonly_fields if obj and obj.decided_at else self.readonly_fields[:3]

    def get_queryset(self, request):
        notes = Note.objects.live().select_related("source").only("question", "source__title")
        return (
            super()
            .get_queryset(request)
            .select_related("first__topic", "second__topic", "decided_by")
            .prefetch_related(Prefetch("first__notes", notes), Prefetch("second__notes", notes))
        )

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": _("Questions that may be one")} | (extra_context or {}))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        proposal = self.get_object(request, object_id)
        context = {"title": _("Are these two one question?"), "subtitle": None}
        if proposal:
            context["sides"] = side_by_side(proposal.first, proposal.second)
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    @admin.display(description=_("questions"))
    def titles(self, proposal):
        return in_lines(proposal.first, proposal.second)

    @admin.display(description=_("sources"))
    def sources(self, proposal):
        names = ({note.source.title for note in one.notes.all()} for one in (proposal.first, proposal.second))
        return in_lines(*(" · ".join(sorted(those)) for those in names))

    @admin.display(description=_("likeness"), ordering="score")
    def likeness(self, proposal):
        return f"{proposal.score:.0%}"

    # --- Decisions

    def merge(self, request, proposal):
        form = KeptForm(request.POST, proposal)
        if not form.is_valid():
            self.message_user(request, _("Choose which of the two stays."), messages.ERROR)
            return False
        if proposal.decided_at:
            self.message_user(request, _("This has been decided already."), messages.WARNING)
            return False
        kept, gone = proposal.first, proposal.second
        if form.cleaned_data["kept"] == gone.pk:
            kept, gone = gone, kept
        try:
            merge = merging.merge(kept, gone, by=request.user)
        except merging.CannotMerge as reason:
            self.message_user(request, str(reason), messages.ERROR)
            return False
        self.log_change(request, kept, str(merge))
        self.message_user(request, _("Merged. The old address leads to the question that stays."))
        return True

    def refuse(self, request, proposal):
        if proposal.decided_at:
            self.message_user(request, _("This has been decided already."), messages.WARNING)
            return False
        proposal.refuse(by=request.user)
        self.log_change(request, proposal, str(_("Not the same.")))
        self.message_user(request, _("Not the same: this is not proposed again."))
        return True


class MergeForm(forms.ModelForm):
    def clean(self):
        """Says in words what the constraints would say by their names."""
        kept, gone = self.cleaned_data.get("kept"), self.cleaned_data.get("gone")
        if kept and gone and (reason := merging.reason_against(kept, gone)):
            raise forms.ValidationError(reason)
        return self.cleaned_data


@admin.register(Merge)
class MergeAdmin(DecidingAdmin):
    """Every merge with who and when, and the way back; adding one merges two questions that nobody proposed."""

    decisions = ["undo"]
    form = MergeForm
    autocomplete_fields = ["gone", "kept"]
    list_display = ["title", "at", "by", "undone_at", "undone_by"]
    list_filter = [("undone_at", admin.EmptyFieldListFilter)]
    list_select_related = ["kept", "gone", "by", "undone_by"]
    date_hierarchy = "at"

    def has_add_permission(self, request):
        return admin.ModelAdmin.has_add_permission(self, request)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("kept", "gone", "by", "undone_by")

    def get_fields(self, request, obj=None):
        if obj:
            return ["stays", "went_into_it", "what_moved", "at", "by", "undone_at", "undone_by"]
        return ["gone", "kept"]

    def get_readonly_fields(self, request, obj=None):
        return self.get_fields(request, obj) if obj else []

    def add_view(self, request, form_url="", extra_context=None):
        context = {"title": _("Merge two questions"), "show_save_and_add_another": False}
        try:
            return super().add_view(request, form_url, context | (extra_context or {}))
        except merging.CannotMerge as reason:  # another curator was quicker
            self.message_user(request, str(reason), messages.ERROR)
            return redirect(self._list_url())

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return super().change_view(request, object_id, form_url, {"title": _("Merge")} | (extra_context or {}))

    def save_model(self, request, obj, form, change):
        obj.pk = merging.merge(obj.kept, obj.gone, by=request.user).pk

    @admin.display(description=_("merge"), ordering="at")
    def title(self, merge):
        return str(merge)

    @admin.display(description=_("question that stays"))
    def stays(self, merge):
        return linked(merge.kept)

    @admin.display(description=_("question that goes into it"))
    def went_into_it(self, merge):
        return linked(merge.gone)

    @admin.display(description=_("what went along"))
    def what_moved(self, merge):
        return counted(merge.moved)

    def undo(self, request, merge):
        try:
            merging.undo(merge, by=request.user)
        except merging.CannotMerge as reason:
            self.message_user(request, str(reason), messages.ERROR)
            return False
        self.log_change(request, merge, str(_("Undone.")))
        self.message_user(
            request, _("Undone: there are two questions again. What readers changed since stays where they changed it.")
        )
        return True


def in_lines(*lines):
    return format_html_join("", "<div>{}</div>", ((line,) for line in lines))


def linked(question):
    return format_html('<a href="{}">{}</a>', question.get_absolute_url(), question)


def counted(moved):
    """How much of each kind went along, of the kinds that did."""
    numbers = ((kind, len(moved.get(name, {}).get(how, []))) for name, (kind, how) in WENT_ALONG.items())
    return " · ".join(f"{kind._meta.verbose_name_plural}: {n}" for kind, n in numbers if n) or "—"


def side_by_side(first, second):
    """What a curator compares of two questions; `stays` is the one with more marks, then the older, if it is live."""
    pair = [first, second]
    notes, marks = defaultdict(list), dict.fromkeys((first.pk, second.pk), 0)
    for note in Note.objects.live().filter(question__in=pair).select_related("source").order_by("pk"):
        notes[note.question_id].append({"note": note, "answer": readable(note.answer_html)})
    for kind in (Bookmark, Answered, Draft):
        rows = kind.objects.filter(question__in=pair).order_by().values_list("question").annotate(Count("pk"))
        for pk, n in rows:
            marks[pk] += n
    topics = Topic.objects.in_bulk({pk for one in pair for pk in (*one.topic.ancestor_ids, one.topic_id)})
    stays = min(pair, key=lambda one: (one.retired_at is not None, -marks[one.pk], one.created_at, one.pk))
    return [
        {
            "question": one,
            "path": [topics[pk] for pk in (*one.topic.ancestor_ids, one.topic_id)],
            "notes": notes[one.pk],
            "marks": marks[one.pk],
            "edit": reverse("admin:questions_question_change", args=[one.pk]),
            "stays": one is stays,
        }
        for one in pair
    ]
