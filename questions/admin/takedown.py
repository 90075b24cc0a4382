"""Complaints, with the texts they are about: one act freezes those, and two curators can undo it."""

from contextlib import contextmanager

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, Q
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from questions import takedown as verbs
from questions.admin.deciding import DecidingAdmin
from questions.admin.fields import readable
from questions.letters import send
from questions.markdown.render import render
from questions.models import Letter, Takedown

State = Takedown.State
SHOWN = 5  # notes of a source that are laid out to be read


class UpholdForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 4, "class": "vLargeTextField"}),
    )
    takes_titles = forms.BooleanField(label=_("Remove the titles too"), required=False)
    with_copies = forms.BooleanField(label=_("Freeze copies of these texts elsewhere here too"), required=False)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=2000)


class WaitingFilter(admin.SimpleListFilter):
    """Shows what waits, unless asked for something else."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        decided = [(state.value, state.label) for state in (State.UPHELD, State.REFUSED, State.UNDONE)]
        return [("waiting", _("waiting")), *decided, ("all", _("All"))]

    def queryset(self, request, queryset):
        if self.chosen() == "waiting":
            return queryset.waiting()
        return queryset if self.chosen() == "all" else queryset.filter(state=self.chosen())

    def chosen(self):
        return self.value() or "waiting"

    def choices(self, changelist):
        for value, title in self.lookup_choices:
            yield {
                "selected": value == self.chosen(),
                "query_string": changelist.get_query_string({self.parameter_name: value}),
                "display": title,
            }


@admin.register(Takedown)
class TakedownAdmin(DecidingAdmin):
    decisions = [
        "add_target", "leave_out", "find_copies", "uphold", "refuse", "ask_undo", "drop_undo", "undo", "send_again",
    ]  # fmt: skip
    list_display = ["number", "name", "about", "state", "verified_at", "letters_not_sent"]
    list_filter = [WaitingFilter]
    search_fields = ["name", "email", "rights_holder", "work", "addresses"]
    ordering = ["verified_at"]
    readonly_fields = [
        "name", "email_link", "rights_holder", "work", "addresses", "in_good_faith", "language", "sent_at",
        "verified_at", "state", "decided_by", "decided_at", "reason", "takes_titles", "undo_asked_by", "undo_asked_at",
        "undo_reason", "undone_by", "undone_at",
    ]  # fmt: skip

    def get_queryset(self, request):
        unsent = Count("letters", filter=Q(letters__sent_at=None))
        people = ("decided_by", "undo_asked_by", "undone_by")
        return super().get_queryset(request).confirmed().select_related(*people).annotate(unsent=unsent)

    def get_fieldsets(self, request, obj=None):
        complaint = ["name", "email_link", "rights_holder", "work", "addresses", "in_good_faith", "language"]
        decision = ["state", "decided_by", "decided_at", "reason", "takes_titles"]
        undoing = ["undo_asked_by", "undo_asked_at", "undo_reason", "undone_by", "undone_at"]
        sets = [(_("Complaint"), {"fields": [*complaint, "sent_at", "verified_at"]})]
        if obj and obj.state != State.OPEN:
            sets.append((_("Decision"), {"fields": decision}))
        if obj and obj.undo_asked_at:
            sets.append((_("Undoing"), {"fields": undoing}))
        return sets

    def change_view(self, request, object_id, form_url="", extra_context=None):
        takedown = self.get_object(request, object_id)
        context = {}
        if takedown:
            context = {
                "title": _("Complaint to decide on") if takedown.state == State.OPEN else _("Complaint"),
                "targets": targets_to_read(takedown),
                "form": UpholdForm(initial={"with_copies": True}, label_suffix=""),
                "is_open": takedown.state == State.OPEN,
                "may_ask_undo": takedown.state == State.UPHELD and not takedown.undo_asked_at,
                "is_undo_asked": takedown.is_undo_asked,
                "asked_by_me": takedown.undo_asked_by_id == request.user.pk,
                "steps": takedown.steps.select_related("by"),
                "letters": takedown.letters.exclude(kind=Letter.Kind.CONFIRM).order_by("pk"),
            }
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    # --- Columns and lines

    @admin.display(description=_("takedown"), ordering="pk")
    def number(self, takedown):
        return str(takedown)

    @admin.display(description=_("the work concerned"))
    def about(self, takedown):
        return Truncator(takedown.work).chars(80)

    @admin.display(description=_("letters not sent"), ordering="unsent")
    def letters_not_sent(self, takedown):
        return takedown.unsent or "—"

    @admin.display(description=_("e-mail address"))
    def email_link(self, takedown):
        return format_html('<a href="mailto:{}">{}</a>', takedown.email, takedown.email)

    # --- Acts: the curator stays on the page, and reads there what came of it

    @contextmanager
    def telling(self, request):
        """Says to the curator what is not possible, and why."""
        try:
            yield
        except verbs.NotPossible as refusal:
            self.message_user(request, str(refusal), messages.ERROR)

    def add_target(self, request, takedown):
        with self.telling(request):
            n = verbs.add_target(takedown, request.POST.get("address", ""), request.get_host(), request.user)
            self.message_user(request, ngettext("%d text added.", "%d texts added.", n) % n)

    def leave_out(self, request, takedown):
        target = request.POST.get("target", "")
        with self.telling(request):
            verbs.leave_out(takedown, int(target) if target.isdecimal() else 0, request.user)

    def find_copies(self, request, takedown):
        with self.telling(request):
            n = verbs.add_copies(takedown, request.user)
            self.message_user(request, ngettext("%d copy found.", "%d copies found.", n) % n)

    def uphold(self, request, takedown):
        form = UpholdForm(request.POST)
        if not form.is_valid():
            return self.complain(request, form)
        with self.telling(request):
            verbs.uphold(takedown, request.user, **form.cleaned_data)
            self.message_user(request, _("Upheld. The texts are not shown any more."))

    def refuse(self, request, takedown):
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return self.complain(request, form)
        with self.telling(request):
            verbs.refuse(takedown, request.user, form.cleaned_data["reason"])
            self.message_user(request, _("Refused. The texts stay as they are."))

    def ask_undo(self, request, takedown):
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return self.complain(request, form)
        with self.telling(request):
            verbs.ask_undo(takedown, request.user, form.cleaned_data["reason"])
            self.message_user(request, _("Asked for. Another curator has to confirm it."))

    def drop_undo(self, request, takedown):
        with self.telling(request):
            verbs.drop_undo(takedown, request.user)
            self.message_user(request, _("It stays as it is."))

    def undo(self, request, takedown):
        with self.telling(request):
            verbs.undo(takedown, request.user)
            self.message_user(request, _("Undone. Everything is shown as it was before."))

    def send_again(self, request, takedown):
        send_all(self, request, takedown.letters.filter(sent_at=None))

    def complain(self, request, form):
        for name, mistakes in form.errors.items():
            self.message_user(request, f"{form[name].label}: {' '.join(mistakes)}", messages.ERROR)


@admin.register(Letter)
class LetterAdmin(admin.ModelAdmin):
    """Who was told, and whom the mail server would not let us tell."""

    list_display = ["kind", "to", "takedown", "owed_at", "sent_at", "mistake"]
    list_filter = [("sent_at", admin.EmptyFieldListFilter), "kind"]
    list_select_related = ["takedown"]
    search_fields = ["to"]
    actions = ["send_again"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_send_permission(self, request):
        return request.user.has_perm("questions.change_takedown")

    @admin.action(description=_("Send the selected letters that were not sent"), permissions=["send"])
    def send_again(self, request, queryset):
        send_all(self, request, queryset.filter(sent_at=None))


def send_all(desk, request, letters):
    sent = [send(letter) for letter in letters.select_related("takedown")]
    if not all(sent):
        message = _("The mail server does not take them. What it says stands beside each letter.")
        desk.message_user(request, message, messages.ERROR)
    desk.message_user(request, ngettext("%d letter sent.", "%d letters sent.", sum(sent)) % sum(sent))


def targets_to_read(takedown):
    """Each target with its texts: those that stand here, or those that this takedown has frozen."""
    related = (
        "note__source",
        "note__question",
        "topicnote__source",
        "topicnote__topic",
        "answer__author",
        "answer__question",
    )
    kept = [
        (block.note or block.topicnote or block.answer, block.title, words_of(block.asked, block.text))
        for block in takedown.blocks.select_related(*related)
    ]
    return [
        {"target": target, "thing": target.thing, **texts_of(target, kept)}
        for target in takedown.targets.select_related(*related, "source")
    ]


def texts_of(target, kept):
    """`texts` to read, and how many `more` there are."""
    thing = target.thing
    if target.source:
        texts = [one for one in kept if getattr(one[0], "source_id", None) == thing.pk]
        texts = texts or [
            (note, note.title, words_of(note.text, note.answer)) for note in thing.notes.exclude(answer="")
        ]
    else:
        texts = [one for one in kept if one[0] == thing]
    if not texts and target.note:
        texts = [(thing, thing.title, words_of(thing.text, thing.answer))]
    elif not texts and target.topicnote:
        texts = [(thing, thing.title, thing.introduction)]
    elif not texts and target.answer:
        texts = [(thing, thing.question.title, thing.text)]
    shown = [
        {"of": of, "title": title, "markdown": text, "reads": readable(render(text, prefix=f"t{target.pk}-{n}-"))}
        for n, (of, title, text) in enumerate(texts[:SHOWN])
    ]
    return {"texts": shown, "more": len(texts) - len(shown)}


def words_of(*texts):
    return "\n\n".join(filter(None, texts))
