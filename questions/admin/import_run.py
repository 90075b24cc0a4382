"""The history of imports, each with the plan it carried out, to be read."""

from django.contrib import admin
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from questions.models import Import

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


@admin.register(Import)
class ImportAdmin(admin.ModelAdmin):
    list_display = ["source_or_origin", "started_at", "state", "summary", "problem_count", "by", "commit"]
    list_filter = ["state", "source"]
    list_select_related = ["source", "by"]
    search_fields = ["source__title", "origin", "commit"]
    date_hierarchy = "started_at"
    readonly_fields = fields = [
        "source", "origin", "commit", "state", "started_at", "finished_at", "by", "counts_table", "plan_lists",
    ]  # fmt: skip

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("import"), ordering="source__title")
    def source_or_origin(self, run):
        return run.source or run.origin

    @admin.display(description=_("changes"))
    def summary(self, run):
        kinds = [kind for kind in COUNTS if kind not in ("topics", "questions", "answers", "same")]
        changes = [f"{run.counts[kind]} {COUNTS[kind]}" for kind in kinds if run.counts.get(kind)]
        return " · ".join(changes) or _("none")

    @admin.display(description=_("problems"))
    def problem_count(self, run):
        return len(run.plan.get("problems", [])) or "—"

    @admin.display(description=_("counts"))
    def counts_table(self, run):
        counts = [(name, run.counts[kind]) for kind, name in COUNTS.items() if kind in run.counts]
        return render_to_string("admin/questions/import/_counts.html", {"counts": counts})

    @admin.display(description=_("plan"))
    def plan_lists(self, run):
        return render_to_string("admin/questions/import/_plan.html", {"lists": plan_lists(run.plan)})


def plan_lists(plan):
    """The plan as lists to read: each with its name, its rows up to a sensible number, and how many more there are."""
    rows = {change: [] for change in CHANGES}
    for change in plan.get("changes", []):
        rows.setdefault(change["change"], []).append(change)
    for kind in ("retired", "candidates", "problems"):
        rows[kind] = plan.get(kind, [])
    names = COUNTS | {"conflict": COUNTS["conflicts"], "problems": _("problems")}
    return [
        {
            "kind": kind,
            "name": names.get(kind, kind),
            "rows": found[:SHOWN],
            "count": len(found),
            "more": max(0, len(found) - SHOWN),
        }
        for kind, found in rows.items()
        if found
    ]
