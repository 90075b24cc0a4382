"""What has changed since the reader answered: the list, one question word by word, and that it has been seen."""

from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import reader_required
from interview_notes.pages import send_back
from progress import changes
from progress.forms import SeenForm
from progress.marks import visible_questions
from progress.models import Answered
from questions.models import Question, Revision

A_PAGE = 50


@require_safe
@reader_required
def me_changed(request):
    """What changed last stands first."""
    rows = changes.changed(request.user).standing().order_by("-changed_at", "-pk")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    since = {row.question_id: row.changed_at for row in page}
    by_id = Question.objects.in_bulk(since)
    questions = [by_id[pk] for pk in since]
    for question in questions:
        question.changed_at = since[question.pk]
    return render(request, "progress/changed_list.html", {"questions": questions, "page": page})


@require_safe
@reader_required(back_to="question")
def changed(request, pk):
    """Word by word. Who has not answered the question has nothing to compare."""
    question = get_object_or_404(visible_questions(request.user).select_related("topic").at(pk))
    answered = Answered.objects.filter(user=request.user, question=question).first()
    if answered is None:
        return redirect(question)
    seen = changes.last_change(question)  # before the words are read: what comes in between is shown again
    context = {
        "question": question,
        "answered": answered,
        "changes": changes.changes_of(answered),
        "seen": seen,
        "back": request.GET.get("next", ""),
        "practise": reverse("practice_question", args=[question.pk]),
    }
    return render(request, "progress/changed.html", context)


@require_POST
@reader_required(back_to="changed")
def checked(request, pk):
    """Still right: nothing of what has been seen is shown again. A second time, nothing happens."""
    question = get_object_or_404(visible_questions(request.user).at(pk))
    form = SeenForm(request.POST)
    if not form.is_valid():
        raise BadRequest("seen is not a revision")
    revision = Revision.objects.filter(pk=form.cleaned_data["seen"], note__question=question).first()
    if revision:  # else a takedown has removed it, and there is nothing to have seen
        changes.check(request.user, question, revision)
    return send_back(request, question)
