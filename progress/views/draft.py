"""Writing an answer of one's own: the draft, its saving, and handing it in."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.decorators import reader_required
from accounts.limits import within_limit
from interview_notes.pages import SeeOther, render_page, send_back
from progress.forms import DraftForm, SubmitForm
from progress.marks import visible_questions
from progress.models import Draft
from progress.querysets import StaleDraft
from questions.blocking import sentence_against
from questions.choosing import chosen_notes
from questions.models import Answer

SUBMISSIONS_AN_HOUR = 20


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request, pk):
    """The editor; without an account, one whose text stays in the browser."""
    if request.user.is_authenticated or request.method == "POST":
        return own_draft(request, pk)
    return draft_page(request, get_object_or_404(visible_questions(request.user).at(pk)), None)


@reader_required(back_to="question")
def own_draft(request, pk):
    question = get_object_or_404(visible_questions(request.user).at(pk))
    if request.method != "POST":
        kept = Draft.objects.filter(user=request.user, question=question).first()
        form = DraftForm.holding(kept and kept.text, kept and kept.version)
        return draft_page(request, question, form, kept)
    form = DraftForm(request.POST)
    if not form.is_valid():
        return draft_page(request, question, form, status=400)
    try:
        kept = Draft.objects.keep(request.user, question, form.cleaned_data["text"], form.cleaned_data["version"])
    except StaleDraft as stale:
        return conflict_page(request, question, form, stale.current)
    if request.htmx:
        return draft_page(request, question, form, kept if kept.pk else None)
    messages.success(request, _("Draft saved."))
    return send_back(request, question)


@require_POST
@reader_required(back_to="question")
def submit(request, pk):
    """Keeps what was typed as the draft first, by the same rules, and then hands it in."""
    question = get_object_or_404(visible_questions(request.user).at(pk))
    form = SubmitForm(request.POST)
    if not form.is_valid():
        return draft_page(request, question, form, status=400)
    typed = form.cleaned_data
    try:
        kept = Draft.objects.keep(request.user, question, typed["text"], typed["version"])
    except StaleDraft as stale:
        return conflict_page(request, question, form, stale.current)
    if objection := sentence_against(typed["text"]):
        form.add_error("text", objection)
        return draft_page(request, question, based_on(form, kept), kept, status=400)
    if not within_limit(request.user, "submit", SUBMISSIONS_AN_HOUR):
        return render(request, "429.html", status=429)
    answer = Answer.objects.submit(question, request.user, typed["text"], typed["language"])
    messages.success(request, _("Submitted. You see here when a curator has decided."))
    return SeeOther(answer.get_absolute_url())


def draft_page(request, question, form, kept=None, *, conflict=None, status=200):
    context = {"question": question, "draft_form": form, "draft": kept, "conflict": conflict}
    if not request.htmx:
        context["note"] = chosen_notes(question.notes.live().select_related("source", "takedown")).note
    return render_page(request, "progress/draft.html", context, fragment="progress/_draft_status.html", status=status)


def conflict_page(request, question, form, current):
    """Both texts, the typed one in the form: saving again now replaces the one that stands."""
    return draft_page(request, question, based_on(form, current), current, conflict=current, status=409)


def based_on(form, draft):
    """The form, to be sent again as a change of `draft`."""
    form.data = form.data.copy()
    form.data["version"] = draft.version
    return form
