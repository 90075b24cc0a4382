"""Setting a mark on a question, or taking it off."""

from django.core.exceptions import BadRequest
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST
from django_htmx.http import reselect, retarget

from accounts.decorators import reader_required
from interview_notes.pages import send_back
from progress.forms import StateForm
from progress.marks import attach_marks, visible_questions
from progress.models import Answered, Bookmark
from questions.models import Question


def sign_in_to_mark(request, pk):
    """Links to sign in, in place of the buttons; whether there is such a question, they do not say."""
    response = render(request, "progress/_marks.html", {"question": Question(pk=pk)}, status=401)
    return reselect(retarget(response, f"#marks-{pk}"), f"#marks-{pk}")


@require_POST
@reader_required(back_to="question", fragment=sign_in_to_mark)
def bookmark(request, pk):
    return set_mark(request, Bookmark, pk)


@require_POST
@reader_required(back_to="question", fragment=sign_in_to_mark)
def answered(request, pk):
    return set_mark(request, Answered, pk)


def set_mark(request, kind, pk):
    question = get_object_or_404(visible_questions(request.user).at(pk))
    form = StateForm(request.POST)
    if not form.is_valid():
        raise BadRequest("state is neither on nor off")
    mark = {"user": request.user, "question": question}
    if form.cleaned_data["state"] == "on":
        kind.objects.get_or_create(**mark)
    else:
        kind.objects.filter(**mark).delete()
    if not request.htmx:
        return send_back(request, question)
    attach_marks([question], request.user)
    return render(request, "progress/_marks.html", {"question": question, "marks": question.marks})
