"""Notes that were edited here and changed in their source: a curator chooses, with both side by side."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from interview_notes.pages import SeeOther
from questions.admin.deciding import DecidingAdmin
from questions.admin.fields import readable
from questions.admin.note import NoteForm
from questions.blocking import sentence_against
from questions.differences import differences, words_of
from questions.identity import fingerprint
from questions.markdown.render import render
from questions.models import Conflict, Note


class EditForm(NoteForm):
    """Words of the curator's own, beginning with those that stand here."""

    language = None

    class Meta:
        model = Note
        fields = ["title", "answer"]


@admin.register(Conflict)
class ConflictAdmin(DecidingAdmin):
    decisions = ["keep_ours", "take_theirs"]
    list_display = ["note", "source", "found_at"]
    list_filter = ["note__source"]
    list_select_related = ["note__source"]
    search_fields = ["note__title", "title"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("note__source", "note__question")

    @admin.display(description=_("source"))
    def source(self, conflict):
        return conflict.note.source

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Shows both, and takes what a curator writes instead."""
        conflict = self.get_object(request, object_id)
        if conflict is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, conflict):
            raise PermissionDenied
        may_change = self.has_change_permission(request, conflict)
        if request.method == "POST" and not may_change:
            raise PermissionDenied
        seen = state_of(conflict)
        ours, our_words = (
            vars(conflict.note).copy(),
            words_of(conflict.note),
        )  # the form lays what is typed onto the note
        form = EditForm(request.POST or None, instance=conflict.note)
        if form.is_valid() and self._settle(request, conflict, "edit", form.cleaned_data):
            return SeeOther(self._list_url())
        context = self.admin_site.each_context(request) | {
            "title": _("Edited here, changed in the source"),
            "conflict": conflict,
            "original": conflict,
            "opts": self.opts,
            "media": self.media + form.media,
            "form": form,
            "seen": seen,
            "our_title": ours["title"],
            "our_words": our_words,
            "ours": readable(f"{ours['text_html']}{ours['answer_html']}"),
            "theirs": readable(render(f"{conflict.text}\n\n{conflict.answer}", prefix="theirs-")),
            "their_words": words_of(conflict),
            "lines": differences(our_words, words_of(conflict)),
            "may_change": may_change,
        }
        return TemplateResponse(request, "admin/questions/conflict/change_form.html", context)

    def keep_ours(self, request, conflict):
        return self._settle(request, conflict, "ours")

    def take_theirs(self, request, conflict):
        return self._settle(request, conflict, "theirs")

    def _settle(self, request, conflict, choice, typed=None):
        """Ends a conflict as the curator has seen it. False if one of the texts has changed since."""
        said = {
            "ours": _("Kept as edited here."),
            "theirs": _("Taken as it is in the source."),
            "edit": _("Saved as you wrote it."),
        }[choice]
        with transaction.atomic():
            now = Conflict.objects.select_for_update().select_related("note__question").filter(pk=conflict.pk).first()
            if now is None or request.POST.get("seen", state_of(now)) != state_of(now):
                message = _("One of the texts has changed in the meantime. Nothing was done: look again, and decide.")
                self.message_user(request, message, messages.WARNING)
                return False
            if choice == "theirs" and (objection := sentence_against(now.answer)):
                self.message_user(request, objection, messages.ERROR)
                return False
            if choice == "theirs":
                now.note.title, now.note.text, now.note.answer = now.title, now.text, now.answer
            elif choice == "edit":
                now.note.title, now.note.answer = typed["title"], typed["answer"]
            if choice != "ours":
                now.note.save()
            now.delete()
        self.log_change(request, now.note, str(said))
        self.message_user(request, said)
        return True


def state_of(conflict):
    """Changes whenever one of the two texts does."""
    return fingerprint(words_of(conflict.note), words_of(conflict))
