"""Notes that were edited here and changed in their source: a curator chooses, with both side by side."""

from django.contrib import admin, messages
from django.db import transaction
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from questions.admin.deciding import DecidingAdmin
from questions.admin.fields import readable
from questions.blocking import sentence_against
from questions.markdown.render import render
from questions.models import Conflict


@admin.register(Conflict)
class ConflictAdmin(DecidingAdmin):
    decisions = ["keep_ours", "take_theirs"]
    list_display = ["note", "source", "found_at"]
    list_filter = ["note__source"]
    list_select_related = ["note__source"]
    search_fields = ["note__title", "title"]
    readonly_fields = ["source", "found_at"]
    fields = ["source", "found_at"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("note__source", "note__question")

    def change_view(self, request, object_id, form_url="", extra_context=None):
        conflict = self.get_object(request, object_id)
        context = {"title": _("Edited here, changed in the source")}
        if conflict:
            context["ours"] = readable(conflict.note.answer_html)
            context["theirs"] = readable(render(conflict.answer, prefix="theirs"))
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    @admin.display(description=_("source"))
    def source(self, conflict):
        note = reverse("admin:questions_note_change", args=[conflict.note_id])
        return format_html('{} · <a href="{}">{}</a>', conflict.note.source, note, _("edit the note"))

    def keep_ours(self, request, conflict):
        self.log_change(request, conflict.note, str(_("Kept as edited here.")))
        conflict.delete()
        self.message_user(request, _("Kept as edited here."))
        return True

    def take_theirs(self, request, conflict):
        note = conflict.note
        if objection := sentence_against(conflict.answer):
            self.message_user(request, objection, messages.ERROR)
            return False
        with transaction.atomic():
            note.title, note.answer = conflict.title, conflict.answer
            note.save()
            conflict.delete()
        self.log_change(request, note, str(_("Taken as it is in the source.")))
        self.message_user(request, _("Taken as it is in the source."))
        return True
