"""Imports: begun here, looked at as a plan, applied, and kept as a history that can be opened again."""

from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from interview_notes.pages import SeeOther, render_page
from questions.admin.deciding import DecidingAdmin
from questions.admin.import_form import ImportForm
from questions.differences import differences
from questions.importing.kept import Kept, sweep
from questions.models import Import, Source
from questions.tasks import has_stopped, is_unanswered

COUNTS = {
    "topics": _("topics"),
    "questions": _("questions"),
    "answers": _("reference answers"),
    "added": pgettext_lazy("questions", "added"),
    "changed": pgettext_lazy("questions", "changed"),
    "moved": pgettext_lazy("questions", "moved"),
    "renamed": pgettext_lazy("questions", "renamed"),
    "retired": pgettext_lazy("questions", "retired"),
    "restored": pgettext_lazy("questions", "restored"),
    "same": pgettext_lazy("questions", "unchanged"),
    "conflicts": pgettext_lazy("questions", "in conflict"),
    "candidates": pgettext_lazy("questions", "perhaps renamed"),
}
CHANGES = ["added", "changed", "moved", "renamed", "restored", "conflict"]
SHOWN = 200  # lines of one kind: a plan may have 20,000
PLANNED, REFUSED, FAILED = Import.State.PLANNED, Import.State.REFUSED, Import.State.FAILED
STAGES = {
    "reading": _("Reading"),
    "parsing": _("Taking the files apart"),
    "planning": _("Comparing with what stands here"),
    "keeping": _("Keeping what was read"),
    "writing": _("Writing"),
}


@admin.register(Import)
class ImportAdmin(DecidingAdmin):
    decisions = ["apply", "again"]
    list_display = ["source_or_origin", "started_at", "standing_now", "summary", "problem_count", "by", "commit"]
    list_filter = ["state", "source"]
    list_select_related = ["source", "by"]
    search_fields = ["source__title", "origin", "commit"]
    date_hierarchy = "started_at"
    readonly_fields = fields = [
        "source_link", "origin", "commit", "started_at", "finished_at", "by", "counts_table", "plan_lists",
    ]  # fmt: skip

    def get_urls(self):
        return [
            path("<int:pk>/progress/", self.admin_site.admin_view(self.progress), name="questions_import_progress"),
            path("<int:pk>/differences/", self.admin_site.admin_view(self.differences), name="questions_import_diff"),
            *super().get_urls(),
        ]

    def has_add_permission(self, request):
        return request.user.has_perm("questions.add_import")

    def has_change_permission(self, request, obj=None):
        return False

    def may_decide(self, request, run):
        return self.has_add_permission(request)

    def get_queryset(self, request):
        runs = super().get_queryset(request)
        page = request.resolver_match.url_name if request.resolver_match else ""
        return runs.without_plans() if page == "questions_import_changelist" else runs

    # --- Beginning

    def add_view(self, request, form_url="", extra_context=None):
        """The form to begin with; ?source=1 fills in what is known of a source."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            form = ImportForm(request.POST, request.FILES)
            if form.is_valid():
                return SeeOther(self._row_url(self._begin(request, form).pk))
        else:
            form = self._form_for(request.GET.get("source", ""))
        context = self.admin_site.each_context(request) | {
            "title": _("Import notes"),
            "adminform": helpers.AdminForm(form, form.fieldsets(), {}),
            "form": form,
            "opts": self.opts,
            "media": self.media,
        }
        return render(request, "admin/questions/import/add.html", context)

    @staticmethod
    def _form_for(pk):
        return ImportForm.for_source(get_object_or_404(Source, pk=pk)) if pk.isdecimal() else ImportForm()

    def _begin(self, request, form):
        """The upload first: as soon as the run is asked for, a worker may look for it."""
        sweep()
        run, upload = form.begin(request.user)
        run.save()
        if upload:
            Kept(run).take(*upload)
        run.ask_for(Import.State.READING)
        self.log_addition(request, run, [{"added": {}}])
        return run

    # --- Looking

    def get_fields(self, request, obj=None):
        """Those that there is something to say of."""
        if obj is None:
            return self.fields
        left_out = {name for name in ("commit", "finished_at") if not getattr(obj, name)}
        left_out |= set() if obj.plan else {"counts_table", "plan_lists"}
        return [name for name in self.fields if name not in left_out]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        run = self.get_object(request, object_id)
        context = {"title": _("Import"), "may_import": self.has_add_permission(request)}
        context |= standing(run) if run else {}
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    def progress(self, request, pk):
        """How far a run is: asked for again and again by its page, which is loaded anew when the run has ended."""
        run = get_object_or_404(Import.objects.without_plans().select_related("source"), pk=pk)
        if not self.has_view_permission(request, run):
            raise PermissionDenied
        if not request.htmx:
            return SeeOther(self._row_url(pk))
        response = render(request, "admin/questions/import/_progress.html", standing(run))
        if not run.is_busy:
            response["HX-Refresh"] = "true"
        return response

    def differences(self, request, pk):
        """Old and new words of one question, ?key=…: computed for whoever looks, while the run is kept."""
        run = get_object_or_404(Import.objects.without_plans().select_related("source"), pk=pk)
        if not self.has_view_permission(request, run):
            raise PermissionDenied
        texts = Kept(run).texts().get(request.GET.get("key", ""))
        context = self.admin_site.each_context(request) | {
            "title": _("What would change"),
            "run": run,
            "opts": self.opts,
            "lines": differences(**texts) if texts else None,
        }
        page, fragment = "admin/questions/import/differences.html", "admin/questions/_differences.html"
        return render_page(request, page, context, fragment=fragment)

    # --- Deciding

    def apply(self, request, run):
        """Asks for what the curator has seen. Of two who press the button at once, one does."""
        if not standing(run)["may_apply"] or not run.ask_for(Import.State.APPLYING):
            self._too_late(request)

    def again(self, request, run):
        """Begins anew what has stopped, or plans once more what was read."""
        may = standing(run)["may_begin_again"]
        facts = {"state": run.state} if run.is_busy else {"state": Import.State.READING, "counts": {}, "plan": {}}
        if not may or not run.ask_for(**facts):
            self._too_late(request)

    def _too_late(self, request):
        self.message_user(request, _("This run has gone on in the meantime: look again."), messages.WARNING)

    # --- Columns and lines

    @admin.display(description=_("import"), ordering="source__title")
    def source_or_origin(self, run):
        return run.source or run.facts.get("title") or run.origin

    @admin.display(description=_("state"), ordering="state")
    def standing_now(self, run):
        return _("stopped") if has_stopped(run) else run.get_state_display()

    @admin.display(description=_("source"))
    def source_link(self, run):
        if not run.source:
            return _("%(title)s (new)") % {"title": run.facts.get("title") or run.origin}
        address = reverse("admin:questions_source_change", args=[run.source_id])
        return format_html('<a href="{}">{}</a>', address, run.source)

    @admin.display(description=_("changes"))
    def summary(self, run):
        kinds = [kind for kind in COUNTS if kind not in ("topics", "questions", "answers", "same")]
        changes = [f"{run.counts[kind]} {COUNTS[kind]}" for kind in kinds if run.counts.get(kind)]
        return " · ".join(changes) or (_("none") if run.counts else "—")

    @admin.display(description=_("problems"))
    def problem_count(self, run):
        return run.counts.get("problems") or "—"

    @admin.display(description=_("counts"))
    def counts_table(self, run):
        counts = [(name, run.counts[kind]) for kind, name in COUNTS.items() if kind in run.counts]
        return render_to_string("admin/questions/import/_counts.html", {"counts": counts})

    @admin.display(description=_("plan"))
    def plan_lists(self, run):
        context = {"run": run, "lists": plan_lists(run.plan), "texts": Kept(run).texts()}
        return render_to_string("admin/questions/import/_plan.html", context)


def standing(run):
    """What the page of a run says of it, and what may be asked for."""
    kept, stopped = Kept(run), has_stopped(run)
    progress = (kept.progress() or {}) if run.is_busy and not run.is_waiting else {}
    can_be_read = kept.can_be_read_again
    begun_anew = run.state in (PLANNED, REFUSED, FAILED) and (can_be_read or run.origin.startswith("https://"))
    return {
        "run": run,
        "stopped": stopped,
        "unanswered": is_unanswered(run),
        "progress": progress,
        "stage": STAGES.get(progress.get("stage"), ""),
        "may_apply": run.state == PLANNED and can_be_read,
        "may_begin_again": stopped or begun_anew,
    }


def plan_lists(plan):
    """The plan as lists to read: each with its name, its rows up to a sensible number, and how many more there are."""
    rows = {change: [] for change in CHANGES}
    for change in plan.get("changes", []):
        rows.setdefault(change["change"], []).append(change)
    titles = {row.get("key"): row["title"] for row in (*plan.get("changes", []), *plan.get("retired", []))}
    rows["retired"] = plan.get("retired", [])
    rows["candidates"] = [
        row | {"old": titles.get(row["old"], row["old"]), "new": titles.get(row["new"], row["new"])}
        for row in plan.get("candidates", [])
    ]
    rows["problems"] = plan.get("problems", [])
    names = COUNTS | {"conflict": COUNTS["conflicts"], "problems": _("problems")}
    return [
        {
            "kind": kind,
            "name": names.get(kind, kind),
            "rows": found[:SHOWN],
            "count": (count := plan.get("sizes", {}).get(kind, len(found))),
            "more": max(0, count - SHOWN),
        }
        for kind, found in rows.items()
        if found
    ]
