"""One contributor's answer, by itself."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import reader_required
from interview_notes.findable import findable
from interview_notes.pages import send_back
from progress.marks import attach_marks
from questions.markdown.excerpt import excerpt
from questions.models import Answer


@require_safe
def answer(request, pk):
    visible = Answer.objects.visible_to(request.user).select_related("question", "author", "takedown")
    answer = get_object_or_404(visible, pk=pk)
    attach_marks([answer.question], request.user)
    context = {"answer": answer, "question": answer.question, "title": title_of(answer)}
    if answer.state == Answer.State.PUBLISHED and not answer.is_frozen and answer.question.retired_at is None:
        context["findable"] = findable(
            request, context["title"], excerpt(answer.html), languages=[answer.language], shown=answer.language
        )
    return render(request, "questions/answer.html", context)


def title_of(answer):
    said = _("Answer by %(author)s") % {"author": answer.author or "—"}
    return f"{said}: {Truncator(answer.question.title_plain).chars(60)}"


@require_POST
@reader_required(back_to="answer")
def withdraw(request, pk):
    """A second click, or a click after a curator returned it, finds nothing left to take back."""
    answer = get_object_or_404(Answer.objects.editable_by(request.user), pk=pk)
    if answer.state in (Answer.State.PENDING, Answer.State.PUBLISHED):
        answer.withdraw()
        messages.success(request, _("Withdrawn: only you and the curators see this answer now."))
    return send_back(request, answer)
