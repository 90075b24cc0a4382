"""The queue of answers that wait for a curator, and all that have been decided."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import transaction
from django.db.models.functions import Length
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from questions.admin.deciding import DecidingAdmin
from questions.admin.fields import readable
from questions.models import Answer

PENDING, PUBLISHED = Answer.State.PENDING, Answer.State.PUBLISHED


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=2000, widget=forms.Textarea({"rows": 4, "class": "vLargeTextField"})
    )


class StateFilter(admin.SimpleListFilter):
    """Shows what waits, unless asked for something else."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [*Answer.State.choices, ("all", _("All"))]

    def queryset(self, request, queryset):
        return queryset if self.chosen() == "all" else queryset.filter(state=self.chosen())

    def chosen(self):
        return self.value() or PENDING

    def choices(self, changelist):
        for value, title in self.lookup_choices:
            yield {
                "selected": value == self.chosen(),
                "query_string": changelist.get_query_string({self.parameter_name: value}),
                "display": title,
            }


@admin.register(Answer)
class AnswerAdmin(DecidingAdmin):
    decisions = ["publish", "return_to_author"]
    list_display = ["question", "by", "account_age", "length", "language_name", "state", "submitted_at"]
    list_filter = [StateFilter, "language"]
    list_select_related = ["question", "author"]
    search_fields = [
        *(f"question__titles__{code}" for code, _name in settings.LANGUAGES),
        "author__username", "author__email", "text",
    ]  # fmt: skip
    list_per_page = 50
    ordering = ["submitted_at", "pk"]
    actions = ["publish_selected", "return_selected"]
    readonly_fields = [
        "question_link", "by", "account_age", "language_name", "state", "submitted_at", "reads", "text_as_written",
        "reason", "decided_by", "decided_at",
    ]  # fmt: skip
    fieldsets = [
        (None, {"fields": ["question_link", "by", "account_age", "language_name", "submitted_at"]}),
        (_("Answer"), {"fields": ["reads", "text_as_written"]}),
        (_("Decision"), {"fields": ["state", "reason", "decided_by", "decided_at"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("question", "author", "decided_by")

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(
            request, {"title": _("Answers that contributors have sent")} | (extra_context or {})
        )

    def change_view(self, request, object_id, form_url="", extra_context=None):
        answer = self.get_object(request, object_id)
        context = {"reason_form": ReasonForm(), "title": _("Answer to decide on")}
        if answer:
            context |= {
                "is_own": answer.author_id == request.user.pk,
                "may_publish": answer.state == PENDING,
                "may_return": answer.state in (PENDING, PUBLISHED),
            }
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    # --- Columns and lines

    @admin.display(description=_("question"))
    def question_link(self, answer):
        return format_html(
            '<a href="{}">{}</a> · <a href="{}">{}</a>',
            answer.question.get_absolute_url(),
            answer.question,
            reverse("admin:questions_question_change", args=[answer.question_id]),
            _("edit"),
        )

    @admin.display(description=_("author"), ordering="author__username")
    def by(self, answer):
        return answer.author or _("account gone")

    @admin.display(description=_("account age"), ordering="-author__date_joined")
    def account_age(self, answer):
        return timesince(answer.author.date_joined, timezone.now(), depth=1) if answer.author else "—"

    @admin.display(description=_("length"), ordering=Length("text"))
    def length(self, answer):
        return len(answer.text)

    @admin.display(description=_("language"), ordering="language")
    def language_name(self, answer):
        return answer.get_language_display()

    @admin.display(description=_("as readers see it"))
    def reads(self, answer):
        return readable(answer.html)

    @admin.display(description=_("as written"))
    def text_as_written(self, answer):
        return format_html("<details><summary>{}</summary><pre>{}</pre></details>", _("Show Markdown"), answer.text)

    # --- Decisions

    def publish(self, request, answer):
        return self._publish(request, [answer.pk])

    def return_to_author(self, request, answer):
        form = ReasonForm(request.POST)
        if form.is_valid():
            return self._return(request, [answer.pk], form.cleaned_data["reason"])
        for mistake in form.errors["reason"]:
            self.message_user(request, f"{form['reason'].label}: {mistake}", messages.ERROR)
        return 0

    @admin.action(description=_("Publish the selected answers"), permissions=["change"])
    def publish_selected(self, request, queryset):
        self._publish(request, queryset.values_list("pk", flat=True))

    @admin.action(description=_("Return the selected answers to their authors…"), permissions=["change"])
    def return_selected(self, request, queryset):
        form = ReasonForm(request.POST if "reason" in request.POST else None)
        if form.is_valid():
            self._return(request, queryset.values_list("pk", flat=True), form.cleaned_data["reason"])
            return None
        context = self.admin_site.each_context(request) | {
            "title": _("Return answers to their authors"),
            "answers": queryset,
            "form": form,
            "opts": self.opts,
            "media": self.media,
            "action_checkbox_name": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/questions/answer/return_selected.html", context)

    def _publish(self, request, pks):
        done = self._decide(request, pks, (PENDING,), lambda answer: answer.publish(by=request.user))
        if done:
            self.message_user(request, ngettext("%d answer published.", "%d answers published.", done) % done)
        return done

    def _return(self, request, pks, reason):
        states = (PENDING, PUBLISHED)
        done = self._decide(
            request, pks, states, lambda answer: answer.return_to_author(by=request.user, reason=reason)
        )
        if done:
            self.message_user(request, ngettext("%d answer returned.", "%d answers returned.", done) % done)
        return done

    def _decide(self, request, pks, states, verb):
        """Decides on those that still are in one of `states`, whichever curator comes first; returns how many."""
        with transaction.atomic():
            answers = list(Answer.objects.select_for_update().filter(pk__in=list(pks)).order_by("submitted_at", "pk"))
            own = [answer for answer in answers if answer.author_id == request.user.pk]
            late = [answer for answer in answers if answer not in own and answer.state not in states]
            decided = [verb(answer) for answer in answers if answer not in own and answer not in late]
            for answer in decided:
                self.log_change(request, answer, f"{answer.get_state_display()}. {answer.reason}".strip())
        if own:
            self.message_user(request, _("You cannot decide on an answer of your own."), messages.ERROR)
        if late:
            message = ngettext(
                "%d answer has been decided already, or taken back.",
                "%d answers have been decided already, or taken back.",
                len(late),
            )
            self.message_user(request, message % len(late), messages.WARNING)
        return len(decided)
