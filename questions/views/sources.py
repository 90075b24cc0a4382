"""Where the notes come from, and on whose terms."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from progress.statistics import shelves
from questions.models import Question, Source, Topic
from questions.tree import trim
from questions.views.topics import grouped_page


@require_safe
def sources(request):
    return render(request, "questions/sources.html", {"sources": Source.objects.with_counts().order_by("title", "pk")})


@require_safe
def source(request, slug):
    source = get_object_or_404(Source.objects.with_counts(), slug=slug)
    questions = Question.objects.live().in_source(source)
    roots = trim(shelves(request.user, Topic.objects.live(), questions)[0])
    groups, page = grouped_page(request, roots, questions)
    context = {"source": source, "topics": roots, "groups": groups, "page": page}
    return render(request, "questions/source.html", context)
