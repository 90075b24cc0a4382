"""Finding one's way: the topics, and the questions on each."""

from itertools import groupby

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from interview_notes.findable import findable
from progress.forms import MARK_FILTERS, MarkFilterForm
from progress.marks import attach_marks, marked, visible_questions
from progress.models import Draft
from progress.statistics import shelves
from questions.markdown.excerpt import excerpt
from questions.models import Question, Topic
from questions.models.titles import pick_language
from questions.tree import place_in, reading_order, walk

A_PAGE = 100
NEXT_UP = 5


@require_safe
def home(request):
    roots, totals = shelves(request.user, Topic.objects.live())
    context = {"topics": roots, "totals": totals, "findable": findable(request, _("Topics and questions"))}
    if request.user.is_authenticated:
        drafts = Draft.objects.filter(user=request.user).standing().with_text()
        context["recent_drafts"] = drafts.select_related("question")[:3]
        context["next_up"] = next_up(roots, request.user)
    return render(request, "home.html", context)


@require_safe
def topics(request):
    roots, totals = shelves(request.user, Topic.objects.live())
    context = {"topics": roots, "totals": totals, "findable": findable(request, _("Topics"))}
    return render(request, "topics.html", context)


@require_safe
def topic(request, slug):
    form = MarkFilterForm(request.GET)
    if not form.is_valid():
        raise BadRequest("mark is not one of the known filters")
    mark = form.cleaned_data["mark"]
    if mark and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    shelf, roots = find_shelf(request.user, slug)
    questions = visible_questions(request.user) if shelf.retired_at else Question.objects.live()
    questions = questions.in_branch(shelf)
    if shelf.retired_at and not questions.exists():
        raise Http404("retired, and nothing here is this reader's")
    groups, page = grouped_page(request, [shelf], marked(questions, request.user, mark))
    ancestors, before, after = place_in(roots, shelf)
    context = {
        "topic": shelf,
        "introduction": introduction(shelf),
        "ancestors": ancestors,
        "siblings": {"previous": before, "next": after},
        "groups": groups,
        "page": page,
        "mark": mark,
        "filters": filters(shelf, mark),
    }
    if not (shelf.retired_at or mark):
        about = excerpt(context["introduction"].introduction_html) if context["introduction"] else ""
        context["findable"] = findable(request, shelf.title_plain, about, page=page.number)
    return render(request, "questions/topic.html", context)


def introduction(topic):
    """The note whose words open the topic, in the language that suits best."""
    spoken = topic.notes.filter(retired_at=None).exclude(introduction="", takedown=None)
    ranked = sorted(spoken.select_related("source", "takedown"), key=lambda note: (bool(note.introduction), -note.pk))
    notes = {note.language: note for note in ranked}
    return notes.get(pick_language(notes))


def find_shelf(user, slug):
    """The topic as a node, and the tree it stands in: of live topics, and of retired ones on this branch only."""
    topics = list(Topic.objects.all())
    shelf = next((topic for topic in topics if topic.slug == slug), None)
    if shelf is None:
        raise Http404("no such topic")
    shown = [topic for topic in topics if topic.retired_at is None or topic.path.startswith(shelf.path)]
    return shelf, shelves(user, shown)[0]


def grouped_page(request, roots, questions):
    """One page out of `questions` in reading order, under the topics they stand on, with the reader's marks."""
    nodes = {node.pk: node for node in walk(roots)}
    ordered = reading_order(nodes.values(), list(questions.placed()))
    page = Paginator([question.pk for question in ordered], A_PAGE).get_page(request.GET.get("page"))
    by_id = Question.objects.with_answer_counts().in_bulk(list(page))
    shown = attach_marks([by_id[pk] for pk in page if pk in by_id], request.user)
    depth = min((root.depth for root in roots), default=0)
    groups = [
        {"topic": nodes[topic_id], "depth": nodes[topic_id].depth - depth, "questions": list(group)}
        for topic_id, group in groupby(shown, key=lambda question: question.topic_id)
    ]
    return groups, page


def filters(shelf, mark):
    """The ways to narrow a topic down, each with how many questions it leaves."""
    counts = {
        "": shelf.total,
        "unanswered": shelf.total - shelf.answered,
        "answered": shelf.answered,
        "bookmarked": shelf.bookmarked,
        "draft": shelf.drafts,
    }
    here = shelf.get_absolute_url()
    return [
        {
            "value": value,
            "label": label,
            "count": counts[value],
            "url": f"{here}?mark={value}" if value else here,
            "current": value == mark,
        }
        for value, label in MARK_FILTERS.items()
    ]


def next_up(roots, user):
    """The first questions in reading order that the reader has not marked answered."""
    first, left = [], NEXT_UP
    for node in walk(roots):
        open_here = node.own["total"] - node.own["answered"]
        if left > 0 and open_here > 0:
            first.append(node)
            left -= open_here
    unanswered = marked(Question.objects.live().filter(topic__in=first), user, "unanswered")
    return attach_marks(reading_order(first, unanswered)[:NEXT_UP], user)
