"""What a reader has done and kept, for their own eyes."""

from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.decorators import reader_required
from progress.changes import changed
from progress.marks import attach_marks
from progress.models import Answered, Bookmark, Draft
from progress.statistics import shelves
from questions.models import Answer, Question, Topic

A_PAGE = 50
LISTS = {
    "answered": (_("Answered questions"), Answered.objects.standing()),
    "bookmarks": (_("Bookmarks"), Bookmark.objects.standing()),
    "drafts": (_("Drafts"), Draft.objects.standing().with_text()),
}


@require_safe
@reader_required
def me(request):
    topics, totals = shelves(request.user, Topic.objects.live())
    states = dict(Answer.objects.editable_by(request.user).order_by().values_list("state").annotate(Count("pk")))
    lists = [
        {"kind": kind, "label": label, "count": rows.filter(user=request.user).count(), "url": reverse(f"me_{kind}")}
        for kind, (label, rows) in LISTS.items()
    ]
    changes = changed(request.user).standing().count()
    lists.append(
        {"kind": "changed", "label": _("Changed since you answered"), "count": changes, "url": reverse("me_changed")}
    )
    lists.append(
        {"kind": "answers", "label": _("My answers"), "count": sum(states.values()), "url": reverse("me_answers")}
    )
    context = {
        "topics": topics,
        "totals": totals,
        "lists": lists,
        "recent_drafts": Draft.objects.filter(user=request.user).standing().with_text().select_related("question")[:3],
        "my_answers": {state: states.get(state, 0) for state in Answer.State.values},
    }
    return render(request, "progress/me.html", context)


@require_safe
@reader_required
def marked(request, kind):
    """One list of marks, the newest first; what is retired stays on it."""
    page = Paginator(LISTS[kind][1].filter(user=request.user), A_PAGE).get_page(request.GET.get("page"))
    rows = list(page)
    by_id = Question.objects.with_answer_counts().in_bulk([row.question_id for row in rows])
    questions = attach_marks([by_id[row.question_id] for row in rows], request.user)
    if kind == "drafts":
        for question, row in zip(questions, rows, strict=True):
            question.draft = row
    return render(request, "progress/marked.html", {"kind": kind, "questions": questions, "page": page})


@require_safe
@reader_required
def answers(request):
    mine = Answer.objects.editable_by(request.user).select_related("question")
    page = Paginator(mine, A_PAGE).get_page(request.GET.get("page"))
    attach_marks([answer.question for answer in page], request.user)
    return render(request, "progress/answers.html", {"answers": page.object_list, "page": page})
