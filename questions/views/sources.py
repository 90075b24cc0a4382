"""Where the notes come from, and on whose terms."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from interview_notes.findable import findable
from progress.statistics import shelves
from questions.markdown.reading.titles import normalise
from questions.models import Question, Source, Topic
from questions.tree import trim
from questions.views.topics import grouped_page


@require_safe
def sources(request):
    context = {
        "sources": Source.objects.with_counts().order_by("title", "pk"),
        "findable": findable(request, _("Sources")),
    }
    return render(request, "questions/sources.html", context)


@require_safe
def source(request, slug):
    source = get_object_or_404(Source.objects.with_counts(), slug=slug)
    questions = Question.objects.live().in_source(source)
    roots = trim(shelves(request.user, Topic.objects.live(), questions)[0])
    groups, page = grouped_page(request, roots, questions)
    context = {"source": source, "topics": roots, "groups": groups, "page": page}
    context["findable"] = findable(request, source.title, page=page.number)
    return render(request, "questions/source.html", context)


@require_safe
def note_file(request, slug, path):
    """Where a link between files of a source leads: the question of that heading, or what comes first in the file."""
    source = get_object_or_404(Source, slug=slug)
    notes = source.notes.live().filter(file=path).select_related("question").order_by("line")
    wanted = normalise(request.GET.get("at", "")[:500])
    for note in notes if wanted else ():
        if normalise(note.imported_title) == wanted:
            return redirect(note.question)
    for note in source.topicnotes.filter(file=path, retired_at=None).select_related("topic").order_by("line"):
        if not wanted or normalise(note.imported_title) == wanted or not notes:
            return redirect(note.topic)
    if not notes:
        raise Http404
    return redirect(notes[0].question)
